import { entryFor } from './catalogue/catalogue.ts'
import { type CatalogueKey, type Keys } from './catalogue/notation.ts'
import { topLevel } from './catalogue/top-level.ts'
import {
  isDictionary,
  isList,
  WholeReal,
  type PlistDictionary,
  type PlistValue,
} from './plist/plist-value.ts'
import { type Place } from './validation/finding.ts'

/** Shown instead of a secret in lists, exports and comparisons. */
export const mask = '••••••'

/** Names that speak of a secret in payloads that the catalogue does not know. */
const secretName =
  /pass(word|code|phrase|wd)?s?$|pwd$|secret|challenge|psk$|(private|shared|secret|access|api|auth(entication)?|encryption|licen[cs]e|account|network|wep|wpa)[-_ ]?keys?$|tokens?$|bearer$|authorization$|pin(code|kod)?s?$|lösen(ord)?$|enrol+mentcode$|provisioning[-_ ]?keys?$|credentials?$/i

/** `https://user:password@host` (RFC 3986, 3.2.1): the password is one whatever key the address stands under. */
const addressWithPassword = /^[a-z][a-z0-9+.-]{0,30}:\/\/[^/?#@:]*:[^/?#@]+@/i

/** The places of secrets: passwords, shared keys, and identities with their key. Empty values are none. */
export function secretPlaces(profile: PlistDictionary): Place[] {
  const places: Place[] = []
  walkProfile(profile, place => places.push(place))
  return places
}

/** Whether the profile must be encrypted for the iPad it goes to. */
export const holdsSecrets = (profile: PlistDictionary): boolean => secretPlaces(profile).length > 0

/** The profile with every secret masked, to be shown to people; never to be sent. */
export const maskSecrets = (profile: PlistDictionary): PlistDictionary =>
  walkProfile(profile, () => undefined)

type Path = readonly (string | number)[]
type Found = (path: Path) => void

/** A masked copy of whatever shape: what has no list of parts is no profile yet, and may hold passwords all the same. */
function walkProfile(profile: PlistDictionary, found: (place: Place) => void): PlistDictionary {
  const copy = Object.create(null) as Record<string, PlistValue>
  for (const [name, value] of Object.entries(profile)) {
    const key = Object.hasOwn(topLevel.keys, name) ? topLevel.keys[name] : undefined
    copy[name] =
      name === 'PayloadContent'
        ? walkParts(value, found)
        : walkValue(value, { key, name }, [name], path => found({ path }))
  }
  return copy
}

function walkParts(content: PlistValue, found: (place: Place) => void): PlistValue {
  if (!isList(content)) return walkPart(content, ['PayloadContent'], path => found({ path }))
  return content.map((part, payload) => walkPart(part, [], path => found({ payload, path })))
}

function walkPart(part: PlistValue, path: Path, found: Found): PlistValue {
  if (isDictionary(part)) return walk(part, entryFor(part)?.keys, path, found)
  return walkValue(part, { key: undefined, name: 'PayloadContent' }, path, found)
}

/** A masked copy; tells `found` of each secret on the way. */
function walk(
  dictionary: PlistDictionary,
  keys: Keys | undefined,
  path: Path,
  found: Found,
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

function walkValue(value: PlistValue, named: Named, path: Path, found: Found): PlistValue {
  const { key, name } = named
  if (isSecret(value, named)) {
    found(path)
    return mask
  }
  // What is not known, or has another shape than it should, is called what the thing around it is called.
  if (isList(value))
    return value.map((each, index) =>
      walkValue(
        each,
        { key: key?.of ?? (key?.secret ? key : undefined), name: key ? '' : name },
        [...path, index],
        found,
      ),
    )
  if (!isDictionary(value)) return value
  return key?.secret ? allMasked(value, path, found) : walk(value, key?.keys, path, found)
}

/** A dictionary where the catalogue knows a secret: nobody can tell which of its values is the secret. */
function allMasked(dictionary: PlistDictionary, path: Path, found: Found): PlistDictionary {
  const copy = Object.create(null) as Record<string, PlistValue>
  for (const [name, value] of Object.entries(dictionary))
    copy[name] = walkValue(value, { key: secretOfAnyShape, name }, [...path, name], found)
  return copy
}

const secretOfAnyShape: CatalogueKey = { kind: 'any', secret: true }

function isSecret(value: PlistValue, { key, name }: Named): boolean {
  if (!canBeSecret(value)) return false
  if (typeof value === 'string' && addressWithPassword.test(value)) return true
  if (key !== undefined) return key.secret === true
  // Files in a part of no known type: an identity with its key, perhaps, whose type is misspelt.
  return secretName.test(name) || (name === 'PayloadContent' && value instanceof Uint8Array)
}

/** Of switches and dates nothing is to be learnt, and names such as `UsePassword` belong to them. */
function canBeSecret(value: PlistValue): boolean {
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length > 0
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof WholeReal
}
