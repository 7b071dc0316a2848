import { asNumber, isNaNValue, isNumber } from '../values/numbers.ts'
import { encodeKeyValue } from '../values/key.ts'
import { typeRank } from '../values/order.ts'
import { rank } from '../values/rank.ts'
import { RegularExpression, type Value } from '../values/value.ts'
import { allOf, type Cut, type Interval } from './key-range.ts'
import { literalPrefix } from './literal-prefix.ts'
import { type Predicate } from './predicates.ts'

/** What the conditions on one field leave of its index component, ascending. */
export type FieldBounds =
  | { readonly kind: 'points'; readonly points: readonly Uint8Array[] }
  | { readonly kind: 'intervals'; readonly intervals: readonly Interval[] }

interface IndexTraits {
  readonly sparse: boolean
  readonly multikey: boolean
}

const maxPoints = 500

/**
 * Bounds that hold every match of all the conditions, and possibly more: the matcher decides.
 * Undefined when the conditions cannot be answered from the index.
 */
export function boundsOf(predicates: readonly Predicate[], traits: IndexTraits): FieldBounds | undefined {
  const points = fewestPoints(predicates, traits)
  if (points) return { kind: 'points', points: points.map(value => encodeKeyValue(value)) }
  const range = rangeBounds(predicates, traits.multikey)
  if (range) return { kind: 'intervals', intervals: [range] }
  return regexBounds(predicates)
}

function fewestPoints(
  predicates: readonly Predicate[],
  traits: IndexTraits,
): readonly (Value | undefined)[] | undefined {
  let fewest: readonly (Value | undefined)[] | undefined
  for (const predicate of predicates) {
    const values = pointsOf(predicate, traits)
    if (values && (!fewest || values.length < fewest.length)) fewest = values
  }
  return fewest
}

function pointsOf(
  { operator, argument }: Predicate,
  { sparse, multikey }: IndexTraits,
): readonly (Value | undefined)[] | undefined {
  const usable = (value: Value) => isPoint(value) && !(sparse && value === null)
  if (operator === '$eq') return usable(argument) ? [argument] : undefined
  if (operator === '$in' && Array.isArray(argument)) {
    return argument.length <= maxPoints && argument.every(usable) ? argument : undefined
  }
  if (operator === '$exists' && isFalse(argument) && !sparse && !multikey) return [undefined]
  return undefined
}

/** Arrays match as a whole and by element, expressions by pattern, NaN by rules of its own. */
function isPoint(value: Value): boolean {
  if (Array.isArray(value) || value instanceof RegularExpression) return false
  const type = typeRank(value)
  return type !== rank.undefined && !(isNumber(value) && isNaNValue(value))
}

const isFalse = (value: Value) =>
  value === false || value === null || (isNumber(value) && asNumber(value) === 0)

const unordered: ReadonlySet<number> = new Set([
  rank.minKey,
  rank.maxKey,
  rank.null,
  rank.undefined,
  rank.array,
  rank.object,
  rank.regex,
])

/** The bounds of `$gt`, `$gte`, `$lt` and `$lte` within the type they compare with. */
function rangeBounds(predicates: readonly Predicate[], multikey: boolean): Interval | undefined {
  let range: Interval | undefined
  for (const { operator, argument } of predicates) {
    if (!comparisons.has(operator) || !isPoint(argument) || unordered.has(typeRank(argument))) continue
    // Different elements of an array may fulfil the two ends, so one end is all that can be used.
    if (range && multikey) continue
    range = narrowed(range, operator, argument)
  }
  return range
}

const comparisons: ReadonlySet<string> = new Set(['$gt', '$gte', '$lt', '$lte'])

function narrowed(range: Interval | undefined, operator: string, argument: Value): Interval {
  const bytes = encodeKeyValue(argument)
  const type = typeRank(argument)
  const whole: Interval = {
    from: { bytes: Buffer.from([type]), behind: false },
    to: { bytes: Buffer.from([type]), behind: true },
  }
  const { from, to } = range ?? whole
  if (operator === '$gt' || operator === '$gte')
    return { from: later(from, { bytes, behind: operator === '$gt' }), to }
  return { from, to: earlier(to, { bytes, behind: operator === '$lte' }) }
}

/** Cuts of one type do not begin each other, except the type's own first byte. */
function compareCuts(a: Cut, b: Cut): number {
  const shared = Math.min(a.bytes.length, b.bytes.length)
  const order = Buffer.compare(a.bytes.subarray(0, shared), b.bytes.subarray(0, shared))
  if (order !== 0) return order
  if (a.bytes.length === b.bytes.length) return Number(a.behind) - Number(b.behind)
  return a.bytes.length < b.bytes.length ? (a.behind ? 1 : -1) : b.behind ? -1 : 1
}

const later = (a: Cut, b: Cut) => (compareCuts(a, b) > 0 ? a : b)
const earlier = (a: Cut, b: Cut) => (compareCuts(a, b) < 0 ? a : b)

/** A pattern that begins with fixed text finds strings that do, and stored patterns equal to it. */
function regexBounds(predicates: readonly Predicate[]): FieldBounds | undefined {
  for (const { operator, argument, options } of predicates) {
    if (operator !== '$regex') continue
    const pattern = argument instanceof RegularExpression ? argument.pattern : argument
    const flags = argument instanceof RegularExpression ? argument.options + (options ?? '') : (options ?? '')
    const prefix = typeof pattern === 'string' && flags === '' ? literalPrefix(pattern) : ''
    if (prefix === '') continue
    // An encoded string ends with two zero bytes; without them it is the beginning of longer strings.
    const strings = allOf(encodeKeyValue(prefix).subarray(0, -2))
    return { kind: 'intervals', intervals: [strings, allOf(Buffer.from([rank.regex]))] }
  }
  return undefined
}
