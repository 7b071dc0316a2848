import { type Profile, type ProfileApproval, type ProfileVersion } from './profile.ts'

/** A version with its bytes, which are sealed where they lie: they may hold passwords. */
export interface WholeVersion extends ProfileVersion {
  bytes: Uint8Array
}

/** The version without its bytes, as it is shown. */
export function versionAlone(version: WholeVersion): ProfileVersion {
  const copy: Partial<WholeVersion> & ProfileVersion = { ...version }
  delete copy.bytes
  return copy
}

export interface ProfileStore {
  find(organisationId: string, id: string): Promise<Profile | undefined>
  /** By name. */
  all(organisationId: string): Promise<Profile[]>
  /** The profile with this identifier, whatever the size of its letters. */
  withIdentifier(organisationId: string, identifier: string): Promise<Profile | undefined>
  /** @throws {DomainError} conflict `identifier-taken` when another profile of the organisation has the identifier */
  insert(profile: Profile): Promise<void>
  /** Moves the profile on to its next version; false when somebody else did. */
  advance(organisationId: string, id: string, from: number): Promise<boolean>
  /** Changes its name, or whether it is retired; false when it is not as `before` any more. */
  save(before: Profile, after: Profile): Promise<boolean>
  /** Writes to the row of the profile unless it is retired, and then answers false. Two that write to it meet. */
  touchOffered(organisationId: string, id: string): Promise<boolean>
  insertVersion(version: WholeVersion): Promise<void>
  /** Newest first, without bytes. */
  versions(organisationId: string, profileId: string): Promise<ProfileVersion[]>
  /** The newest version of each profile, without bytes. */
  newest(organisationId: string): Promise<ProfileVersion[]>
  /** Every approved version, without bytes, in no order. */
  approved(organisationId: string): Promise<ProfileVersion[]>
  findVersion(organisationId: string, profileId: string, number: number): Promise<WholeVersion | undefined>
  /** False when it has been approved meanwhile. */
  approve(organisationId: string, versionId: string, approval: ProfileApproval): Promise<boolean>
}
