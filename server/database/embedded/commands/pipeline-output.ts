import { type OutputStage } from '../aggregation/output-stage.ts'
import { compileExpression } from '../aggregation/expressions/compile.ts'
import { createIndexes } from '../engine/index-builds.ts'
import {
  insertOne,
  type StatementPlace,
  updateDocuments,
  type UpdateStatement,
} from '../engine/statements.ts'
import { runQuery } from '../engine/query.ts'
import { MongoError } from '../errors.ts'
import { duplicateKey } from '../engine/duplicate-key.ts'
import { type Document, type Value } from '../values/value.ts'
import { type Call, scopeOf, variablesOf } from './call.ts'

/** Does with the results what `$out` or `$merge` says. */
export function writeOutput(call: Call, output: OutputStage, documents: readonly Document[]): void {
  if (call.transaction)
    throw new MongoError(
      263,
      'OperationNotSupportedInTransaction',
      `$${output.kind} cannot be used in a transaction`,
    )
  const namespace = `${output.database ?? call.database}.${output.collection}`
  if (output.kind === 'out') replaceCollection(call, namespace, documents)
  else for (const document of documents) mergeOne(call, { ...output, namespace }, document)
}

const placeAt = (call: Call, namespace: string): StatementPlace => ({
  engine: call.server.engine,
  namespace,
  scope: scopeOf(call),
  variables: variablesOf(call),
  transaction: undefined,
})

/** Puts the results in the place of the collection, which keeps its indexes; when that fails it stays as it was. */
function replaceCollection(call: Call, namespace: string, documents: readonly Document[]): void {
  const { engine } = call.server
  const old = engine.find(namespace)
  if (old) engine.locks.checkUnused(old)
  const made = engine.create(
    `${namespace}.out${Buffer.from(engine.surroundings.newUuid()).toString('hex')}`,
    new Map(),
  )
  try {
    const specifications = old?.indexes.slice(1).map(index => index.specification) ?? []
    if (specifications.length > 0) createIndexes(engine, made, specifications)
    for (const document of documents) insertOne(placeAt(call, made.namespace), document)
  } catch (error) {
    engine.catalog.drop(made)
    throw error
  }
  if (old) engine.catalog.drop(old)
  engine.catalog.rename(made, namespace)
}

type Merge = Extract<OutputStage, { kind: 'merge' }> & { readonly namespace: string }

function mergeOne(call: Call, merge: Merge, document: Document): void {
  const { engine } = call.server
  const place = placeAt(call, merge.namespace)
  const collection = engine.need(merge.namespace)
  const unique = collection.indexes.some(
    index =>
      index.unique &&
      index.fields.length === merge.on.length &&
      index.fields.every(({ path }) => merge.on.includes(path)),
  )
  if (!unique)
    throw new MongoError(
      51183,
      'Location51183',
      'Cannot find index to verify that join fields will be unique',
    )
  const filter: Document = new Map(merge.on.map(path => [path, document.get(path) ?? null]))
  const [hit] = [...runQuery(engine, collection, { filter, limit: 1 }).hits]
  if (!hit) {
    if (merge.whenNotMatched === 'insert') insertOne(place, document)
    if (merge.whenNotMatched === 'fail') {
      throw new MongoError(
        13113,
        'MergeStageNoMatchingDocument',
        '$merge could not find a matching document in the target collection for at least one document in the source collection',
      )
    }
    return
  }
  const statement = whenMatched(call, merge, document, filter)
  if (statement) updateDocuments(place, statement)
  else if (merge.whenMatched === 'fail') {
    const [index] = collection.indexes
    if (index)
      throw duplicateKey(collection.namespace, index, {
        bytes: Buffer.alloc(0),
        tuple: [document.get('_id')],
      })
  }
}

/** The update that a match asks for; undefined when there is none. */
function whenMatched(
  call: Call,
  merge: Merge,
  document: Document,
  filter: Document,
): UpdateStatement | undefined {
  const statement = { filter, multi: false, upsert: false, arrayFilters: undefined }
  const { whenMatched } = merge
  if (typeof whenMatched !== 'string')
    return { ...statement, update: [...whenMatched], constants: variablesFor(call, merge, document) }
  if (whenMatched === 'replace') return { ...statement, update: document }
  const fields: Document = new Map([...document].filter(([name]) => name !== '_id'))
  return whenMatched === 'merge' && fields.size > 0
    ? { ...statement, update: new Map<string, Value>([['$set', fields]]) }
    : undefined
}

/** `$$new`, and what `let` computes of it. */
function variablesFor(call: Call, { variables }: Merge, document: Document): Document {
  const scope = scopeOf(call)
  const computed = [...variables].map(
    ([name, expression]) => [name, compileExpression(expression, scope)(document) ?? null] as const,
  )
  return new Map<string, Value>([['new', document], ...computed])
}
