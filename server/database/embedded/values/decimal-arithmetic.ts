import { Decimal128, decimalInfinity, decimalNaN, decimalOf } from './decimal128.ts'

/** A double as a decimal of 15 significant digits, the precision that the server takes it with. */
export function decimalFromDouble(value: number): Decimal128 {
  if (Number.isNaN(value)) return decimalNaN
  if (!Number.isFinite(value)) return decimalInfinity(value < 0)
  return Decimal128.parse(value === 0 ? '0' : value.toPrecision(15)) ?? decimalNaN
}

const signed = (decimal: Decimal128) => {
  const { negative, coefficient, exponent } = decimal.parts()
  return { amount: negative ? -coefficient : coefficient, exponent, negative }
}

const rebuilt = (amount: bigint, exponent: number) =>
  decimalOf({ negative: amount < 0n, coefficient: amount < 0n ? -amount : amount, exponent })

// Beyond this distance the smaller operand cannot change 34 digits; it only decides a rounding tie.
const farApart = 80

/** The sum, rounded half to even at 34 digits. */
export function addDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  if (a.isNaN() || b.isNaN()) return decimalNaN
  const [p, q] = [a.infinity(), b.infinity()]
  if (p && q && p !== q) return decimalNaN
  if (p || q) return decimalInfinity((p || q) < 0)
  const [high, low] = [signed(a), signed(b)].sort((m, n) => n.exponent - m.exponent)
  if (!high || !low) return decimalNaN
  if (high.amount !== 0n && high.exponent - low.exponent > farApart)
    return rebuilt(high.amount, high.exponent)
  if (high.amount === 0n) return rebuilt(low.amount, low.exponent)
  return rebuilt(high.amount * 10n ** BigInt(high.exponent - low.exponent) + low.amount, low.exponent)
}

/** The product, rounded half to even at 34 digits. */
export function multiplyDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  if (a.isNaN() || b.isNaN()) return decimalNaN
  const [p, q] = [a.infinity(), b.infinity()]
  const [x, y] = [p ? undefined : a.parts(), q ? undefined : b.parts()]
  if (p || q) {
    if (x?.coefficient === 0n || y?.coefficient === 0n) return decimalNaN
    return decimalInfinity((p < 0 || x?.negative === true) !== (q < 0 || y?.negative === true))
  }
  if (!x || !y) return decimalNaN
  return decimalOf({
    negative: x.negative !== y.negative,
    coefficient: x.coefficient * y.coefficient,
    exponent: x.exponent + y.exponent,
  })
}

/** The quotient, with 34 significant digits where it does not end before; NaN for 0 / 0. */
export function divideDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  if (a.isNaN() || b.isNaN() || (a.infinity() && b.infinity())) return decimalNaN
  if (b.infinity()) return decimalOf({ negative: false, coefficient: 0n, exponent: 0 })
  const y = b.parts()
  if (a.infinity()) return decimalInfinity(a.infinity() < 0 !== y.negative)
  const x = a.parts()
  if (y.coefficient === 0n)
    return x.coefficient === 0n ? decimalNaN : decimalInfinity(x.negative !== y.negative)
  let shift = 0
  let scaled = x.coefficient
  while (scaled % y.coefficient !== 0n && shift < 70) {
    scaled *= 10n
    shift += 1
  }
  return decimalOf({
    negative: x.negative !== y.negative,
    coefficient: scaled / y.coefficient,
    exponent: x.exponent - y.exponent - shift,
  })
}
