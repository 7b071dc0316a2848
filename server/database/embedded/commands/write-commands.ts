import { checkNamespace } from '../engine/catalog.ts'
import { pipelineStages } from '../aggregation/run-pipeline.ts'
import { stageOf } from '../aggregation/stage.ts'
import { atLocation, MongoError, failedToParse } from '../errors.ts'
import {
  deleteDocuments,
  deleteLimit,
  findAndRemove,
  findAndUpdate,
  insertOne,
  insertTogether,
  type ModifyOutcome,
  type StatementPlace,
  updateDocuments,
  type UpdateStatement,
} from '../engine/statements.ts'
import { compileMatch } from '../query/match.ts'
import { compileProjection } from '../query/projection.ts'
import { decodeDocument } from '../values/decode.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { type Call, namespaceOf, scopeOf, variablesOf } from './call.ts'
import { checkFields, checkStatement, documentField, isSet, refuseCollation } from './fields.ts'
import { statementsOf, WriteTally, type RawStatement } from './write-tally.ts'

/** @throws MongoError 73 for a name no collection can have, before any statement */
function placeOf(call: Call): StatementPlace {
  const namespace = namespaceOf(call)
  checkNamespace(namespace)
  const { transaction } = call
  return {
    engine: call.server.engine,
    namespace,
    scope: scopeOf(call),
    variables: variablesOf(call),
    transaction,
  }
}

/** `insert` */
export function insert(call: Call): Document {
  const place = placeOf(call)
  checkFields(call, ['documents', 'ordered', 'stmtId', 'stmtIds', 'isTimeseriesNamespace'])
  const tally = new WriteTally(call)
  const one = (statement: RawStatement) => {
    insertOne(place, documentOf(statement), bytesOf(statement))
    return { n: 1 }
  }
  const statements = statementsOf(call, 'documents')
  if (statements.length === 1 || place.transaction) tally.each(statements, one)
  else {
    tally.eachTogether(
      statements,
      group => {
        insertTogether(
          place,
          group.map(each => [documentOf(each), bytesOf(each)]),
        )
      },
      one,
    )
  }
  return toDocument({ n: tally.n, ...tally.errors() })
}

const documentOf = (statement: RawStatement): Document =>
  statement instanceof Map ? statement : decodeDocument(statement)

const bytesOf = (statement: RawStatement): Uint8Array | undefined =>
  statement instanceof Map ? undefined : statement

const updateFields = ['q', 'u', 'c', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation']

/** `update` */
export function update(call: Call): Document {
  const place = placeOf(call)
  checkFields(call, ['updates', 'ordered', 'stmtId', 'stmtIds', 'isTimeseriesNamespace'])
  const tally = new WriteTally(call)
  const statements = statementsOf(call, 'updates').map(raw => {
    const statement = documentOf(raw)
    checkStatement('update.updates', statement, updateFields)
    return updateStatement(statement)
  })
  tally.each(statements, statement => {
    const outcome = updateDocuments(place, statement)
    return { n: outcome.matched, modified: outcome.modified, upserted: outcome.upserted }
  })
  return toDocument({
    n: tally.n,
    nModified: tally.modified,
    ...(tally.upserted.length > 0 && { upserted: tally.upserted }),
    ...tally.errors(),
  })
}

/** @throws MongoError for a statement of the wrong form: then the command as a whole is refused */
function updateStatement(statement: Document): UpdateStatement {
  refuseCollation(statement.get('collation'))
  const filters = statement.get('arrayFilters')
  const constants = statement.get('c')
  refuseUnknownStages(statement.get('u'))
  return {
    filter: requiredDocument(statement, 'update.updates.q', 'q'),
    update: statement.get('u') ?? null,
    multi: isSet(statement.get('multi')),
    upsert: isSet(statement.get('upsert')),
    arrayFilters: Array.isArray(filters) ? filters : undefined,
    hint: statement.get('hint'),
    constants: isDocument(constants) ? constants : undefined,
  }
}

/** A stage that exists nowhere refuses the command; one that is only out of place refuses its statement. */
function refuseUnknownStages(update: Value | undefined): void {
  if (!Array.isArray(update)) return
  for (const { name } of update.map(stageOf))
    if (!pipelineStages.includes(name)) throw atLocation(40324, `Unrecognized pipeline stage name: '${name}'`)
}

function requiredDocument(statement: Document, path: string, field: string): Document {
  const value = statement.get(field)
  if (isDocument(value)) return value
  throw new MongoError(
    14,
    'TypeMismatch',
    `BSON field '${path}' is the wrong type or missing, expected type 'object'`,
  )
}

/** `delete` */
export function deleteCommand(call: Call): Document {
  const place = placeOf(call)
  checkFields(call, ['deletes', 'ordered', 'stmtId', 'stmtIds', 'isTimeseriesNamespace'])
  const tally = new WriteTally(call)
  const statements = statementsOf(call, 'deletes').map(raw => {
    const statement = documentOf(raw)
    checkStatement('delete.deletes', statement, ['q', 'limit', 'hint', 'collation'])
    refuseCollation(statement.get('collation'))
    const limit = statement.get('limit')
    if (!isNumber(limit))
      throw new MongoError(
        40414,
        'Location40414',
        "BSON field 'delete.deletes.limit' is missing but a required field",
      )
    const selection = {
      filter: requiredDocument(statement, 'delete.deletes.q', 'q'),
      hint: statement.get('hint'),
    }
    return { selection, limit: deleteLimit(asNumber(limit)) }
  })
  tally.each(statements, ({ selection, limit }) => ({ n: deleteDocuments(place, selection, limit) }))
  return toDocument({ n: tally.n, ...tally.errors() })
}

const modifyFields = [
  'query',
  'sort',
  'remove',
  'update',
  'new',
  'fields',
  'upsert',
  'arrayFilters',
  'stmtId',
]

/** `findAndModify` */
export function findAndModify(call: Call): Document {
  const place = placeOf(call)
  checkFields(call, modifyFields)
  refuseCollation(call.command.get('collation'))
  const { command } = call
  const filter = documentField(call, 'query') ?? new Map<string, Value>()
  const removes = isSet(command.get('remove'))
  checkCombination(command, removes)
  const project = projectionOf(call, filter, place)
  const selection = { filter, sort: documentField(call, 'sort'), hint: command.get('hint') }
  if (removes) return removedAnswer(findAndRemove(place, selection), project)
  const filters = command.get('arrayFilters')
  const statement: UpdateStatement = {
    ...selection,
    update: command.get('update') ?? null,
    multi: false,
    upsert: isSet(command.get('upsert')),
    arrayFilters: Array.isArray(filters) ? filters : undefined,
  }
  return modifiedAnswer(findAndUpdate(place, statement), isSet(command.get('new')), project)
}

function checkCombination(command: Document, removes: boolean): void {
  if (removes && command.has('update')) throw failedToParse('Cannot specify both an update and remove=true')
  if (removes && isSet(command.get('upsert')))
    throw failedToParse('Cannot specify both upsert=true and remove=true')
  if (removes && isSet(command.get('new')))
    throw failedToParse(
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    )
  if (!removes && !command.has('update'))
    throw failedToParse('Either an update or remove=true must be specified')
}

type Project = (document: Document | undefined) => Document | null

function projectionOf(call: Call, filter: Document, { scope }: StatementPlace): Project {
  const fields = documentField(call, 'fields')
  if (!fields || fields.size === 0) return document => document ?? null
  const project = compileProjection(fields, compileMatch(filter, scope), scope)
  return document => (document ? project(document) : null)
}

const removedAnswer = ({ before }: ModifyOutcome, project: Project): Document =>
  toDocument({ lastErrorObject: { n: before ? 1 : 0 }, value: project(before) })

function modifiedAnswer(
  { before, after, upserted }: ModifyOutcome,
  wantsNew: boolean,
  project: Project,
): Document {
  const inserted = upserted !== undefined
  const lastErrorObject = {
    n: before || inserted ? 1 : 0,
    updatedExisting: before !== undefined,
    ...(inserted && { upserted }),
  }
  return toDocument({ lastErrorObject, value: project(wantsNew ? after : before) })
}
