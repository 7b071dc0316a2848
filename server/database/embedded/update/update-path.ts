import { badValue, MongoError } from '../errors.ts'
import { indexOf } from '../query/path.ts'

/** One step of an update's path. */
export type Step =
  | { readonly kind: 'name'; readonly name: string; readonly index: number | undefined }
  /** `$`: the element that the query met. */
  | { readonly kind: 'matched' }
  /** `$[]`: every element. */
  | { readonly kind: 'every' }
  /** `$[identifier]`: the elements that an array filter takes. */
  | { readonly kind: 'filtered'; readonly identifier: string }

export interface UpdatePath {
  readonly text: string
  readonly steps: readonly Step[]
}

/** Reads a path of an update. Throws `MongoError` 56 (EmptyFieldName) for an empty path or part. */
export function parseUpdatePath(text: string): UpdatePath {
  if (text === '') throw new MongoError(56, 'EmptyFieldName', 'An empty update path is not valid.')
  const names = text.split('.')
  if (names.includes('')) {
    throw new MongoError(
      56,
      'EmptyFieldName',
      `The update path '${text}' contains an empty field name, which is not allowed.`,
    )
  }
  return { text, steps: names.map(parseStep) }
}

/**
 * Reads the path of an update operator.
 * Throws `MongoError` 2 for a path that begins with a place in an array or has two positional `$`.
 */
export function parseModifierPath(text: string): UpdatePath {
  const path = parseUpdatePath(text)
  const [first] = path.steps
  if (path.steps.filter(({ kind }) => kind === 'matched').length > 1)
    throw badValue(`Too many positional (i.e. '$') elements found in path '${text}'`)
  if (first?.kind === 'matched')
    throw badValue(`Cannot have positional (i.e. '$') element in the first position in path '${text}'`)
  if (first && first.kind !== 'name')
    throw badValue(
      `Cannot have array filter identifier (i.e. '$[<id>]') element in the first position in path '${text}'`,
    )
  return path
}

/**
 * Refuses to give a document a field of its own whose name begins with `$`; inside of documents there may be such.
 * Throws `MongoError` 52 (DollarPrefixedFieldName).
 */
export function refuseDollarField({ text, steps: [first] }: UpdatePath): void {
  if (first?.kind !== 'name' || !first.name.startsWith('$')) return
  throw new MongoError(
    52,
    'DollarPrefixedFieldName',
    `The dollar ($) prefixed field '${first.name}' in '${text}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  )
}

function parseStep(name: string): Step {
  if (name === '$') return { kind: 'matched' }
  if (name === '$[]') return { kind: 'every' }
  const identifier = /^\$\[(.+)\]$/.exec(name)?.[1]
  if (identifier !== undefined) return { kind: 'filtered', identifier }
  return { kind: 'name', name, index: indexOf(name) }
}

/** The order in which the server sets fields: numbers as numbers and before words, part by part. */
export function comparePaths(a: string, b: string): number {
  const [x, y] = [a.split('.'), b.split('.')]
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const order = compareNames(x[i] ?? '', y[i] ?? '')
    if (order) return order
  }
  return x.length - y.length
}

function compareNames(a: string, b: string): number {
  const [p, q] = [indexOf(a), indexOf(b)]
  if (p !== undefined && q !== undefined) return p - q
  if (p !== undefined || q !== undefined) return p === undefined ? 1 : -1
  return a < b ? -1 : a > b ? 1 : 0
}

/** Refuses paths of which one holds the other: `MongoError` 40 (ConflictingUpdateOperators). */
export function refuseConflicts(paths: readonly string[]): void {
  for (const [index, path] of paths.entries()) {
    const other = paths.slice(0, index).find(earlier => isWithin(path, earlier) || isWithin(earlier, path))
    if (other === undefined) continue
    const shorter = other.length < path.length ? other : path
    throw new MongoError(
      40,
      'ConflictingUpdateOperators',
      `Updating the path '${path}' would create a conflict at '${shorter}'`,
    )
  }
}

const isWithin = (path: string, outer: string) => path === outer || path.startsWith(`${outer}.`)
