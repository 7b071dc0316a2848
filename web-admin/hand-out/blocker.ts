import { type Device } from '../../server/devices/device.ts'
import { DomainError } from '../../server/domain-error.ts'
import { refuseUnfit } from '../../server/loans/fit-to-lend.ts'
import { type Loan } from '../../server/loans/loan.ts'
import { refusalWords } from '../form.ts'
import { type Say } from '../language.ts'

interface Blocker {
  readonly words: string
  readonly href?: string
  /** Where a press goes instead of a link: handing the screen over is no address to follow. */
  readonly post?: string
  readonly action?: string
}

interface Around {
  readonly loan: Pick<Loan, 'id' | 'state'> | undefined
  /** Who has it, where the reader may know. */
  readonly holder: string | undefined
  readonly mayReadCases: boolean
}

/** Why this iPad cannot be handed out, said at the scan, and where it is dealt with; undefined when it can. */
export function blockerOf(
  device: Pick<Device, 'id' | 'assetTag' | 'lifecycle' | 'lock'>,
  { loan, holder = '', mayReadCases }: Around,
  say: Say,
): Blocker | undefined {
  const { assetTag: tag, lifecycle } = device
  if (loan?.state === 'active')
    return {
      words: say('hand-out.blocked.on-loan', { tag, name: holder }),
      href: `/returns?device=${device.id}`,
      action: say('hand-out.blocked.return'),
    }
  if (loan?.state === 'reserved' || loan?.state === 'terms-shown')
    return {
      words: say('hand-out.blocked.begun', { tag, name: holder }),
      post: `/hand-out/${loan.id}/terms`,
      action: say('hand-out.continue'),
    }
  if (lifecycle === 'stolen' || lifecycle === 'lost')
    return {
      words: say(`hand-out.blocked.${lifecycle}`, { tag }),
      ...(mayReadCases && {
        href: `/theft?q=${encodeURIComponent(tag)}`,
        action: say('hand-out.blocked.case'),
      }),
    }
  const refusal = refusalOf(device)
  return refusal && { words: refusalWords(refusal, say) }
}

function refusalOf(device: Pick<Device, 'lifecycle' | 'lock'>): DomainError | undefined {
  try {
    refuseUnfit(device)
    return undefined
  } catch (thrown) {
    if (thrown instanceof DomainError) return thrown
    throw thrown
  }
}
