import { fieldName, pathOf, type FieldPath } from '../../../profiles/editor/field-path.ts'
import { type RowDeed } from '../../../profiles/editor/rows.ts'
import { isDictionary, isList, type PlistValue } from '../../../profiles/plist/plist-value.ts'

/** What a field is called within its page. */
export const fieldId = (name: string): string => `f-${name.replace(/[^A-Za-z0-9]/g, '_')}`

/** Where a field stands on its page. */
export const placeOf = (path: FieldPath): string => `#${fieldId(fieldName(path))}`

/** What a button of an array asks for: `add:`, `remove:` or `up:` and the name of the field. */
export function rowDeedOf(pressed: string): RowDeed | undefined {
  const [, deed, name = ''] = /^(add|remove|up):(.*)$/s.exec(pressed) ?? []
  const path = pathOf(name)
  return path === undefined ? undefined : { deed: deed as RowDeed['deed'], path }
}

/**
 * Where the page opens after the deed: at the new row, at the button that moves the same row on, and at the rows that are
 * left. `after` is the part as it is then.
 */
export function placeAfter({ deed, path }: RowDeed, after: PlistValue | undefined): string {
  if (deed === 'add') return placeOf([...path, Math.max(0, lengthAt(after, path) - 1)])
  const rows = path.slice(0, -1)
  const index = Number(path.at(-1)) - 1
  if (deed === 'remove' || Number.isNaN(index)) return placeOf(rows)
  // The first row has no further to go.
  return index > 0 ? `${placeOf([...rows, index])}-up` : placeOf([...rows, 0])
}

function lengthAt(value: PlistValue | undefined, path: FieldPath): number {
  let within = value
  for (const step of path) {
    if (isList(within)) within = within[Number(step)]
    else within = isDictionary(within) && Object.hasOwn(within, step) ? within[step] : undefined
  }
  return isList(within) ? within.length : 0
}
