import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { DomainError } from '../domain-error.ts'
import { because } from '../reason.ts'
import { type Person } from './profile.ts'
import { openFile } from './profile-content.ts'

/** Work on a profile that is no version yet. It is kept on the server, so nothing is lost with a browser. */
export interface ProfileDraft {
  /** Of a draft of an existing profile: the profile's id, so that there is only one. */
  readonly id: string
  readonly organisationId: string
  /** As staff will call the profile. */
  readonly name: string
  /**
   * The profile it will be a version of, the version that it comes after, and the one whose content it began with, where
   * that is known; missing: a new profile.
   */
  readonly of?: { readonly profileId: string; readonly number: number; readonly from?: number }
  /** Rises with each change; whoever changes says which one they saw. */
  readonly version: number
  readonly startedAt: Date
  readonly changedAt: Date
  readonly changedBy: Person
  /** Everybody who wrote what is in it and not approved, once each. */
  readonly writtenBy: readonly Person[]
}

/** A draft with its content. */
export interface WholeDraft extends ProfileDraft {
  readonly bytes: Uint8Array
}

/** What the draft says. It was ours to write, so no signature can have expired. */
export function draftContent({ bytes, changedAt }: WholeDraft): PlistDictionary {
  return openFile(bytes, changedAt).profile
}

/** The draft as it is listed, without its content. */
export function draftAlone(whole: WholeDraft): ProfileDraft {
  const { id, organisationId, name, of, version, startedAt, changedAt, changedBy, writtenBy } = whole
  return { id, organisationId, name, ...(of && { of }), version, startedAt, changedAt, changedBy, writtenBy }
}

/**
 * A profile has one draft; whoever asks for one of a certain version must not get that of another without a word.
 * @throws {DomainError} conflict `draft-exists` with its address
 */
export function mustBeginWith({ id, of }: ProfileDraft, number: number | undefined): void {
  const from = of?.from ?? of?.number
  if (number === undefined || from === undefined || from === number) return
  const why = because(
    'draft-exists',
    'This profile has a draft already, made from version {from}: /api/v1/profile-drafts/{id}. Go on with it, or discard it first.',
    { from, id },
  )
  throw new DomainError('conflict', why.code, why.message, [{ path: 'number', ...why }])
}

/** @throws {DomainError} conflict `draft-stale` when somebody changed the draft since version `seen` */
export function checkDraftVersion(draft: ProfileDraft, seen: number): void {
  if (draft.version === seen) return
  throw new DomainError(
    'conflict',
    'draft-stale',
    'The draft has been changed in the meantime. Look at it before you save.',
  )
}

/** A profile without parts. */
export const emptyProfile = ({
  name,
  identifier,
  organisationName,
  uuid,
}: {
  readonly name: string
  readonly identifier: string
  readonly organisationName: string
  readonly uuid: string
}): PlistDictionary => ({
  PayloadType: 'Configuration',
  PayloadVersion: 1,
  PayloadIdentifier: identifier,
  PayloadUUID: uuid,
  PayloadDisplayName: name,
  PayloadOrganization: organisationName,
  PayloadScope: 'System',
  PayloadContent: [],
})
