import { defaultLimits } from '../aggregation/memory-limit.ts'
import { type PipelinePort } from '../aggregation/pipeline-context.ts'
import { runQuery } from '../engine/query.ts'
import { type Document } from '../values/value.ts'
import { type Call } from './call.ts'

/** What pipelines of this call read besides their own collection. */
export const pipelinePort = (call: Call): PipelinePort => ({
  readCollection: (name, filter) => documentsOf(call, `${call.database}.${name}`, filter),
  random: call.server.engine.surroundings.random,
  limits: defaultLimits,
})

function* documentsOf(
  { server, transaction }: Call,
  namespace: string,
  filter: Document,
): Generator<Document> {
  const collection = server.engine.find(namespace, transaction)
  if (!collection) return
  for (const hit of runQuery(server.engine, collection, { filter, transaction }).hits) yield hit.document
}
