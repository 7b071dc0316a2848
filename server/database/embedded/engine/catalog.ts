import { MongoError } from '../errors.ts'
import { Index } from '../indexes/index-definition.ts'
import { type RecordStore } from '../storage/record-store.ts'
import { decodeDocument } from '../values/decode.ts'
import { encodeDocument } from '../values/encode.ts'
import { toDocument } from '../values/plain.ts'
import { type Document } from '../values/value.ts'
import { Collection, collectionFromDocument, collectionToDocument } from './collection.ts'

const idIndex = () => toDocument({ v: 2, key: { _id: 1 }, name: '_id_' })

/** The collections by namespace, in memory and in the store. */
export class Catalog {
  readonly #store: RecordStore
  readonly #newUuid: () => Uint8Array
  #collections = new Map<string, Collection>()
  #nextId = 1

  constructor(store: RecordStore, newUuid: () => Uint8Array) {
    this.#store = store
    this.#newUuid = newUuid
    this.reload()
  }

  /** Reads everything again from the store, as after a batch that was rolled back. */
  reload(): void {
    for (const collection of this.#collections.values()) collection.gone = true
    const stored = this.#store
      .collections()
      .map(({ id, definition }) => collectionFromDocument(id, decodeDocument(definition)))
    this.#collections = new Map(stored.map(collection => [collection.namespace, collection]))
    this.#nextId = this.#store.nextId()
  }

  find(namespace: string): Collection | undefined {
    return this.#collections.get(namespace)
  }

  all(): readonly Collection[] {
    return [...this.#collections.values()]
  }

  inDatabase(database: string): readonly Collection[] {
    return this.all().filter(collection => collection.database === database)
  }

  /**
   * A collection that is not in the catalog yet: `add` puts it there.
   * @throws MongoError 73 for a name no collection can have
   */
  prepare(namespace: string, options: Document): Collection {
    checkNamespace(namespace)
    const indexes = [new Index({ id: this.newId() + 1, specification: idIndex() })]
    const id = this.#nextId - 1
    this.newId()
    const collection = new Collection({ id, namespace, uuid: this.#newUuid(), options, indexes })
    collection.pending = true
    collection.count = 0
    collection.nextRecordId = 1
    return collection
  }

  /** Makes the tables of a prepared collection and lists it. */
  add(collection: Collection): Collection {
    this.#store.createRecords(collection.id)
    for (const index of collection.indexes) this.#store.createIndex(index.id)
    collection.pending = false
    this.#collections.set(collection.namespace, collection)
    this.save(collection)
    return collection
  }

  drop(collection: Collection): void {
    for (const index of collection.indexes) this.#store.dropIndex(index.id)
    this.#store.dropRecords(collection.id)
    this.#store.forgetCollection(collection.id)
    this.#collections.delete(collection.namespace)
    collection.gone = true
  }

  rename(collection: Collection, namespace: string): void {
    checkNamespace(namespace)
    this.#collections.delete(collection.namespace)
    collection.namespace = namespace
    this.#collections.set(namespace, collection)
    this.save(collection)
  }

  save(collection: Collection): void {
    if (collection.pending) return
    this.#store.saveCollection({
      id: collection.id,
      definition: encodeDocument(collectionToDocument(collection)),
    })
    this.#store.saveNextId(this.#nextId)
  }

  /** A number that no collection and no index had before. */
  newId(): number {
    return this.#nextId++
  }
}

const longestNamespace = 255

/** @throws MongoError 73 for a name that no collection can have, or that belongs to the server */
export function checkNamespace(namespace: string): void {
  const dot = namespace.indexOf('.')
  const [database, name] = [namespace.slice(0, dot), namespace.slice(dot + 1)]
  const badDatabase = dot < 1 || database.length > 63 || /[/\\. "$\0]/.test(database)
  if (badDatabase || name === '' || name.startsWith('.') || /[$\0]/.test(name)) {
    throw invalidNamespace(`Invalid namespace specified '${namespace}'`)
  }
  if (name.startsWith('system.') && name !== 'system.js')
    throw invalidNamespace(`cannot write to '${namespace}'`)
  const bytes = Buffer.byteLength(namespace)
  if (bytes > longestNamespace)
    throw invalidNamespace(
      `Fully qualified namespace is too long. Namespace: ${namespace} Max: ${longestNamespace} Was: ${bytes}`,
    )
}

const invalidNamespace = (message: string) => new MongoError(73, 'InvalidNamespace', message)
