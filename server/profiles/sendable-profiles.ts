import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { DomainError } from '../domain-error.ts'
import { openFile } from './profile-content.ts'
import { type ProfileVersion } from './profile.ts'
import { versionAlone, type ProfileStore } from './profile-store.ts'

/** Versions as they go to iPads, with their secrets: for the product alone, never for an answer to anybody. */
export interface SendableProfiles {
  /** @throws {DomainError} not-found `version-unknown` */
  open(
    organisationId: string,
    id: string,
    number: number,
  ): Promise<{ version: ProfileVersion; profile: PlistDictionary }>
}

export function createSendableProfiles(profiles: Pick<ProfileStore, 'findVersion'>): SendableProfiles {
  return {
    async open(organisationId, id, number) {
      const found = await profiles.findVersion(organisationId, id, number)
      if (!found) throw new DomainError('not-found', 'version-unknown', 'There is no such version.')
      // A signature was judged when the file came, so it is read as of that day.
      const { profile } = openFile(found.bytes, found.savedAt)
      return { version: versionAlone(found), profile }
    },
  }
}
