import { type Guide, type GuideVersion } from './guide.ts'

export interface GuideStore {
  find(organisationId: string, id: string): Promise<Guide | undefined>
  /** By name. */
  all(organisationId: string): Promise<Guide[]>
  insert(guide: Guide): Promise<void>
  /** Moves the guide on to its next version; false when somebody else did. */
  advance(organisationId: string, id: string, from: number): Promise<boolean>
  /** @param secret of the address under which iPads fetch it */
  insertVersion(version: GuideVersion, bytes: Uint8Array, secret: string): Promise<void>
  /** Newest first. */
  versions(organisationId: string, guideId: string): Promise<GuideVersion[]>
  findVersion(organisationId: string, guideId: string, number: number): Promise<GuideVersion | undefined>
  /** The file of a version, whoever's it is: an iPad that fetches it names no organisation. */
  file(versionId: string): Promise<Uint8Array | undefined>
  /** The secret of a version's address; undefined for one from before they were kept. */
  secretOf(versionId: string): Promise<string | undefined>
}
