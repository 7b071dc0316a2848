import { type Request } from '@hapi/hapi'
import { type Confirming } from '../../server/staff/confirming.ts'

/**
 * From here on the screen is in the borrower's hands: it leads back to the desk only for whoever is signed in. Only
 * what somebody has pressed may do this: an address that was followed or fetched ahead would lock a colleague out.
 */
export async function lendScreen(
  confirming: Pick<Confirming, 'lend'>,
  request: Request,
  loanId: string,
): Promise<void> {
  const session = sessionOf(request)
  if (session) await confirming.lend(session, loanId)
}

/** Whether what is asked for may be read by the borrower of this loan: a screen still at the desk shows it to nobody. */
export function isWithBorrower(request: Request, loanId: string): boolean {
  const session = sessionOf(request)
  // A program has no screen to hand over.
  return session === undefined || session.lentFor === loanId
}

const sessionOf = (request: Request) => request.auth.credentials.app?.session
