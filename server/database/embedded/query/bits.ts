import { badValue } from '../errors.ts'
import { asBigInt, isNumber } from '../values/numbers.ts'
import { Binary, type Value } from '../values/value.ts'
import { type Test } from './path.ts'

export type BitsOperator = '$bitsAllSet' | '$bitsAllClear' | '$bitsAnySet' | '$bitsAnyClear'

const accepts: Readonly<Record<BitsOperator, (bits: bigint, mask: bigint) => boolean>> = {
  $bitsAllSet: (bits, mask) => (bits & mask) === mask,
  $bitsAllClear: (bits, mask) => (bits & mask) === 0n,
  $bitsAnySet: (bits, mask) => (bits & mask) !== 0n,
  $bitsAnyClear: (bits, mask) => (bits & mask) !== mask,
}

/** A whole number or binary value with bits set or clear where the mask says; numbers are sign-extended. */
export function hasBits(operator: BitsOperator, argument: Value): Test {
  const mask = maskOf(operator, argument)
  const accept = accepts[operator]
  return value => {
    const bits = value === undefined ? undefined : bitsOf(value)
    return bits !== undefined && accept(bits, mask)
  }
}

function bitsOf(value: Value): bigint | undefined {
  if (value instanceof Binary) return littleEndian(value.bytes)
  if (!isNumber(value)) return undefined
  const whole = asBigInt(value)
  return whole !== undefined && BigInt.asIntN(64, whole) === whole ? whole : undefined
}

const littleEndian = (bytes: Uint8Array) =>
  bytes.reduce((bits, byte, place) => bits | (BigInt(byte) << BigInt(8 * place)), 0n)

function maskOf(operator: BitsOperator, argument: Value): bigint {
  if (Array.isArray(argument))
    return argument.reduce<bigint>((mask, place) => mask | (1n << placeOf(operator, place)), 0n)
  const bits = bitsOf(argument)
  if (bits === undefined || (bits < 0n && isNumber(argument))) {
    throw badValue(`${operator} takes an Array, a number, or a BinData, and no negative number`)
  }
  return bits
}

function placeOf(operator: BitsOperator, place: Value): bigint {
  const whole = isNumber(place) ? asBigInt(place) : undefined
  if (whole === undefined || whole < 0n || whole > 2147483647n) {
    throw badValue(`Bit positions must be non-negative integers in ${operator}`)
  }
  return whole
}
