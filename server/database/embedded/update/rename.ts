import { badValue } from '../errors.ts'
import { shellText } from '../indexes/shell-text.ts'
import { type Document, type Value } from '../values/value.ts'
import { parseUpdatePath, refuseDollarField, type UpdatePath } from './update-path.ts'
import { type Place, type Resolution, visit } from './visit.ts'

/** A checked `$rename`: both paths name fields of documents only. */
interface Rename {
  readonly from: UpdatePath
  readonly to: UpdatePath
}

export function parseRename(from: string, to: Value): Rename {
  if (typeof to !== 'string')
    throw badValue(`The 'to' field for $rename must be a string: ${from}: ${shellText(to)}`)
  if (from === to) throw badValue(`The source and target field for $rename must differ: ${from}: "${to}"`)
  const paths = { from: parseUpdatePath(from), to: parseUpdatePath(to) }
  for (const { text, steps } of [paths.from, paths.to]) {
    if (steps.some(step => step.kind !== 'name'))
      throw badValue(`The field for $rename may not be dynamic: ${text}`)
  }
  return paths
}

const resolution = (creates: boolean): Resolution => ({
  matchedIndex: undefined,
  arrayFilters: new Map(),
  creates,
  ...(!creates && { passesBy: true }),
})

/** Moves the value where there is one. Throws `MongoError` 2 for an element of an array. */
export function rename(document: Document, { from, to }: Rename): void {
  let value: Value | undefined
  visit(document, from, resolution(false), place => {
    refuseElement(place, 'source', from)
    value = place.read()
    if (value !== undefined) place.remove()
  })
  const moved = value
  if (moved === undefined) return
  refuseDollarField(to)
  visit(document, to, resolution(true), place => {
    refuseElement(place, 'destination', to)
    place.write(moved)
  })
}

function refuseElement(place: Place, role: string, path: UpdatePath): void {
  if (place.isElement) throw badValue(`The ${role} field cannot be an array element, '${path.text}' in doc`)
}
