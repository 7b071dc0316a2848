import { createHash } from 'node:crypto'
import { canonicalProfile } from '../../profiles/canonical-profile.ts'
import { entryFor } from '../../profiles/catalogue/catalogue.ts'
import { partsOf } from '../../profiles/editor/parts.ts'
import { ForeignProfileError, openForeignProfile } from '../../profiles/foreign-profile.ts'
import { isDictionary, isList, type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { checkWritable, PlistValueError } from '../../profiles/plist/write-plist.ts'
import { holdsSecrets } from '../../profiles/secrets.ts'
import { type Template, type TemplateFacts } from '../../profiles/templates/template.ts'
import { templates } from '../../profiles/templates/templates.ts'
import { variablesOf } from '../../profiles/variables.ts'
import { DomainError, type FieldError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { type ProfileVersion } from './profile.ts'

/** What a version can be made of. */
export type ProfileContent =
  /** A file as it was uploaded, of any maker; kept byte for byte. */
  | { readonly from: 'file'; readonly bytes: Uint8Array }
  /** What the editor holds. */
  | { readonly from: 'editor'; readonly profile: PlistDictionary }
  | {
      readonly from: 'template'
      readonly template: Template['id']
      readonly facts: Omit<TemplateFacts, 'newUuid'>
    }

export interface ReadContent {
  readonly bytes: Uint8Array
  readonly profile: PlistDictionary
  readonly identifier: string
  /** What a version says of its content. */
  readonly said: Pick<
    ProfileVersion,
    'origin' | 'types' | 'variants' | 'variables' | 'hasSecrets' | 'sha256' | 'size'
  > &
    Partial<Pick<ProfileVersion, 'displayName' | 'signer'>>
}

/**
 * The content, read and described.
 * @throws {DomainError} invalid `profile-…` when a file cannot be taken in; `profile-identifier` without an identifier;
 * `profile-value` for a value that no profile can hold; not-found `template-unknown`
 */
export function readContent(content: ProfileContent, now: Date, newId: NewId): ReadContent {
  const { bytes, profile, signer } = bytesOf(content, now, newId)
  const identifier = profile['PayloadIdentifier']
  if (typeof identifier !== 'string' || identifier.trim() === '')
    throw new DomainError(
      'invalid',
      'profile-identifier',
      'The profile has no identifier (PayloadIdentifier).',
    )
  const displayName = profile['PayloadDisplayName']
  return {
    bytes,
    profile,
    identifier,
    said: {
      origin: content.from,
      ...(typeof displayName === 'string' && { displayName: displayName.slice(0, 200) }),
      ...(signer !== undefined && { signer }),
      types: typesOf(profile),
      variants: variantsOf(profile),
      variables: variablesOf(profile),
      hasSecrets: holdsSecrets(profile),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
    },
  }
}

interface Opened {
  readonly bytes: Uint8Array
  /** What stands inside a signature, or the bytes themselves. */
  readonly xml: Uint8Array
  readonly profile: PlistDictionary
  readonly signer?: string
}

function bytesOf(content: ProfileContent, now: Date, newId: NewId): Opened {
  if (content.from === 'file') {
    const opened = openFile(content.bytes, now)
    mustBeWritable(opened.profile)
    return opened
  }
  const profile = content.from === 'editor' ? content.profile : build(content, newId)
  return openFile(written(profile), now)
}

function build({ template, facts }: ProfileContent & { from: 'template' }, newId: NewId): PlistDictionary {
  const found = templates.find(({ id }) => id === template)
  if (found === undefined)
    throw new DomainError('not-found', 'template-unknown', 'There is no such template.')
  return found.build({ ...facts, newUuid: () => newId().toUpperCase() })
}

/**
 * Refuses what can be read and not be written again: `nan`, `inf`, and reals that are whole and too large to be exact.
 * @throws {DomainError} invalid `profile-value`
 */
export function mustBeWritable(profile: PlistDictionary): void {
  try {
    checkWritable(profile)
  } catch (error) {
    if (!(error instanceof PlistValueError)) throw error
    throw new DomainError(
      'invalid',
      'profile-value',
      `A value in the profile cannot be written: ${error.message}.`,
    )
  }
}

function written(profile: PlistDictionary): Uint8Array {
  mustBeWritable(profile)
  return canonicalProfile(profile)
}

/** A file that is in order, or a refusal that says what is wrong with it. */
export function openFile(bytes: Uint8Array, now: Date): Opened {
  try {
    const { profile, signer, xml } = openForeignProfile(bytes, now)
    return { bytes, xml, profile, ...(signer !== undefined && { signer: signer.subject }) }
  } catch (error) {
    if (!(error instanceof ForeignProfileError)) throw error
    throw new DomainError('invalid', `profile-${error.fault}`, error.words[1], placeOf(error))
  }
}

/** The bytes of a profile that somebody edits, bounded like those of a file. */
export function editedBytes(profile: PlistDictionary, now: Date): Uint8Array {
  return openFile(written(profile), now).bytes
}

/** Where the fault stands, when that is known. */
function placeOf({ fault, xml, words }: ForeignProfileError): FieldError[] {
  if (xml === undefined) return []
  const { line, column } = xml
  return [
    { path: 'file', code: `profile-${fault}-${xml.fault}`, message: words[1], values: { line, column } },
  ]
}

/** Every payload type of a profile, once each, in order. */
function typesOf(profile: PlistDictionary): string[] {
  const content = profile['PayloadContent']
  const types = isList(content)
    ? content.flatMap(part => (isDictionary(part) ? [part['PayloadType']] : []))
    : []
  return [...new Set(types.filter(type => typeof type === 'string'))]
}

/** Which variants of their types the parts are, once each. */
function variantsOf(profile: PlistDictionary): string[] {
  const names = partsOf(profile).flatMap(part => entryFor(part)?.variant?.name ?? [])
  return [...new Set(names)]
}
