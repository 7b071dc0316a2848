import { type Value } from '../values/value.ts'

/** Tells whether a value (undefined when missing) is what a condition asks for. */
export type Test = (value: Value | undefined, position?: MatchPosition) => boolean

/** Where the condition that decided met an array: what the positional `$` of updates and projections stands for. */
export interface MatchPosition {
  /** The index in the outermost array on the way; undefined when no array was met. */
  index: number | undefined
}

const digits = /^(0|[1-9]\d*)$/

/** The index that a part of a path names in an array; undefined when it is no number. */
export const indexOf = (part: string): number | undefined => (digits.test(part) ? Number(part) : undefined)

/** One step of a path, with the array index that it may also be. */
interface PathPart {
  readonly name: string
  readonly index: number | undefined
}

/** The parts of a dotted path. */
export const splitPath = (path: string): PathPart[] =>
  path.split('.').map(name => ({ name, index: indexOf(name) }))

/** What a walk does with each value that a path reaches; the walk ends when it says true. */
type Visit = (value: Value | undefined, arrayIndex: number | undefined, fromIndex: boolean) => boolean

/**
 * Visits the values that a path reaches: fields, elements by index, and fields of the documents in an array.
 * A field that is missing in a document or behind a scalar is visited as undefined; scalars in an array are passed over.
 */
export function walk(value: Value | undefined, parts: readonly PathPart[], visit: Visit): boolean {
  return walkFrom({ parts, visit }, value, 0, undefined)
}

interface Walk {
  readonly parts: readonly PathPart[]
  readonly visit: Visit
}

function walkFrom(
  walk: Walk,
  value: Value | undefined,
  depth: number,
  arrayIndex: number | undefined,
): boolean {
  const part = walk.parts[depth]
  if (!part) return walk.visit(value, arrayIndex, false)
  if (value instanceof Map) return walkFrom(walk, value.get(part.name), depth + 1, arrayIndex)
  if (!Array.isArray(value)) return walk.visit(undefined, arrayIndex, false)
  if (part.index !== undefined && part.index < value.length && walkIndex(walk, value, depth, arrayIndex))
    return true
  for (let i = 0; i < value.length; i++) {
    if (value[i] instanceof Map && walkFrom(walk, value[i], depth, arrayIndex ?? i)) return true
  }
  return false
}

function walkIndex(walk: Walk, array: Value[], depth: number, arrayIndex: number | undefined): boolean {
  const index = walk.parts[depth]?.index ?? 0
  const outer = arrayIndex ?? index
  // A path that ends at an index means that element as it is: an array there is not opened.
  if (depth === walk.parts.length - 1) return walk.visit(array[index], outer, true)
  return walkFrom(walk, array[index], depth + 1, outer)
}

/** All values that a path reaches, arrays unopened. */
export function valuesAt(value: Value, path: string): Value[] {
  const found: Value[] = []
  walk(value, splitPath(path), reached => {
    if (reached !== undefined) found.push(reached)
    return false
  })
  return found
}

/** The values that `distinct` lists for one document: an array at the end counts as its elements. */
export function distinctValues(document: Value, path: string): Value[] {
  const found: Value[] = []
  for (const value of valuesAt(document, path)) {
    if (Array.isArray(value)) found.push(...value)
    else found.push(value)
  }
  return found
}
