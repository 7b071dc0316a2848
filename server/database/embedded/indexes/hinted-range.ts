import { atLocation } from '../errors.ts'
import { type KeyRange } from '../storage/record-store.ts'
import { compareKeys } from '../values/key.ts'
import { type Document } from '../values/value.ts'
import { type Index } from './index-definition.ts'

interface Bounds {
  readonly min?: Document | undefined
  readonly max?: Document | undefined
}

/**
 * The keys that `min` and `max` of a `find` leave of the hinted index; undefined when neither is given.
 * @throws MongoError 51173 without a hint, 51174 for other fields than the index has, 51175 for an end before the beginning
 */
export function hintedRange(hint: Index | 'none' | undefined, { min, max }: Bounds): KeyRange | undefined {
  const [low, high] = [min, max].map(bound => (bound && bound.size > 0 ? bound : undefined))
  if (!low && !high) return undefined
  if (!hint || hint === 'none')
    throw atLocation(51173, 'When using min()/max() a hint of which index to use must be provided')
  const range = { low: low ? keyOf(hint, low) : new Uint8Array(), high: high ? keyOf(hint, high) : null }
  if (range.high && compareKeys(range.low, range.high) >= 0)
    throw atLocation(51175, 'The value provided for min() must be less than the value for max()')
  return range
}

function keyOf(index: Index, bound: Document): Uint8Array {
  const names = [...bound.keys()]
  if (names.length !== index.fields.length || index.fields.some(({ path }, at) => path !== names[at]))
    throw atLocation(51174, 'The index chosen is not compatible with min/max')
  return index.keyOf([...bound.values()])
}
