import { isDictionary, isList, type PlistDictionary, type PlistValue } from '../plist/plist-value.ts'
import { mask, maskSecrets } from '../secrets.ts'
import { dictionaryOf } from './dictionary-of.ts'
import { type FieldPath } from './field-path.ts'
import { xmlOf } from './xml-fragment.ts'

interface Kept<Value extends PlistValue = PlistValue> {
  readonly value: Value
  /** Where a mask hides no value: there was none at that place before, or the value would no longer be hidden. */
  readonly lost: readonly FieldPath[]
}

/** The previous value, as it is and as it was shown. */
interface Before {
  readonly value: PlistValue | undefined
  readonly shown: PlistValue | undefined
}

/** `typed` by somebody who saw masks for secrets, with each mask replaced by the value at its place. */
export function keepSecrets(typed: PlistValue, before: Before): Kept {
  const lost: FieldPath[] = []
  return { value: kept(typed, before, [], lost), lost }
}

/**
 * The same for a whole profile, whose parts may have been moved: they are known by their UUID. A secret comes back only
 * where it is hidden again: in a part that was made one of another type it would be shown to whoever made it so.
 */
export function keepSecretsOfProfile(typed: PlistDictionary, before: PlistDictionary): Kept<PlistDictionary> {
  const lost: FieldPath[] = []
  const shown = maskSecrets(before)
  const [old, oldShown] = [partsByUuid(before), partsByUuid(shown)]
  const entries = Object.entries(typed).map(([key, value]): [string, PlistValue] => {
    if (key !== 'PayloadContent' || !isList(value))
      return [key, kept(value, { value: inside(before, key), shown: inside(shown, key) }, [key], lost)]
    const parts = value.map((part, index) => {
      const uuid = isDictionary(part) ? part['PayloadUUID'] : undefined
      const same = { value: old.get(uuid), shown: oldShown.get(uuid) }
      return kept(part, same, [key, index], lost)
    })
    return [key, parts]
  })
  const whole = dictionaryOf(entries)
  const hidden = maskSecrets(whole)
  lost.push(...masksIn(typed).filter(path => valueAt(hidden, path) !== mask))
  return { value: whole, lost }
}

/** The places of masks. */
function masksIn(value: PlistValue, path: FieldPath = []): FieldPath[] {
  if (value === mask) return [path]
  if (isList(value)) return value.flatMap((each, index) => masksIn(each, [...path, index]))
  if (!isDictionary(value)) return []
  return Object.entries(value).flatMap(([key, each]) => masksIn(each, [...path, key]))
}

function valueAt(value: PlistValue | undefined, path: FieldPath): PlistValue | undefined {
  return path.reduce<PlistValue | undefined>((at, step) => {
    if (typeof step === 'number') return isList(at) ? at[step] : undefined
    return inside(at, step)
  }, value)
}

function partsByUuid(profile: PlistDictionary): Map<PlistValue | undefined, PlistValue> {
  const content = profile['PayloadContent']
  const parts = isList(content) ? content.filter(isDictionary) : []
  return new Map(parts.map(part => [part['PayloadUUID'], part]))
}

function kept(value: PlistValue, before: Before, path: FieldPath, lost: FieldPath[]): PlistValue {
  if (value === mask) {
    if (before.value === undefined) lost.push(path)
    return before.value ?? value
  }
  if (isList(value)) {
    // Writing each item to know it again is work, and most lists have nothing that is hidden.
    if (!holdsMask(value)) return value
    const places = placesOf(before.shown)
    return value.map((each, index) =>
      kept(each, itemBefore(before, places, { each, index, count: value.length }), [...path, index], lost),
    )
  }
  if (!isDictionary(value)) return value
  return dictionaryOf(
    Object.entries(value).map(([key, each]) => {
      const old = { value: inside(before.value, key), shown: inside(before.shown, key) }
      return [key, kept(each, old, [...path, key], lost)]
    }),
  )
}

function inside(value: PlistValue | undefined, key: string): PlistValue | undefined {
  return isDictionary(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function holdsMask(value: PlistValue): boolean {
  if (value === mask) return true
  if (isList(value)) return value.some(holdsMask)
  return isDictionary(value) && Object.values(value).some(holdsMask)
}

/** Where each item of a list was shown first, and how each of them was shown. */
interface ShownPlaces {
  readonly texts: readonly string[]
  readonly first: ReadonlyMap<string, number>
}

function placesOf(shown: PlistValue | undefined): ShownPlaces {
  const texts = isList(shown) ? shown.map(xmlOf) : []
  // The last one that is put in stays: from the end, that is the first.
  const first = new Map(texts.map((text, index) => [text, index] as const).toReversed())
  return { texts, first }
}

interface Item {
  readonly each: PlistValue
  readonly index: number
  readonly count: number
}

/**
 * The item that this one was: one that was shown just so, its own place first. Another one than that can only be at
 * the same place of a list that is as long as it was; in any other, a secret could end up with the wrong item.
 */
function itemBefore(
  { value, shown }: Before,
  { texts, first }: ShownPlaces,
  { each, index, count }: Item,
): Before {
  if (!isList(value) || !isList(shown)) return { value: undefined, shown: undefined }
  const text = xmlOf(each)
  const same = texts[index] === text ? index : (first.get(text) ?? -1)
  const at = same >= 0 ? same : value.length === count ? index : -1
  return { value: value[at], shown: shown[at] }
}
