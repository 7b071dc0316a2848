import { rank } from './rank.ts'

/** A finite decimal: coefficient × 10^exponent; the coefficient is never negative. */
interface DecimalParts {
  readonly negative: boolean
  readonly coefficient: bigint
  readonly exponent: number
}

const bias = 6176
const minExponent = -6176
const maxExponent = 6111
const maxDigits = 34
const maxCoefficient = 10n ** 34n - 1n
const signBit = 1n << 127n
const infinityBits = 0x78n << 120n
const nanBits = 0x7cn << 120n

/** IEEE 754-2008 decimal128 in the binary (BID) encoding that BSON uses. */
export class Decimal128 {
  /** All 128 bits, unsigned. */
  readonly bits: bigint
  constructor(bits: bigint) {
    this.bits = bits
  }

  get rank() {
    return rank.number
  }

  isNaN() {
    return ((this.bits >> 122n) & 0x1fn) === 0x1fn
  }

  /** 1 or -1 for an infinity, 0 for everything else. */
  infinity(): -1 | 0 | 1 {
    if (((this.bits >> 122n) & 0x1fn) !== 0x1en) return 0
    return this.bits & signBit ? -1 : 1
  }

  /** Sign, coefficient and exponent of a finite number; a coefficient out of range counts as 0 (IEEE 754, 3.5.2). */
  parts(): DecimalParts {
    const negative = (this.bits & signBit) !== 0n
    const large = ((this.bits >> 125n) & 3n) === 3n
    const exponent = Number((this.bits >> (large ? 111n : 113n)) & 0x3fffn) - bias
    const coefficient = large ? 0n : this.bits & ((1n << 113n) - 1n)
    return { negative, coefficient: coefficient > maxCoefficient ? 0n : coefficient, exponent }
  }

  /** The nearest double. */
  toNumber() {
    return Number(this.toString())
  }

  /** The canonical text: plain digits for small exponents, scientific otherwise. */
  toString(): string {
    if (this.isNaN()) return 'NaN'
    const infinity = this.infinity()
    if (infinity) return infinity < 0 ? '-Infinity' : 'Infinity'
    const { negative, coefficient, exponent } = this.parts()
    const digits = coefficient.toString()
    const adjusted = exponent + digits.length - 1
    return (
      (negative ? '-' : '') +
      (exponent > 0 || adjusted < -6 ? scientific(digits, adjusted) : positional(digits, exponent))
    )
  }

  /** Reads decimal text, rounding half to even at 34 digits; undefined when it is no number. */
  static parse(text: string): Decimal128 | undefined {
    if (/^[+-]?nan$/i.test(text)) return decimalNaN
    if (/^[+-]?inf(inity)?$/i.test(text)) return decimalInfinity(text.startsWith('-'))
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text)
    const [, sign, whole = '', fraction = '', exponent = '0'] = match ?? []
    if (!match || whole + fraction === '') return undefined
    return decimalOf({
      negative: sign === '-',
      coefficient: BigInt(whole + fraction),
      exponent: Number(exponent) - fraction.length,
    })
  }
}

function scientific(digits: string, adjusted: number) {
  const mantissa = digits.length > 1 ? `${digits.slice(0, 1)}.${digits.slice(1)}` : digits
  return `${mantissa}E${adjusted < 0 ? '' : '+'}${adjusted}`
}

function positional(digits: string, exponent: number) {
  if (exponent === 0) return digits
  const padded = digits.padStart(1 - exponent, '0')
  return `${padded.slice(0, exponent)}.${padded.slice(exponent)}`
}

export const decimalNaN = new Decimal128(nanBits)

export const decimalInfinity = (negative: boolean) => new Decimal128(infinityBits | (negative ? signBit : 0n))

/** The decimal nearest to the parts: rounded half to even, an infinity when too large, zero when too small. */
export function decimalOf({ negative, coefficient, exponent }: DecimalParts): Decimal128 {
  const spare = coefficient.toString().length - maxDigits
  let scale = Math.max(spare, minExponent - exponent, 0)
  let rounded = scale > 0 ? roundHalfEven(coefficient, scale) : coefficient
  if (rounded > maxCoefficient) {
    scale += 1
    rounded /= 10n
  }
  let power = exponent + scale
  while (power > maxExponent && rounded !== 0n && rounded * 10n <= maxCoefficient) {
    rounded *= 10n
    power -= 1
  }
  if (power > maxExponent && rounded !== 0n) return decimalInfinity(negative)
  const stored = BigInt(Math.min(power, maxExponent) + bias)
  return new Decimal128((negative ? signBit : 0n) | (stored << 113n) | rounded)
}

function roundHalfEven(coefficient: bigint, digits: number) {
  if (digits > coefficient.toString().length + 1) return 0n
  const unit = 10n ** BigInt(digits)
  const quotient = coefficient / unit
  const twice = (coefficient % unit) * 2n
  return twice > unit || (twice === unit && quotient % 2n === 1n) ? quotient + 1n : quotient
}
