import { type Language } from '../organisations/organisation.ts'
import { type Opened } from './opened.ts'
import { type Role } from './rights.ts'
import { type Session } from './session.ts'

/** Somebody who works with the product. One account per person, also for those who work for several organisations. */
export interface StaffMember {
  readonly id: string
  /** In lower case; what one signs in with. */
  readonly email: string
  readonly name: string
  readonly language: Language
  /** Missing until the person has chosen a password, by the link that an administrator gave them. */
  readonly passwordHash?: string
  readonly memberships: readonly Membership[]
  /** Wrong passwords and codes in a row. */
  readonly failedAttempts: number
  readonly lockedUntil?: Date
  readonly version: number
  /** An app that shows codes of six digits. */
  readonly authenticator?: Authenticator
  readonly passkeys?: readonly Passkey[]
  /** Who the person is to the providers of their organisations. */
  readonly identities?: readonly Identity[]
  /** Hashes of those that are left. */
  readonly recoveryCodes?: readonly string[]
  /** Missing where nobody but the person had a hand in it. */
  readonly opened?: Opened
}

export interface Authenticator {
  /** The shared secret, sealed. */
  readonly secret: string
  readonly since: Date
  /** The half minute of the last code that was used: none of it or before it works again. */
  readonly lastStep: number
}

/** A person as an identity provider knows them: `subject` is theirs for ever, an address may change hands. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  /** The client they came by: some providers call one person by another subject for each. */
  readonly clientId?: string
}

/** A key of a device of the person's own; the device keeps the other half. */
export interface Passkey {
  /** The credential's id in base64url; no two in the world are the same. */
  readonly id: string
  /** COSE key in base64url. */
  readonly publicKey: string
  /** How often it was used, where the device counts; 0 where it does not. */
  readonly counter: number
  readonly transports: readonly string[]
  /** What the person calls it. */
  readonly name: string
  readonly createdAt: Date
  readonly lastUsedAt?: Date
}

/** Whether a password alone does not open this account. */
export function hasSecondFactor({ authenticator, passkeys = [] }: StaffMember): boolean {
  return authenticator !== undefined || passkeys.length > 0
}

export interface Membership {
  readonly organisationId: string
  readonly roles: readonly Role[]
  /** Set when the person no longer works here; the name stays for what they did. */
  readonly endedAt?: Date
  /** Set until somebody who has an account with another organisation accepts; until then it opens nothing. */
  readonly invitedAt?: Date
}

/** The memberships that still open something. */
export function activeMemberships({ memberships }: StaffMember): Membership[] {
  return memberships.filter(({ endedAt, invitedAt }) => endedAt === undefined && invitedAt === undefined)
}

/** The memberships that the person has been asked to accept. */
export function invitations({ memberships }: StaffMember): Membership[] {
  return memberships.filter(({ endedAt, invitedAt }) => endedAt === undefined && invitedAt !== undefined)
}

/** What waits for the person outside the organisation that they work in now. */
export interface Elsewhere {
  /** Whether there is another organisation that they can change to. */
  readonly works: boolean
  readonly isInvited: boolean
}

/** A session of one organisation's provider tells nothing of what the person is elsewhere. */
export function elsewhereOf(member: StaffMember, { boundTo }: Pick<Session, 'boundTo'>): Elsewhere {
  const isLocal = boundTo === undefined
  return {
    works: isLocal && activeMemberships(member).length > 1,
    isInvited: isLocal && invitations(member).length > 0,
  }
}

/** What the person is in this organisation now, or undefined. */
export function activeIn(member: StaffMember, organisationId: string): Membership | undefined {
  return activeMemberships(member).find(one => one.organisationId === organisationId)
}

/** Whether the person can administer this organisation now. */
export function isAdministrator(member: StaffMember, organisationId: string): boolean {
  return activeIn(member, organisationId)?.roles.includes('admin') === true
}

/** The member with another membership in one organisation; those in others stay as they are. */
export function withMembership(member: StaffMember, membership: Membership): StaffMember {
  const others = member.memberships.filter(one => one.organisationId !== membership.organisationId)
  return { ...member, memberships: [...others, membership], version: member.version + 1 }
}

/** Wrong passwords in a row that are free; from then on each one doubles the wait. */
const freeAttempts = 5
const longestWaitMinutes = 60

/** What an account remembers of tries that were wrong. */
export type WrongTries = Pick<StaffMember, 'failedAttempts' | 'lockedUntil'>

/** The same after one more wrong password: locked for 1, 2, 4 … 60 minutes once the free attempts are used. */
export function afterWrongPassword<Tried extends WrongTries>(before: Tried, now: Date): Tried {
  const failedAttempts = before.failedAttempts + 1
  if (failedAttempts < freeAttempts) return { ...before, failedAttempts }
  const minutes = Math.min(2 ** (failedAttempts - freeAttempts), longestWaitMinutes)
  return { ...before, failedAttempts, lockedUntil: new Date(now.getTime() + minutes * 60_000) }
}

export function isLocked({ lockedUntil }: WrongTries, now: Date): boolean {
  return lockedUntil !== undefined && now < lockedUntil
}

/** Whole minutes until what is locked opens again, at least 1; 0 when it is not locked. */
export function minutesLocked({ lockedUntil }: WrongTries, now: Date): number {
  return lockedUntil ? Math.max(0, Math.ceil((lockedUntil.getTime() - now.getTime()) / 60_000)) : 0
}
