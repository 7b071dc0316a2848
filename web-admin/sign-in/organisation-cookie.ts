import { type Request, type ResponseToolkit } from '@hapi/hapi'
import { cookieOf } from '../language.ts'
import { textOf } from '../reader.ts'

const organisationCookie = 'organisation'

/** The organisation of the address (`/sign-in?organisation=…`, empty for none), else that of this browser. */
export function organisationFor(request: Request): string {
  const asked: unknown = request.query['organisation']
  return textOf(asked === undefined ? cookieOf(request, organisationCookie) : asked)
}

/** The next sign-in on this browser offers the same. */
export function rememberOrganisation(h: ResponseToolkit, organisationId: string): void {
  h.state(organisationCookie, organisationId)
}

export function forgetOrganisation(h: ResponseToolkit): void {
  h.unstate(organisationCookie)
}
