import { type Authenticator, type Identity, type Passkey, type StaffMember } from './staff-member.ts'

/** What people prove who they are with, besides the password. */
export interface FactorStore {
  /** The authenticator app, or none any more. */
  setAuthenticator(staffId: string, authenticator: Authenticator | undefined): Promise<void>
  /** Notes that the code of this half minute was used; false when it, or a later one, was used before. */
  takeStep(staffId: string, step: number): Promise<boolean>
  /** The hashes of the codes that are left. */
  setRecoveryCodes(staffId: string, hashes: readonly string[]): Promise<void>
  /** Uses one up; false when there is no such code left. */
  takeRecoveryCode(staffId: string, hash: string): Promise<boolean>
  findByIdentity(issuer: string, subject: string): Promise<StaffMember | undefined>
  noteIdentity(staffId: string, identity: Identity): Promise<void>
  removeIdentities(staffId: string): Promise<void>
  findByPasskey(id: string): Promise<StaffMember | undefined>
  addPasskey(staffId: string, passkey: Passkey): Promise<void>
  notePasskeyUse(id: string, use: { counter: number; at: Date }): Promise<void>
  removePasskey(staffId: string, id: string): Promise<void>
  removePasskeys(staffId: string): Promise<void>
}
