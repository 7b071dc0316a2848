import { isDictionary, isList, type PlistDictionary, type PlistValue } from '../plist/plist-value.ts'
import { type CatalogueKey, type CataloguePayload } from './notation.ts'

interface KnownValue {
  readonly key: CatalogueKey
  readonly value: PlistValue
  readonly path: readonly (string | number)[]
}

/** Every value of `payload` that the catalogue has a key for, dictionaries, arrays and their items included. */
export function* knownValues(payload: PlistDictionary, entry: CataloguePayload): Generator<KnownValue> {
  yield* withinDictionary(payload, entry, [])
}

function* withinDictionary(
  dictionary: PlistDictionary,
  { keys = {}, others }: Pick<CatalogueKey, 'keys' | 'others'>,
  path: KnownValue['path'],
): Generator<KnownValue> {
  for (const [name, value] of Object.entries(dictionary)) {
    const key = Object.hasOwn(keys, name) ? keys[name] : others
    if (key !== undefined) yield* withinValue(key, value, [...path, name])
  }
}

function* withinValue(key: CatalogueKey, value: PlistValue, path: KnownValue['path']): Generator<KnownValue> {
  yield { key, value, path }
  if (isList(value)) {
    if (key.of === undefined) return
    for (const [index, each] of value.entries()) yield* withinValue(key.of, each, [...path, index])
  } else if (isDictionary(value)) yield* withinDictionary(value, key, path)
}
