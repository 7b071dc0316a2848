import { type Query, runQuery } from '../engine/query.ts'
import { compileMatch } from '../query/match.ts'
import { distinctValues } from '../query/path.ts'
import { encodeKeyValue } from '../values/key.ts'
import { MongoError } from '../errors.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, type Value } from '../values/value.ts'
import { type Call, namespaceOf, scopeOf } from './call.ts'
import { checkFields, countField, documentField, numberField, refuseCollation } from './fields.ts'

/** The filter and what goes with it in every reading command. */
export function queryOf(call: Call, filterField: string): Query {
  refuseCollation(call.command.get('collation'))
  return {
    filter: documentField(call, filterField) ?? new Map<string, Value>(),
    hint: call.command.get('hint'),
    scope: scopeOf(call),
    transaction: call.transaction,
  }
}

/** `count` */
export function count(call: Call): Document {
  const namespace = namespaceOf(call)
  checkFields(call, ['query', 'limit', 'skip', 'fields'])
  const query = queryOf(call, 'query')
  const skip = countField(call, 'skip') ?? 0
  const limit = Math.abs(numberField(call, 'limit') ?? 0)
  compileMatch(query.filter, query.scope)
  return toDocument({ n: countMatches(call, namespace, { ...query, skip, limit }) })
}

/** How many documents match, counted without reading them where that is possible. */
export function countMatches(call: Call, namespace: string, query: Query): number {
  const { engine } = call.server
  const collection = engine.find(namespace, call.transaction)
  if (!collection) return 0
  const { skip = 0, limit = 0 } = query
  if (query.filter.size === 0 && !call.transaction && query.hint === undefined) {
    const rest = Math.max(0, engine.count(collection) - skip)
    return limit > 0 ? Math.min(limit, rest) : rest
  }
  let matches = 0
  for (const hit of runQuery(engine, collection, query).hits) matches += Number(hit.recordId > 0)
  return matches
}

/** `distinct` */
export function distinct(call: Call): Document {
  const namespace = namespaceOf(call)
  checkFields(call, ['key', 'query'])
  const key = call.command.get('key')
  if (typeof key !== 'string')
    throw new MongoError(
      14,
      'TypeMismatch',
      "BSON field 'distinct.key' is the wrong type, expected type 'string'",
    )
  const query = queryOf(call, 'query')
  compileMatch(query.filter, query.scope)
  const { engine } = call.server
  const collection = engine.find(namespace, call.transaction)
  const values = new Map<string, Value>()
  if (collection) {
    for (const { document } of runQuery(engine, collection, query).hits) {
      for (const value of distinctValues(document, key)) {
        const name = encodeKeyValue(value).toString('latin1')
        if (!values.has(name)) values.set(name, value)
      }
    }
  }
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)
  return toDocument({ values: sorted })
}
