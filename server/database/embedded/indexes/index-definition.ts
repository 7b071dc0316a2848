import { compileMatch } from '../query/match.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { type KeyPart } from '../values/key.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { encodeTuple, type KeyField, keyTuples } from './index-keys.ts'

/** A key of a document in an index, with the values it was made of. */
export interface IndexKey {
  readonly bytes: Buffer
  readonly tuple: readonly KeyPart[]
}

export interface StoredIndex {
  readonly id: number
  readonly specification: Document
  readonly multikey: boolean
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
  /** Some document once had an array on one of the paths. */
  multikey: boolean
  readonly #directions: readonly (1 | -1)[]
  readonly #admits: (document: Document) => boolean

  constructor({ id, specification, multikey }: StoredIndex) {
    this.id = id
    this.specification = specification
    this.multikey = multikey
    const name = specification.get('name')
    this.name = typeof name === 'string' ? name : ''
    this.fields = keyFields(specification.get('key'))
    this.unique = this.name === '_id_' || isTrue(specification.get('unique'))
    this.sparse = isTrue(specification.get('sparse'))
    const partial = specification.get('partialFilterExpression')
    this.partial = isDocument(partial) ? partial : undefined
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

  /**
   * The keys of a document, each once; none when a sparse or partial index leaves it out.
   * @throws MongoError 171 for two arrays side by side
   */
  keysOf(document: Document): { readonly keys: readonly IndexKey[]; readonly multikey: boolean } {
    if (!this.#admits(document)) return { keys: [], multikey: false }
    const { tuples, multikey, present } = keyTuples(this.fields, document)
    if (this.sparse && !present) return { keys: [], multikey: false }
    const keys = tuples.map(tuple => ({ tuple, bytes: encodeTuple(tuple, this.#directions) }))
    return { keys: keys.length > 1 ? distinct(keys) : keys, multikey }
  }

  /** The key that lists these values, one for each field. */
  keyOf(values: readonly Value[]): Buffer {
    return encodeTuple(values, this.#directions)
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
