import { encodeKeyValue } from '../values/key.ts'
import { asNumber, isInt32, isNumber } from '../values/numbers.ts'
import { ObjectId, type Value } from '../values/value.ts'

/** A text that equal values share and others do not, whatever their kinds of number. */
export function identityOf(value: Value): string {
  switch (typeof value) {
    case 'string':
      return `s${value}`
    case 'number':
      if (isInt32(value)) return `n${value}`
      break
    case 'boolean':
      return value ? 't' : 'f'
    default:
  }
  if (value === null) return '0'
  if (value instanceof Map) return documentIdentity(value)
  if (value instanceof ObjectId) return `o${value.toHex()}`
  return otherIdentity(value)
}

function documentIdentity(document: ReadonlyMap<string, Value>): string {
  let identity = '{'
  for (const [name, value] of document) {
    const inner = identityOf(value)
    // The lengths keep neighbours apart.
    identity += `${name.length}:${name}${inner.length}:${inner}`
  }
  return identity
}

function otherIdentity(value: Value): string {
  const key = encodeKeyValue(value)
  if (isNumber(value)) {
    // 5, 5.0 and NumberLong(5) are one number, so a whole one is written as an int32 is; -0 is 0.
    const number = asNumber(value) + 0
    if (isInt32(number) && encodeKeyValue(number).equals(key)) return `n${number}`
  }
  return `k${key.toString('latin1')}`
}
