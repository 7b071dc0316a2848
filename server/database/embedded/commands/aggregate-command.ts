import { MongoError, notImplemented } from '../errors.ts'
import { compileMatch } from '../query/match.ts'
import { encodeDocument } from '../values/encode.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { type CursorBatch } from '../wire/answer.ts'
import { type Call, ownerOf, scopeOf } from './call.ts'
import { batchSizeOf, checkFields, documentField, refuseCollation } from './fields.ts'
import { leadingQuery } from './pipeline-query.ts'
import { countMatches, found } from './read-commands.ts'

const firstBatch = 101

/** `aggregate` */
export function aggregate(call: Call): CursorBatch {
  checkFields(call, ['pipeline', 'cursor', 'explain'])
  refuseCollation(call.command.get('collation'))
  const pipeline = pipelineOf(call.command)
  const target = call.command.get('aggregate')
  const namespace = `${call.database}.${typeof target === 'string' ? target : '$cmd.aggregate'}`
  return call.server.cursors.open({
    namespace,
    documents: results(call, namespace, pipeline),
    batchSize: batchSizeOf(documentField(call, 'cursor'), firstBatch),
    owner: ownerOf(call),
  })
}

/** Whether the pipeline ends by writing into a collection. */
export function writesCollection(command: Document): boolean {
  const pipeline = command.get('pipeline')
  const last = Array.isArray(pipeline) ? pipeline.at(-1) : undefined
  return isDocument(last) && (last.has('$out') || last.has('$merge'))
}

function pipelineOf(command: Document): readonly Document[] {
  const pipeline = command.get('pipeline')
  if (!Array.isArray(pipeline))
    throw new MongoError(14, 'TypeMismatch', "'pipeline' option must be specified as an array")
  return pipeline.map(stage => {
    if (isDocument(stage)) return stage
    throw new MongoError(14, 'TypeMismatch', "Each element of the 'pipeline' array must be an object")
  })
}

function results(call: Call, namespace: string, pipeline: readonly Document[]): Iterable<Uint8Array> {
  const scope = scopeOf(call)
  const { query, rest } = leadingQuery(pipeline)
  const located = { ...query, scope, hint: call.command.get('hint'), transaction: call.transaction }
  if (rest.length === 0) return found(call, namespace, located)
  const counted = countingGroup(rest)
  if (counted) {
    compileMatch(query.filter, scope)
    const n = countMatches(call, namespace, located)
    return n === 0 ? [] : [encodeDocument(counted(n))]
  }
  throw notImplemented(`The stage '${rest[0]?.keys().next().value ?? ''}' is not supported`)
}

/** `{ $group: { _id: <constant>, n: { $sum: 1 } } }`: how drivers count documents. */
function countingGroup(rest: readonly Document[]): ((n: number) => Document) | undefined {
  const group = rest.length === 1 ? rest[0]?.get('$group') : undefined
  if (!isDocument(group) || group.size !== 2) return undefined
  const id = group.get('_id')
  const [, field] = [...group]
  const [name, sum] = field ?? []
  const one: Value | undefined = isDocument(sum) && sum.size === 1 ? sum.get('$sum') : undefined
  const constant = isNumber(id) || id === null
  if (!constant || name === undefined || name === '_id' || !isNumber(one) || asNumber(one) !== 1)
    return undefined
  return n => toDocument({ _id: id, [name]: n })
}
