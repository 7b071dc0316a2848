import test from 'ava'
import { Decimal128, Double } from 'bson'
import { newScope } from '../../../../../server/database/embedded/aggregation/expressions/scope.ts'
import { defaultLimits } from '../../../../../server/database/embedded/aggregation/memory-limit.ts'
import { compilePipeline } from '../../../../../server/database/embedded/aggregation/run-pipeline.ts'
import { MongoError } from '../../../../../server/database/embedded/errors.ts'
import { identicalValues } from '../../../../../server/database/embedded/values/order.ts'
import { toDocument, toValue } from '../../../../../server/database/embedded/values/plain.ts'
import { type Collections, database } from './pipeline-harness.ts'

const loans = [
  { _id: 1, borrower: 'Åsa', device: 'a', days: 3, tags: ['x', 'y'] },
  { _id: 2, borrower: 'Bo', device: 'b', days: new Double(5), tags: [] },
  { _id: 3, borrower: 'Åsa', device: 'b', days: 4 },
]
const devices = [
  { _id: 'a', model: 'mini' },
  { _id: 'b', model: 'air', parent: 'a' },
  { _id: 'c', model: 'pro', parent: 'b' },
]
const collections: Collections = { loans, devices, none: [] }

const rows: readonly [string, object[], object[]][] = [
  [
    'matches, sorts, skips and limits',
    [
      { $match: { days: { $gt: 1 } } },
      { $sort: { days: -1 } },
      { $skip: 1 },
      { $limit: 1 },
      { $project: { days: 1 } },
    ],
    [{ _id: 3, days: 4 }],
  ],
  [
    'limits before it skips when asked in that order',
    [{ $sort: { _id: 1 } }, { $limit: 2 }, { $skip: 1 }, { $project: { _id: 1 } }],
    [{ _id: 2 }],
  ],
  [
    'groups with kinds kept',
    [{ $group: { _id: '$borrower', days: { $sum: '$days' }, n: { $sum: 1 }, mean: { $avg: '$days' } } }],
    [
      { _id: 'Åsa', days: 7, n: 2, mean: 3.5 },
      { _id: 'Bo', days: new Double(5), n: 1, mean: new Double(5) },
    ],
  ],
  [
    'groups by two keys',
    [{ $group: { _id: { b: '$borrower', d: '$device' }, n: { $count: {} } } }, { $sort: { _id: 1 } }],
    [
      { _id: { b: 'Bo', d: 'b' }, n: 1 },
      { _id: { b: 'Åsa', d: 'a' }, n: 1 },
      { _id: { b: 'Åsa', d: 'b' }, n: 1 },
    ],
  ],
  ['groups missing with null', [{ $group: { _id: '$none', n: { $sum: 1 } } }], [{ _id: null, n: 3 }]],
  ['groups everything as one', [{ $group: { _id: 1, n: { $sum: 1 } } }], [{ _id: 1, n: 3 }]],
  [
    'gathers with every accumulator',
    [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: null,
          first: { $first: '$days' },
          last: { $last: '$tags' },
          min: { $min: '$days' },
          max: { $max: '$days' },
          list: { $push: '$tags' },
          set: { $addToSet: '$borrower' },
          two: { $firstN: { input: '$_id', n: 2 } },
          top: { $top: { sortBy: { days: -1 }, output: '$_id' } },
          merged: { $mergeObjects: { $cond: [{ $eq: ['$_id', 1] }, { a: 1 }, { b: 2 }] } },
        },
      },
    ],
    [
      {
        _id: null,
        first: 3,
        last: null,
        min: 3,
        max: new Double(5),
        list: [['x', 'y'], []],
        set: ['Åsa', 'Bo'],
        two: [1, 2],
        top: 2,
        merged: { a: 1, b: 2 },
      },
    ],
  ],
  [
    'unwinds arrays',
    [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
    [
      { _id: 1, tags: 'x' },
      { _id: 1, tags: 'y' },
    ],
  ],
  [
    'unwinds with index and empties',
    [
      { $unwind: { path: '$tags', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } },
      { $project: { tags: 1, i: 1 } },
    ],
    [
      { _id: 1, tags: 'x', i: 0n },
      { _id: 1, tags: 'y', i: 1n },
      { _id: 2, i: null },
      { _id: 3, i: null },
    ],
  ],
  ['counts', [{ $match: { device: 'b' } }, { $count: 'n' }], [{ n: 2 }]],
  ['counts nothing as nothing', [{ $match: { device: 'z' } }, { $count: 'n' }], []],
  [
    'joins by fields',
    [
      { $match: { _id: 1 } },
      { $lookup: { from: 'devices', localField: 'device', foreignField: '_id', as: 'd' } },
      { $project: { d: 1 } },
    ],
    [{ _id: 1, d: [{ _id: 'a', model: 'mini' }] }],
  ],
  [
    'joins a missing field with missing ones',
    [
      { $match: { _id: 1 } },
      { $lookup: { from: 'devices', localField: 'zz', foreignField: 'parent', as: 'd' } },
      { $project: { 'd._id': 1 } },
    ],
    [{ _id: 1, d: [{ _id: 'a' }] }],
  ],
  [
    'joins the elements of an array',
    [
      { $match: { _id: 1 } },
      { $set: { ids: ['a', 'c'] } },
      { $lookup: { from: 'devices', localField: 'ids', foreignField: '_id', as: 'd' } },
      { $project: { 'd._id': 1 } },
    ],
    [{ _id: 1, d: [{ _id: 'a' }, { _id: 'c' }] }],
  ],
  [
    'joins by a pipeline with variables',
    [
      { $match: { _id: 2 } },
      {
        $lookup: {
          from: 'devices',
          let: { dev: '$device', min: '$days' },
          pipeline: [
            { $match: { $expr: { $and: [{ $eq: ['$_id', '$$dev'] }, { $gt: ['$$min', 1] }] } } },
            { $project: { _id: 0, model: 1, at: '$$min' } },
          ],
          as: 'd',
        },
      },
      { $project: { d: 1 } },
    ],
    [{ _id: 2, d: [{ model: 'air', at: new Double(5) }] }],
  ],
  [
    'joins by fields and a pipeline',
    [
      { $match: { _id: 2 } },
      {
        $lookup: {
          from: 'devices',
          localField: 'device',
          foreignField: '_id',
          pipeline: [{ $project: { model: 1 } }],
          as: 'd',
        },
      },
      { $project: { d: 1 } },
    ],
    [{ _id: 2, d: [{ _id: 'b', model: 'air' }] }],
  ],
  [
    'follows a graph',
    [
      { $match: { _id: 3 } },
      { $set: { device: 'c' } },
      {
        $graphLookup: {
          from: 'devices',
          startWith: '$device',
          connectFromField: 'parent',
          connectToField: '_id',
          as: 'chain',
          depthField: 'depth',
        },
      },
      { $project: { 'chain._id': 1, 'chain.depth': 1 } },
    ],
    [
      {
        _id: 3,
        chain: [
          { _id: 'c', depth: 0n },
          { _id: 'b', depth: 1n },
          { _id: 'a', depth: 2n },
        ],
      },
    ],
  ],
  [
    'runs facets over the same documents',
    [{ $facet: { n: [{ $count: 'n' }], ids: [{ $match: { device: 'b' } }, { $project: { _id: 1 } }] } }],
    [{ n: [{ n: 3 }], ids: [{ _id: 2 }, { _id: 3 }] }],
  ],
  [
    'joins collections end to end',
    [
      { $project: { _id: 1 } },
      { $unionWith: { coll: 'devices', pipeline: [{ $match: { model: 'air' } }, { $project: { _id: 1 } }] } },
    ],
    [{ _id: 1 }, { _id: 2 }, { _id: 3 }, { _id: 'b' }],
  ],
  [
    'replaces the root',
    [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { $mergeObjects: [{ was: '$_id' }, { n: 1 }] } } }],
    [{ was: 1, n: 1 }],
  ],
  [
    'sets nested fields beside others, in arrays too',
    [
      { $match: { _id: 1 } },
      { $set: { 'a.b': 1, l: [{ x: 1 }] } },
      { $set: { a: { c: 2 }, 'l.y': 3 } },
      { $project: { a: 1, l: 1 } },
    ],
    [{ _id: 1, a: { b: 1, c: 2 }, l: [{ x: 1, y: 3 }] }],
  ],
  [
    'removes fields',
    [{ $match: { _id: 1 } }, { $unset: ['tags', 'borrower', 'device'] }, { $set: { days: '$$REMOVE' } }],
    [{ _id: 1 }],
  ],
  [
    'counts by value',
    [{ $sortByCount: '$borrower' }],
    [
      { _id: 'Åsa', count: 2 },
      { _id: 'Bo', count: 1 },
    ],
  ],
  [
    'sorts into buckets',
    [
      {
        $bucket: {
          groupBy: '$days',
          boundaries: [0, 4, 5],
          default: 'more',
          output: { ids: { $push: '$_id' } },
        },
      },
    ],
    [
      { _id: 0, ids: [1] },
      { _id: 4, ids: [3] },
      { _id: 'more', ids: [2] },
    ],
  ],
  [
    'makes buckets of equal size',
    [{ $bucketAuto: { groupBy: '$_id', buckets: 3 } }],
    [
      { _id: { min: 1, max: 2 }, count: 1 },
      { _id: { min: 2, max: 3 }, count: 1 },
      { _id: { min: 3, max: 3 }, count: 1 },
    ],
  ],
]

for (const [about, pipeline, expected] of rows) {
  test(`a pipeline ${about}`, t => {
    const result = database(collections).aggregate('loans', pipeline)
    if (!identicalValues(result, expected.map(toDocument))) t.deepEqual(result, expected.map(toDocument))
    else t.pass()
  })
}

test('a sample has the size asked for and only documents of the collection', t => {
  const sample = database(collections).aggregate('loans', [{ $sample: { size: 2 } }])
  t.is(new Set(sample.map(document => document.get('_id'))).size, 2)
})

test('equal numbers of different kinds are one group, -0 and 0 too', t => {
  const numbers = [5, new Double(5), 5n, Decimal128.fromString('5.00'), 0, -0].map((n, _id) => ({ _id, n }))
  const groups = database({ numbers }).aggregate('numbers', [{ $group: { _id: '$n', count: { $sum: 1 } } }])
  t.deepEqual(
    groups.map(group => group.get('count')),
    [4, 2],
  )
})

test('neighbouring keys of a compound group do not run together', t => {
  const documents = [
    { a: 'x', b: 'yz' },
    { a: 'xy', b: 'z' },
    { a: 'x1:b', b: '' },
  ]
  t.is(database({ documents }).aggregate('documents', [{ $group: { _id: { a: '$a', b: '$b' } } }]).length, 3)
})

test('a join by fields asks the other collection by its field, so an index can answer', t => {
  const store = database(collections)
  store.aggregate('loans', [
    { $match: { _id: 1 } },
    { $lookup: { from: 'devices', localField: 'device', foreignField: '_id', as: 'd' } },
  ])
  t.deepEqual(store.asked, [{ name: 'devices', filter: toDocument({ _id: { $eq: 'a' } }) }])
})

test('a join by a pipeline asks for the equality with its variable', t => {
  const store = database(collections)
  const pipeline = [{ $match: { model: 'mini', $expr: { $eq: ['$_id', '$$dev'] } } }]
  store.aggregate('loans', [
    { $match: { _id: 1 } },
    { $lookup: { from: 'devices', let: { dev: '$device' }, pipeline, as: 'd' } },
  ])
  t.deepEqual(store.asked[0]?.filter, toDocument({ $and: [{ model: 'mini' }, { _id: { $eq: 'a' } }] }))
})

test('the leading stages are asked of the collection itself', t => {
  const { port } = { port: { limits: defaultLimits, random: () => 0, readCollection: () => [] } }
  const pipeline = [
    { $match: { a: 1 } },
    { $match: { b: 2 } },
    { $sort: { c: 1 } },
    { $skip: 2 },
    { $limit: 3 },
    { $count: 'n' },
  ]
  const { source, stagesLeft } = compilePipeline(pipeline.map(toDocument), port, newScope())
  t.is(stagesLeft, 1)
  t.deepEqual(source, {
    filter: toDocument({ $and: [{ a: 1 }, { b: 2 }] }),
    sort: toDocument({ c: 1 }),
    skip: 2,
    limit: 3,
  })
})

test('a match that uses variables is looked at again by the pipeline', t => {
  const scope = newScope(undefined, new Map([['x', 'b']]))
  const port = { limits: defaultLimits, random: () => 0, readCollection: () => [] }
  const { source, run } = compilePipeline(
    [toDocument({ $match: { $expr: { $eq: ['$device', '$$x'] } } })],
    port,
    scope,
  )
  t.deepEqual(source.filter, toDocument({ $and: [{ device: { $eq: 'b' } }] }))
  t.is([...run(loans.map(toDocument))].length, 2)
})

test('$out and $merge are handed over checked, not run', t => {
  const port = { limits: defaultLimits, random: () => 0, readCollection: () => [] }
  const output = (stage: object) => compilePipeline([toDocument(stage)], port, newScope()).output
  t.deepEqual(output({ $out: 'x' }), { kind: 'out', database: undefined, collection: 'x' })
  t.deepEqual(output({ $merge: { into: { db: 'd', coll: 'c' }, on: ['a'], whenMatched: 'replace' } }), {
    kind: 'merge',
    database: 'd',
    collection: 'c',
    on: ['a'],
    whenMatched: 'replace',
    whenNotMatched: 'insert',
    variables: new Map(),
  })
})

const refused: readonly [object[], number, RegExp?][] = [
  [[{ $fish: 1 }], 40324, /Unrecognized pipeline stage name: '\$fish'/],
  [[{ $geoNear: {} }], 40324],
  [[{ $setWindowFields: {} }], 40324],
  [[{ a: 1, b: 2 }], 40323],
  [[{}], 40323],
  [[{ $out: 'x' }, { $match: {} }], 40601],
  [[{ $facet: { a: [{ $out: 'x' }] } }], 40600],
  [[{ $lookup: { from: 'a', as: 'b', pipeline: [{ $merge: 'x' }] } }], 51047],
  [[{ $lookup: { from: 'a', as: 'b', localField: 'x' } }], 9],
  [[{ $group: { n: { $sum: 1 } } }], 15955],
  [[{ $group: { _id: 1, n: { $fish: 1 } } }], 15952, /unknown group operator '\$fish'/],
  [[{ $group: { _id: 1, n: { $accumulator: {} } } }], 15952],
  [[{ $match: { a: { $near: 1 } } }], 291],
  [[{ $project: { a: { $fish: 1 } } }], 31325],
  [[{ $project: {} }], 51272],
  [[{ $limit: 0 }], 15958],
  [[{ $limit: -1 }], 5107201],
  [[{ $unwind: 'a' }], 28818],
  [[{ $sort: {} }], 15976],
  [[{ $replaceWith: 5 }], 40228],
  [[{ $count: '' }], 40156],
  [[{ $bucket: { groupBy: '$days', boundaries: [5, 1] } }], 40194],
]

for (const [pipeline, code, message] of refused) {
  test(`a pipeline is refused with ${code}: ${JSON.stringify(pipeline)}`, t => {
    const error = t.throws(() => database(collections).aggregate('loans', pipeline), {
      instanceOf: MongoError,
      ...(message ? { message } : {}),
    })
    t.is(error.code, code)
  })
}

for (const stage of [
  { $sort: { x: 1 } },
  { $group: { _id: '$_id' } },
  { $group: { _id: null, all: { $push: '$_id' } } },
  { $facet: { a: [] } },
]) {
  test(`${JSON.stringify(stage)} stops with MongoDB's code when it would hold too much`, t => {
    const many = Array.from({ length: 50 }, (_, _id) => ({ _id }))
    const before = { $set: { y: 1 } }
    const few = database({ many }, { documents: 20, bytes: 1e9 })
    t.is(t.throws(() => few.aggregate('many', [before, stage]), { instanceOf: MongoError }).code, 292)
    const small = database({ many }, { documents: 1e9, bytes: 500 })
    t.is(t.throws(() => small.aggregate('many', [before, stage]), { instanceOf: MongoError }).code, 292)
    t.true(database({ many }).aggregate('many', [before, stage]).length > 0)
  })
}

test('a pipeline leaves the stored documents as they were', t => {
  const document = toDocument({ _id: 1, a: { b: [1] } })
  const port = { limits: defaultLimits, random: () => 0, readCollection: () => [] }
  const stages = [{ $set: { 'a.c': 1 } }, { $unset: 'a.b' }, { $project: { a: 1 } }]
  const { run } = compilePipeline(stages.map(toDocument), port, newScope())
  t.deepEqual([...run([document])], [toDocument({ _id: 1, a: { c: 1 } })])
  t.deepEqual(document, toValue({ _id: 1, a: { b: [1] } }))
})
