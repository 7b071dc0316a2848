import { atLocation } from '../../errors.ts'
import { compileSort } from '../../query/sort.ts'
import { typeName } from '../../query/type-alias.ts'
import { asBigInt, asNumber, isNumber } from '../../values/numbers.ts'
import { compareValues, equalValues } from '../../values/order.ts'
import { type Document, isDocument, type Value } from '../../values/value.ts'
import { any, isNothing, type MaybeValue, named, one, several, two } from './arguments.ts'
import { type CompileOperator, type OperatorTable } from './scope.ts'

const describe = (value: MaybeValue) => (value === undefined ? 'missing' : typeName(value))

function arrayOf(name: string, value: MaybeValue, code: number): readonly Value[] {
  if (!Array.isArray(value))
    throw atLocation(code, `${name}'s argument must be an array, but is ${describe(value)}`)
  return value
}

/** A whole number of 32 bits as a JS number. */
export function wholeNumber(name: string, value: MaybeValue, code: number): number {
  const whole = value !== undefined && isNumber(value) ? asBigInt(value) : undefined
  if (whole === undefined || BigInt.asIntN(32, whole) !== whole) {
    throw atLocation(code, `${name} requires a whole number of 32 bits, but found ${describe(value)}`)
  }
  return Number(whole)
}

const elementAt = (array: readonly Value[], index: number): MaybeValue =>
  array[index < 0 ? array.length + index : index]

const edge = (name: string, index: 0 | -1): CompileOperator =>
  one(name, value => (isNothing(value) ? null : elementAt(arrayOf(name, value, 28689), index)))

/** `$firstN` and `$lastN` on an array. */
const severalFrom = (
  name: string,
  take: (array: readonly Value[], count: number) => Value[],
): CompileOperator =>
  named(name, { required: ['n', 'input'] }, given => {
    const count = wholeNumber(name, given('n'), 5787902)
    if (count < 1) throw atLocation(5787908, `'n' must be greater than 0, found ${count}`)
    return take(arrayOf(name, given('input'), 5788200), count)
  })

const inOrder = (side: 1 | -1) => (array: readonly Value[], count: number) =>
  array
    .filter(value => !isNothing(value))
    .sort((a, b) => compareValues(a, b) * side)
    .slice(0, count)

function slice([input, first, second]: readonly MaybeValue[]): MaybeValue {
  if (isNothing(input) || isNothing(first) || second === null) return null
  const array = arrayOf('$slice', input, 28724)
  const number = wholeNumber('$slice', first, 28725)
  if (second === undefined) return number < 0 ? array.slice(number) : array.slice(0, number)
  const count = wholeNumber('$slice', second, 28727)
  if (count <= 0) throw atLocation(28729, `Third argument to $slice must be positive: ${count}`)
  const start = number < 0 ? Math.max(0, array.length + number) : number
  return array.slice(start, start + count)
}

function range([from, to, by]: readonly MaybeValue[]): MaybeValue {
  const [start, end] = [wholeNumber('$range', from, 34443), wholeNumber('$range', to, 34445)]
  const step = by === undefined ? 1 : wholeNumber('$range', by, 34447)
  if (step === 0) throw atLocation(34449, '$range requires a non-zero step value')
  const numbers: Value[] = []
  for (let i = start; step > 0 ? i < end : i > end; i += step) numbers.push(i)
  return numbers
}

function indexIn([input, wanted, from, to]: readonly MaybeValue[]): MaybeValue {
  if (isNothing(input)) return null
  const array = arrayOf('$indexOfArray', input, 40090)
  const start = from === undefined ? 0 : wholeNumber('$indexOfArray', from, 40096)
  const end =
    to === undefined ? array.length : Math.min(array.length, wholeNumber('$indexOfArray', to, 40096))
  for (let i = start; i < end; i++) if (equalValues(array[i], wanted)) return i
  return -1
}

function sortArray(input: MaybeValue, sortBy: MaybeValue): MaybeValue {
  if (isNothing(input)) return null
  const array = arrayOf('$sortArray', input, 2942504)
  if (isDocument(sortBy)) return compileSort(sortBy).sorted(array)
  const direction = sortBy !== undefined && isNumber(sortBy) ? asNumber(sortBy) : 0
  if (direction !== 1 && direction !== -1) throw atLocation(2942505, 'The sort direction must be 1 or -1')
  return [...array].sort((a, b) => compareValues(a, b) * direction)
}

function zip(inputs: MaybeValue, longest: boolean, defaults: MaybeValue): MaybeValue {
  if (isNothing(inputs)) return null
  const arrays = arrayOf('$zip', inputs, 34461)
  if (arrays.some(isNothing)) return null
  const lists = arrays.map(array => arrayOf('$zip', array, 34468))
  const lengths = lists.map(list => list.length)
  const length = longest ? Math.max(0, ...lengths) : Math.min(...lengths)
  const fill = Array.isArray(defaults) ? defaults : []
  return Array.from({ length }, (_, row) => lists.map((list, column) => list[row] ?? fill[column] ?? null))
}

function concatArrays(values: readonly MaybeValue[]): MaybeValue {
  if (values.some(isNothing)) return null
  return values.flatMap(value => [...arrayOf('$concatArrays', value, 28664)])
}

/** `[{k, v}]` or `[[k, v]]` as a document: all entries of the same form. */
function arrayToObject(input: MaybeValue): MaybeValue {
  if (isNothing(input)) return null
  const document: Document = new Map()
  const entries = arrayOf('$arrayToObject', input, 40386)
  const entryOf = Array.isArray(entries[0]) ? pairEntry : documentEntry
  for (const entry of entries) document.set(...entryOf(entry))
  return document
}

function pairEntry(entry: Value): [string, Value] {
  if (!Array.isArray(entry)) throw inconsistent(40396)
  const [key, value] = entry
  if (entry.length !== 2 || value === undefined)
    throw atLocation(
      40397,
      `$arrayToObject requires an array of size 2 arrays, found array of size: ${entry.length}`,
    )
  if (typeof key === 'string') return [key, value]
  throw atLocation(
    40395,
    '$arrayToObject requires an array of key-value pairs, where the key must be of type string',
  )
}

function documentEntry(entry: Value): [string, Value] {
  if (!isDocument(entry)) throw inconsistent(Array.isArray(entry) ? 40391 : 40398)
  const [key, value] = [entry.get('k'), entry.get('v')]
  if (entry.size !== 2)
    throw atLocation(
      40392,
      `$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys: ${entry.size}`,
    )
  if (key === undefined || value === undefined)
    throw atLocation(40393, "$arrayToObject requires an object with keys 'k' and 'v'")
  if (typeof key === 'string') return [key, value]
  throw atLocation(40394, "$arrayToObject requires an object where the value of 'k' must be of type string")
}

const inconsistent = (code: number) =>
  atLocation(
    code,
    '$arrayToObject requires a consistent input format. Elements must all be arrays or all be objects',
  )

export const arrays: OperatorTable = {
  $arrayElemAt: two('$arrayElemAt', (input, index) => {
    if (isNothing(input) || isNothing(index)) return null
    return elementAt(arrayOf('$arrayElemAt', input, 28689), wholeNumber('$arrayElemAt', index, 28690))
  }),
  $first: edge('$first', 0),
  $last: edge('$last', -1),
  $firstN: severalFrom('$firstN', (array, count) => array.slice(0, count)),
  $lastN: severalFrom('$lastN', (array, count) => array.slice(-count)),
  $minN: severalFrom('$minN', inOrder(1)),
  $maxN: severalFrom('$maxN', inOrder(-1)),
  $concatArrays: any('$concatArrays', concatArrays),
  $in: two('$in', (wanted, input) => arrayOf('$in', input, 40081).some(value => equalValues(value, wanted))),
  $isArray: one('$isArray', value => Array.isArray(value)),
  $size: one('$size', value => arrayOf('The argument to $size', value, 17124).length),
  $slice: several('$slice', [2, 3], slice),
  $range: several('$range', [2, 3], range),
  $reverseArray: one('$reverseArray', value =>
    isNothing(value) ? null : [...arrayOf('$reverseArray', value, 34435)].reverse(),
  ),
  $indexOfArray: several('$indexOfArray', [2, 4], indexIn),
  $sortArray: named('$sortArray', { required: ['input', 'sortBy'] }, given =>
    sortArray(given('input'), given('sortBy')),
  ),
  $zip: named('$zip', { required: ['inputs'], optional: ['useLongestLength', 'defaults'] }, given =>
    zip(given('inputs'), given('useLongestLength') === true, given('defaults')),
  ),
  $arrayToObject: one('$arrayToObject', arrayToObject),
}
