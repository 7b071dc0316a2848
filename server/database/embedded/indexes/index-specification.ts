import { badValue, MongoError, notImplemented } from '../errors.ts'
import { asNumber, isNaNValue, isNumber } from '../values/numbers.ts'
import { equalValues } from '../values/order.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { cannotCreate, checkPartial } from './partial-filter.ts'
import { shellText } from './shell-text.ts'

/** Kinds of index that MongoDB has and this engine refuses. */
const refusedKinds: ReadonlySet<string> = new Set(['text', '2d', '2dsphere', 'hashed', 'geoHaystack'])

/** Options that carry no meaning here and change nothing that can be observed. */
const ignored: ReadonlySet<string> = new Set(['ns', 'commitQuorum'])

const kept: ReadonlySet<string> = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'hidden',
  'expireAfterSeconds',
  'partialFilterExpression',
  'collation',
  // Without a meaning since 4.2 and 3.0, but listed as they were given.
  'background',
  'dropDups',
])

const refusedOptions: ReadonlySet<string> = new Set([
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'bucketSize',
  'wildcardProjection',
  'storageEngine',
  'prepareUnique',
  'clustered',
])

/**
 * The specification of an index as it is kept, checked and in the order the server lists it.
 * @throws MongoError 67, 197 or 9 for one that no server takes, 238 for a kind that this engine refuses
 */
export function readSpecification(asked: Document): Document {
  const key = checkedKey(asked.get('key'))
  const name = asked.get('name')
  if (name === undefined)
    throw new MongoError(
      9,
      'FailedToParse',
      "The 'name' field is a required property of an index specification",
    )
  if (typeof name !== 'string') throw new MongoError(14, 'TypeMismatch', "The field 'name' must be a string")
  if (name === '' || name === '*')
    throw cannotCreate('The index name is not valid: it cannot be empty or "*"')
  checkOptions(asked)
  const specification: Document = new Map<string, Value>([['v', 2]])
  for (const [option, value] of asked)
    if (kept.has(option) && option !== 'v' && option !== 'collation') specification.set(option, value)
  specification.set('key', key)
  checkIdIndex(specification, key)
  checkExpiry(specification, key)
  checkPartial(specification)
  return specification
}

function checkedKey(key: Value | undefined): Document {
  if (!isDocument(key)) throw new MongoError(14, 'TypeMismatch', "The field 'key' must be an object")
  if (key.size === 0) throw cannotCreate('Index keys cannot be empty.')
  for (const [path, order] of key) checkField(path, order)
  return key
}

function checkField(path: string, order: Value): void {
  if (path.includes('$**')) throw notImplemented("The index kind 'wildcard' is not supported")
  if (typeof order === 'string') {
    if (refusedKinds.has(order)) throw notImplemented(`The index kind '${order}' is not supported`)
    throw cannotCreate(`Unknown index plugin '${order}'`)
  }
  if (!isNumber(order))
    throw cannotCreate(
      'Values in v:2 index key pattern cannot be of type ' +
        `${typeName(order)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
    )
  if (isNaNValue(order) || asNumber(order) === 0)
    throw cannotCreate('Values in the index key pattern cannot be 0.')
  if (path === '' || path.split('.').includes(''))
    throw cannotCreate('Index keys cannot contain an empty field.')
  if (path.split('.').some(part => part.startsWith('$') && !['$id', '$ref', '$db'].includes(part))) {
    throw cannotCreate(`Index key contains an illegal field name: field name starts with '$'.`)
  }
}

const typeName = (value: Value) =>
  isDocument(value)
    ? 'object'
    : Array.isArray(value)
      ? 'array'
      : value === null
        ? 'null'
        : typeof value === 'boolean'
          ? 'bool'
          : 'this'

function checkOptions(asked: Document): void {
  for (const [option, value] of asked) {
    if (refusedOptions.has(option)) throw notImplemented(`The index option '${option}' is not supported`)
    if (!kept.has(option) && !ignored.has(option)) {
      throw new MongoError(
        197,
        'InvalidIndexSpecificationOption',
        `The field '${option}' is not valid for an index specification. Specification: ${shellText(asked)}`,
      )
    }
    if (flags.has(option) && typeof value !== 'boolean' && !isNumber(value)) {
      throw new MongoError(
        14,
        'TypeMismatch',
        `The field '${option}' has value ${option}: ${shellText(value)}, which is not convertible to bool`,
      )
    }
  }
  const collation = asked.get('collation')
  if (isDocument(collation) && collation.get('locale') !== 'simple')
    throw notImplemented("The index option 'collation' is not supported")
}

/** @throws MongoError 197 for what the index of `_id` cannot be told, 2 for hiding it */
function checkIdIndex(specification: Document, key: Document): void {
  if (key.size !== 1 || !key.has('_id')) return
  for (const option of ['sparse', 'partialFilterExpression', 'expireAfterSeconds']) {
    if (specification.has(option)) {
      throw new MongoError(
        197,
        'InvalidIndexSpecificationOption',
        `The field '${option}' is not valid for an _id index specification.`,
      )
    }
  }
  if (specification.get('hidden') === true) throw badValue("can't hide _id index")
}

const flags: ReadonlySet<string> = new Set(['unique', 'sparse', 'hidden'])

function checkExpiry(specification: Document, key: Document): void {
  const seconds = specification.get('expireAfterSeconds')
  if (seconds === undefined) return
  if (!isNumber(seconds))
    throw cannotCreate(
      `TTL index 'expireAfterSeconds' option must be numeric, but received a type of ${typeName(seconds)}`,
    )
  const value = asNumber(seconds)
  if (!(value >= 0 && value <= 2147483647))
    throw cannotCreate(
      "TTL index 'expireAfterSeconds' option must be within an acceptable range, try a lower number",
    )
  if (key.size > 1)
    throw cannotCreate('TTL indexes are single-field indexes, compound indexes do not support TTL.')
  if (key.has('_id'))
    throw new MongoError(
      197,
      'InvalidIndexSpecificationOption',
      "The field 'expireAfterSeconds' is not valid for an _id index specification.",
    )
}

/** What two indexes on the same key must differ in to stand beside each other. */
const identity = ['unique', 'sparse', 'partialFilterExpression']

const sameOption = (a: Document, b: Document, option: string) => {
  const [x, y] = [a.get(option) ?? null, b.get(option) ?? null]
  return typeof x === 'boolean' || typeof y === 'boolean' ? Boolean(x) === Boolean(y) : equalValues(x, y)
}

/**
 * Whether the index asked for is there already.
 * @throws MongoError 85 or 86 when an index that is there stands against it
 */
export function isThere(existing: Document, asked: Document, sameKey: boolean): boolean {
  const sameName = existing.get('name') === asked.get('name')
  if (sameKey && existing.get('name') === '_id_') return true
  const equivalent = sameKey && identity.every(option => sameOption(existing, asked, option))
  if (equivalent && !sameName) {
    throw new MongoError(
      85,
      'IndexOptionsConflict',
      `Index already exists with a different name: ${shellText(existing.get('name'))}`,
    )
  }
  const described = `Requested index: ${shellText(asked)}, existing index: ${shellText(existing)}`
  if (equivalent && !sameOption(existing, asked, 'expireAfterSeconds')) {
    throw new MongoError(
      85,
      'IndexOptionsConflict',
      `An equivalent index already exists with the same name but different options. ${described}`,
    )
  }
  if (sameName && !equivalent) {
    throw new MongoError(
      86,
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. ${described}`,
    )
  }
  return equivalent
}
