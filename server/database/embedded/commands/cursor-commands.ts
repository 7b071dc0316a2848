import { badValue, MongoError } from '../errors.ts'
import { asBigInt, isNumber } from '../values/numbers.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, type Value } from '../values/value.ts'
import { type CursorBatch } from '../wire/answer.ts'
import { type Call, ownerOf } from './call.ts'
import { checkFields, countField, numberField, textField } from './fields.ts'

/** `getMore` */
export function getMore(call: Call): CursorBatch {
  checkFields(call, ['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime'])
  const id = cursorId(call.command.get('getMore'))
  const collection = textField(call, 'collection')
  if (collection === undefined)
    throw new MongoError(
      40414,
      'Location40414',
      "BSON field 'getMore.collection' is missing but a required field",
    )
  if ((numberField(call, 'maxTimeMS') ?? 0) > 0)
    throw badValue('cannot set maxTimeMS on getMore command for a non-awaitData cursor')
  const namespace = `${call.database}.${collection}`
  return call.server.cursors.next(id, namespace, countField(call, 'batchSize') ?? 0, ownerOf(call))
}

/** `killCursors` */
export function killCursors(call: Call): Document {
  const cursors = call.command.get('cursors')
  if (!Array.isArray(cursors))
    throw new MongoError(
      40414,
      'Location40414',
      "BSON field 'killCursors.cursors' is missing but a required field",
    )
  const cursorsKilled: bigint[] = []
  const cursorsNotFound: bigint[] = []
  for (const each of cursors) {
    const id = cursorId(each)
    if (call.server.cursors.kill(id)) cursorsKilled.push(id)
    else cursorsNotFound.push(id)
  }
  return toDocument({ cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] })
}

function cursorId(value: Value | undefined): bigint {
  const id = isNumber(value) ? asBigInt(value) : undefined
  if (id === undefined) throw new MongoError(14, 'TypeMismatch', 'A cursor id must be a whole number')
  return id
}
