import { type FactorStore } from './factor-store.ts'
import { type Maker } from './actor.ts'
import { type Opened } from './opened.ts'
import { type Right, type Role } from './rights.ts'
import { type StaffMember } from './staff-member.ts'

/** A key for programs. */
export interface ApiToken {
  /** Hash of the token. */
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly roles: readonly Role[]
  /** When it may do less than its roles: these of their rights and no others. Never empty. */
  readonly scopes?: readonly Right[]
  /** Who answers for it. */
  readonly issuedBy?: Maker
  /** Who had lately opened the maker's account when it was made: it may be theirs, for as long as it lives. */
  readonly openers?: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date
  /** To a few minutes; missing until it is used. */
  readonly lastUsedAt?: Date
}

/** A link that lets its holder become the first administrator, once. */
export interface SetUpLink {
  /** Hash of the secret in the link. */
  readonly id: string
  readonly organisationId: string
  readonly expiresAt: Date
}

/** Who opened whose account is for the audit log alone. */
export type ListedToken = Omit<ApiToken, 'openers'>

/** A link that lets somebody choose their password, once. */
export interface PasswordLink {
  /** Hash of the secret in the link. */
  readonly id: string
  /** Where the administrator works who made it. */
  readonly organisationId: string
  readonly staffId: string
  readonly expiresAt: Date
  /** Whose hands made it; missing in those of before this was written down. */
  readonly by?: readonly string[]
}

export interface StaffStore extends FactorStore {
  find(id: string): Promise<StaffMember | undefined>
  findByEmail(email: string): Promise<StaffMember | undefined>
  /** Everybody who works or worked here, by e-mail address. */
  listOf(organisationId: string): Promise<StaffMember[]>
  isEmpty(): Promise<boolean>
  /** @throws {DomainError} conflict `email-taken` */
  insert(member: StaffMember): Promise<void>
  /** Name, language and memberships; false when the stored one is not the version before this. */
  save(member: StaffMember): Promise<boolean>
  /** The password, and with it an end to the lock. */
  setPassword(id: string, passwordHash: string): Promise<void>
  /** Who else opened the account, or that nobody did. */
  setOpened(id: string, opened: Opened | undefined): Promise<void>
  /** Lets one transaction at a time change who administers the organisation: others that try run again after it. */
  holdAdministrators(organisationId: string): Promise<void>
  /** Saves failures and lock of `after` unless another try was counted since `before` was read; says whether it did. */
  countTry(before: StaffMember, after: StaffMember): Promise<boolean>
  forgetTries(id: string): Promise<void>
  findToken(id: string): Promise<ApiToken | undefined>
  insertToken(token: ApiToken): Promise<void>
  useToken(id: string, at: Date): Promise<void>
  listTokens(organisationId: string): Promise<ListedToken[]>
  deleteToken(organisationId: string, id: string): Promise<boolean>
  insertSetUpLink(link: SetUpLink): Promise<void>
  findSetUpLink(id: string): Promise<SetUpLink | undefined>
  /** Removes every set-up link; false when somebody has used this one meanwhile. */
  takeSetUpLink(id: string): Promise<boolean>
  /** Puts this link in the place of every earlier one of the same person. */
  replacePasswordLink(link: PasswordLink): Promise<void>
  findPasswordLink(id: string): Promise<PasswordLink | undefined>
  /** Ends every link of a person; false when there was none. */
  deletePasswordLinks(staffId: string): Promise<boolean>
}
