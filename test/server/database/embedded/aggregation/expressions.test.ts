import test from 'ava'
import { Decimal128, Double } from 'bson'
import { compileExpression } from '../../../../../server/database/embedded/aggregation/expressions/compile.ts'
import { newScope } from '../../../../../server/database/embedded/aggregation/expressions/scope.ts'
import { MongoError } from '../../../../../server/database/embedded/errors.ts'
import { identicalValues } from '../../../../../server/database/embedded/values/order.ts'
import { toDocument, toValue } from '../../../../../server/database/embedded/values/plain.ts'
import { ObjectId, Timestamp } from '../../../../../server/database/embedded/values/value.ts'

const now = new Date('2026-11-22T10:00:00Z')
const evaluate = (expression: unknown, document: object = {}) =>
  compileExpression(toValue(expression), newScope(now))(toDocument(document))

const missing = Symbol('missing')
const decimal = (text: string) => Decimal128.fromString(text)
const double = (value: number) => new Double(value)
const summer = new Date('2026-07-05T22:30:15.123Z')
const id = new ObjectId(Buffer.from('5f000000000000000000000a', 'hex'))

const rows: readonly [unknown, object, unknown][] = [
  ['$a', { a: 1 }, 1],
  ['$a.b', { a: [{ b: 1 }, {}, { b: 2 }, 5] }, [1, 2]],
  ['$a.0', { a: [1] }, []],
  ['$a', {}, missing],
  ['$$ROOT.a', { a: 1 }, 1],
  ['$$NOW', {}, now],
  [{ a: '$x', b: '$y' }, { x: 1 }, { a: 1 }],
  [['$x', '$y'], { x: 1 }, [1, null]],
  [{ $literal: '$x' }, {}, '$x'],
  [{ $add: [1, 2] }, {}, 3],
  [{ $add: [double(1), 2] }, {}, double(3)],
  [{ $add: [2147483647, 1] }, {}, 2147483648n],
  [{ $add: [9223372036854775807n, 1] }, {}, 9223372036854775808],
  [{ $add: [decimal('0.1'), decimal('0.2')] }, {}, decimal('0.3')],
  [{ $add: ['$d', 1000] }, { d: new Date(0) }, new Date(1000)],
  [{ $add: [1, null] }, {}, null],
  [{ $subtract: [5n, 2] }, {}, 3n],
  [{ $subtract: ['$a', '$b'] }, { a: new Date(5000), b: new Date(2000) }, 3000n],
  [{ $subtract: ['$a', 1000] }, { a: new Date(5000) }, new Date(4000)],
  [{ $multiply: [3, 4] }, {}, 12],
  [{ $divide: [6, 2] }, {}, double(3)],
  [{ $divide: [decimal('1'), 3] }, {}, decimal('0.3333333333333333333333333333333333')],
  [{ $mod: [-7, 3] }, {}, -1],
  [{ $mod: [7.5, 2] }, {}, 1.5],
  [{ $round: [2.5] }, {}, double(2)],
  [{ $round: [2.675, 2] }, {}, 2.68],
  [{ $round: [1255, -1] }, {}, 1260],
  [{ $trunc: [-2.7] }, {}, double(-2)],
  [{ $floor: -2.5 }, {}, double(-3)],
  [{ $ceil: decimal('2.1') }, {}, decimal('3')],
  [{ $abs: -5 }, {}, 5],
  [{ $pow: [2, 31] }, {}, 2147483648n],
  [{ $sqrt: 16 }, {}, double(4)],
  [{ $eq: ['$a', null] }, {}, false],
  [{ $gt: ['$a', null] }, {}, false],
  [{ $lt: ['$a', null] }, {}, true],
  [{ $gt: ['x', 5] }, {}, true],
  [{ $eq: [5, double(5)] }, {}, true],
  [{ $cmp: [1, 2] }, {}, -1],
  [{ $and: [1, 'x', []] }, {}, true],
  [{ $or: [0, null, '$none'] }, {}, false],
  [{ $not: [0] }, {}, true],
  [{ $cond: [true, 1, { $divide: [1, 0] }] }, {}, 1],
  [{ $cond: { if: '$none', then: 1, else: 2 } }, {}, 2],
  [{ $ifNull: ['$a', '$b', 3] }, { a: null }, 3],
  [
    {
      $switch: {
        branches: [
          { case: false, then: 1 },
          { case: true, then: 2 },
        ],
        default: 3,
      },
    },
    {},
    2,
  ],
  [{ $let: { vars: { x: 2, y: '$a' }, in: { $add: ['$$x', '$$y'] } } }, { a: 3 }, 5],
  [{ $map: { input: '$a', as: 'x', in: { $multiply: ['$$x', 2] } } }, { a: [1, 2] }, [2, 4]],
  [
    { $map: { input: '$a', in: { $map: { input: '$$this', in: { $add: ['$$this', 1] } } } } },
    { a: [[1], [2]] },
    [[2], [3]],
  ],
  [{ $filter: { input: '$a', as: 'x', cond: { $gt: ['$$x', 1] }, limit: 1 } }, { a: [1, 2, 3] }, [2]],
  [{ $reduce: { input: [1, 2, 3], initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, {}, 6],
  [{ $arrayElemAt: ['$a', -1] }, { a: [1, 2] }, 2],
  [{ $arrayElemAt: ['$a', 5] }, { a: [1, 2] }, missing],
  [{ $first: '$a' }, { a: [1, 2] }, 1],
  [{ $size: '$a' }, { a: [1, 2] }, 2],
  [{ $slice: ['$a', 1, 2] }, { a: [1, 2, 3, 4] }, [2, 3]],
  [{ $slice: ['$a', -2] }, { a: [1, 2, 3] }, [2, 3]],
  [{ $concatArrays: [[1], ['$a']] }, { a: 2 }, [1, 2]],
  [{ $in: [2, '$a'] }, { a: [1, double(2)] }, true],
  [{ $range: [0, 5, 2] }, {}, [0, 2, 4]],
  [{ $reverseArray: [[1, 2]] }, {}, [2, 1]],
  [{ $indexOfArray: [[1, 2, 3], 3] }, {}, 2],
  [{ $sortArray: { input: [3, 1, 2], sortBy: -1 } }, {}, [3, 2, 1]],
  [
    { $zip: { inputs: [[1, 2], ['a']], useLongestLength: true, defaults: [0, 'z'] } },
    {},
    [
      [1, 'a'],
      [2, 'z'],
    ],
  ],
  [
    {
      $arrayToObject: [
        [
          { k: 'a', v: 1 },
          { k: '10', v: 2 },
        ],
      ],
    },
    {},
    new Map([
      ['a', 1],
      ['10', 2],
    ]),
  ],
  [{ $objectToArray: '$a' }, { a: { x: 1 } }, [{ k: 'x', v: 1 }]],
  [{ $mergeObjects: ['$a', { y: 2 }] }, { a: { x: 1, y: 1 } }, { x: 1, y: 2 }],
  [{ $getField: 'a' }, { a: 1 }, 1],
  [{ $setField: { field: 'x.y', input: '$a', value: 1 } }, { a: {} }, { 'x.y': 1 }],
  [
    {
      $setUnion: [
        [1, 2],
        [2, 3],
      ],
    },
    {},
    [1, 2, 3],
  ],
  [
    {
      $setIntersection: [
        [1, 2],
        [double(2), 3],
      ],
    },
    {},
    [2],
  ],
  [{ $setDifference: [[1, 2, 1], [2]] }, {}, [1]],
  [
    {
      $setEquals: [
        [1, 2],
        [2, 1, 1],
      ],
    },
    {},
    true,
  ],
  [{ $setIsSubset: [[1], [1, 2]] }, {}, true],
  [{ $sum: ['$a', '$b', 'x'] }, { a: 1, b: double(2) }, double(3)],
  [{ $sum: '$a' }, { a: [1, 2, 'x'] }, 3],
  [{ $sum: [[0.1, 0.2, 0.3]] }, {}, 0.6],
  [{ $avg: '$a' }, { a: [1, 3] }, double(2)],
  [{ $min: '$a' }, { a: [3, null, 1] }, 1],
  [{ $max: ['$a', 'x'] }, { a: 3 }, 'x'],
  [{ $concat: ['a', '$b'] }, { b: 'c' }, 'ac'],
  [{ $concat: ['a', '$b'] }, {}, null],
  [{ $toUpper: 'aé' }, {}, 'Aé'],
  [{ $substrCP: ['häst', 1, 2] }, {}, 'äs'],
  [{ $substrBytes: ['hast', 1, -1] }, {}, 'ast'],
  [{ $strLenCP: 'a😀' }, {}, 2],
  [{ $strLenBytes: 'å' }, {}, 2],
  [{ $split: ['a-b', '-'] }, {}, ['a', 'b']],
  [{ $trim: { input: ' a ' } }, {}, 'a'],
  [{ $ltrim: { input: 'xxa', chars: 'x' } }, {}, 'a'],
  [{ $indexOfCP: ['hästen', 'ten'] }, {}, 3],
  [{ $replaceAll: { input: 'a.a', find: 'a', replacement: 'x$&' } }, {}, 'x$&.x$&'],
  [{ $regexMatch: { input: 'Abc', regex: '^a', options: 'i' } }, {}, true],
  [{ $regexFind: { input: 'xab', regex: /(a)(z)?/ } }, {}, { match: 'a', idx: 1, captures: ['a', null] }],
  [
    { $regexFindAll: { input: 'a1b2', regex: '[0-9]' } },
    {},
    [
      { match: '1', idx: 1, captures: [] },
      { match: '2', idx: 3, captures: [] },
    ],
  ],
  [{ $strcasecmp: ['a', 'B'] }, {}, -1],
  [{ $type: '$a' }, { a: double(5) }, 'double'],
  [{ $type: '$a' }, {}, 'missing'],
  [{ $toInt: '12' }, {}, 12],
  [{ $toLong: double(5.9) }, {}, 5n],
  [{ $toDouble: true }, {}, double(1)],
  [{ $toString: double(5) }, {}, '5'],
  [{ $toString: '$a' }, { a: id }, '5f000000000000000000000a'],
  [{ $toObjectId: '5f000000000000000000000a' }, {}, id],
  [{ $toDate: '2026-11-22' }, {}, new Date('2026-11-22T00:00:00Z')],
  [{ $toDate: '$a' }, { a: Timestamp.of(10, 1) }, new Date(10000)],
  [{ $convert: { input: 'x', to: 'int', onError: -1 } }, {}, -1],
  [{ $convert: { input: null, to: 'int', onNull: 0 } }, {}, 0],
  [{ $isNumber: '$a' }, { a: 5n }, true],
  [{ $year: '$d' }, { d: summer }, 2026],
  [{ $dayOfMonth: { date: '$d', timezone: 'Europe/Stockholm' } }, { d: summer }, 6],
  [{ $dayOfWeek: '$d' }, { d: summer }, 1],
  [{ $isoWeek: '$d' }, { d: new Date('2027-01-01T00:00:00Z') }, 53],
  [{ $isoWeekYear: '$d' }, { d: new Date('2027-01-01T00:00:00Z') }, 2026n],
  [{ $week: '$d' }, { d: new Date('2026-01-04T00:00:00Z') }, 1],
  [{ $dateToString: { date: '$d' } }, { d: summer }, '2026-07-05T22:30:15.123Z'],
  [
    { $dateToString: { date: '$d', format: '%Y-%m-%d %H:%M %z', timezone: 'Europe/Stockholm' } },
    { d: summer },
    '2026-07-06 00:30 +0200',
  ],
  [{ $dateToString: { date: '$d', format: '%d %b', timezone: '-03:30' } }, { d: summer }, '05 Jul'],
  [
    { $dateFromString: { dateString: '2026-07-06T00:30', timezone: 'Europe/Stockholm' } },
    {},
    new Date('2026-07-05T22:30:00Z'),
  ],
  [
    { $dateFromString: { dateString: '06.07.2026', format: '%d.%m.%Y' } },
    {},
    new Date('2026-07-06T00:00:00Z'),
  ],
  [{ $dateFromString: { dateString: 'x', onError: 'bad' } }, {}, 'bad'],
  [{ $dateFromParts: { year: 2026, month: 14, day: 1 } }, {}, new Date('2027-02-01T00:00:00Z')],
  [
    { $dateTrunc: { date: '$d', unit: 'month', timezone: 'Europe/Stockholm' } },
    { d: summer },
    new Date('2026-06-30T22:00:00Z'),
  ],
  [
    { $dateTrunc: { date: '$d', unit: 'week', startOfWeek: 'monday' } },
    { d: summer },
    new Date('2026-06-29T00:00:00Z'),
  ],
  [
    { $dateTrunc: { date: '$d', unit: 'minute', binSize: 15 } },
    { d: summer },
    new Date('2026-07-05T22:30:00Z'),
  ],
  [
    { $dateAdd: { startDate: '$d', unit: 'month', amount: 1 } },
    { d: new Date('2026-01-31T00:00:00Z') },
    new Date('2026-02-28T00:00:00Z'),
  ],
  [
    { $dateAdd: { startDate: '$d', unit: 'day', amount: 1, timezone: 'Europe/Stockholm' } },
    { d: new Date('2026-03-28T11:00:00Z') },
    new Date('2026-03-29T10:00:00Z'),
  ],
  [
    { $dateDiff: { startDate: '$a', endDate: '$b', unit: 'day' } },
    { a: new Date('2026-01-01T23:00:00Z'), b: new Date('2026-01-02T01:00:00Z') },
    1n,
  ],
  [
    { $dateDiff: { startDate: '$a', endDate: '$b', unit: 'month' } },
    { a: new Date('2025-12-31T00:00:00Z'), b: new Date('2026-01-01T00:00:00Z') },
    1n,
  ],
]

for (const [index, [expression, document, expected]] of rows.entries()) {
  const title = JSON.stringify([expression, document], (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  )
  test(`${title} is as documented (${index + 1})`, t => {
    const result = evaluate(expression, document)
    if (expected === missing) t.is(result, undefined)
    else if (!identicalValues(result, toValue(expected))) t.deepEqual(result, toValue(expected))
    else t.pass()
  })
}

const refused: readonly [unknown, object, number][] = [
  [{ $fish: 1 }, {}, 168],
  [{ $function: {} }, {}, 168],
  [{ $toString: {}, a: 1 }, {}, 15983],
  [{ $eq: [1] }, {}, 16020],
  ['$$fish', {}, 17276],
  ['$', {}, 16872],
  [{ $add: ['x'] }, {}, 14],
  [{ $divide: [1, 0] }, {}, 2],
  [{ $toInt: 'x' }, {}, 241],
  [{ $toInt: 1e12 }, {}, 241],
  [{ $size: 5 }, {}, 17124],
  [{ $arrayElemAt: [5, 0] }, {}, 28689],
  [{ $year: 'x' }, {}, 16006],
  [{ $dateToString: { date: '$d', timezone: 'Mars/Crater' } }, { d: now }, 40485],
  [{ $switch: { branches: [{ case: false, then: 1 }] } }, {}, 40066],
  [{ $mergeObjects: [5] }, {}, 40400],
  [{ $arrayToObject: 'x' }, {}, 40386],
  [{ $arrayToObject: { $literal: [['a', 1, 2]] } }, {}, 40397],
  [{ $arrayToObject: { $literal: [[1, 2]] } }, {}, 40395],
  [{ $arrayToObject: { $literal: [['a', 1], { k: 'b', v: 2 }] } }, {}, 40396],
  [{ $arrayToObject: { $literal: [{ k: 'b', v: 2 }, ['a', 1]] } }, {}, 40391],
  [{ $arrayToObject: { $literal: [5] } }, {}, 40398],
  [{ $arrayToObject: { $literal: [{ k: 'a', v: 1, t: 2 }] } }, {}, 40392],
  [{ $arrayToObject: { $literal: [{ v: 1, t: 2 }] } }, {}, 40393],
  [{ $arrayToObject: { $literal: [{ k: 1, v: 2 }] } }, {}, 40394],
  [{ $regexMatch: { input: 'x', regex: '$r', options: 'i' } }, { r: /x/i }, 51107],
  [{ $regexMatch: { input: 'x', regex: 'x', options: '?' } }, {}, 51108],
]

for (const [expression, document, code] of refused) {
  test(`${JSON.stringify(expression)} is refused with ${code}`, t => {
    const error = t.throws(() => evaluate(expression, document), { instanceOf: MongoError })
    t.is(error.code, code)
  })
}
