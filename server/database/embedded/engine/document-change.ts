import { MongoError } from '../errors.ts'
import { compileUpdate, type Update, updateKind } from '../update/compile-update.ts'
import { upsertBase } from '../update/upsert-base.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { withTimes } from './stored-document.ts'
import { type StatementPlace, type UpdateStatement } from './statements.ts'

/** What an update makes of a document. */
export interface DocumentChange {
  /** It puts a whole document in the place of another. */
  readonly replaces: boolean
  /** `matchedIndex` is where the filter met an array. */
  readonly apply: (document: Document, matchedIndex?: number) => Document
  /** The document that an upsert inserts, except for a missing `_id`. */
  readonly documentToInsert: (filter: Document) => Document
}

/** @throws MongoError for an update that is wrong, whatever it is applied to */
export function compileChange(
  { update, arrayFilters, constants }: UpdateStatement,
  { engine, variables }: StatementPlace,
): DocumentChange {
  if (!isDocument(update) && !Array.isArray(update)) {
    throw new MongoError(9, 'FailedToParse', 'Update argument must be either an object or an array')
  }
  const replaces = updateKind(update) === 'replacement'
  const written =
    replaces && isDocument(update) ? withTimes(update, engine.surroundings.newTimestamp) : update
  const change: Update = compileUpdate(written, {
    now: () => new Date(engine.surroundings.now()),
    variables: new Map([...variables, ...(constants ?? [])]),
    ...(arrayFilters && { arrayFilters: arrayFilters.map(filterDocument) }),
  })
  return {
    replaces,
    apply: (document, matchedIndex) => change(document, { matchedIndex }),
    documentToInsert: filter => change(upsertBase(filter), { isInsert: true }),
  }
}

function filterDocument(filter: Value): Document {
  if (isDocument(filter)) return filter
  throw new MongoError(
    14,
    'TypeMismatch',
    "BSON field 'update.updates.arrayFilters.0' is the wrong type, expected type 'object'",
  )
}
