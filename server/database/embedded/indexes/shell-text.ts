import { asNumber, isNumber } from '../values/numbers.ts'
import { Decimal128 } from '../values/decimal128.ts'
import { emptyArray, type KeyPart } from '../values/key.ts'
import { Binary, FarDate, isDocument, ObjectId, RegularExpression, Timestamp } from '../values/value.ts'

/** A value as the server writes it in its messages: `{ name: "Åsa", n: 1 }`. */
export function shellText(value: KeyPart): string {
  if (value === emptyArray || value === undefined) return value === undefined ? 'null' : 'undefined'
  if (typeof value === 'string') return JSON.stringify(value)
  if (isNumber(value))
    return value instanceof Decimal128
      ? value.toString()
      : typeof value === 'bigint'
        ? String(value)
        : String(asNumber(value))
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(shellText).join(', ')} ]`
  if (isDocument(value)) return documentText(value)
  return scalarText(value)
}

/** The same for a list of fields. */
export function documentText(fields: ReadonlyMap<string, KeyPart>): string {
  const text = [...fields].map(([name, value]) => `${name}: ${shellText(value)}`)
  return text.length === 0 ? '{}' : `{ ${text.join(', ')} }`
}

function scalarText(value: KeyPart): string {
  if (value instanceof ObjectId) return `ObjectId('${value.toHex()}')`
  if (value instanceof Date) return `new Date(${value.getTime()})`
  if (value instanceof FarDate) return `new Date(${String(value.ms)})`
  if (value instanceof Timestamp)
    return `Timestamp(${String(value.bits >> 32n)}, ${String(value.bits & 0xffffffffn)})`
  if (value instanceof Binary)
    return `BinData(${value.subtype}, ${Buffer.from(value.bytes).toString('hex').toUpperCase()})`
  if (value instanceof RegularExpression) return `/${value.pattern}/${value.options}`
  return typeof value === 'boolean' || value === null ? String(value) : (value as object).constructor.name
}
