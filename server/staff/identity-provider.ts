import { type FieldError, invalid } from '../domain-error.ts'
import { because } from '../reason.ts'
import { roles, type Role } from './rights.ts'

/** Where the people of one organisation sign in with the account that they have already (OpenID Connect). */
export interface IdentityProvider {
  /** The organisation's id: each has one provider. */
  readonly id: string
  readonly organisationId: string
  /** On the button of the sign-in page. */
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  /** Sealed. */
  readonly clientSecret: string
  /** The claim that lists the person's groups. */
  readonly groupClaim: string
  readonly groupRoles: readonly GroupRole[]
  /** The assurance level that is asked for and must be reached, as the provider calls it; empty for any. */
  readonly assurance: string
  /** Whether somebody with a group gets an account by signing in. */
  readonly createsAccounts: boolean
  /** Whether an administrator answers for it that its people cannot choose their addresses, where it says nothing. */
  readonly vouchesForAddresses: boolean
  readonly enabled: boolean
  readonly version: number
}

export interface GroupRole {
  readonly group: string
  readonly role: Role
}

/** What the provider says of a person, checked. */
export interface Claims {
  readonly issuer: string
  readonly subject: string
  readonly [claim: string]: unknown
}

/** The roles that these claims give. A provider writes groups as a list or, for one, as a text. */
export function rolesFrom(claims: Claims, { groupClaim, groupRoles }: IdentityProvider): Role[] {
  const groups: readonly unknown[] = [claims[groupClaim]].flat()
  return roles.filter(role => groupRoles.some(one => one.role === role && groups.includes(one.group)))
}

/**
 * The address in the claims, if it is proved to be the person's: OpenID Connect Core 5.1 has `email_verified` for it. A
 * provider that leaves it out says nothing, and at some people choose their address themselves.
 */
export function provedAddress(
  { email, email_verified: verified }: Claims,
  { vouchesForAddresses }: Pick<IdentityProvider, 'vouchesForAddresses'>,
): string | undefined {
  const isProved = verified === true || verified === 'true' || (verified === undefined && vouchesForAddresses)
  return typeof email === 'string' && isProved ? email.toLowerCase() : undefined
}

/**
 * Refuses an issuer that cannot be trusted: it is reached over TLS, or on this machine for a trial.
 * @throws {DomainError} invalid `identity-provider-invalid`
 */
export function refuseWrongProvider({ issuer, groupRoles, enabled }: IdentityProvider): void {
  const fields: FieldError[] = []
  if (!isTrustworthy(issuer)) {
    fields.push({
      path: 'issuer',
      ...because(
        'issuer-form',
        'Give the whole address of the issuer: it begins with https and has no question mark.',
      ),
    })
  }
  if (enabled && groupRoles.length === 0) {
    fields.push({
      path: 'groupRoles',
      ...because('group-roles-empty', 'Give at least one group and its role.'),
    })
  }
  if (fields.length > 0) {
    throw invalid('identity-provider-invalid', fields)
  }
}

/** Whether the issuer is on this machine, where TLS adds nothing. */
export function isHere(issuer: string): boolean {
  return URL.canParse(issuer) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(issuer).hostname)
}

function isTrustworthy(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false
  const { protocol, username, search, hash } = new URL(issuer)
  const isPlain = username === '' && search === '' && hash === ''
  return isPlain && (protocol === 'https:' || (protocol === 'http:' && isHere(issuer)))
}
