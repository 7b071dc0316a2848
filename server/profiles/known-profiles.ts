import { DomainError } from '../domain-error.ts'
import { type Actor } from '../staff/actor.ts'
import { type ProfileStore, type WholeVersion } from './profile-store.ts'
import { type Profile } from './profile.ts'

type Reader = Pick<Actor, 'organisationId'>

/** A profile of the reader's organisation. @throws {DomainError} not-found `profile-unknown` */
export async function mustFindProfile(
  profiles: Pick<ProfileStore, 'find'>,
  { organisationId }: Reader,
  id: string,
): Promise<Profile> {
  const found = await profiles.find(organisationId, id)
  if (found) return found
  throw new DomainError('not-found', 'profile-unknown', 'There is no such profile.')
}

/** One of its versions, with the file. @throws {DomainError} not-found `version-unknown` */
export async function mustFindVersion(
  profiles: Pick<ProfileStore, 'findVersion'>,
  { organisationId }: Reader,
  version: { readonly id: string; readonly number: number },
): Promise<WholeVersion> {
  const found = await profiles.findVersion(organisationId, version.id, version.number)
  if (found) return found
  throw new DomainError('not-found', 'version-unknown', 'There is no such version.')
}
