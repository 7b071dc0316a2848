import test from 'ava'
import { Decimal128, Double, Long, MaxKey, MinKey } from 'bson'
import { MongoError } from '../../../../../server/database/embedded/errors.ts'
import { compileMatch } from '../../../../../server/database/embedded/query/match.ts'
import { type MatchPosition } from '../../../../../server/database/embedded/query/path.ts'
import { toDocument } from '../../../../../server/database/embedded/values/plain.ts'
import { Binary, bsonUndefined, ObjectId } from '../../../../../server/database/embedded/values/value.ts'

const matches = (filter: object, document: object) => compileMatch(toDocument(filter))(toDocument(document))

interface Row {
  readonly about: string
  readonly filter: object
  readonly yes: readonly object[]
  readonly no: readonly object[]
}

const id = new ObjectId(Buffer.from('00112233445566778899aabb', 'hex'))

const rows: readonly Row[] = [
  {
    about: 'a value, whatever its kind of number',
    filter: { a: 5 },
    yes: [{ a: 5 }, { a: new Double(5) }, { a: 5n }, { a: Decimal128.fromString('5.0') }, { a: [1, 5] }],
    no: [{ a: '5' }, {}, { a: [[5]] }],
  },
  {
    about: 'null for null and missing',
    filter: { a: null },
    yes: [{}, { a: null }, { a: bsonUndefined }, { a: [1, null] }],
    no: [{ a: 0 }, { a: [] }, { a: false }],
  },
  {
    about: 'null behind a scalar, not behind an empty array',
    filter: { 'a.b': null },
    yes: [{}, { a: 1 }, { a: {} }, { a: [{}] }, { a: [{ b: 1 }, {}] }],
    no: [{ a: [] }, { a: [1] }, { a: { b: 1 } }],
  },
  {
    about: 'a missing path as not existing',
    filter: { 'a.b': { $exists: false } },
    yes: [{ a: [] }, { a: [1] }, { a: 5 }, {}],
    no: [{ a: [{ b: null }] }],
  },
  { about: 'an existing null', filter: { a: { $exists: true } }, yes: [{ a: null }, { a: [] }], no: [{}] },
  {
    about: 'a whole array, in order',
    filter: { a: [1, 2] },
    yes: [{ a: [1, 2] }, { a: [[1, 2], 3] }],
    no: [{ a: [2, 1] }, { a: [1, 2, 3] }],
  },
  {
    about: 'an embedded document with its fields in order',
    filter: { a: { b: 1, c: 2 } },
    yes: [{ a: { b: 1, c: 2 } }, { a: [{ b: 1, c: 2 }] }],
    no: [{ a: { c: 2, b: 1 } }, { a: { b: 1, c: 2, d: 3 } }],
  },
  {
    about: 'a dotted path through arrays',
    filter: { 'a.b': 2 },
    yes: [{ a: { b: 2 } }, { a: [{ b: 1 }, { b: 2 }] }, { a: { b: [1, 2] } }, { a: [{ b: [2] }] }],
    no: [{ a: [[{ b: 2 }]] }, { 'a.b': 2 }],
  },
  {
    about: 'an array index',
    filter: { 'a.1': 5 },
    yes: [{ a: [1, 5] }, { a: { 1: 5 } }, { a: [{ 1: 5 }] }],
    no: [{ a: [5, 1] }, { a: [1, [5]] }],
  },
  {
    about: 'a field of the element at an index',
    filter: { 'a.0.b': 5 },
    yes: [{ a: [{ b: 5 }] }, { a: [[{ b: 5 }]] }],
    no: [{ a: [{ b: 1 }, { b: 5 }] }],
  },
  {
    about: '$ne as no element being equal',
    filter: { a: { $ne: 5 } },
    yes: [{}, { a: 1 }, { a: [] }],
    no: [{ a: 5 }, { a: [1, 5] }],
  },
  {
    about: '$gt within the type only',
    filter: { a: { $gt: 5 } },
    yes: [{ a: 6 }, { a: [1, 6] }, { a: Long.fromString('9007199254740993') }],
    no: [{ a: 5 }, { a: '6' }, { a: null }, {}, { a: NaN }],
  },
  {
    about: '$lt without NaN',
    filter: { a: { $lt: 5 } },
    yes: [{ a: -Infinity }, { a: 4.5 }],
    no: [{ a: NaN }, { a: null }, { a: 5 }],
  },
  { about: '$gte null as null', filter: { a: { $gte: null } }, yes: [{}, { a: null }], no: [{ a: 0 }] },
  { about: '$gt null as nothing', filter: { a: { $gt: null } }, yes: [], no: [{}, { a: null }, { a: 1 }] },
  { about: '$gte NaN as NaN', filter: { a: { $gte: NaN } }, yes: [{ a: NaN }], no: [{ a: 1 }] },
  {
    about: 'two bounds met by two elements',
    filter: { a: { $gt: 1, $lt: 3 } },
    yes: [{ a: 2 }, { a: [0, 5] }],
    no: [{ a: [5, 6] }, { a: 3 }],
  },
  {
    about: '$gt MinKey as every type',
    filter: { a: { $gt: new MinKey() } },
    yes: [{ a: null }, {}, { a: 'x' }, { a: new MaxKey() }],
    no: [{ a: new MinKey() }],
  },
  {
    about: '$in with values, null and patterns',
    filter: { a: { $in: [1, null, /^x/] } },
    yes: [{ a: 1 }, {}, { a: 'xy' }, { a: [3, 1] }],
    no: [{ a: 2 }, { a: 'yx' }],
  },
  {
    about: '$in with many ids',
    filter: { a: { $in: [id, 'b', 'c', 'd', 'e', 'f'] } },
    yes: [{ a: id }, { a: 'f' }],
    no: [{ a: 'g' }, { a: new ObjectId(Buffer.alloc(12)) }],
  },
  { about: '$nin', filter: { a: { $nin: [1, 2] } }, yes: [{}, { a: 3 }], no: [{ a: [3, 2] }, { a: 1 }] },
  {
    about: '$not with an operator, missing included',
    filter: { a: { $not: { $gt: 5 } } },
    yes: [{}, { a: 5 }, { a: 'x' }],
    no: [{ a: 6 }, { a: [1, 6] }],
  },
  {
    about: '$not with a pattern',
    filter: { a: { $not: /^x/ } },
    yes: [{ a: 'y' }, { a: 1 }, {}],
    no: [{ a: 'x' }],
  },
  {
    about: '$and, $or, $nor',
    filter: { $and: [{ a: 1 }, { $or: [{ b: 1 }, { c: 1 }] }, { $nor: [{ d: 1 }] }] },
    yes: [
      { a: 1, b: 1 },
      { a: 1, c: 1 },
    ],
    no: [{ a: 1 }, { b: 1 }, { a: 1, b: 1, d: 1 }],
  },
  {
    about: '$type by name, number and list',
    filter: { a: { $type: ['int', 2] } },
    yes: [{ a: 5 }, { a: 'x' }, { a: [1.5, 'x'] }],
    no: [{ a: new Double(5) }, { a: 5n }, {}, { a: [] }],
  },
  {
    about: '$type array as the array itself',
    filter: { a: { $type: 'array' } },
    yes: [{ a: [] }, { a: [1] }],
    no: [{ a: 1 }],
  },
  {
    about: '$type number as every kind',
    filter: { a: { $type: 'number' } },
    yes: [{ a: 5 }, { a: new Double(5) }, { a: 5n }, { a: Decimal128.fromString('1') }],
    no: [{ a: '5' }],
  },
  { about: '$type objectId', filter: { a: { $type: 'objectId' } }, yes: [{ a: id }], no: [{ a: 'x' }] },
  {
    about: '$regex with options',
    filter: { a: { $regex: '^AB', $options: 'i' } },
    yes: [{ a: 'abc' }, { a: ['x', 'aB'] }],
    no: [{ a: 'xab' }, { a: 5 }],
  },
  {
    about: '$regex with inline flags and extended layout',
    filter: { a: { $regex: '(?i)^a b # comment', $options: 'x' } },
    yes: [{ a: 'ABc' }],
    no: [{ a: 'a b' }],
  },
  {
    about: '$mod, fractions cut off',
    filter: { a: { $mod: [4, 1] } },
    yes: [{ a: 5 }, { a: 5.9 }, { a: 9n }],
    no: [{ a: 6 }, { a: 'x' }, { a: Infinity }],
  },
  {
    about: '$size',
    filter: { a: { $size: 2 } },
    yes: [{ a: [1, 2] }],
    no: [{ a: [1] }, { a: 2 }, { a: [[1, 2]] }],
  },
  { about: '$all', filter: { a: { $all: [1, 2] } }, yes: [{ a: [2, 3, 1] }], no: [{ a: [1] }, { a: 1 }] },
  { about: '$all of a scalar', filter: { a: { $all: [1] } }, yes: [{ a: 1 }, { a: [1] }], no: [{ a: 2 }] },
  { about: '$all of nothing', filter: { a: { $all: [] } }, yes: [], no: [{ a: [] }, {}] },
  {
    about: '$all with $elemMatch',
    filter: { a: { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { b: 2, c: 2 } }] } },
    yes: [{ a: [{ b: 1 }, { b: 2, c: 2 }] }],
    no: [{ a: [{ b: 1 }, { b: 2 }, { c: 2 }] }],
  },
  {
    about: '$elemMatch: one element meets all',
    filter: { a: { $elemMatch: { b: 1, c: { $gt: 1 } } } },
    yes: [{ a: [{ b: 1, c: 2 }] }],
    no: [
      {
        a: [
          { b: 1, c: 1 },
          { b: 2, c: 2 },
        ],
      },
      { a: { b: 1, c: 2 } },
    ],
  },
  {
    about: '$elemMatch on values',
    filter: { a: { $elemMatch: { $gt: 1, $lt: 3 } } },
    yes: [{ a: [0, 2] }],
    no: [{ a: [0, 5] }, { a: 2 }, { a: [[2]] }],
  },
  {
    about: '$elemMatch with $or',
    filter: { a: { $elemMatch: { $or: [{ b: 1 }, { b: 3 }] } } },
    yes: [{ a: [{ b: 3 }] }],
    no: [{ a: [{ b: 2 }] }],
  },
  {
    about: '$elemMatch on arrays in arrays',
    filter: { a: { $elemMatch: { $elemMatch: { $eq: 1 } } } },
    yes: [{ a: [[1]] }],
    no: [{ a: [1] }],
  },
  {
    about: '$bitsAllSet by mask and positions',
    filter: { a: { $bitsAllSet: 5 }, b: { $bitsAllSet: [0, 2] } },
    yes: [{ a: 7, b: 5n }],
    no: [
      { a: 4, b: 5 },
      { a: 7, b: 4 },
    ],
  },
  {
    about: '$bitsAnyClear on a negative number',
    filter: { a: { $bitsAnyClear: [0, 70] } },
    yes: [{ a: -2 }],
    no: [{ a: -1 }, { a: 1.5 }],
  },
  {
    about: '$bitsAnySet on binary data',
    filter: { a: { $bitsAnySet: [9] } },
    yes: [{ a: new Binary(Buffer.from([0, 2]), 0) }],
    no: [{ a: new Binary(Buffer.from([2, 0]), 0) }],
  },
  {
    about: '$expr on two fields',
    filter: { $expr: { $gt: ['$a', '$b'] } },
    yes: [{ a: 2, b: 1 }, { a: 1 }],
    no: [{ a: 1, b: 2 }, {}],
  },
  {
    about: '$comment as nothing',
    filter: { $comment: 'x', a: { $comment: 'y', $eq: 1 } },
    yes: [{ a: 1 }],
    no: [{ a: 2 }],
  },
  {
    about: 'a DBRef as a value',
    filter: { a: { $ref: 'x', $id: 1 } },
    yes: [{ a: { $ref: 'x', $id: 1 } }],
    no: [{ a: { $ref: 'y', $id: 1 } }],
  },
  {
    about: 'names that are integers or __proto__',
    filter: { ['__proto__']: 1, 10: 2 },
    yes: [JSON.parse('{"10":2,"__proto__":1}') as object],
    no: [{ 10: 2 }],
  },
]

for (const { about, filter, yes, no } of rows) {
  test(`a filter takes ${about}`, t => {
    for (const document of yes)
      t.true(matches(filter, document), `should match ${JSON.stringify(toPrintable(document))}`)
    for (const document of no)
      t.false(matches(filter, document), `should not match ${JSON.stringify(toPrintable(document))}`)
  })
}

const toPrintable = (document: object) =>
  Object.fromEntries(
    Object.entries(document).map(([key, value]) => [
      key,
      typeof value === 'bigint' ? String(value) : (value as unknown),
    ]),
  )

const refused: readonly [object, RegExp][] = [
  [{ a: { $geoWithin: {} } }, /unknown operator: \$geoWithin/],
  [{ $where: 'true' }, /unknown top level operator: \$where/],
  [{ $jsonSchema: {} }, /unknown top level operator: \$jsonSchema/],
  [{ a: { $gt: 1, b: 2 } }, /unknown operator: b/],
  [{ $or: [] }, /\$or argument must be a non-empty array/],
  [{ $and: [1] }, /entries must be objects/],
  [{ a: { $in: 1 } }, /\$in needs an array/],
  [{ a: { $in: [{ $gt: 1 }] } }, /cannot nest \$ under \$in/],
  [{ a: { $mod: [0, 1] } }, /divisor cannot be 0/],
  [{ a: { $size: -1 } }, /non-negative/],
  [{ a: { $type: 'fish' } }, /Unknown type name alias: fish/],
  [{ a: { $options: 'i' } }, /\$options needs a \$regex/],
  [{ a: { $not: 5 } }, /\$not needs a regex or a document/],
  [{ a: { $elemMatch: 5 } }, /\$elemMatch needs an Object/],
  [{ a: { $toString: 1 } }, /unknown operator: \$toString/],
  [{ a: { $constructor: 1 } }, /unknown operator: \$constructor/],
]

for (const [filter, message] of refused) {
  test(`a filter is refused with BadValue: ${JSON.stringify(filter)}`, t => {
    const error = t.throws(() => compileMatch(toDocument(filter)), { instanceOf: MongoError, message })
    t.is(error.code, 2)
  })
}

test('a filter that needs an index of places or of words is refused as without one', t => {
  const codeOf = (filter: object) =>
    t.throws(() => compileMatch(toDocument(filter)), { instanceOf: MongoError }).code
  t.is(codeOf({ a: { $near: [1, 1] } }), 291)
  t.is(codeOf({ $or: [{ a: { $nearSphere: [1, 1] } }] }), 291)
  t.is(codeOf({ $text: { $search: 'x' } }), 27)
})

test('an unknown expression is refused before any document is seen', t => {
  const error = t.throws(() => compileMatch(toDocument({ $expr: { $fish: 1 } })), {
    instanceOf: MongoError,
    message: /\$fish/,
  })
  t.is(error.code, 168)
})

const positions: readonly [object, object, number | undefined][] = [
  [{ a: 5 }, { a: [1, 5, 5] }, 1],
  [{ 'a.b': 5 }, { a: [{ b: 1 }, { b: 5 }] }, 1],
  [{ a: { $elemMatch: { b: 5 } } }, { a: [{ b: 1 }, { b: 2 }, { b: 5 }] }, 2],
  [{ a: { $gt: 1 }, c: 1 }, { a: [1, 2], c: 1 }, 1],
  [{ 'a.b': 5 }, { a: { b: [1, 5] } }, 1],
  [{ 'a.b': 5 }, { a: [{ b: [0] }, { b: [1, 5] }] }, 1],
  [{ a: 5 }, { a: 5 }, undefined],
]

for (const [filter, document, index] of positions) {
  test(`the positional place of ${JSON.stringify(filter)} in ${JSON.stringify(document)} is ${index ?? 'none'}`, t => {
    const position: MatchPosition = { index: undefined }
    t.true(compileMatch(toDocument(filter))(toDocument(document), position))
    t.is(position.index, index)
  })
}
