import { type PlistDictionary, type PlistValue } from '../plist/plist-value.ts'

/** A dictionary of these values, without prototype: no key of it means anything to the language. */
export function dictionaryOf(entries: Iterable<readonly [string, PlistValue]>): PlistDictionary {
  const made = Object.create(null) as Record<string, PlistValue>
  for (const [key, value] of entries) made[key] = value
  return made
}
