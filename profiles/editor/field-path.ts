/** Keys and numbers of items, from a payload down to a value. */
export type FieldPath = readonly (string | number)[]

/** How the value at `path` is called in a form: letters, digits, `%`, and a dot between the steps; items are `#0`. */
export function fieldName(path: FieldPath): string {
  return path
    .map(step => (typeof step === 'number' ? `#${step}` : encodeURIComponent(step).replaceAll('.', '%2E')))
    .join('.')
}

/** The path that the name of a field means; undefined when it is no such name. */
export function pathOf(name: string): FieldPath | undefined {
  if (name === '') return undefined
  const path: (string | number)[] = []
  for (const step of name.split('.')) {
    const item = /^#(\d{1,6})$/.exec(step)?.[1]
    if (item !== undefined) path.push(Number(item))
    else
      try {
        path.push(decodeURIComponent(step))
      } catch {
        return undefined
      }
  }
  return path
}
