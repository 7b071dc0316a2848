import test from 'ava'
import { Decimal128 as BsonDecimal, Double } from 'bson'
import { MongoError } from '../../../../../server/database/embedded/errors.ts'
import {
  compileUpdate,
  type UpdateTarget,
} from '../../../../../server/database/embedded/update/compile-update.ts'
import { upsertBase } from '../../../../../server/database/embedded/update/upsert-base.ts'
import { identicalValues } from '../../../../../server/database/embedded/values/order.ts'
import { toDocument, toValue } from '../../../../../server/database/embedded/values/plain.ts'
import { type Document, Timestamp, type Value } from '../../../../../server/database/embedded/values/value.ts'

const now = () => new Date('2026-11-22T10:00:00Z')

interface Case {
  readonly about: string
  readonly update: object | object[]
  readonly before: object
  readonly after: object
  readonly arrayFilters?: object[]
  readonly target?: UpdateTarget
}

function apply({ update, before, arrayFilters, target }: Omit<Case, 'about' | 'after'>): Document {
  const compiled = compileUpdate(toValue(update) as Document | Value[], {
    now,
    arrayFilters: (arrayFilters ?? []).map(toDocument),
  })
  return compiled(toDocument(before), target)
}

const cases: readonly Case[] = [
  {
    about: '$set makes the documents on the way',
    update: { $set: { 'a.b.c': 1 } },
    before: { _id: 1 },
    after: { _id: 1, a: { b: { c: 1 } } },
  },
  {
    about: '$set on an index fills up with null',
    update: { $set: { 'a.2': 9 } },
    before: { a: [1] },
    after: { a: [1, null, 9] },
  },
  {
    about: '$set on a number in a document is a field',
    update: { $set: { 'a.0': 9 } },
    before: { a: {} },
    after: { a: { 0: 9 } },
  },
  {
    about: '$set adds fields by name, numbers first',
    update: { $set: { z: 1, a: 1, 10: 1, 9: 1 } },
    before: { m: 1 },
    after: new Map([
      ['m', 1],
      ['9', 1],
      ['10', 1],
      ['a', 1],
      ['z', 1],
    ]),
  },
  {
    about: '$set keeps the place of a field',
    update: { $set: { a: 2 } },
    before: { a: 1, b: 1 },
    after: { a: 2, b: 1 },
  },
  {
    about: '$unset removes a field and empties an element',
    update: { $unset: { a: '', 'b.0': '', 'x.y': '' } },
    before: { a: 1, b: [1, 2] },
    after: { b: [null, 2] },
  },
  {
    about: '$inc keeps the kind and makes a missing field',
    update: { $inc: { a: 2, b: 1.5, c: 1, d: 1 } },
    before: { a: 1, b: 1, d: new Double(1) },
    after: { a: 3, b: 2.5, d: new Double(2), c: 1 },
  },
  {
    about: '$inc grows an int to a long',
    update: { $inc: { a: 1 } },
    before: { a: 2147483647 },
    after: { a: 2147483648n },
  },
  {
    about: '$inc on a decimal is exact',
    update: { $inc: { a: BsonDecimal.fromString('0.10') } },
    before: { a: BsonDecimal.fromString('0.20') },
    after: { a: BsonDecimal.fromString('0.30') },
  },
  {
    about: '$mul, and 0 of the kind for a missing field',
    update: { $mul: { a: 3, b: 2.5, c: 5n } },
    before: { a: 2 },
    after: { a: 6, b: new Double(0), c: 0n },
  },
  {
    about: '$min and $max across types',
    update: { $min: { a: 1, b: 'x', c: 5 }, $max: { d: 9, e: 'x' } },
    before: { a: 2, b: 1, d: 10, e: 5 },
    after: { a: 1, b: 1, d: 10, e: 'x', c: 5 },
  },
  {
    about: '$rename moves a field',
    update: { $rename: { a: 'b.c', x: 'y' } },
    before: { a: 1, b: { d: 2 } },
    after: { b: { d: 2, c: 1 } },
  },
  {
    about: '$setOnInsert does nothing to a document that is there',
    update: { $setOnInsert: { a: 1 }, $set: { b: 1 } },
    before: { _id: 1 },
    after: { _id: 1, b: 1 },
  },
  {
    about: '$setOnInsert sets on insert, _id first',
    update: { $setOnInsert: { _id: 7, a: 1 }, $set: { b: 1 } },
    before: { k: 1 },
    after: { _id: 7, k: 1, a: 1, b: 1 },
    target: { isInsert: true },
  },
  {
    about: '$currentDate as date and timestamp',
    update: { $currentDate: { a: true, b: { $type: 'timestamp' } } },
    before: {},
    after: { a: now(), b: Timestamp.of(1795341600, 1) },
  },
  {
    about: '$push appends and makes the array',
    update: { $push: { a: 3, b: 1 } },
    before: { a: [1] },
    after: { a: [1, 3], b: [1] },
  },
  {
    about: '$push of an array is one element',
    update: { $push: { a: [1] } },
    before: { a: [] },
    after: { a: [[1]] },
  },
  {
    about: '$push with $each, $position',
    update: { $push: { a: { $each: [8, 9], $position: 1 } } },
    before: { a: [1, 2] },
    after: { a: [1, 8, 9, 2] },
  },
  {
    about: '$push with $sort and $slice, also when it makes the array',
    update: { $push: { a: { $each: [3, 1, 2], $sort: -1, $slice: 2 } } },
    before: {},
    after: { a: [3, 2] },
  },
  {
    about: '$push sorts documents by a field, then cuts from the end',
    update: { $push: { a: { $each: [{ n: 2 }], $slice: -2, $sort: { n: 1 } } } },
    before: { a: [{ n: 3 }, { n: 1 }] },
    after: { a: [{ n: 2 }, { n: 3 }] },
  },
  {
    about: '$push with $slice 0 empties',
    update: { $push: { a: { $each: [1], $slice: 0 } } },
    before: { a: [5] },
    after: { a: [] },
  },
  {
    about: '$addToSet keeps duplicates that are there and adds what is new once',
    update: { $addToSet: { a: { $each: [1, 3, 3, new Double(2)] } } },
    before: { a: [1, 1, 2] },
    after: { a: [1, 1, 2, 3] },
  },
  {
    about: '$addToSet compares documents by field order',
    update: { $addToSet: { a: { x: 1, y: 2 } } },
    before: { a: [{ y: 2, x: 1 }] },
    after: {
      a: [
        { y: 2, x: 1 },
        { x: 1, y: 2 },
      ],
    },
  },
  {
    about: '$pop from either end',
    update: { $pop: { a: 1, b: -1, c: 1 } },
    before: { a: [1, 2], b: [1, 2] },
    after: { a: [1], b: [2] },
  },
  {
    about: '$pull by value, by condition, by fields',
    update: { $pull: { a: 1, b: { $gte: 2 }, c: { x: 1 } } },
    before: { a: [1, 2, 1], b: [1, 2, 3], c: [{ x: 1, y: 1 }, { x: 2 }, 5] },
    after: { a: [2], b: [1], c: [{ x: 2 }, 5] },
  },
  {
    about: '$pull with a pattern and with $in',
    update: { $pull: { a: /^x/, b: { $in: [1, 2] } } },
    before: { a: ['xy', 'y'], b: [1, 3] },
    after: { a: ['y'], b: [3] },
  },
  { about: '$pullAll', update: { $pullAll: { a: [1, 2] } }, before: { a: [1, 2, 3, 1] }, after: { a: [3] } },
  {
    about: '$bit',
    update: { $bit: { a: { and: 6 }, b: { or: 1n }, c: { xor: 5 } } },
    before: { a: 3, b: 2 },
    after: { a: 2, b: 3n, c: 5 },
  },
  {
    about: 'the positional operator',
    update: { $set: { 'a.$.b': 9 } },
    before: { a: [{ b: 1 }, { b: 2 }] },
    after: { a: [{ b: 1 }, { b: 9 }] },
    target: { matchedIndex: 1 },
  },
  {
    about: 'every element',
    update: { $inc: { 'a.$[].b': 1, 'c.$[]': 1 } },
    before: { a: [{ b: 1 }, { b: 2 }], c: [1] },
    after: { a: [{ b: 2 }, { b: 3 }], c: [2] },
  },
  {
    about: 'filtered elements',
    update: { $set: { 'a.$[e].c': 0, 'n.$[big]': 0 } },
    before: { a: [{ b: 1 }, { b: 2 }], n: [1, 50] },
    after: { a: [{ b: 1 }, { b: 2, c: 0 }], n: [1, 0] },
    arrayFilters: [{ 'e.b': { $gt: 1 } }, { big: { $gte: 50 } }],
  },
  {
    about: 'nested filtered elements',
    update: { $set: { 'a.$[].b.$[x]': 0 } },
    before: { a: [{ b: [1, 2] }, { b: [2] }] },
    after: { a: [{ b: [1, 0] }, { b: [0] }] },
    arrayFilters: [{ x: 2 }],
  },
  { about: 'a replacement keeps _id', update: { a: 1 }, before: { _id: 1, b: 2 }, after: { _id: 1, a: 1 } },
  {
    about: 'a pipeline',
    update: [{ $set: { total: { $add: ['$a', '$b'] } } }, { $unset: 'b' }],
    before: { _id: 1, a: 1, b: 2 },
    after: { _id: 1, a: 1, total: 3 },
  },
  {
    about: 'a pipeline with a new root keeps _id',
    update: [{ $replaceWith: { at: '$$NOW' } }],
    before: { _id: 1, a: 1 },
    after: { _id: 1, at: now() },
  },
  { about: 'an update without fields', update: { $set: {} }, before: { a: 1 }, after: { a: 1 } },
]

for (const { about, after, ...rest } of cases) {
  test(`an update applies ${about}`, t => {
    const result = apply(rest)
    t.true(identicalValues(result, toDocument(after)))
    t.deepEqual([...result.keys()], [...toDocument(after).keys()])
  })
}

const refused: readonly [object | object[], object, number, RegExp?][] = [
  [{ $set: { a: 1, 'a.b': 1 } }, {}, 40, /Updating the path 'a.b' would create a conflict at 'a'/],
  [{ $set: { a: 1 }, $inc: { a: 1 } }, {}, 40],
  [{ $rename: { a: 'b' }, $set: { b: 1 } }, {}, 40],
  [{ $set: { 'a.b': 1 } }, { a: 5 }, 28, /Cannot create field 'b' in element \{a: 5\}/],
  [{ $set: { 'a.b': 1 } }, { a: [1] }, 28],
  [{ $set: { 'a.b.c': 1 } }, { a: null }, 28],
  [{ $set: { _id: 2 } }, { _id: 1 }, 66, /immutable field '_id'/],
  [{ $unset: { _id: 1 } }, { _id: 1 }, 66],
  [{ _id: 2, a: 1 }, { _id: 1 }, 66],
  [[{ $set: { _id: 2 } }], { _id: 1 }, 66],
  [{ $inc: { a: 1 } }, { _id: 1, a: 'x' }, 14, /\{_id: 1\} has the field 'a' of non-numeric type string/],
  [{ $inc: { a: 'x' } }, {}, 14],
  [{ $inc: { a: 1n } }, { a: 9223372036854775807n }, 2],
  [{ $mul: { a: 2 } }, { a: null }, 14],
  [{ $push: { a: 1 } }, { a: 1 }, 2],
  [{ $push: { a: { $each: 1 } } }, {}, 2],
  [{ $push: { a: { $each: [], $fish: 1 } } }, {}, 2, /\$fish/],
  [{ $addToSet: { a: 1 } }, { a: 1 }, 2],
  [{ $pop: { a: 2 } }, { a: [] }, 9],
  [{ $pop: { a: 1 } }, { a: 5 }, 14],
  [{ $pull: { a: 1 } }, { a: 5 }, 2],
  [{ $pullAll: { a: 1 } }, { a: [] }, 2],
  [{ $bit: { a: { and: 1 } } }, { a: 1.5 }, 2],
  [{ $bit: { a: { fish: 1 } } }, {}, 2],
  [{ $set: { $a: 1 } }, {}, 52, /The dollar \(\$\) prefixed field '\$a'/],
  [{ $push: { $a: 1 } }, {}, 52],
  [{ $rename: { a: '$b' } }, { a: 1 }, 52],
  [{ $set: { $: 1 } }, { a: [1] }, 2, /first position/],
  [{ $set: { '$[]': 1 } }, { a: [1] }, 2, /first position/],
  [{ $set: { 'a.$.b.$': 1 } }, { a: [1] }, 2, /Too many positional/],
  [{ $set: { 'a.$': 1 } }, { a: [1] }, 2, /positional operator did not find the match/],
  [{ $set: { 'a.$[]': 1 } }, {}, 2, /must exist in the document/],
  [{ $set: { 'a.$[]': 1 } }, { a: 5 }, 2],
  [{ $set: { 'a.$[x]': 1 } }, { a: [1] }, 2, /No array filter found for identifier 'x'/],
  [{ $set: { 'a.9999999': 1 } }, { a: [] }, 2, /backfill/],
  [{ $set: { 'a..b': 1 } }, {}, 56],
  [{ $set: { '': 1 } }, {}, 56],
  [{ $set: 5 }, {}, 9],
  [{ $fish: { a: 1 } }, {}, 9, /Unknown modifier: \$fish/],
  [{ $set: { a: 1 }, b: 1 }, {}, 9],
  [{ a: 1, $set: { b: 1 } }, {}, 52],
  [{ $currentDate: { a: { $type: 'fish' } } }, {}, 2],
  [{ $rename: { a: 'a' } }, {}, 2],
  [{ $rename: { 'a.0': 'b' } }, { a: [1] }, 2],
  [[{ $match: {} }], {}, 72],
  [[{ $set: { a: { $fish: 1 } } }], {}, 168],
]

for (const [update, before, code, message] of refused) {
  test(`an update is refused with ${code}: ${JSON.stringify(update, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))} on ${Object.keys(before).join() || 'nothing'} ${message?.source ?? ''}`, t => {
    const error = t.throws(() => apply({ update, before }), {
      instanceOf: MongoError,
      ...(message ? { message } : {}),
    })
    t.is(error.code, code)
  })
}

const refusedFilters: readonly [object[], RegExp][] = [
  [[{ x: 1 }], /was not used/],
  [[{ x: 1, y: 1 }], /single top-level field name/],
  [[{ e: 1 }, { 'e.b': 1 }], /multiple array filters/],
  [[{ E: 1 }], /lowercase/],
  [[{}], /top-level field name/],
]

for (const [arrayFilters, message] of refusedFilters) {
  test(`array filters are refused: ${JSON.stringify(arrayFilters)}`, t => {
    const error = t.throws(
      () => apply({ update: { $set: { 'a.$[e]': 1 } }, before: { a: [] }, arrayFilters }),
      { instanceOf: MongoError, message },
    )
    t.is(error.code, 9)
  })
}

test('an update that fails half way leaves the document as it was', t => {
  const document = toDocument({ _id: 1, a: { n: 1 }, b: 'x' })
  const update = compileUpdate(toDocument({ $inc: { 'a.n': 1, b: 1 } }), { now })
  t.throws(() => update(document))
  t.deepEqual(document, toDocument({ _id: 1, a: { n: 1 }, b: 'x' }))
})

test('what is set is not shared between documents', t => {
  const update = compileUpdate(toDocument({ $set: { a: [] } }), { now })
  const first = update(new Map())
  const array = first.get('a')
  if (Array.isArray(array)) array.push(1)
  t.deepEqual(update(new Map()), toDocument({ a: [] }))
})

const bases: readonly [object, object][] = [
  [
    { a: 1, 'b.c': 2, d: { $gt: 1 } },
    { a: 1, b: { c: 2 } },
  ],
  [
    { $and: [{ a: { $eq: 1 } }, { b: { $in: [2] } }], $or: [{ c: 3 }] },
    { a: 1, b: 2, c: 3 },
  ],
  [{ $or: [{ a: 1 }, { b: 1 }], c: { $all: [3] }, d: /x/, e: { $in: [1, 2] }, $comment: 'x' }, { c: 3 }],
  [
    { a: null, b: { x: 1 } },
    { a: null, b: { x: 1 } },
  ],
]

for (const [filter, expected] of bases) {
  test(`an upsert starts from the equalities of ${JSON.stringify(filter)}`, t => {
    t.deepEqual([...upsertBase(toDocument(filter))], [...toDocument(expected)])
  })
}

test('an upsert whose filter names a path twice is refused', t => {
  const error = t.throws(() => upsertBase(toDocument({ $and: [{ a: 1 }, { a: 2 }] })), {
    instanceOf: MongoError,
  })
  t.is(error.code, 54)
  t.throws(() => upsertBase(toDocument({ a: { b: 1 }, 'a.b': 1 })), { message: /matched twice/ })
})
