import { type CatalogueKey } from '../catalogue/notation.ts'
import { isDictionary, isList, type PlistDictionary, type PlistValue } from '../plist/plist-value.ts'
import { dictionaryOf } from './dictionary-of.ts'
import { type FieldPath } from './field-path.ts'
import { type Described, valueIn } from './fields.ts'

/** What can be done to the rows of an array: a further one at its end, or an item away or one step up. */
export type RowDeed =
  | { readonly deed: 'add'; readonly path: FieldPath }
  | { readonly deed: 'remove'; readonly path: FieldPath }
  | { readonly deed: 'up'; readonly path: FieldPath }

/** The most items that the form gives an array; a hostile sender could ask for millions. */
const mostRows = 1000

/** The payload after the change; unchanged when there is nothing at `path`. */
export function withRows(
  payload: PlistDictionary,
  described: Described,
  { deed, path }: RowDeed,
): PlistDictionary {
  if (deed === 'add') {
    const key = keyAt(described, path)
    if (key?.kind !== 'array') return payload
    return changed(payload, path, list =>
      isList(list) && list.length >= mostRows ? list : [...(isList(list) ? list : []), emptyItem(key.of)],
    )
  }
  const index = path.at(-1)
  if (typeof index !== 'number') return payload
  return changed(payload, path.slice(0, -1), list => {
    if (!isList(list)) return list
    const item = list[index]
    if (item === undefined) return list
    const others = list.toSpliced(index, 1)
    return deed === 'remove' ? others : others.toSpliced(Math.max(0, index - 1), 0, item)
  })
}

/** The key that describes the value at `path`; undefined when the catalogue has none. */
function keyAt(described: Described, path: FieldPath): CatalogueKey | undefined {
  let key: CatalogueKey | undefined
  let within: Described & { readonly of?: CatalogueKey | undefined } = described
  for (const step of path) {
    if (typeof step === 'number') key = within.of
    else
      key = within.keys !== undefined && Object.hasOwn(within.keys, step) ? within.keys[step] : within.others
    if (key === undefined) return undefined
    within = key
  }
  return key
}

/** A new item, which people fill in. */
function emptyItem(of: CatalogueKey | undefined): PlistValue {
  if (of?.kind === 'array') return []
  return of?.kind === 'data' ? new Uint8Array() : {}
}

/** `value` with a change at `path`; missing dictionaries on the way are made. */
function changed(
  value: PlistDictionary,
  path: FieldPath,
  change: (value: PlistValue | undefined) => PlistValue | undefined,
): PlistDictionary {
  const after = changedValue(value, path, change)
  return isDictionary(after) ? after : value
}

function changedValue(
  value: PlistValue | undefined,
  [step, ...rest]: FieldPath,
  change: (value: PlistValue | undefined) => PlistValue | undefined,
): PlistValue | undefined {
  if (step === undefined) return change(value)
  if (typeof step === 'number') {
    if (!isList(value) || value[step] === undefined) return value
    const item = changedValue(value[step], rest, change)
    return item === undefined ? value : value.with(step, item)
  }
  if (value !== undefined && !isDictionary(value)) return value
  const after = new Map(Object.entries(value ?? {}))
  const inner = changedValue(valueIn(value ?? {}, step), rest, change)
  if (inner === undefined) after.delete(step)
  else after.set(step, inner)
  return dictionaryOf(after)
}
