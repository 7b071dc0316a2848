import { addDecimals } from '../values/decimal-arithmetic.ts'
import { type Decimal128 } from '../values/decimal128.ts'
import {
  asBigInt,
  asDecimal,
  asNumber,
  isNumber,
  kindOf,
  toDouble,
  toInteger,
  toLong,
} from '../values/numbers.ts'
import { type NumberValue, type Value } from '../values/value.ts'

/** A running sum: exact for whole numbers and decimals, compensated (Neumaier) for doubles, as on the server. */
export class Sum {
  private whole = 0
  private beyond = 0n
  private double = 0
  private lost = 0
  private decimal: Decimal128 | undefined
  private widest: 'int' | 'long' | 'double' = 'int'

  /** Adds a number; anything else is passed over. Tells whether it was one. */
  add(value: Value | undefined): boolean {
    if (value === undefined || !isNumber(value)) return false
    const kind = kindOf(value)
    if (kind === 'int') this.addWhole(asNumber(value))
    else if (kind === 'long') this.addLong(asBigInt(value) ?? 0n)
    else if (kind === 'double') this.addDouble(asNumber(value))
    else this.decimal = this.decimal ? addDecimals(this.decimal, asDecimal(value)) : asDecimal(value)
    return true
  }

  /** The sum in the widest kind that was added; a double when int64 is too small. */
  result(): NumberValue {
    const whole = this.beyond + BigInt(this.whole)
    if (this.decimal) {
      const integers = addDecimals(this.decimal, asDecimal(whole))
      return this.widest === 'double'
        ? addDecimals(integers, asDecimal(toDouble(this.double + this.lost)))
        : integers
    }
    if (this.widest === 'double') return toDouble(this.doubleResult(whole))
    return (this.widest === 'int' ? toInteger(whole) : toLong(whole)) ?? toDouble(Number(whole))
  }

  private doubleResult(whole: bigint): number {
    this.addDouble(Number(whole))
    this.whole = 0
    this.beyond = 0n
    // The compensation of an infinity is NaN.
    return Number.isFinite(this.double) ? this.double + this.lost : this.double
  }

  private addWhole(value: number): void {
    const sum = this.whole + value
    if (Number.isSafeInteger(sum)) this.whole = sum
    else {
      this.beyond += BigInt(this.whole)
      this.whole = value
    }
  }

  private addLong(value: bigint): void {
    if (this.widest === 'int') this.widest = 'long'
    this.beyond += value
  }

  private addDouble(value: number): void {
    this.widest = 'double'
    const sum = this.double + value
    this.lost +=
      Math.abs(this.double) >= Math.abs(value) ? this.double - sum + value : value - sum + this.double
    this.double = sum
  }
}
