import { inherit } from '../catalogue/availability.ts'
import { type Availability, type CatalogueKey, type Keys } from '../catalogue/notation.ts'
import { isDictionary, isList, type PlistDictionary, type PlistValue } from '../plist/plist-value.ts'
import { holdsVariables, isVariable, namesIn, variables } from '../variables.ts'
import { checkAvailability, checkDeprecation, type IpadKind } from './check-availability.ts'
import { callIt, checkFacts, checkKind } from './check-value.ts'
import { type Place } from './finding.ts'
import { type Findings } from './findings.ts'
import { nearestName } from './nearest-name.ts'

/** What a check of keys carries along while it goes down. */
interface Descent {
  readonly place: Place
  readonly around: Availability
  readonly kinds: readonly IpadKind[]
  readonly total: number
  readonly findings: Findings
}

/** Checks a dictionary against the keys it may have, and everything below it. */
export function checkKeys(
  dictionary: PlistDictionary,
  { keys = {}, others }: { readonly keys?: Keys; readonly others?: CatalogueKey | undefined },
  at: Descent,
): void {
  for (const [name, key] of Object.entries(keys))
    if (key.required === true && !Object.hasOwn(dictionary, name)) reportMissing(name, key, at)
  for (const [name, value] of Object.entries(dictionary)) {
    if (at.findings.isFull) return
    const key = Object.hasOwn(keys, name) ? keys[name] : others
    if (key !== undefined) checkKey(key, value, below(at, name))
    else if (Object.keys(keys).length > 0) reportUnknown(name, keys, at)
  }
}

const below = (at: Descent, part: string | number): Descent => ({
  ...at,
  place: { ...at.place, path: [...at.place.path, part] },
})

function reportMissing(name: string, key: CatalogueKey, at: Descent): void {
  const { place, findings } = below(at, name)
  const [sv, en] = callIt(key, place)
  findings.error('missing', place, [`${sv} saknas.`, `${en} is missing.`])
}

function reportUnknown(name: string, keys: Keys, at: Descent): void {
  const suggestion = nearestName(name, Object.keys(keys))
  const shown = name.length > 80 ? `${name.slice(0, 80)}…` : name
  at.findings.warning(
    'unknown-key',
    below(at, name).place,
    [
      `${shown} är inte en nyckel som Apple har beskrivit${suggestion === undefined ? '' : `; menar du ${suggestion}?`}`,
      `${shown} is not a key that Apple describes${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`,
    ],
    suggestion === undefined ? {} : { suggestion },
  )
}

function checkKey(key: CatalogueKey, value: PlistValue, at: Descent): void {
  const { place, findings } = at
  const around = inherit(at.around, key)
  const name = callIt(key, place)
  const kinds = statesAvailability(key)
    ? checkAvailability({ name, on: around, place }, at.kinds, at.total, findings)
    : at.kinds
  if (key.deprecated !== undefined) checkDeprecation({ name, on: around, place }, at.kinds, findings)
  checkVariables(value, at)
  checkOwnWords(key, value, place, findings)
  if (!checkKind(key, value, place, findings)) return
  checkFacts(key, value, place, findings)
  checkInside(key, value, { ...at, around, kinds })
}

const statesAvailability = (key: CatalogueKey): boolean =>
  key.since !== undefined ||
  key.removed !== undefined ||
  key.supervised !== undefined ||
  key.userEnrolment !== undefined ||
  key.sharedIpad !== undefined

function checkInside(key: CatalogueKey, value: PlistValue, at: Descent): void {
  if (isList(value)) {
    if (key.of === undefined) return
    for (const [index, each] of value.entries()) {
      if (at.findings.isFull) return
      checkKey(key.of, each, below(at, index))
    }
  } else if (isDictionary(value)) checkKeys(value, key, at)
}

/** By these an iPad and the server know the profile and its parts; they must be the same on every iPad. */
const names: ReadonlySet<string | number | undefined> = new Set([
  'PayloadIdentifier',
  'PayloadUUID',
  'PayloadType',
])

/** What is judged before it goes to an iPad must be what the iPad gets: no variable where one could change the rules. */
function checkOwnWords(key: CatalogueKey, value: PlistValue, place: Place, findings: Findings): void {
  if (typeof value !== 'string' || !holdsVariables(value)) return
  const isName = names.has(place.path.at(-1))
  if (!isName && key.allowed === undefined && key.refersTo === undefined) return
  const [sv, en] = callIt(key, place)
  findings.error('variable-not-here', place, [
    `${sv} måste vara likadan på alla iPads, så den kan inte ha någon variabel.`,
    `${en} has to be the same on every iPad, so it can have no variable.`,
  ])
}

function checkVariables(value: PlistValue, { place, findings }: Descent): void {
  if (typeof value !== 'string' || !value.includes('{{')) return
  for (const name of namesIn(value)) {
    if (findings.isFull) return
    if (isVariable(name)) continue
    const suggestion = nearestName(name, Object.keys(variables))
    findings.error(
      'unknown-variable',
      place,
      [
        `{{${name}}} är inte en variabel${suggestion === undefined ? '' : `; menar du {{${suggestion}}}?`}`,
        `{{${name}}} is not a variable${suggestion === undefined ? '' : `; did you mean {{${suggestion}}}?`}`,
      ],
      suggestion === undefined ? {} : { suggestion },
    )
  }
}
