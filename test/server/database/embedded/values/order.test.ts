import test from 'ava'
import fc from 'fast-check'
import { Decimal128 } from '../../../../../server/database/embedded/values/decimal128.ts'
import {
  compareKeys,
  emptyArray,
  encodeKey,
  encodeKeyValue,
} from '../../../../../server/database/embedded/values/key.ts'
import { toDouble } from '../../../../../server/database/embedded/values/numbers.ts'
import {
  compareValues,
  equalValues,
  identicalValues,
} from '../../../../../server/database/embedded/values/order.ts'
import { toValue } from '../../../../../server/database/embedded/values/plain.ts'
import {
  BsonSymbol,
  bsonUndefined,
  maxKey,
  minKey,
  ObjectId,
  Timestamp,
  type Value,
} from '../../../../../server/database/embedded/values/value.ts'
import { numbers, values } from './arbitrary-values.ts'

const decimal = (text: string): Decimal128 => {
  const parsed = Decimal128.parse(text)
  if (!parsed) throw new Error(`no decimal: ${text}`)
  return parsed
}

test('types come in the order that MongoDB documents', t => {
  const inOrder: Value[] = [
    minKey,
    null,
    -Infinity,
    -5,
    0,
    0.5,
    5n,
    decimal('5.5'),
    Infinity,
    '',
    'a',
    toValue({}),
    toValue({ a: 1 }),
    [],
    [1],
    toValue(Buffer.from([1])),
    new ObjectId(Buffer.alloc(12)),
    false,
    true,
    new Date(-1),
    new Date(1),
    Timestamp.of(1, 1),
    toValue(/a/),
    maxKey,
  ]
  for (let i = 0; i < inOrder.length; i++)
    for (let j = 0; j < inOrder.length; j++)
      t.is(Math.sign(compareValues(inOrder[i], inOrder[j])), Math.sign(i - j), `${i} against ${j}`)
})

test('numbers compare by exact value across kinds', t => {
  t.is(compareValues(5, toDouble(5)), 0)
  t.is(compareValues(5, 5n), 0)
  t.is(compareValues(decimal('5.00'), 5), 0)
  t.true(compareValues(9007199254740993n, 9007199254740992) > 0)
  t.true(compareValues(decimal('0.1'), 0.1) < 0, 'the double 0.1 is a little more than a tenth')
  t.true(compareValues(decimal('1E400'), Number.MAX_VALUE) > 0)
  t.true(compareValues(decimal('1E400'), Infinity) < 0)
  t.true(compareValues(decimal('1E-400'), 0) > 0)
  t.is(compareValues(-0, 0), 0)
  t.is(compareValues(NaN, decimal('NaN')), 0)
  t.true(compareValues(NaN, -Infinity) < 0)
})

test('text compares by code point, not by UTF-16 unit', t => {
  t.true(compareValues('\uffff', '😀') < 0)
  t.true(compareValues('Z', 'a') < 0)
  t.is(compareValues(new BsonSymbol('a'), 'a'), 0)
})

test('documents compare by type, then name, then value, field after field', t => {
  t.true(
    compareValues(toValue({ b: 1 }), toValue({ a: 'x' })) < 0,
    'a number comes before a string, whatever the names',
  )
  t.true(compareValues(toValue({ a: 1 }), toValue({ b: 1 })) < 0)
  t.false(equalValues(toValue({ a: 1, b: 2 }), toValue({ b: 2, a: 1 })))
  t.true(compareValues(toValue({ a: 1 }), toValue({ a: 1, b: 1 })) < 0)
})

test('missing equals null, undefined comes before it', t => {
  t.is(compareValues(undefined, null), 0)
  t.true(compareValues(bsonUndefined, null) < 0)
})

test('equal values of two kinds are not identical', t => {
  t.false(identicalValues(5, toDouble(5)))
  t.false(identicalValues(5, 5n))
  t.false(identicalValues(decimal('5.0'), decimal('5.00')))
  t.false(identicalValues(0, -0))
  t.true(identicalValues(toValue({ a: [1] }), toValue({ a: [1] })))
  t.false(identicalValues(toValue({ a: 1, b: 1 }), toValue({ b: 1, a: 1 })))
})

for (const direction of [1, -1] as const) {
  test(`the bytes of ${direction === 1 ? 'ascending' : 'descending'} keys are in the order of the values`, t => {
    fc.assert(
      fc.property(fc.oneof(fc.tuple(values, values), fc.tuple(numbers, numbers)), ([a, b]) => {
        const bytes = compareKeys(encodeKeyValue(a, direction), encodeKeyValue(b, direction))
        return Math.sign(bytes) === Math.sign(compareValues(a, b)) * direction
      }),
      { numRuns: 20000 },
    )
    t.pass()
  })
}

test('compound keys are ordered place by place, each in its direction', t => {
  const pair = fc.tuple(values, values)
  fc.assert(
    fc.property(
      pair,
      pair,
      fc.constantFrom<[1 | -1, 1 | -1]>([1, 1], [1, -1], [-1, 1], [-1, -1]),
      (a, b, directions) => {
        const expected =
          compareValues(a[0], b[0]) * directions[0] || compareValues(a[1], b[1]) * directions[1]
        return (
          Math.sign(compareKeys(encodeKey(a, directions), encodeKey(b, directions))) === Math.sign(expected)
        )
      },
    ),
    { numRuns: 5000 },
  )
  t.pass()
})

test('no component begins another, so a prefix of a key is a range', t => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      const [x, y] = [encodeKeyValue(a), encodeKeyValue(b)]
      return equalValues(a, b) || !y.subarray(0, x.length).equals(x)
    }),
    { numRuns: 5000 },
  )
  t.pass()
})

test('a key is made of the components of its values', t => {
  t.deepEqual(
    encodeKey([5, 'a', undefined], [1, -1, 1]),
    Buffer.concat([encodeKeyValue(5), encodeKeyValue('a', -1), encodeKeyValue(null)]),
  )
})

test('an empty array has a place of its own, before null', t => {
  t.true(compareKeys(encodeKeyValue(emptyArray), encodeKeyValue(null)) < 0)
  t.true(compareKeys(encodeKeyValue(minKey), encodeKeyValue(emptyArray)) < 0)
})

test('the order is total: sorting mixed values twice gives the same, and neighbours agree', t => {
  fc.assert(
    fc.property(fc.array(values, { maxLength: 20 }), list => {
      const sorted = [...list].sort(compareValues)
      for (let i = 0; i < sorted.length; i++)
        for (let j = i; j < sorted.length; j++) if (compareValues(sorted[i], sorted[j]) > 0) return false
      return true
    }),
    { numRuns: 500 },
  )
  t.pass()
})
