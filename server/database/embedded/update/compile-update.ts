import { failedToParse, MongoError } from '../errors.ts'
import { cloneDocument } from '../values/clone.ts'
import { equalValues } from '../values/order.ts'
import { type Document, type Value } from '../values/value.ts'
import { compileArrayFilters } from './array-filters.ts'
import { compileModifiers, type Occasion } from './modifiers.ts'
import { compilePipelineUpdate } from './pipeline-update.ts'

interface UpdateOptions {
  readonly arrayFilters?: readonly Document[]
  /** Read once, when the update is compiled: one statement sets one time. */
  readonly now: () => Date
  /** Variables of a pipeline update (`let` of the command). */
  readonly variables?: ReadonlyMap<string, Value>
}

export interface UpdateTarget {
  /** The index that the query met, for the positional `$`. */
  readonly matchedIndex?: number | undefined
  /** Whether the document is about to be inserted by an upsert. */
  readonly isInsert?: boolean
}

/** Gives the changed document; the one passed in stays as it was. */
export type Update = (document: Document, target?: UpdateTarget) => Document

type UpdateKind = 'replacement' | 'modifiers' | 'pipeline'

/** What an update is: its first field decides, as on the server. */
export function updateKind(update: Document | readonly Value[]): UpdateKind {
  if (!(update instanceof Map)) return 'pipeline'
  const [first] = update.keys()
  return first?.startsWith('$') ? 'modifiers' : 'replacement'
}

/**
 * Checks an update once: a replacement, operators, or a pipeline.
 * The function throws `MongoError` 66 (ImmutableField) when `_id` would change, and the operators' own errors.
 */
export function compileUpdate(update: Document | readonly Value[], options: UpdateOptions): Update {
  const now = options.now()
  if (!(update instanceof Map)) {
    if (options.arrayFilters?.length)
      throw failedToParse('arrayFilters may not be specified for pipeline-syle updates')
    return guarded(compilePipelineUpdate(update, { now, variables: options.variables ?? new Map() }))
  }
  if (updateKind(update) === 'replacement') return guarded(compileReplacement(update, options))
  const modify = compileModifiers(update, compileArrayFilters(options.arrayFilters ?? []))
  return guarded((document, target) => {
    const copy = cloneDocument(document)
    const occasion: Occasion = { now, matchedIndex: target.matchedIndex, isInsert: target.isInsert === true }
    modify(copy, occasion)
    return copy
  })
}

function compileReplacement(replacement: Document, { arrayFilters }: UpdateOptions): Update {
  if (arrayFilters?.length)
    throw failedToParse('arrayFilters may not be specified for replacement-style updates')
  for (const name of replacement.keys()) {
    if (!name.startsWith('$')) continue
    throw new MongoError(
      52,
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    )
  }
  return document => {
    const id = replacement.get('_id') ?? document.get('_id')
    return withIdFirst(cloneDocument(replacement), id)
  }
}

/** The document with `_id` as its first field, where there is one. */
function withIdFirst(document: Document, id: Value | undefined = document.get('_id')): Document {
  if (id === undefined) return document
  const [first] = document.keys()
  if (first === '_id' && document.get('_id') === id) return document
  const ordered: Document = new Map([['_id', id]])
  for (const [name, value] of document) if (name !== '_id') ordered.set(name, value)
  return ordered
}

function guarded(change: (document: Document, target: UpdateTarget) => Document): Update {
  return (document, target = {}) => {
    const changed = change(document, target)
    const id = document.get('_id')
    if (id !== undefined && (!changed.has('_id') || !equalValues(id, changed.get('_id')))) {
      throw new MongoError(
        66,
        'ImmutableField',
        "Performing an update on the path '_id' would modify the immutable field '_id'",
      )
    }
    return target.isInsert ? withIdFirst(changed) : changed
  }
}
