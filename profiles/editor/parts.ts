import { X509Certificate } from 'node:crypto'
import { entryFor } from '../catalogue/catalogue.ts'
import { item, type CataloguePayload } from '../catalogue/notation.ts'
import { everyPayload, topLevel } from '../catalogue/top-level.ts'
import { isDictionary, isList, type PlistDictionary, type PlistValue } from '../plist/plist-value.ts'
import { maskSecrets } from '../secrets.ts'
import { dictionaryOf } from './dictionary-of.ts'
import { fieldsOf, type Described } from './fields.ts'
import { type FormField, type Moments } from './form-field.ts'
import { readFields, type ReadFields, type SentFields } from './read-fields.ts'

/** A text of a payload or profile; empty when there is none. */
export function textAt(dictionary: PlistDictionary, key: string): string {
  const value = dictionary[key]
  return typeof value === 'string' ? value : ''
}

/** The parts of a profile; a part that is no dictionary becomes an empty one, so that numbers stay right. */
export function partsOf(profile: PlistDictionary): readonly PlistDictionary[] {
  const content = profile['PayloadContent']
  return isList(content) ? content.map(part => (isDictionary(part) ? part : {})) : []
}

/** The profile with other parts. */
export const withParts = (profile: PlistDictionary, parts: readonly PlistValue[]): PlistDictionary =>
  dictionaryOf([...Object.entries(profile), ['PayloadContent', parts]])

/** What the form of a part knows: the keys of its kind, and those that every part has. */
export function describedPart(part: PlistDictionary): Described {
  const entry = entryFor(part)
  return { keys: { ...everyPayload.keys, ...entry?.keys }, others: entry ? entry.others : item('any') }
}

/** What a profile holds besides its parts and what the server fills in itself. */
const ownFacts: Described = {
  keys: Object.fromEntries(
    Object.entries(topLevel.keys).filter(
      ([name]) => !['PayloadContent', 'EncryptedPayloadContent', 'IsEncrypted', 'PayloadUUID'].includes(name),
    ),
  ),
}

/** The fields of a part. */
export const fieldsOfPart = (part: PlistDictionary, moments: Moments): FormField[] =>
  fieldsOf(maskedPart(part), describedPart(part), moments)

/** The fields of the profile itself. */
export function fieldsOfProfile(profile: PlistDictionary, moments: Moments): FormField[] {
  const own = dictionaryOf(Object.entries(profile).filter(([name]) => !hiddenInProfile.has(name)))
  return fieldsOf(own, ownFacts, moments)
}

const hiddenInProfile = new Set(['PayloadContent', 'PayloadUUID', 'PayloadType', 'PayloadVersion'])

/** The part with what was sent for its fields. */
export function readPart(part: PlistDictionary, sent: SentFields, moments: Moments): ReadFields {
  const read = readFields(part, fieldsOfPart(part, moments), sent, moments)
  return { ...read, dictionary: inDer(read.dictionary) }
}

/** The profile with what was sent for its own fields. */
export const readProfile = (profile: PlistDictionary, sent: SentFields, moments: Moments): ReadFields =>
  readFields(profile, fieldsOfProfile(profile, moments), sent, moments)

function maskedPart(part: PlistDictionary): PlistDictionary {
  const [masked] = partsOf(maskSecrets({ PayloadContent: [part] }))
  return masked ?? part
}

/** iPads want a root certificate in DER, and people have PEM files. */
function inDer(part: PlistDictionary): PlistDictionary {
  const content = part['PayloadContent']
  if (part['PayloadType'] !== 'com.apple.security.root' || !(content instanceof Uint8Array)) return part
  if (Buffer.from(content.subarray(0, 11)).toString('latin1') !== '-----BEGIN ') return part
  try {
    return dictionaryOf([...Object.entries(part), ['PayloadContent', new X509Certificate(content).raw]])
  } catch {
    return part
  }
}

/**
 * A new part of this kind, with what every part must have; its identifier is the profile's with an addition that no
 * other part has.
 */
export function newPart(
  entry: CataloguePayload,
  profile: PlistDictionary,
  { title, newUuid }: { readonly title: string; readonly newUuid: () => string },
): PlistDictionary {
  const own = profile['PayloadIdentifier']
  const stem = `${typeof own === 'string' && own !== '' ? own : 'profile'}.${slugOf(entry.type)}`
  const taken = new Set(partsOf(profile).map(part => part['PayloadIdentifier']))
  let identifier = stem
  for (let number = 2; taken.has(identifier); number += 1) identifier = `${stem}-${number}`
  return dictionaryOf([
    ['PayloadType', entry.type],
    ['PayloadVersion', 1],
    ['PayloadIdentifier', identifier],
    ['PayloadUUID', newUuid()],
    ['PayloadDisplayName', title],
    ...Object.entries(entry.variant?.when ?? {}),
    // Accounts and apps point to the VPN by it, and nobody has one in their head.
    ...(entry.keys['VPNUUID']?.required === true ? [['VPNUUID', newUuid()] as const] : []),
  ])
}

const slugOf = (type: string): string =>
  type
    .replace(/^com\.apple\./, '')
    .replace(/\.managed$/, '')
    .toLowerCase()
