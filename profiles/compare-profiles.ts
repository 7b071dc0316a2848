import { createHash } from 'node:crypto'
import { entryFor } from './catalogue/catalogue.ts'
import { type Words } from './catalogue/notation.ts'
import { pairItems } from './compare-lists.ts'
import { isDictionary, isList, type PlistDictionary, type PlistValue } from './plist/plist-value.ts'
import { mask, secretPlaces } from './secrets.ts'
import { type Place } from './validation/finding.ts'

/** One value that two profiles do not have in common. Secrets are told to differ, never shown. */
export interface Difference {
  /** `reordered`: a list has the same items in another order. */
  readonly change: 'added' | 'removed' | 'changed' | 'reordered'
  /** The part it is in; missing for the profile itself. */
  readonly part?: { readonly type: string; readonly identifier: string; readonly title: Words }
  /** Keys down to the value, with its place now, or before where it is gone; empty for a whole part. */
  readonly path: readonly (string | number)[]
  readonly before?: string
  readonly after?: string
}

/**
 * What differs between two profiles, part by part: parts are the same when they have the same identifier. UUIDs are
 * left out, since every version has new ones.
 */
export function compareProfiles(before: PlistDictionary, after: PlistDictionary): Difference[] {
  const differences = compareMasked(withoutParts(before), withoutParts(after), secretPlaces)
  const old = partsOf(before)
  const recent = partsOf(after)
  for (const [identifier, part] of old) {
    const other = recent.get(identifier)
    if (other === undefined) differences.push({ change: 'removed', part: nameOf(part, identifier), path: [] })
    else differences.push(...compareParts(part, other, identifier))
  }
  for (const [identifier, part] of recent)
    if (!old.has(identifier)) differences.push({ change: 'added', part: nameOf(part, identifier), path: [] })
  return differences
}

function withoutParts(profile: PlistDictionary): PlistDictionary {
  return Object.fromEntries(
    Object.entries(profile).filter(([key]) => key !== 'PayloadContent' && key !== 'PayloadUUID'),
  )
}

function partsOf(profile: PlistDictionary): Map<string, PlistDictionary> {
  const content = profile['PayloadContent']
  const parts = new Map<string, PlistDictionary>()
  if (!isList(content)) return parts
  for (const [index, part] of content.entries()) {
    if (!isDictionary(part)) continue
    const identifier = part['PayloadIdentifier']
    parts.set(typeof identifier === 'string' && !parts.has(identifier) ? identifier : `#${index}`, part)
  }
  return parts
}

function nameOf(part: PlistDictionary, identifier: string): NonNullable<Difference['part']> {
  const type = typeof part['PayloadType'] === 'string' ? part['PayloadType'] : ''
  return { type, identifier, title: entryFor(part)?.title ?? [type, type] }
}

function compareParts(before: PlistDictionary, after: PlistDictionary, identifier: string): Difference[] {
  const part = nameOf(after, identifier)
  return compareMasked({ ...before, PayloadUUID: '' }, { ...after, PayloadUUID: '' }, each =>
    secretPlaces({ PayloadContent: [each] }),
  ).map(difference => ({ ...difference, part }))
}

function compareMasked(
  before: PlistDictionary,
  after: PlistDictionary,
  placesOf: (dictionary: PlistDictionary) => readonly Place[],
): Difference[] {
  const secret = new Set([before, after].flatMap(placesOf).map(({ path }) => path.join('.')))
  return compareValues(before, after, { path: [], was: [] }).map(({ was, ...difference }) => ({
    ...difference,
    ...([difference.path, was].some(path => secret.has(path.join('.'))) && masked(difference)),
  }))
}

/** Keys down to a value, now and before: an item of a list may have moved. */
interface Paths {
  readonly path: Difference['path']
  readonly was: Difference['path']
}
type Placed = Difference & Paths

const below = ({ path, was }: Paths, now: string | number, before = now): Paths => ({
  path: [...path, now],
  was: [...was, before],
})

const masked = ({ before, after }: Difference): Pick<Difference, 'before' | 'after'> => ({
  ...(before !== undefined && { before: mask }),
  ...(after !== undefined && { after: mask }),
})

function compareValues(before: PlistValue | undefined, after: PlistValue | undefined, at: Paths): Placed[] {
  if (isDictionary(before) && isDictionary(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    return names.flatMap(name => compareValues(before[name], after[name], below(at, name)))
  }
  if (isList(before) && isList(after)) return compareLists(before, after, at)
  if (before === undefined || after === undefined) return oneSided(before, after, at)
  const [old, recent] = [textOf(before), textOf(after)]
  return old === recent ? [] : [{ ...at, change: 'changed', before: old, after: recent }]
}

function compareLists(before: readonly PlistValue[], after: readonly PlistValue[], at: Paths): Placed[] {
  const { pairs, gone, come, isReordered } = pairItems(before, after, textOf)
  return [
    ...(isReordered ? [{ ...at, change: 'reordered' } as const] : []),
    ...pairs.flatMap(([old, recent]) => compareValues(before[old], after[recent], below(at, recent, old))),
    ...gone.flatMap(index => oneSided(before[index], undefined, below(at, index))),
    ...come.flatMap(index => oneSided(undefined, after[index], below(at, index))),
  ]
}

/** What is on one side only, down to its single values: a secret deep inside must not come out as text. */
function oneSided(before: PlistValue | undefined, after: PlistValue | undefined, at: Paths): Placed[] {
  const value = before ?? after
  if (value === undefined) return []
  const inside = isDictionary(value)
    ? Object.entries(value)
    : isList(value)
      ? [...value.entries()]
      : undefined
  if (inside === undefined || inside.length === 0)
    return [
      before === undefined
        ? { ...at, change: 'added', after: textOf(value) }
        : { ...at, change: 'removed', before: textOf(value) },
    ]
  return inside.flatMap(([name, each]) =>
    before === undefined
      ? oneSided(undefined, each, below(at, name))
      : oneSided(each, undefined, below(at, name)),
  )
}

function textOf(value: PlistValue): string {
  if (value instanceof Uint8Array)
    return `${value.length} bytes, SHA-256 ${createHash('sha256').update(value).digest('hex').slice(0, 16)}…`
  if (value instanceof Date) return value.toISOString()
  if (isList(value)) return '[]'
  if (isDictionary(value)) return '{}'
  return String(value)
}
