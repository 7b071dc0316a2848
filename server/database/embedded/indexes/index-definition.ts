import { compileMatch } from '../query/match.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { encodeKey, type KeyPart } from '../values/key.ts'
import { BsonUndefined, type Document, isDocument, type Value } from '../values/value.ts'
import { type KeyField, keyTuples } from '../query/key-tuples.ts'

/** A key of a document in an index, with the values it was made of. */
export interface IndexKey {
  readonly bytes: Buffer
  readonly tuple: readonly KeyPart[]
}

/** The keys of one document. */
interface IndexKeys {
  readonly keys: readonly IndexKey[]
  /** The paths on which an array was met. */
  readonly arrays: readonly string[]
}

interface StoredIndex {
  readonly id: number
  readonly specification: Document
  /** The paths on which some document once had an array; 'unknown' for all of them. */
  readonly arrays?: readonly string[] | 'unknown'
}

/** An index of a collection. Its specification is what `listIndexes` shows. */
export class Index {
  readonly id: number
  readonly fields: readonly KeyField[]
  readonly name: string
  readonly unique: boolean
  readonly sparse: boolean
  readonly partial: Document | undefined
  specification: Document
  readonly #arrays: Set<string>
  readonly #directions: readonly (1 | -1)[]
  readonly #admits: (document: Document) => boolean

  constructor({ id, specification, arrays = [] }: StoredIndex) {
    this.id = id
    this.specification = specification
    const name = specification.get('name')
    this.name = typeof name === 'string' ? name : ''
    this.fields = keyFields(specification.get('key'))
    this.unique = this.name === '_id_' || isTrue(specification.get('unique'))
    this.sparse = isTrue(specification.get('sparse'))
    const partial = specification.get('partialFilterExpression')
    this.partial = isDocument(partial) ? partial : undefined
    this.#arrays = new Set(arrays === 'unknown' ? this.fields.map(field => field.path) : arrays)
    this.#directions = this.fields.map(field => field.direction)
    this.#admits = this.partial ? compileMatch(this.partial) : () => true
  }

  /** The planner does not use it, writes keep it. */
  get hidden(): boolean {
    return isTrue(this.specification.get('hidden'))
  }

  get expireAfterSeconds(): number | undefined {
    const seconds = this.specification.get('expireAfterSeconds')
    return isNumber(seconds) ? asNumber(seconds) : undefined
  }

  /** The paths on which some document once had an array. */
  get arrays(): readonly string[] {
    return [...this.#arrays]
  }

  get multikey(): boolean {
    return this.#arrays.size > 0
  }

  /** Whether a document may have several keys because of this path. */
  crossesArray(path: string): boolean {
    return this.#arrays.has(path)
  }

  /** Takes note of paths on which a document has an array; they stay. True when one of them is new. */
  noteArrays(paths: readonly string[]): boolean {
    const known = this.#arrays.size
    for (const path of paths) this.#arrays.add(path)
    return this.#arrays.size > known
  }

  /**
   * The keys of a document, each once; none when a sparse or partial index leaves it out.
   * @throws MongoError 171 for two arrays side by side
   */
  keysOf(document: Document): IndexKeys {
    if (!this.#admits(document)) return noKeys
    const { tuples, arrays, present } = keyTuples(this.fields, document)
    if (this.sparse && !present) return noKeys
    const keys = tuples.map(tuple => {
      storable(tuple)
      return { tuple, bytes: encodeKey(tuple, this.#directions) }
    })
    return { keys: keys.length > 1 ? distinct(keys) : keys, arrays }
  }

  /** The key that lists these values, one for each field. */
  keyOf(values: readonly Value[]): Buffer {
    return encodeKey(values, this.#directions)
  }

  /** The same fields in the same order and direction. */
  hasKey(key: Document): boolean {
    const fields = keyFields(key)
    return (
      fields.length === this.fields.length &&
      fields.every(
        ({ path, direction }, at) =>
          path === this.fields[at]?.path && direction === this.fields[at].direction,
      )
    )
  }

  get keyPattern(): Document {
    const key = this.specification.get('key')
    return isDocument(key) ? key : new Map<string, Value>()
  }
}

const noKeys: IndexKeys = { keys: [], arrays: [] }

/** Undefined is a value of BSON's past that matches like null, so it is listed like null. */
function storable(tuple: KeyPart[]): void {
  for (let at = 0; at < tuple.length; at++) if (tuple[at] instanceof BsonUndefined) tuple[at] = null
}

function keyFields(key: Value | undefined): readonly KeyField[] {
  if (!isDocument(key)) return []
  return [...key].map(([path, order]) => ({
    path,
    parts: path.split('.'),
    direction: isNumber(order) && asNumber(order) < 0 ? -1 : 1,
  }))
}

const isTrue = (value: Value | undefined) => value === true || (isNumber(value) && asNumber(value) !== 0)

function distinct(keys: readonly IndexKey[]): readonly IndexKey[] {
  const seen = new Map<string, IndexKey>()
  for (const key of keys) seen.set(key.bytes.toString('latin1'), key)
  return [...seen.values()]
}
