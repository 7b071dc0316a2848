import { badValue, MongoError } from '../errors.ts'
import { shellText } from '../indexes/shell-text.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'

const readLevels: readonly Value[] = ['local', 'majority', 'available', 'linearizable', 'snapshot']

/** @throws MongoError 72, 2 or 238 for concerns where they may not stand or that do not exist here */
export function checkConcerns(name: string, command: Document): void {
  const inTransaction = command.get('autocommit') === false
  if (
    inTransaction &&
    command.has('writeConcern') &&
    name !== 'commitTransaction' &&
    name !== 'abortTransaction'
  ) {
    throw new MongoError(
      72,
      'InvalidOptions',
      'writeConcern is not allowed within a multi-statement transaction',
    )
  }
  const read = command.get('readConcern')
  const level = isDocument(read) ? read.get('level') : undefined
  if (level !== undefined && !readLevels.includes(level)) {
    throw badValue(
      `Enumeration value ${shellText(level)} for field 'readConcern.level' is not a valid value.`,
    )
  }
  if (inTransaction && level !== undefined && command.get('startTransaction') !== true) {
    throw new MongoError(
      72,
      'InvalidOptions',
      'Only the first command in a transaction may specify a readConcern',
    )
  }
  if (level === 'snapshot' && !inTransaction) {
    throw new MongoError(
      238,
      'NotImplemented',
      "The read concern 'snapshot' is not supported outside of transactions",
    )
  }
}

/** What a write concern asks for that one member cannot give; the write itself has been done. */
export function unmetConcern(command: Document): Document | undefined {
  const concern = command.get('writeConcern')
  const members: Value | undefined = isDocument(concern) ? concern.get('w') : undefined
  if (isNumber(members) && asNumber(members) > 1) {
    return toDocument({
      writeConcernError: {
        code: 100,
        codeName: 'UnsatisfiableWriteConcern',
        errmsg: 'Not enough data-bearing nodes',
      },
    })
  }
  if (typeof members === 'string' && members !== 'majority') {
    return toDocument({
      writeConcernError: {
        code: 79,
        codeName: 'UnknownReplWriteConcern',
        errmsg: `No write concern mode named '${members}' found in replica set configuration`,
      },
    })
  }
  return undefined
}
