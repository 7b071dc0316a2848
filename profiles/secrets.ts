import { entryFor } from './catalogue/catalogue.ts'
import { type CatalogueKey, type Keys } from './catalogue/notation.ts'
import { isDictionary, isList, type PlistDictionary, type PlistValue } from './plist/plist-value.ts'
import { type Place } from './validation/finding.ts'

/** What stands in lists, exports and comparisons where a secret is. */
export const mask = '••••••'

/** Names that speak of a secret in payloads that the catalogue does not know. */
const secretName = /pass(word|code|phrase)?s?$|secret|challenge|psk$|privatekey/i

/** Where secrets stand: passwords, shared keys and identities with their key. Empty values are none. */
export function secretPlaces(profile: PlistDictionary): Place[] {
  const places: Place[] = []
  for (const [index, payload] of payloadsOf(profile))
    walk(payload, entryFor(payload)?.keys, [], path => places.push({ payload: index, path }))
  return places
}

/** Whether the profile must be encrypted for the iPad it goes to. */
export const holdsSecrets = (profile: PlistDictionary): boolean => secretPlaces(profile).length > 0

/** The profile with every secret masked, to be shown to people; never to be sent. */
export function maskSecrets(profile: PlistDictionary): PlistDictionary {
  const content = profile['PayloadContent']
  if (!isList(content)) return profile
  return {
    ...profile,
    PayloadContent: content.map(payload =>
      isDictionary(payload) ? walk(payload, entryFor(payload)?.keys, [], () => undefined) : payload,
    ),
  }
}

function* payloadsOf(profile: PlistDictionary): Generator<[index: number, payload: PlistDictionary]> {
  const content = profile['PayloadContent']
  if (!isList(content)) return
  for (const [index, payload] of content.entries()) if (isDictionary(payload)) yield [index, payload]
}

type Path = readonly (string | number)[]

/** A masked copy; tells `found` of each secret on the way. */
function walk(
  dictionary: PlistDictionary,
  keys: Keys | undefined,
  path: Path,
  found: (path: Path) => void,
): PlistDictionary {
  const copy = Object.create(null) as Record<string, PlistValue>
  for (const [name, value] of Object.entries(dictionary)) {
    const key = keys !== undefined && Object.hasOwn(keys, name) ? keys[name] : undefined
    copy[name] = walkValue(value, { key, name }, [...path, name], found)
  }
  return copy
}

interface Named {
  readonly key: CatalogueKey | undefined
  readonly name: string
}

function walkValue(
  value: PlistValue,
  { key, name }: Named,
  path: Path,
  found: (path: Path) => void,
): PlistValue {
  if (isSecret(value, key, name)) {
    found(path)
    return mask
  }
  if (isList(value))
    // What is not known is called what its list is called.
    return value.map((each, index) =>
      walkValue(each, { key: key?.of, name: key === undefined ? name : '' }, [...path, index], found),
    )
  return isDictionary(value) ? walk(value, key?.keys, path, found) : value
}

function isSecret(value: PlistValue, key: CatalogueKey | undefined, name: string): boolean {
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) return false
  return value.length > 0 && (key === undefined ? secretName.test(name) : key.secret === true)
}
