import { type CatalogueKey, type Form, type Keys } from '../../profiles/catalogue/notation.ts'
import { type PlistValue } from '../../profiles/plist/plist-value.ts'

/** A boolean becomes 1 and a number text, as in profiles written by hand; everything else a boolean. */
export function ofAnotherKind(value: PlistValue): PlistValue {
  if (typeof value === 'boolean') return 1
  if (typeof value === 'number') return String(value)
  return true
}

/** A value of the right type that is out of its form, its range or its list; undefined where anything goes. */
export function impossibleFor({
  kind,
  form,
  format,
  min,
  max,
  allowed,
  items,
}: CatalogueKey): PlistValue | undefined {
  if (form !== undefined) return impossibleForms[form]
  if (max !== undefined) return max + 1
  if (min !== undefined) return min - 1
  if (format !== undefined) return 'none of that form'
  if (items !== undefined && items[0] > 0) return []
  if (allowed === undefined) return undefined
  return kind === 'string' ? 'none of them' : 987_654
}

const impossibleForms: Readonly<Record<Form, PlistValue>> = {
  port: 65_536,
  url: 'ftp://example.se/',
  https: 'http://example.se/',
  link: 'example.se',
  host: 'https://example.se',
  mail: 'example.se',
}

/** Two letters in the middle change places; where that is nothing new, one is doubled. */
export function misspelt(name: string, keys: Keys): string {
  const middle = Math.floor(name.length / 2)
  const swapped =
    name.slice(0, middle - 1) + (name[middle] ?? '') + (name[middle - 1] ?? '') + name.slice(middle + 1)
  return swapped === name || Object.hasOwn(keys, swapped)
    ? `${name.slice(0, middle)}${name[middle - 1] ?? ''}${name.slice(middle)}`
    : swapped
}
