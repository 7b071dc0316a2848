import { type Collection } from '../engine/collection.ts'
import { atLocation, typeMismatch } from '../errors.ts'
import { compileMatch } from '../query/match.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, type Value } from '../values/value.ts'
import { type Call, namespaceOf } from './call.ts'
import { checkFields, documentField, isSet } from './fields.ts'

/** `listDatabases`: a database is there while one of its collections is. */
export function listDatabases(call: Call): Document {
  checkFields(call, ['filter', 'nameOnly', 'authorizedDatabases'])
  const { catalog } = call.server.engine
  const names = [...new Set(catalog.all().map(collection => collection.database))].sort()
  const filter = documentField(call, 'filter')
  const matches = filter ? compileMatch(filter) : () => true
  const nameOnly = isSet(call.command.get('nameOnly'))
  const databases = names
    // Sizes are added up record by record, so only for who wants them.
    .map(name =>
      toDocument(nameOnly ? { name } : { name, sizeOnDisk: BigInt(databaseBytes(call, name)), empty: false }),
    )
    .filter(database => matches(database))
  if (nameOnly) return toDocument({ databases })
  const sizes = databases.map(database => database.get('sizeOnDisk') as bigint)
  const totalSize = sizes.reduce((sum, size) => sum + size, 0n)
  return toDocument({ databases, totalSize, totalSizeMb: totalSize >> 20n })
}

const databaseBytes = ({ server }: Call, database: string) =>
  server.engine.catalog
    .inDatabase(database)
    .reduce((sum, collection) => sum + server.engine.store.bytesOf({ collectionId: collection.id }), 0)

/** `dropDatabase`: all of its collections. */
export function dropDatabase({ server, database }: Call): Document {
  const { catalog, locks } = server.engine
  const collections = catalog.inDatabase(database)
  for (const collection of collections) locks.checkUnused(collection)
  for (const collection of collections) catalog.drop(collection)
  return toDocument({ dropped: database })
}

/**
 * What sizes are divided by; 1 when nothing is asked for.
 * @throws MongoError 51024 below 1
 */
function scaleFactor(scale: Value | undefined): number {
  if (scale === undefined || scale === null) return 1
  if (!isNumber(scale)) throw typeMismatch("BSON field 'scale' is the wrong type, expected type 'number'")
  const factor = Math.trunc(asNumber(scale))
  if (factor >= 1) return factor
  throw atLocation(51024, `BSON field 'scale' value must be >= 1, actual value '${factor}'`)
}

interface Sizes {
  readonly count: number
  readonly size: number
  readonly indexSizes: Readonly<Record<string, number>>
}

function sizesOf({ server }: Call, collection: Collection | undefined): Sizes {
  if (!collection) return { count: 0, size: 0, indexSizes: {} }
  const { store } = server.engine
  const indexSizes = collection.indexes.map(
    index => [index.name, store.bytesOf({ indexId: index.id })] as const,
  )
  return {
    count: server.engine.count(collection),
    size: store.bytesOf({ collectionId: collection.id }),
    indexSizes: Object.fromEntries(indexSizes),
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** What `collStats` and the stage `$collStats` say of a collection, missing ones included. */
export function collectionStatistics(call: Call, namespace: string, scale: Value | undefined): Document {
  const factor = scaleFactor(scale)
  const scaled = (bytes: number) => Math.floor(bytes / factor)
  const collection = call.server.engine.find(namespace)
  const { count, size, indexSizes } = sizesOf(call, collection)
  const totalIndexSize = sum(Object.values(indexSizes))
  return toDocument({
    ns: namespace,
    size: scaled(size),
    count,
    ...(count > 0 && { avgObjSize: Math.floor(size / count) }),
    numOrphanDocs: 0,
    storageSize: scaled(size),
    freeStorageSize: 0,
    capped: false,
    nindexes: collection?.indexes.length ?? 0,
    indexBuilds: [],
    totalIndexSize: scaled(totalIndexSize),
    totalSize: scaled(size + totalIndexSize),
    indexSizes: Object.fromEntries(
      Object.entries(indexSizes).map(([name, bytes]) => [name, scaled(bytes)] as const),
    ),
    scaleFactor: factor,
  })
}

export function collStats(call: Call): Document {
  checkFields(call, ['scale'])
  return collectionStatistics(call, namespaceOf(call), call.command.get('scale'))
}

export function dbStats(call: Call): Document {
  checkFields(call, ['scale', 'freeStorage'])
  const factor = scaleFactor(call.command.get('scale'))
  const collections = call.server.engine.catalog.inDatabase(call.database)
  const sizes = collections.map(collection => sizesOf(call, collection))
  const objects = sum(sizes.map(({ count }) => count))
  const dataSize = sum(sizes.map(({ size }) => size))
  const indexSize = sum(sizes.flatMap(({ indexSizes }) => Object.values(indexSizes)))
  return toDocument({
    db: call.database,
    collections: collections.length,
    views: 0,
    objects,
    avgObjSize: objects > 0 ? dataSize / objects : 0,
    dataSize: dataSize / factor,
    storageSize: dataSize / factor,
    indexes: sum(collections.map(({ indexes }) => indexes.length)),
    indexSize: indexSize / factor,
    totalSize: (dataSize + indexSize) / factor,
    scaleFactor: factor,
  })
}
