import test from 'ava'
import { Decimal128 as BsonDecimal } from 'bson'
import fc from 'fast-check'
import {
  addDecimals,
  divideDecimals,
  multiplyDecimals,
} from '../../../../../server/database/embedded/values/decimal-arithmetic.ts'
import {
  Decimal128,
  decimalNaN,
  decimalOf,
} from '../../../../../server/database/embedded/values/decimal128.ts'
import { equalValues } from '../../../../../server/database/embedded/values/order.ts'
import { toValue } from '../../../../../server/database/embedded/values/plain.ts'

const decimal = (text: string) => Decimal128.parse(text) ?? decimalNaN

const bytesOf = (bits: bigint) => {
  const bytes = Buffer.alloc(16)
  bytes.writeBigUInt64LE(BigInt.asUintN(64, bits), 0)
  bytes.writeBigUInt64LE(bits >> 64n, 8)
  return bytes
}

const parts = fc.record({
  negative: fc.boolean(),
  coefficient: fc.bigInt({ min: 0n, max: 10n ** 34n - 1n }),
  exponent: fc.integer({ min: -6176, max: 6111 }),
})

test('any decimal is written as the bson package writes it', t => {
  fc.assert(
    fc.property(parts, given => {
      const { bits } = decimalOf(given)
      return new Decimal128(bits).toString() === new BsonDecimal(bytesOf(bits)).toString()
    }),
    { numRuns: 2000 },
  )
  t.pass()
})

test('written text reads back as the same bits, here and in the bson package', t => {
  fc.assert(
    fc.property(parts, given => {
      const original = decimalOf(given)
      const text = original.toString()
      return decimal(text).bits === original.bits && toBits(BsonDecimal.fromString(text)) === original.bits
    }),
    { numRuns: 2000 },
  )
  t.pass()
})

const toBits = (value: BsonDecimal) => {
  const converted = toValue(value)
  return converted instanceof Decimal128 ? converted.bits : undefined
}

const texts: readonly [string, string | undefined][] = [
  ['1.20', '1.20'],
  ['-0', '-0'],
  ['1e3', '1E+3'],
  ['0.0000001', '1E-7'],
  ['12345678901234567890123456789012345', '1.234567890123456789012345678901234E+34'],
  ['12345678901234567890123456789012355', '1.234567890123456789012345678901236E+34'],
  ['1E6144', '1.000000000000000000000000000000000E+6144'],
  ['1E6145', 'Infinity'],
  ['1E-6177', '0E-6176'],
  ['-Inf', '-Infinity'],
  ['nan', 'NaN'],
  ['', undefined],
  ['.', undefined],
  ['1,5', undefined],
  ['0x10', undefined],
]

for (const [text, expected] of texts) {
  test(`the text '${text}' is ${expected ?? 'no decimal'}`, t => {
    t.is(Decimal128.parse(text)?.toString(), expected)
  })
}

test('sums, products and quotients have 34 exact digits', t => {
  t.is(addDecimals(decimal('0.1'), decimal('0.2')).toString(), '0.3')
  t.is(addDecimals(decimal('1E+40'), decimal('1')).toString(), '1.000000000000000000000000000000000E+40')
  t.is(multiplyDecimals(decimal('1.1'), decimal('-1.1')).toString(), '-1.21')
  t.is(divideDecimals(decimal('1'), decimal('8')).toString(), '0.125')
  t.is(divideDecimals(decimal('2'), decimal('3')).toString(), '0.6666666666666666666666666666666667')
})

test('infinities and NaN go through arithmetic as in IEEE 754', t => {
  const [infinity, nan] = [decimal('Infinity'), decimalNaN]
  t.is(addDecimals(infinity, decimal('-Infinity')).toString(), 'NaN')
  t.is(addDecimals(infinity, decimal('-1')).toString(), 'Infinity')
  t.is(multiplyDecimals(infinity, decimal('-2')).toString(), '-Infinity')
  t.is(multiplyDecimals(infinity, decimal('0')).toString(), 'NaN')
  t.is(divideDecimals(decimal('1'), decimal('-0')).toString(), '-Infinity')
  t.is(divideDecimals(decimal('0'), decimal('0')).toString(), 'NaN')
  t.is(addDecimals(nan, decimal('1')).toString(), 'NaN')
})

test('adding and multiplying small decimals agrees with whole numbers', t => {
  const small = fc.record({
    negative: fc.boolean(),
    coefficient: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    exponent: fc.integer({ min: -4, max: 4 }),
  })
  const scaled = (value: Decimal128) => {
    const { negative, coefficient, exponent } = value.parts()
    return (negative ? -1n : 1n) * coefficient * 10n ** BigInt(exponent + 8)
  }
  fc.assert(
    fc.property(small, small, (p, q) => {
      const [a, b] = [decimalOf(p), decimalOf(q)]
      return (
        scaled(addDecimals(a, b)) === scaled(a) + scaled(b) &&
        scaled(multiplyDecimals(a, b)) * 10n ** 8n === scaled(a) * scaled(b) &&
        equalValues(addDecimals(a, b), addDecimals(b, a))
      )
    }),
    { numRuns: 1000 },
  )
  t.pass()
})
