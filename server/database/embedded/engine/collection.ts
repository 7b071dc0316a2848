import { Index } from '../indexes/index-definition.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { Binary, type Document, isDocument, type Value } from '../values/value.ts'

/** What a collection is made of when it is created or read from the catalog. */
interface CollectionParts {
  readonly id: number
  readonly namespace: string
  readonly uuid: Uint8Array
  readonly options: Document
  readonly indexes: Index[]
}

/** A collection in memory. What is stored of it lies in the catalog; the counters are filled when first asked for. */
export class Collection {
  readonly id: number
  namespace: string
  /** 16 bytes. */
  readonly uuid: Uint8Array
  options: Document
  readonly indexes: Index[]
  /** It has no tables yet: the transaction that creates it has not committed. */
  pending = false
  /** Dropped, or replaced in memory after a failed batch: cursors on it end. */
  gone = false
  /** The sequence number of the last change to its indexes or its name. */
  changedAt = 0
  count: number | undefined
  nextRecordId: number | undefined

  constructor({ id, namespace, uuid, options, indexes }: CollectionParts) {
    this.id = id
    this.namespace = namespace
    this.uuid = uuid
    this.options = options
    this.indexes = indexes
  }

  /** The name without the database. */
  get name(): string {
    return this.namespace.slice(this.namespace.indexOf('.') + 1)
  }

  get database(): string {
    return databaseOf(this.namespace)
  }

  index(name: string): Index | undefined {
    return this.indexes.find(index => index.name === name)
  }
}

/** The database part of a namespace. */
const databaseOf = (namespace: string) => namespace.slice(0, namespace.indexOf('.'))

/** What the catalog keeps of a collection. */
export function collectionToDocument({ namespace, uuid, options, indexes }: Collection): Document {
  return new Map<string, Value>([
    ['ns', namespace],
    ['uuid', new Binary(uuid, 4)],
    ['options', options],
    ['indexes', indexes.map(indexToDocument)],
  ])
}

const indexToDocument = ({ id, arrays, specification }: Index): Document =>
  new Map<string, Value>([
    ['id', id],
    ['arrays', [...arrays]],
    ['specification', specification],
  ])

/** A collection as the catalog kept it. */
export function collectionFromDocument(id: number, stored: Document): Collection {
  const uuid = stored.get('uuid')
  const options = stored.get('options')
  const indexes = stored.get('indexes')
  return new Collection({
    id,
    namespace: textIn(stored, 'ns'),
    uuid: uuid instanceof Binary ? uuid.bytes : new Uint8Array(16),
    options: isDocument(options) ? options : new Map<string, Value>(),
    indexes: Array.isArray(indexes) ? indexes.filter(isDocument).map(indexFromDocument) : [],
  })
}

function textIn(stored: Document, field: string): string {
  const value = stored.get(field)
  return typeof value === 'string' ? value : ''
}

function indexFromDocument(stored: Document): Index {
  const id = stored.get('id')
  const specification = stored.get('specification')
  return new Index({
    id: isNumber(id) ? asNumber(id) : 0,
    specification: isDocument(specification) ? specification : new Map<string, Value>(),
    arrays: arraysIn(stored),
  })
}

/** Before format 3 an index only told that there was an array somewhere. */
function arraysIn(stored: Document): readonly string[] | 'unknown' {
  const arrays = stored.get('arrays')
  if (Array.isArray(arrays)) return arrays.filter(path => typeof path === 'string')
  return stored.get('multikey') === true ? 'unknown' : []
}
