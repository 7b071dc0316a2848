import { type Document, type Value } from './value.ts'

/** A deep copy of documents and arrays; scalars are never changed in place, so they are shared. */
export function cloneValue(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Map) return cloneDocument(value)
  return Array.isArray(value) ? value.map(cloneValue) : value
}

/** A deep copy of a document. */
export function cloneDocument(document: Document): Document {
  const copy: Document = new Map()
  for (const [name, value] of document) copy.set(name, cloneValue(value))
  return copy
}
