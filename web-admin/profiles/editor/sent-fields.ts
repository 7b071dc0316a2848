import { type Sent, type SentFields } from '../../../profiles/editor/read-fields.ts'
import { type Typed } from '../../reader.ts'

/** Begins the names of a form's own fields, so that a key of a payload called `version` is no other field. */
const own = 'p:'

/** What a form calls the field of a payload. */
export const sentName = (name: string): string => `${own}${name}`

/** The fields of the payload among all that a form sent. */
export function sentFields(typed: Typed): SentFields {
  const sent = new Map<string, Sent>()
  for (const [name, value] of Object.entries(typed))
    if (name.startsWith(own)) sent.set(name.slice(own.length), sentOf(value))
  return sent
}

function sentOf(value: unknown): Sent {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  const files = values.flatMap(each => (isFile(each) ? [each.payload] : []))
  const [file] = files
  return {
    texts: values.filter(each => typeof each === 'string'),
    ...(file !== undefined && { file }),
  }
}

/** Hapi gives a chosen file as bytes, and no bytes where none was chosen. */
function isFile(value: unknown): value is { readonly payload: Uint8Array } {
  return typeof value === 'object' && value !== null && 'payload' in value && Buffer.isBuffer(value.payload)
}
