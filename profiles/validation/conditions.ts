import { entryFor } from '../catalogue/catalogue.ts'
import { type CatalogueKey, type Keys, type Scalar, type Words } from '../catalogue/notation.ts'
import { isDictionary, isList, type PlistDictionary, type PlistValue } from '../plist/plist-value.ts'
import { callIt } from './check-value.ts'
import { conditions, type Condition } from './condition-table.ts'
import { type Place } from './finding.ts'
import { type Findings } from './findings.ts'

/** Checks every condition that is about this payload. */
export function checkConditions(payload: PlistDictionary, place: Place, findings: Findings): void {
  const type = payload['PayloadType']
  for (const condition of conditions) {
    if (condition.type !== type) continue
    for (const [dictionary, path] of dictionariesAt(payload, condition.within ?? [], place.path)) {
      if (!isMet(condition, dictionary)) continue
      for (const needed of condition.needs)
        checkNeed(payload, { condition, needed, dictionary }, { ...place, path }, findings)
    }
  }
}

function isMet({ when, is, beside, unless }: Condition, dictionary: PlistDictionary): boolean {
  const value = dictionary[when]
  if (beside !== undefined && !stands(dictionary[beside])) return false
  if (unless !== undefined && stands(dictionary[unless])) return false
  return is === undefined ? stands(value) : is.some(each => each === value)
}

interface Need {
  readonly condition: Condition
  readonly needed: string | readonly string[]
  readonly dictionary: PlistDictionary
}

function checkNeed(
  payload: PlistDictionary,
  { condition, needed, dictionary }: Need,
  place: Place,
  findings: Findings,
): void {
  const names = typeof needed === 'string' ? [needed] : needed
  if (names.some(name => stands(dictionary[name]))) return
  const called = names.map(name => titled(payload, condition.within ?? [], name))
  const [sv, en] = condition.because ?? becauseOf(condition, dictionary)
  findings[condition.severity ?? 'error'](
    'missing-here',
    { ...place, path: [...place.path, names[0] ?? ''] },
    [
      `${called.map(([name]) => name).join(' eller ')} behövs ${sv}.`,
      `${called.map(([, name]) => name).join(' or ')} is needed ${en}.`,
    ],
  )
}

function becauseOf({ when, is }: Condition, dictionary: PlistDictionary): Words {
  if (is === undefined) return [`när ${when} finns`, `when ${when} is there`]
  const value = dictionary[when] as Scalar
  return [`när ${when} är ${value}`, `when ${when} is ${value}`]
}

/** A switch that is off is as good as absent. */
const stands = (value: PlistValue | undefined): boolean =>
  value !== undefined && value !== '' && value !== false

function titled(payload: PlistDictionary, within: readonly string[], name: string): Words {
  let keys: Keys | undefined = entryFor(payload)?.keys
  for (const part of within) if (part !== '*') keys = innermost(keys?.[part])?.keys
  return callIt(keys?.[name] ?? {}, { path: [name] })
}

/** The values inside arrays in arrays, however deep. */
function innermost(key: CatalogueKey | undefined): CatalogueKey | undefined {
  return key?.of === undefined ? key : innermost(key.of)
}

/** The dictionaries at the end of a way down, each with its path. */
function* dictionariesAt(
  value: PlistValue | undefined,
  within: readonly string[],
  path: readonly (string | number)[],
): Generator<[PlistDictionary, readonly (string | number)[]]> {
  const [part, ...rest] = within
  if (part === undefined) {
    if (isDictionary(value)) yield [value, path]
  } else if (part === '*') {
    if (isList(value))
      for (const [index, each] of value.entries()) yield* dictionariesAt(each, rest, [...path, index])
  } else if (isDictionary(value)) yield* dictionariesAt(value[part], rest, [...path, part])
}
