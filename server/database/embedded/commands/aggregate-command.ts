import { compilePipeline, type PipelineSource, runPipeline } from '../aggregation/run-pipeline.ts'
import { type Scope } from '../aggregation/expressions/scope.ts'
import { type Hit, type Query, runQuery } from '../engine/query.ts'
import { MongoError } from '../errors.ts'
import { encodeDocument } from '../values/encode.ts'
import { type Document, isDocument } from '../values/value.ts'
import { type Answer } from '../wire/answer.ts'
import { type Call, ownerOf, scopeOf } from './call.ts'
import { explainInner } from './explain-command.ts'
import { batchSizeOf, checkFields, documentField, isSet, refuseCollation } from './fields.ts'
import { countedAs, leadingStages } from './leading-stages.ts'
import { writeOutput } from './pipeline-output.ts'
import { pipelinePort } from './pipeline-port.ts'
import { countMatches } from './read-commands.ts'
import { givenDocuments } from './statistics-stages.ts'

const firstBatch = 101

/** `aggregate` */
export function aggregate(call: Call): Answer {
  checkFields(call, ['pipeline', 'cursor', 'explain', 'exchange', 'fromMongos', 'needsMerge'])
  refuseCollation(call.command.get('collation'))
  if (isSet(call.command.get('explain'))) return explainInner(call, call.command, 'queryPlanner')
  const cursor = documentField(call, 'cursor')
  if (!cursor) {
    throw new MongoError(
      9,
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    )
  }
  const concern = documentField(call, 'readConcern')?.get('level')
  if (concern === 'linearizable' && writesCollection(call.command)) {
    throw new MongoError(
      72,
      'InvalidOptions',
      "A stage that writes cannot be used with a 'linearizable' read concern level",
    )
  }
  const namespace = aggregated(call)
  return call.server.cursors.open({
    namespace,
    documents: results(call, namespace, pipelineOf(call.command)),
    batchSize: batchSizeOf(cursor, firstBatch),
    owner: ownerOf(call),
  })
}

/** The collection, or the database as a whole for `aggregate: 1`. */
function aggregated({ command, database }: Call): string {
  const target = command.get('aggregate')
  return `${database}.${typeof target === 'string' ? target : '$cmd.aggregate'}`
}

/** Whether the pipeline ends by writing into a collection. */
export function writesCollection(command: Document): boolean {
  const pipeline = command.get('pipeline')
  const last = Array.isArray(pipeline) ? pipeline.at(-1) : undefined
  return isDocument(last) && (last.has('$out') || last.has('$merge'))
}

/** @throws MongoError 14 when the pipeline is no list of documents */
export function pipelineOf(command: Document): readonly Document[] {
  const pipeline = command.get('pipeline')
  if (!Array.isArray(pipeline))
    throw new MongoError(14, 'TypeMismatch', "'pipeline' option must be specified as an array")
  return pipeline.map(stage => {
    if (isDocument(stage)) return stage
    throw new MongoError(14, 'TypeMismatch', "Each element of the 'pipeline' array must be an object")
  })
}

function results(call: Call, namespace: string, stages: readonly Document[]): Iterable<Uint8Array> {
  const port = pipelinePort(call)
  const scope = scopeOf(call)
  const given = givenDocuments(call, namespace, stages[0])
  if (given) {
    const rest = stages.slice(1)
    const { output } = compilePipeline(rest, port, scope)
    const results = runPipeline(output ? rest.slice(0, -1) : rest, given, port, scope)
    if (!output) return encoded(results)
    writeOutput(call, output, [...results])
    return []
  }
  const pipeline = compilePipeline(stages, port, scope)
  const query = queryOf(call, pipeline.source, scope)
  const counted = countedAs(stages)
  if (counted) {
    const n = countMatches(call, namespace, query)
    return n === 0 ? [] : encoded([counted(n)])
  }
  const collection = call.server.engine.find(namespace, call.transaction)
  const hits = collection ? runQuery(call.server.engine, collection, query).hits : []
  if (leadingStages(stages) === stages.length) return bytesOf(hits)
  const documents = pipeline.run(documentsOf(hits))
  if (!pipeline.output) return encoded(documents)
  writeOutput(call, pipeline.output, [...documents])
  return []
}

const queryOf = (call: Call, { filter, sort, skip, limit }: PipelineSource, scope: Scope): Query => ({
  filter,
  sort,
  skip,
  limit: limit ?? 0,
  scope,
  hint: call.command.get('hint'),
  transaction: call.transaction,
})

function* bytesOf(hits: Iterable<Hit>): Generator<Uint8Array> {
  for (const hit of hits) yield hit.bytes
}

function* documentsOf(hits: Iterable<Hit>): Generator<Document> {
  for (const hit of hits) yield hit.document
}

function* encoded(documents: Iterable<Document>): Generator<Uint8Array> {
  for (const document of documents) yield encodeDocument(document)
}
