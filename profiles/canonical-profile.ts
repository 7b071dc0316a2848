import { isDictionary, isList, type PlistDictionary, type PlistValue } from './plist/plist-value.ts'
import { writePlist } from './plist/write-plist.ts'

/**
 * The profile as XML in one and the same way: two profiles that say the same have the same bytes, whatever the order
 * of their keys. Throws `PlistValueError` for values that no property list can hold.
 */
export const canonicalProfile = (profile: PlistDictionary): Uint8Array => writePlist(sorted(profile))

function sorted(value: PlistValue): PlistValue {
  if (isList(value)) return value.map(sorted)
  if (!isDictionary(value)) return value
  const copy = Object.create(null) as Record<string, PlistValue>
  for (const [key, each] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    copy[key] = sorted(each)
  return copy
}
