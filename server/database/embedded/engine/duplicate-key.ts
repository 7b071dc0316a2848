import { MongoError } from '../errors.ts'
import { type Index, type IndexKey } from '../indexes/index-definition.ts'
import { documentText } from '../indexes/shell-text.ts'
import { emptyArray } from '../values/key.ts'
import { bsonUndefined, type Value } from '../values/value.ts'

/** A unique index holds the key already (11000), with the members drivers and object mappers read. */
export function duplicateKey(namespace: string, index: Index, key: IndexKey): MongoError {
  const values = index.fields.map(({ path }, at) => [path, key.tuple[at]] as const)
  const keyValue = new Map<string, Value>(
    values.map(([path, value]) => [path, value === emptyArray ? bsonUndefined : (value ?? null)]),
  )
  return new MongoError(
    11000,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: ${documentText(new Map(values))}`,
    { keyPattern: index.keyPattern, keyValue },
  )
}
