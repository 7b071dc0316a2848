import test from 'ava'
import {
  Decimal128 as BsonDecimal128,
  deserialize,
  Double as BsonDouble,
  Int32,
  Long,
  ObjectId as BsonObjectId,
  serialize,
} from 'bson'
import fc from 'fast-check'
import { MongoError } from '../../../../../server/database/embedded/errors.ts'
import { decodeDocument } from '../../../../../server/database/embedded/values/decode.ts'
import { encodeDocument } from '../../../../../server/database/embedded/values/encode.ts'
import { identicalValues } from '../../../../../server/database/embedded/values/order.ts'
import { toDocument } from '../../../../../server/database/embedded/values/plain.ts'
import { readField } from '../../../../../server/database/embedded/values/raw-field.ts'
import { Double, type Value } from '../../../../../server/database/embedded/values/value.ts'
import { documents } from './arbitrary-values.ts'

test('decoding what was encoded gives the same document, kinds, order and names included', t => {
  fc.assert(
    fc.property(documents, document => identicalValues(decodeDocument(encodeDocument(document)), document)),
    { numRuns: 2000 },
  )
  t.pass()
})

test('encoding what was decoded gives the same bytes', t => {
  fc.assert(
    fc.property(documents, document => {
      const bytes = encodeDocument(document)
      return encodeDocument(decodeDocument(bytes)).equals(bytes)
    }),
    { numRuns: 1000 },
  )
  t.pass()
})

test('a document that outgrows the room it is written in keeps every field', t => {
  for (const length of [20_000, 50_000, 120_000, 300_000, 700_000, 3_000_000, 12_000_000]) {
    const plain = {
      n: new Int32(1),
      list: [{ inner: { text: 'ö'.repeat(length / 2) }, flag: true }],
      end: 'x',
    }
    const bytes = Buffer.from(serialize(plain))
    t.true(encodeDocument(decodeDocument(bytes)).equals(bytes), `${length} bytes of text`)
  }
})

test('the bytes are those of the bson package', t => {
  const js = {
    a: new Int32(5),
    b: new BsonDouble(5),
    c: Long.fromNumber(5),
    d: 'å\0',
    e: [true, null, { f: 1.5 }],
    g: new Date(7),
    h: BsonDecimal128.fromString('5.10'),
    i: new BsonObjectId('00112233445566778899aabb'),
    j: Buffer.from([1, 2]),
    k: /x/i,
    l: new Int32(-1),
  }
  const bytes = Buffer.from(serialize(js))
  t.deepEqual(encodeDocument(decodeDocument(bytes)), bytes)
  t.deepEqual(encodeDocument(toDocument(js)), bytes)
})

test('int32, double, int64 keep their kind', t => {
  const decoded = decodeDocument(
    serialize({
      int: new Int32(5),
      double: new BsonDouble(5),
      long: Long.fromNumber(5),
      zero: new BsonDouble(-0),
    }),
  )
  t.is(decoded.get('int'), 5)
  t.deepEqual(decoded.get('double'), new Double(5))
  t.is(decoded.get('long'), 5n)
  t.true(Object.is(decoded.get('zero'), -0))
})

test('integer-like and __proto__ names stay where they are', t => {
  const document = new Map<string, Value>([
    ['b', 1],
    ['10', 2],
    ['__proto__', 3],
    ['2', 4],
  ])
  const bytes = encodeDocument(document)
  t.deepEqual([...decodeDocument(bytes).keys()], ['b', '10', '__proto__', '2'])
  t.is(Object.keys(deserialize(bytes)).length, 4)
})

test('a document whose bytes are damaged anywhere is refused or read, never worse', t => {
  fc.assert(
    fc.property(documents, fc.nat(), fc.nat(255), (document, place, byte) => {
      const bytes = encodeDocument(document)
      bytes[place % bytes.length] = byte
      for (const read of [() => decodeDocument(bytes), () => readField(bytes, 'no such field')]) {
        try {
          read()
        } catch (error) {
          if (!(error instanceof MongoError)) throw error
        }
      }
    }),
    { numRuns: 3000 },
  )
  t.pass()
})

test('a document cut short is refused as InvalidBSON', t => {
  const bytes = serialize({ a: 'text', b: [1, 2] })
  for (let length = 0; length < bytes.length; length++) {
    t.throws(() => decodeDocument(bytes.subarray(0, length)), { instanceOf: MongoError, code: 22 } as object)
  }
})

test('200 levels are read, 201 are refused', t => {
  const nested = (levels: number) => {
    let inner: Value = new Map<string, Value>()
    for (let i = 1; i < levels; i++) inner = new Map<string, Value>([['a', inner]])
    return inner
  }
  const bytes = encodeDocument(nested(200))
  t.is(decodeDocument(bytes).size, 1)
  t.throws(() => encodeDocument(nested(201)), { message: /nested object depth: 200/ })
  const deeper = Buffer.concat([Buffer.alloc(4), Buffer.from([3, 97, 0]), bytes, Buffer.from([0])])
  deeper.writeInt32LE(deeper.length)
  t.throws(() => decodeDocument(deeper), { message: /nested object depth: 200/ })
})

test('a name with a zero character is refused, since it would end early', t => {
  t.throws(() => encodeDocument(new Map([['a\0b', 1]])), { instanceOf: MongoError })
})

test('one field is read from the bytes as decoding would give it', t => {
  fc.assert(
    fc.property(documents, document => {
      const bytes = encodeDocument(document)
      return [...document.keys(), 'missing']
        .filter(name => /^[\x20-\x7e]*$/.test(name))
        .every(name => identicalValues(readField(bytes, name), document.get(name)))
    }),
    { numRuns: 1000 },
  )
  t.pass()
})
