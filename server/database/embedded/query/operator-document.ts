import { type Document, type Value } from '../values/value.ts'

const partsOfReference = new Set(['$ref', '$id', '$db'])

/** Whether a name is an operator; the fields of a DBRef begin with `$` too and are not. */
export const isOperatorName = (name: string) => name.startsWith('$') && !partsOfReference.has(name)

/** Whether a document is a set of operators; its first field decides, as on the server. */
export function isOperatorDocument(value: Value | undefined): value is Document {
  if (!(value instanceof Map)) return false
  const [first] = value.keys()
  return first !== undefined && isOperatorName(first)
}
