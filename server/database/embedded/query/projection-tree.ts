import { atLocation } from '../errors.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'

/** What happens to one field: kept, left out, computed from the whole document, or changed in its place. */
export type FieldPlan =
  | { readonly kind: 'include' }
  | { readonly kind: 'exclude' }
  | { readonly kind: 'compute'; readonly compute: (root: Document) => Value | undefined }
  | { readonly kind: 'change'; readonly change: (value: Value, root: Document) => Value | undefined }
  | { readonly kind: 'inside'; readonly fields: PlanTree }

export type PlanTree = Map<string, FieldPlan>

/** Puts a plan at a dotted path. Throws `MongoError` 31249 or 31250 when two paths get in each other's way. */
export function plant(tree: PlanTree, path: string, plan: FieldPlan): void {
  const names = path.split('.')
  if (names.includes('')) throw atLocation(40352, 'FieldPath cannot be constructed with empty string')
  const last = names.pop() ?? ''
  let fields = tree
  for (const name of names) {
    const existing = fields.get(name)
    if (existing && existing.kind !== 'inside') throw atLocation(31249, `Path collision at ${path}`)
    const inside: FieldPlan = existing ?? { kind: 'inside', fields: new Map() }
    if (!existing) fields.set(name, inside)
    fields = inside.fields
  }
  if (fields.has(last)) throw atLocation(31250, `Path collision at ${path}`)
  fields.set(last, plan)
}

/** Keeps what is planned and nothing else, in the document's order; computed fields that are new come last. */
export function keepPlanned(document: Document, tree: PlanTree, root: Document): Document {
  const result: Document = new Map()
  for (const [name, value] of document) {
    const plan = tree.get(name)
    const kept = plan ? planned(value, plan, root, keepInside) : undefined
    if (kept !== undefined) result.set(name, kept)
  }
  addComputed(result, document, tree, root)
  return result
}

/** Keeps everything but what is planned otherwise. */
export function keepOthers(document: Document, tree: PlanTree, root: Document): Document {
  const result: Document = new Map()
  for (const [name, value] of document) {
    const plan = tree.get(name)
    const kept = plan ? planned(value, plan, root, changeInside) : value
    if (kept !== undefined) result.set(name, kept)
  }
  addComputed(result, document, tree, root)
  return result
}

type Inside = (value: Value, fields: PlanTree, root: Document) => Value | undefined

function planned(value: Value, plan: FieldPlan, root: Document, inside: Inside): Value | undefined {
  switch (plan.kind) {
    case 'include':
      return value
    case 'exclude':
      return undefined
    case 'compute':
      return plan.compute(root)
    case 'change':
      return plan.change(value, root)
    case 'inside':
      return inside(value, plan.fields, root)
  }
}

/** Scalars have no fields, so an inclusion inside them keeps nothing of them. */
function keepInside(value: Value, fields: PlanTree, root: Document): Value | undefined {
  if (isDocument(value)) return keepPlanned(value, fields, root)
  if (Array.isArray(value)) {
    return value.map(element => keepInside(element, fields, root)).filter(element => element !== undefined)
  }
  return hasComputed(fields) ? keepPlanned(new Map(), fields, root) : undefined
}

function changeInside(value: Value, fields: PlanTree, root: Document): Value | undefined {
  if (isDocument(value)) return keepOthers(value, fields, root)
  if (Array.isArray(value)) return value.map(element => changeInside(element, fields, root) ?? null)
  // Setting a field inside a scalar makes a document of it.
  return hasComputed(fields) ? keepOthers(new Map(), fields, root) : value
}

function hasComputed(fields: PlanTree): boolean {
  for (const plan of fields.values()) {
    if (plan.kind === 'compute' || (plan.kind === 'inside' && hasComputed(plan.fields))) return true
  }
  return false
}

function addComputed(result: Document, document: Document, tree: PlanTree, root: Document): void {
  for (const [name, plan] of tree) {
    if (document.has(name)) continue
    if (plan.kind === 'compute') {
      const value = plan.compute(root)
      if (value !== undefined) result.set(name, value)
    } else if (plan.kind === 'inside' && hasComputed(plan.fields)) {
      const inside: Document = new Map()
      addComputed(inside, new Map(), plan.fields, root)
      result.set(name, inside)
    }
  }
}
