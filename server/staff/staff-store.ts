import { type Maker } from './actor.ts'
import { type Role } from './rights.ts'
import { type StaffMember } from './staff-member.ts'

export interface Session {
  /** Hash of the secret in the cookie. */
  readonly id: string
  readonly staffId: string
  /** The organisation that is being worked in; one of the member's. */
  readonly organisationId: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** A key for programs. */
export interface ApiToken {
  /** Hash of the token. */
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Who answers for it; missing when it was made on the command line. */
  readonly issuedBy?: Maker
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** A link that lets its holder become the first administrator, once. */
export interface SetUpLink {
  /** Hash of the secret in the link. */
  readonly id: string
  readonly organisationId: string
  readonly expiresAt: Date
}

export interface StaffStore {
  find(id: string): Promise<StaffMember | undefined>
  findByEmail(email: string): Promise<StaffMember | undefined>
  listOf(organisationId: string): Promise<StaffMember[]>
  isEmpty(): Promise<boolean>
  /** @throws {DomainError} conflict `email-taken` */
  insert(member: StaffMember): Promise<void>
  /** Saves failures and lock of `after` unless another try was counted since `before` was read; says whether it did. */
  countTry(before: StaffMember, after: StaffMember): Promise<boolean>
  forgetTries(id: string): Promise<void>
  findSession(id: string): Promise<Session | undefined>
  insertSession(session: Session): Promise<void>
  saveSession(session: Session): Promise<void>
  deleteSession(id: string): Promise<void>
  findToken(id: string): Promise<ApiToken | undefined>
  insertToken(token: ApiToken): Promise<void>
  listTokens(organisationId: string): Promise<ApiToken[]>
  deleteToken(organisationId: string, id: string): Promise<boolean>
  replaceSetUpLink(link: SetUpLink): Promise<void>
  findSetUpLink(id: string): Promise<SetUpLink | undefined>
  /** Removes the link; false when somebody has used it meanwhile. */
  takeSetUpLink(id: string): Promise<boolean>
}
