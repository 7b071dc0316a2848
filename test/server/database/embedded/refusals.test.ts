import test from 'ava'
import { ObjectId } from 'bson'
import { MongoError } from '../../../../server/database/embedded/errors.ts'
import {
  assertAllowedFilter,
  assertAllowedIndex,
  assertAllowedPipeline,
  assertAllowedProjection,
  assertAllowedUpdate,
} from '../../../../server/database/embedded/refusals.ts'

const allowed: readonly (() => void)[] = [
  () =>
    assertAllowedFilter({
      _id: new ObjectId(),
      a: { $gt: 1, $not: { $in: [1] } },
      $or: [{ b: /x/ }, { c: { $elemMatch: { d: 1 } } }],
      e: { f: { $fish: 1 } },
    }),
  () =>
    assertAllowedFilter({
      a: { $elemMatch: { $gt: 1 } },
      $expr: { $eq: ['$a', { $literal: { $fish: 1 } }] },
    }),
  () => assertAllowedUpdate({ $set: { a: { $fish: 1 } }, $pull: { b: { c: { $lt: 1 } } } }),
  () => assertAllowedUpdate([{ $set: { a: { $add: [1, 2] } } }]),
  () => assertAllowedUpdate({ a: 1 }),
  () =>
    assertAllowedPipeline([
      { $match: {} },
      { $group: { _id: '$a', n: { $sum: { $multiply: [1, 2] } } } },
      { $lookup: { from: 'x', as: 'y', pipeline: [{ $limit: 1 }] } },
    ]),
  () => assertAllowedProjection({ a: 1, b: { $slice: 1 }, c: { $elemMatch: { d: { $gt: 1 } } } }),
  () =>
    assertAllowedIndex({ a: 1, b: -1 }, { unique: true, partialFilterExpression: { a: { $exists: true } } }),
]

for (const [index, check] of allowed.entries())
  test(`what the engine takes is let through (${index + 1})`, t => t.notThrows(check))

const refused: readonly [string, () => void, number, string][] = [
  ['a filter', () => assertAllowedFilter({ $where: 'true' }), 2, '$where'],
  ['a filter inside $and', () => assertAllowedFilter({ $and: [{ a: { $near: [] } }] }), 2, '$near'],
  [
    'a filter inside $elemMatch',
    () => assertAllowedFilter({ a: { $elemMatch: { b: { $geoWithin: {} } } } }),
    2,
    '$geoWithin',
  ],
  ['a filter inside $not', () => assertAllowedFilter({ a: { $not: { $fish: 1 } } }), 2, '$fish'],
  ['an expression', () => assertAllowedFilter({ $expr: { $gt: [{ $function: {} }, 1] } }), 168, '$function'],
  ['an update', () => assertAllowedUpdate({ $fish: {} }), 9, '$fish'],
  ['an update pipeline', () => assertAllowedUpdate([{ $group: {} }]), 72, '$group'],
  ['a stage', () => assertAllowedPipeline([{ $search: {} }]), 40324, '$search'],
  [
    'a stage in a facet',
    () => assertAllowedPipeline([{ $facet: { a: [{ $densify: {} }] } }]),
    40324,
    '$densify',
  ],
  [
    'an accumulator',
    () => assertAllowedPipeline([{ $group: { _id: 1, a: { $median: {} } } }]),
    15952,
    '$median',
  ],
  [
    'an expression in a stage',
    () => assertAllowedPipeline([{ $project: { a: { b: { $meta: 'x' } } } }]),
    168,
    '$meta',
  ],
  ['an index kind', () => assertAllowedIndex({ a: 'text' }), 67, 'text'],
  ['a wildcard index', () => assertAllowedIndex({ '$**': 1 }), 67, '$**'],
  ['an index option', () => assertAllowedIndex({ a: 1 }, { collation: {} }), 197, 'collation'],
]

for (const [about, check, code, name] of refused) {
  test(`${about} that the engine does not take is refused by name: ${name}`, t => {
    const error = t.throws(check, { instanceOf: MongoError })
    t.is(error.code, code)
    t.true(error.message.includes(name), error.message)
  })
}
