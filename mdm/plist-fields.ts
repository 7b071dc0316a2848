import { PlistError } from '../profiles/plist/plist-error.ts'
import { isDictionary, type PlistDictionary } from '../profiles/plist/plist-value.ts'
import { readPlist, type PlistLimits } from '../profiles/plist/read-plist.ts'
import { MessageError } from './message-error.ts'

/** Identifiers, topics and names: far above what devices send, far below what would hurt. */
const maxTextLength = 1024

/** The dictionary that a device's message is. Throws `MessageError`. */
export function readMessage(body: Uint8Array, limits: PlistLimits): PlistDictionary {
  try {
    const value = readPlist(body, limits)
    if (isDictionary(value)) return value
  } catch (cause) {
    if (cause instanceof PlistError) throw new MessageError('plist', cause.message, { cause })
    throw cause
  }
  throw new MessageError('form', 'A message is a dictionary')
}

/** The string under `key`, or undefined when the key is absent or empty. Throws `MessageError` for another type. */
export function optionalText(message: PlistDictionary, key: string): string | undefined {
  const value = message[key]
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string' || value.length > maxTextLength)
    throw new MessageError('form', `${key} must be a string`)
  return value
}

/** The string under `key`. Throws `MessageError` when there is none. */
export function text(message: PlistDictionary, key: string): string {
  const value = optionalText(message, key)
  if (value === undefined) throw new MessageError('form', `${key} is missing`)
  return value
}

/** The bytes under `key`, or undefined when absent or empty. Throws `MessageError` for another type. */
export function optionalData(message: PlistDictionary, key: string): Uint8Array | undefined {
  const value = message[key]
  if (value === undefined) return undefined
  if (!(value instanceof Uint8Array)) throw new MessageError('form', `${key} must be data`)
  return value.length > 0 ? value : undefined
}

/** The truth value under `key`, or undefined when absent. Throws `MessageError` for another type. */
export function optionalFlag(message: PlistDictionary, key: string): boolean | undefined {
  const value = message[key]
  if (value === undefined || typeof value === 'boolean') return value
  throw new MessageError('form', `${key} must be true or false`)
}
