import fc from 'fast-check'
import {
  Decimal128,
  decimalInfinity,
  decimalNaN,
  decimalOf,
} from '../../../../../server/database/embedded/values/decimal128.ts'
import { toDouble } from '../../../../../server/database/embedded/values/numbers.ts'
import {
  Binary,
  BsonSymbol,
  bsonUndefined,
  Code,
  DbPointer,
  type Document,
  maxKey,
  minKey,
  ObjectId,
  RegularExpression,
  Timestamp,
  toDate,
  type Value,
} from '../../../../../server/database/embedded/values/value.ts'

const bits64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const long = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -3n, max: 3n }))
const bytes = fc.uint8Array({ maxLength: 5 }).map(array => Buffer.from(array))
const text = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'ab', '\0', 'a\0b', 'å', '\uffff', '😀'),
  fc.string({ unit: 'binary', maxLength: 4 }),
)
const name = fc
  .oneof(fc.constantFrom('a', 'b', '0', '1', '10', '__proto__', 'é', ''), fc.string({ maxLength: 3 }))
  .filter(text => !text.includes('\0'))
const objectId = fc
  .uint8Array({ minLength: 12, maxLength: 12 })
  .map(array => new ObjectId(Buffer.from(array)))

const decimal: fc.Arbitrary<Decimal128> = fc.oneof(
  fc.constantFrom(decimalNaN, decimalInfinity(true), decimalInfinity(false)),
  fc
    .constantFrom('0', '-0', '0.1', '5', '5.0', '9007199254740993', '1E+6000', '-1E+6000', '1E-6000', '1E400')
    .map(digits => Decimal128.parse(digits) ?? decimalNaN),
  fc
    .record({
      negative: fc.boolean(),
      coefficient: fc.bigInt({ min: 0n, max: 10n ** 34n - 1n }),
      exponent: fc.integer({ min: -40, max: 40 }),
    })
    .map(decimalOf),
)

/** Numbers of all kinds, many of them equal or next to each other. */
export const numbers: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer(),
  fc.double().map(toDouble),
  fc.constantFrom(
    0.1,
    0.5,
    -0,
    9007199254740992,
    9007199254740994,
    2 ** 63,
    -(2 ** 63),
    Infinity,
    -Infinity,
    NaN,
    5e-324,
    Number.MAX_VALUE,
  ),
  fc.integer({ min: -3, max: 3 }).map(toDouble),
  long,
  fc.constantFrom(9007199254740993n, 9007199254740992n, 2n ** 63n - 1n, -(2n ** 63n)),
  decimal,
)

const scalars: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: numbers },
  { weight: 2, arbitrary: text },
  fc.constantFrom(null, true, false, minKey, maxKey, bsonUndefined),
  objectId,
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(toDate),
  fc.integer({ min: -2, max: 2 }).map(ms => new Date(ms)),
  fc.tuple(bytes, fc.nat(255)).map(([data, subtype]) => new Binary(data, subtype)),
  bits64.map(bits => new Timestamp(bits)),
  fc
    .tuple(name, fc.constantFrom('', 'i', 'im'))
    .map(([pattern, options]) => new RegularExpression(pattern, options)),
  text.map(value => new Code(value)),
  text.map(value => new BsonSymbol(value)),
  fc.tuple(text, objectId).map(([namespace, id]) => new DbPointer(namespace, id)),
)

/** Values of every type, nested a little. */
export const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value; document: Document }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    tie('document'),
    fc.tuple(text, tie('document')).map(([source, scope]) => new Code(source, scope)),
  ),
  document: fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map(entries => new Map(entries)),
})).value

export const documents: fc.Arbitrary<Document> = fc
  .array(fc.tuple(name, values), { maxLength: 5 })
  .map(entries => new Map(entries))
