import { MongoError, notImplemented } from '../errors.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { type Call } from './call.ts'

const wrongType = (call: Call, field: string, expected: string) =>
  new MongoError(
    14,
    'TypeMismatch',
    `BSON field '${call.name}.${field}' is the wrong type, expected type '${expected}'`,
  )

/** A document among the command's fields; undefined when it is missing. */
export function documentField(call: Call, field: string): Document | undefined {
  const value = call.command.get(field)
  if (value === undefined || value === null) return undefined
  if (!isDocument(value)) throw wrongType(call, field, 'object')
  return value
}

/** A whole number, 0 or more. */
export function countField(call: Call, field: string): number | undefined {
  const value = numberField(call, field)
  if (value === undefined) return undefined
  if (value < 0)
    throw new MongoError(
      51024,
      'Location51024',
      `BSON field '${field}' value must be >= 0, actual value '${value}'`,
    )
  return Math.trunc(value)
}

export function numberField(call: Call, field: string): number | undefined {
  const value = call.command.get(field)
  if (value === undefined || value === null) return undefined
  if (!isNumber(value)) throw wrongType(call, field, 'long')
  return asNumber(value)
}

export function textField(call: Call, field: string): string | undefined {
  const value = call.command.get(field)
  if (value === undefined) return undefined
  if (typeof value !== 'string') throw wrongType(call, field, 'string')
  return value
}

/** Whether a value counts as true, as the server's options do. */
export const isSet = (value: Value | undefined): boolean =>
  value === true || (isNumber(value) && asNumber(value) !== 0)

/** @throws MongoError 238 for an order of text other than by bytes */
export function refuseCollation(collation: Value | undefined): void {
  if (!isDocument(collation) || collation.size === 0 || collation.get('locale') === 'simple') return
  throw notImplemented(
    "The option 'collation' is not supported; store the text in the form it is compared in",
  )
}

/** Fields that any command may carry. */
const generic: ReadonlySet<string> = new Set([
  '$db',
  '$clusterTime',
  '$readPreference',
  '$audit',
  '$client',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'lsid',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
  'maxTimeMSOpOnly',
  'comment',
  'let',
  'collation',
  'hint',
  'bypassDocumentValidation',
  'allowDiskUse',
  'rawData',
])

/** @throws MongoError 40415 for a field that the command does not know: an option is never passed over in silence */
export function checkFields(call: Call, known: readonly string[]): void {
  for (const field of call.command.keys()) {
    if (field === call.name || generic.has(field) || known.includes(field)) continue
    throw unknownField(call.name, field)
  }
}

/** The same for the statements of a write. */
export function checkStatement(path: string, statement: Document, known: readonly string[]): void {
  for (const field of statement.keys()) if (!known.includes(field)) throw unknownField(path, field)
}

const unknownField = (path: string, field: string) =>
  new MongoError(40415, 'Location40415', `BSON field '${path}.${field}' is an unknown field.`)

/** The `batchSize` of a command's cursor options. */
export function batchSizeOf(cursor: Document | undefined, usual: number): number {
  const size = cursor?.get('batchSize')
  if (size === undefined) return usual
  if (!isNumber(size)) throw new MongoError(14, 'TypeMismatch', 'cursor.batchSize field must be a number')
  if (asNumber(size) < 0) throw new MongoError(2, 'BadValue', 'cursor.batchSize must not be negative')
  return Math.trunc(asNumber(size))
}
