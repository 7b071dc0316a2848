import { Decimal128 } from './decimal128.ts'
import { asNumber, isInt32 } from './numbers.ts'
import { type NumberValue } from './value.ts'

/** A finite number as amount × 10^power, exactly. */
interface Exact {
  readonly amount: bigint
  readonly power: number
}

/** The order of two numbers by their exact value, whatever their kinds; NaN comes first and equals NaN. */
export function compareNumbers(a: NumberValue, b: NumberValue): number {
  const x = asNumber(a)
  const y = asNumber(b)
  if (x < y) return -1
  if (x > y) return 1
  if (x !== y) return Number(Number.isNaN(y)) - Number(Number.isNaN(x))
  // The nearest doubles agree; only int64 and decimal can still differ behind them.
  return isExactDouble(a) && isExactDouble(b) ? 0 : compareBehindDouble(a, b)
}

const isExactDouble = (value: NumberValue) =>
  typeof value === 'bigint' ? Number.isSafeInteger(Number(value)) : !(value instanceof Decimal128)

function compareBehindDouble(a: NumberValue, b: NumberValue): number {
  const [p, q] = [infinityOf(a), infinityOf(b)]
  if (p || q) return p - q
  return compareExact(exactOf(a), exactOf(b))
}

/** 1 or -1 for an infinity, 0 for a finite number (also for a decimal too large for a double). */
export function infinityOf(value: NumberValue): number {
  if (value instanceof Decimal128) return value.infinity()
  return typeof value === 'number' && (value === Infinity || value === -Infinity) ? Math.sign(value) : 0
}

/** The exact value of a finite number: every double has a finite decimal expansion. */
export function exactOf(value: NumberValue): Exact {
  if (typeof value === 'bigint') return { amount: value, power: 0 }
  if (value instanceof Decimal128) {
    const { negative, coefficient, exponent } = value.parts()
    return { amount: negative ? -coefficient : coefficient, power: coefficient === 0n ? 0 : exponent }
  }
  const number = asNumber(value)
  return isInt32(number) ? { amount: BigInt(number), power: 0 } : exactDouble(number)
}

const view = new DataView(new ArrayBuffer(8))

function exactDouble(value: number): Exact {
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const stored = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  const mantissa = (stored === 0 ? fraction : fraction | (1n << 52n)) * (value < 0 ? -1n : 1n)
  const exponent = Math.max(stored, 1) - 1075
  if (exponent >= 0) return { amount: mantissa << BigInt(exponent), power: 0 }
  // m / 2^n = m × 5^n / 10^n
  return { amount: mantissa * 5n ** BigInt(-exponent), power: exponent }
}

/** a − b, exactly. */
export function subtractExact(a: Exact, b: Exact): Exact {
  const power = Math.min(a.power, b.power)
  return {
    amount: a.amount * 10n ** BigInt(a.power - power) - b.amount * 10n ** BigInt(b.power - power),
    power,
  }
}

function compareExact(a: Exact, b: Exact): number {
  const { amount } = subtractExact(a, b)
  return amount < 0n ? -1 : amount > 0n ? 1 : 0
}
