import { type Query, runQuery } from '../engine/query.ts'
import { type ReadTally } from '../engine/candidates.ts'
import { MongoError } from '../errors.ts'
import { explainPlan } from '../indexes/explain.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { type Call, scopeOf } from './call.ts'
import { refuseCollation, textField } from './fields.ts'
import { leadingStages } from './leading-stages.ts'
import { pipelinePort } from './pipeline-port.ts'
import { pipelineOf } from './aggregate-command.ts'
import { compilePipeline } from '../aggregation/run-pipeline.ts'
import { version } from './hello.ts'

/** What a command asks the planner, and the stage of its own that `explain` puts on top. */
interface Explained {
  readonly query: Query
  readonly projection?: Document | undefined
  readonly top?: string
  /** Stages that follow the query. */
  readonly rest?: readonly Document[]
}

const verbosities: ReadonlySet<string> = new Set(['queryPlanner', 'executionStats', 'allPlansExecution'])

/** `explain` of a reading or writing command. Nothing is written. */
export function explain(call: Call): Document {
  const inner = call.command.get('explain')
  if (!isDocument(inner))
    throw new MongoError(
      14,
      'TypeMismatch',
      "BSON field 'explain.explain' is the wrong type, expected type 'object'",
    )
  const verbosity = textField(call, 'verbosity') ?? 'allPlansExecution'
  if (!verbosities.has(verbosity))
    throw new MongoError(
      2,
      'BadValue',
      `Enumeration value '${verbosity}' for field 'explain.verbosity' is not a valid value.`,
    )
  return explainInner(call, inner, verbosity)
}

/** What `explain` says of a command. */
export function explainInner(call: Call, inner: Document, verbosity: string): Document {
  const name = inner.keys().next().value ?? ''
  const read = readers[name]
  if (!read) throw new MongoError(59, 'CommandNotFound', `Explain failed due to unknown command: ${name}`)
  refuseCollation(inner.get('collation'))
  const explained = read(inner, call)
  const parts = explainQuery(call, `${call.database}.${collectionOf(inner.get(name))}`, explained, verbosity)
  const { rest = [] } = explained
  const body = rest.length === 0 ? parts : { stages: [{ $cursor: parts }, ...rest] }
  return toDocument({
    explainVersion: '1',
    ...body,
    command: inner,
    serverInfo: { host: call.server.identity.address, version },
  })
}

function explainQuery(
  call: Call,
  namespace: string,
  { query, projection, top }: Explained,
  verbosity: string,
): Record<string, unknown> {
  const { engine } = call.server
  const collection = engine.find(namespace)
  const startedAt = performance.now()
  const { sort, skip = 0, limit = 0 } = query
  const running = collection && runQuery(engine, collection, query)
  const plan = running
    ? explainPlan({ plan: running.plan, filter: query.filter, sort, skip, limit, projection })
    : toDocument({ stage: 'EOF' })
  const winningPlan = top ? toDocument({ stage: top, inputStage: plan }) : plan
  const queryPlanner = {
    namespace,
    indexFilterSet: false,
    parsedQuery: query.filter,
    winningPlan,
    rejectedPlans: [],
  }
  if (verbosity === 'queryPlanner') return { queryPlanner }
  let nReturned = 0
  for (const hit of running?.hits ?? []) nReturned += Number(hit.recordId > 0)
  const executionTimeMillis = Math.round(performance.now() - startedAt)
  return {
    queryPlanner,
    executionStats: statistics({ nReturned, executionTimeMillis, winningPlan }, running?.tally),
  }
}

interface Executed {
  readonly nReturned: number
  readonly executionTimeMillis: number
  readonly winningPlan: Document
}

const statistics = (
  { nReturned, executionTimeMillis, winningPlan }: Executed,
  tally: ReadTally | undefined,
) => ({
  executionSuccess: true,
  nReturned,
  executionTimeMillis,
  totalKeysExamined: tally?.keysExamined ?? 0,
  totalDocsExamined: tally?.documentsExamined ?? 0,
  executionStages: new Map<string, Value>([...winningPlan, ['nReturned', nReturned]]),
})

const collectionOf = (value: Value | undefined) => (typeof value === 'string' ? value : '')
const emptyDocument = (): Document => new Map()
const orEmpty = (value: Value | undefined): Document => (isDocument(value) ? value : emptyDocument())
const numberOr0 = (value: Value | undefined) => (isNumber(value) ? Math.abs(asNumber(value)) : 0)

const reading =
  (filterField: string) =>
  (inner: Document, call: Call): Explained => ({
    query: {
      filter: orEmpty(inner.get(filterField)),
      sort: orEmpty(inner.get('sort')),
      skip: numberOr0(inner.get('skip')),
      limit: numberOr0(inner.get('limit')),
      hint: inner.get('hint'),
      scope: scopeOf(call),
    },
    projection: orEmpty(inner.get('projection')),
  })

/** The first statement of a write. */
const writing =
  (listField: string, top: string) =>
  (inner: Document, call: Call): Explained => {
    const list = inner.get(listField)
    const statement = orEmpty(Array.isArray(list) ? list[0] : undefined)
    const multi = statement.get('multi') === true || statement.get('limit') === 0
    return {
      query: {
        filter: orEmpty(statement.get('q')),
        hint: statement.get('hint'),
        limit: multi ? 0 : 1,
        scope: scopeOf(call),
      },
      top,
    }
  }

const readers: Readonly<Record<string, (inner: Document, call: Call) => Explained>> = {
  find: reading('filter'),
  count: reading('query'),
  distinct: reading('query'),
  update: writing('updates', 'UPDATE'),
  delete: writing('deletes', 'DELETE'),
  findAndModify: (inner, call) => {
    const { query } = reading('query')(inner, call)
    return { query: { ...query, limit: 1 }, top: inner.get('remove') === true ? 'DELETE' : 'UPDATE' }
  },
  aggregate: (inner, call) => {
    const stages = pipelineOf(inner)
    const scope = scopeOf(call)
    const { source } = compilePipeline(stages, pipelinePort(call), scope)
    const query = { ...source, limit: source.limit ?? 0, hint: inner.get('hint'), scope }
    return { query, rest: stages.slice(leadingStages(stages)) }
  },
}
