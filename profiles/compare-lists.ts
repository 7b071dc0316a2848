import { isDictionary, isList, type PlistValue } from './plist/plist-value.ts'

/** Which items of two lists belong together, by their indexes before and after. */
interface Pairing {
  readonly pairs: readonly (readonly [before: number, after: number])[]
  readonly gone: readonly number[]
  readonly come: readonly number[]
  /** What stayed stands in another order. */
  readonly isReordered: boolean
}

/**
 * Pairs the items of two lists: by what names them, else by what they are, so that one more at the front is one more
 * and not a change of all. What is left is paired where it stands in the same place, or has parts to compare.
 */
export function pairItems(
  before: readonly PlistValue[],
  after: readonly PlistValue[],
  textOf: (value: PlistValue) => string,
): Pairing {
  const naming = namingKey([...before, ...after], [before, after])
  const keyOf = (item: PlistValue) => keyFor(item, naming, textOf)
  const waiting = new Map<string, number[]>()
  // From the end, so that the first one waiting is the last of its list, where taking it away costs nothing.
  for (const [index, item] of [...after.entries()].reverse()) {
    const key = keyOf(item)
    const same = waiting.get(key)
    if (same === undefined) waiting.set(key, [index])
    else same.push(index)
  }
  const pairs: [number, number][] = []
  const left: number[] = []
  for (const [index, item] of before.entries()) {
    const partner = waiting.get(keyOf(item))?.pop()
    if (partner === undefined) left.push(index)
    else pairs.push([index, partner])
  }
  const isReordered = pairs.some(([, place], index) => place < (pairs[index - 1]?.[1] ?? -1))
  const come = [...waiting.values()].flat().sort((a, b) => a - b)
  if (left.length * come.length > mostGuesses) return byPlace(pairs, left, come, isReordered)
  const gone: number[] = []
  for (const index of left) {
    const partner = come.findIndex(place => mayBeOne(before, after, [index, place]))
    if (partner === -1) gone.push(index)
    else pairs.push([index, ...(come.splice(partner, 1) as [number])])
  }
  return { pairs: pairs.sort(([, a], [, b]) => a - b), gone, come, isReordered }
}

/** Of so many left on both sides nobody reads which may be which, and trying all takes the square of their number. */
const mostGuesses = 250_000

/** What is left, paired only where it stands in the same place. */
function byPlace(
  pairs: (readonly [before: number, after: number])[],
  left: readonly number[],
  come: readonly number[],
  isReordered: boolean,
): Pairing {
  const [old, recent] = [new Set(left), new Set(come)]
  const same = left.filter(index => recent.has(index)).map(index => [index, index] as const)
  return {
    pairs: [...pairs, ...same].sort(([, a], [, b]) => a - b),
    gone: left.filter(index => !recent.has(index)),
    come: come.filter(index => !old.has(index)),
    isReordered,
  }
}

/** Apple's keys that tell the items of a list apart, the surest first. */
const namingKeys = ['Identifier', 'BundleID', 'BundleIdentifier', 'URL', 'Name', 'Host'] as const

/** The key that each item has, and no two items of one list the same. */
function namingKey(
  items: readonly PlistValue[],
  lists: readonly (readonly PlistValue[])[],
): string | undefined {
  return namingKeys.find(
    key =>
      items.every(item => isDictionary(item) && typeof item[key] === 'string') &&
      lists.every(list => new Set(list.map(item => isDictionary(item) && item[key])).size === list.length),
  )
}

function keyFor(item: PlistValue, naming: string | undefined, textOf: (value: PlistValue) => string): string {
  const name = naming !== undefined && isDictionary(item) ? item[naming] : undefined
  return typeof name === 'string' ? name : JSON.stringify(plain(item, textOf))
}

/** The value with each kind told apart, so that `1` and `'1'` are not the same. */
function plain(value: PlistValue, textOf: (value: PlistValue) => string): unknown {
  if (isList(value)) return value.map(each => plain(each, textOf))
  if (isDictionary(value))
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, plain(each, textOf)])
  return [typeof value, textOf(value)]
}

/** Whether two that nothing pairs are one that was changed. */
function mayBeOne(
  before: readonly PlistValue[],
  after: readonly PlistValue[],
  [old, recent]: readonly [number, number],
): boolean {
  const [was, is] = [before[old], after[recent]]
  if (isDictionary(was) && isDictionary(is))
    return !namingKeys.some(key => was[key] !== undefined && is[key] !== undefined && was[key] !== is[key])
  if (isList(was) && isList(is)) return true
  return old === recent && !isDictionary(was) && !isDictionary(is) && !isList(was) && !isList(is)
}
