import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import fc from 'fast-check'
import { Engine } from '../../../../../server/database/embedded/engine/engine.ts'
import { createIndexes } from '../../../../../server/database/embedded/engine/index-builds.ts'
import { collectionFaults } from '../../../../../server/database/embedded/engine/integrity.ts'
import { runQuery } from '../../../../../server/database/embedded/engine/query.ts'
import {
  deleteDocuments,
  insertOne,
  type StatementPlace,
  updateDocuments,
} from '../../../../../server/database/embedded/engine/statements.ts'
import { newScope } from '../../../../../server/database/embedded/aggregation/expressions/scope.ts'
import { MongoError } from '../../../../../server/database/embedded/errors.ts'
import { openStore } from '../../../../../server/database/embedded/storage/open-store.ts'
import { compileMatch } from '../../../../../server/database/embedded/query/match.ts'
import { compileSort, type Sort } from '../../../../../server/database/embedded/query/sort.ts'
import { toDocument } from '../../../../../server/database/embedded/values/plain.ts'
import {
  type Document,
  ObjectId,
  Timestamp,
  type Value,
} from '../../../../../server/database/embedded/values/value.ts'

/** An engine on a folder of its own, and a way to start each example from nothing. */
async function anEngine() {
  const folder = await mkdtemp(join(tmpdir(), 'plan-'))
  const opened = openStore(folder)
  let ids = 0
  const newObjectId = () => new ObjectId(Buffer.from((ids++).toString(16).padStart(24, '0'), 'hex'))
  const engine = new Engine(opened.store, {
    now: () => 0,
    newObjectId,
    newTimestamp: () => Timestamp.of(1, ids++),
    newUuid: () => new Uint8Array(16),
    random: () => 0,
  })
  return {
    engine,
    close: async () => {
      opened.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const scalar = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 2, arbitrary: fc.constantFrom('a', 'ab', 'b', '') },
  fc.constantFrom<Value>(null, true, false, 2.5, 3n, -1, new Date(1), new Date(3)),
)
const element = fc.oneof(
  { weight: 5, arbitrary: scalar },
  fc.record({ b: scalar, c: scalar }, { requiredKeys: [] }),
)
const field = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(element, { maxLength: 3 }) },
  {
    weight: 2,
    arbitrary: fc.record(
      { b: fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), c: scalar },
      { requiredKeys: [] },
    ),
  },
)
const aDocument = fc.record({ a: field, d: field, e: scalar }, { requiredKeys: [] })

const paths = ['a', 'd', 'e', 'a.b', 'a.c', 'd.b', 'a.0', '_id']
const path = fc.constantFrom(...paths)
const comparison = fc.oneof(
  scalar,
  fc.record({ $in: fc.array(scalar, { minLength: 1, maxLength: 4 }) }),
  fc
    .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne', '$eq'), scalar)
    .map(([name, value]) => ({ [name]: value })),
  fc.tuple(scalar, scalar).map(([low, high]) => ({ $gte: low, $lt: high })),
  fc.boolean().map($exists => ({ $exists })),
  fc.constantFrom('^a', '^ab?', '^a|b', 'b', '^').map($regex => ({ $regex })),
  fc.record({ $all: fc.array(scalar, { minLength: 1, maxLength: 2 }) }),
  fc.record({ $elemMatch: fc.record({ b: scalar, c: scalar }, { requiredKeys: [] }) }),
  fc.record({
    $elemMatch: fc.record({ $gte: fc.integer({ min: 0, max: 4 }), $lt: fc.integer({ min: 0, max: 4 }) }),
  }),
)
const plainFilter = fc
  .array(fc.tuple(path, comparison), { maxLength: 3 })
  .map(entries => Object.fromEntries(entries))
const filter = fc.oneof(
  { weight: 3, arbitrary: plainFilter },
  fc
    .tuple(plainFilter, fc.array(plainFilter, { minLength: 1, maxLength: 3 }))
    .map(([own, $or]) => ({ ...own, $or })),
  fc.array(plainFilter, { minLength: 1, maxLength: 3 }).map($and => ({ $and })),
)

const direction = fc.constantFrom(1, -1)
const key = fc.uniqueArray(fc.constantFrom('a', 'd', 'e', 'a.b', 'a.c', 'd.b'), {
  minLength: 1,
  maxLength: 3,
})
const index = fc.record({
  fields: key.chain(fields => fc.tuple(...fields.map(name => direction.map(way => [name, way] as const)))),
  kind: fc.constantFrom<object>(
    {},
    {},
    { sparse: true },
    { partialFilterExpression: { e: { $gte: 1 } } },
    { partialFilterExpression: { a: { $exists: true } } },
    { partialFilterExpression: { e: 2 } },
  ),
})
const sort = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'd', 'e', 'a.b', 'a.c', '_id'), direction), {
  maxLength: 3,
  selector: ([name]) => name,
})
const orders = fc.oneof(sort, fc.constant('as an index' as const))

interface Example {
  readonly documents: readonly object[]
  readonly indexes: readonly {
    readonly fields: readonly (readonly [string, number])[]
    readonly kind: object
  }[]
}
const example: fc.Arbitrary<Example> = fc.record({
  documents: fc.array(aDocument, { maxLength: 12 }),
  indexes: fc.array(index, { minLength: 1, maxLength: 3 }),
})

let namespaces = 0

/** Stores the documents; one that an index cannot hold is left out, by both sides of the comparison. */
function stored(
  engine: Engine,
  { documents, indexes }: Example,
): { readonly place: StatementPlace; readonly namespace: string } {
  const namespace = `fuzz.c${namespaces++}`
  const collection = engine.need(namespace)
  const specifications = indexes.map(({ fields, kind }, i) =>
    toDocument({ key: Object.fromEntries(fields), name: `i${i}`, ...kind }),
  )
  for (const specification of specifications)
    unlessRefused(() => createIndexes(engine, collection, [specification]))
  const place = {
    engine,
    namespace,
    scope: newScope(),
    variables: new Map<string, Value>(),
    transaction: undefined,
  }
  documents.forEach((document, i) =>
    unlessRefused(() => insertOne(place, toDocument({ _id: i, ...document }))),
  )
  return { place, namespace }
}

function unlessRefused(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof MongoError)) throw error
  }
}

function inStore<T>(engine: Engine, work: () => T): T {
  engine.store.begin()
  try {
    return work()
  } finally {
    engine.store.rollback()
    engine.reload()
  }
}

const idsOf = (documents: readonly Document[]) => documents.map(document => document.get('_id') as number)

test('a query finds the same documents by any index as by reading all of them', async t => {
  const { engine, close } = await anEngine()
  let planned = 0
  fc.assert(
    fc.property(example, filter, (given, asked) => {
      inStore(engine, () => {
        const { namespace } = stored(engine, given)
        const collection = engine.need(namespace)
        const wanted = toDocument(asked)
        const matches = compileMatch(wanted)
        const all = [...runQuery(engine, collection, { filter: new Map() }).hits].map(hit => hit.document)
        const { plan, hits } = runQuery(engine, collection, { filter: wanted })
        if (plan.kind !== 'scan') planned++
        const found = idsOf([...hits].map(hit => hit.document)).sort((a, b) => a - b)
        t.deepEqual(found, idsOf(all.filter(document => matches(document))))
      })
    }),
    { numRuns: 1500 },
  )
  // A comparison of scans with scans would show nothing.
  t.true(planned > 200, `only ${planned} queries used an index`)
  await close()
})

test('a sorted query gives the same order of keys by any index, over arrays too, as by sorting', async t => {
  const { engine, close } = await anEngine()
  let fromIndex = 0
  let fromArrays = 0
  fc.assert(
    fc.property(example, plainFilter, orders, fc.integer({ min: 0, max: 5 }), (given, asked, wish, limit) => {
      inStore(engine, () => {
        const { namespace } = stored(engine, given)
        const collection = engine.need(namespace)
        const order = wish === 'as an index' ? (given.indexes[0]?.fields ?? []) : wish
        const sorting = toDocument(Object.fromEntries(order))
        const sorter = compileSort(sorting)
        const matches = compileMatch(toDocument(asked))
        const all = [...runQuery(engine, collection, { filter: new Map() }).hits].map(hit => hit.document)
        const matching = all.filter(document => matches(document))
        const { plan, hits } = runQuery(engine, collection, {
          filter: toDocument(asked),
          sort: sorting,
          limit,
        })
        const expected = keysInOrder(sorter, matching)
        if (expected === 'parallel arrays') {
          t.like(
            t.throws(() => [...hits]),
            { code: 2 },
          )
          return
        }
        if (plan.kind === 'index' && plan.sorted && order.length > 0) {
          fromIndex++
          if (order.some(([path]) => plan.index.crossesArray(path)) && matching.length > 1) fromArrays++
        }
        const found = [...hits].map(hit => hit.document)
        t.is(new Set(idsOf(found)).size, found.length)
        t.is(found.length, limit > 0 ? Math.min(limit, expected.length) : expected.length)
        found.forEach((document, i) => {
          t.is(sorter.compareKeys(sorter.keyOf(document), expected[i] ?? []), 0)
        })
      })
    }),
    { numRuns: 1500 },
  )
  t.log(`${fromIndex} sorts came from an index, ${fromArrays} of them by an array`)
  t.true(fromIndex > 100, `only ${fromIndex} sorts came from an index`)
  t.true(fromArrays > 20, `only ${fromArrays} sorts by an array came from an index`)
  await close()
})

/** What the documents are sorted by, in order; nobody can sort by two arrays side by side. */
function keysInOrder(sorter: Sort, documents: readonly Document[]) {
  try {
    return documents
      .map(document => sorter.keyOf(document))
      .sort((one, other) => sorter.compareKeys(one, other))
  } catch (error) {
    if (error instanceof MongoError && error.code === 2) return 'parallel arrays'
    throw error
  }
}

const change = fc.oneof(
  fc.record({ insert: aDocument }),
  fc.record({ filter: plainFilter, set: fc.tuple(fc.constantFrom('a', 'd', 'e', 'a.b'), field) }),
  fc.record({ remove: plainFilter }),
)

test('after any writes every index lists every document and nothing else', async t => {
  const { engine, close } = await anEngine()
  await fc.assert(
    fc.asyncProperty(example, fc.array(change, { maxLength: 10 }), async (given, changes) => {
      engine.store.begin()
      const { place, namespace } = stored(engine, given)
      changes.forEach((each, i) => {
        unlessRefused(() => {
          if ('insert' in each) insertOne(place, toDocument({ _id: 100 + i, ...each.insert }))
          else if ('remove' in each) deleteDocuments(place, { filter: toDocument(each.remove) }, 1)
          else {
            const [name, value] = each.set
            const update = toDocument({ $set: { [name]: value } })
            updateDocuments(place, {
              filter: toDocument(each.filter),
              update,
              multi: true,
              upsert: false,
              arrayFilters: undefined,
            })
          }
        })
      })
      t.deepEqual(await collectionFaults(engine.store, engine.need(namespace)), [])
      engine.store.rollback()
      engine.reload()
    }),
    { numRuns: 400 },
  )
  await close()
})
