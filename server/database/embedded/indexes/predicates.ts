import { isOperatorDocument, isOperatorName } from '../query/operator-document.ts'
import { type Document, isDocument, RegularExpression, type Value } from '../values/value.ts'

/** One condition on a field that every matching document fulfils. */
export interface Predicate {
  readonly operator: string
  readonly argument: Value
  /** `$options` that stands beside a `$regex`. */
  readonly options?: string | undefined
}

/** What a filter demands of all matches: conditions by path, and alternatives of which one holds. */
export interface Demands {
  readonly fields: ReadonlyMap<string, readonly Predicate[]>
  readonly unions: readonly (readonly Document[])[]
  /** The filter says nothing but what `fields` says. */
  readonly complete: boolean
}

/** Collects the demands of a filter. What it does not understand it leaves to the matcher. */
export function demandsOf(filter: Document): Demands {
  const gathering = new Gathering()
  gathering.filter(filter)
  return gathering
}

class Gathering implements Demands {
  readonly fields = new Map<string, Predicate[]>()
  readonly unions: (readonly Document[])[] = []
  complete = true

  filter(filter: Document): void {
    for (const [name, value] of filter) {
      if (name === '$and' && Array.isArray(value)) this.#all(value)
      else if (name === '$or' && Array.isArray(value)) this.#union(value)
      else if (isOperatorName(name)) this.complete = false
      else this.#field(name, value)
    }
  }

  #all(filters: readonly Value[]): void {
    for (const filter of filters) if (isDocument(filter)) this.filter(filter)
  }

  #union(filters: readonly Value[]): void {
    const alternatives = filters.filter(isDocument)
    const [only] = alternatives
    if (only && alternatives.length === 1) {
      this.filter(only)
      return
    }
    this.complete = false
    if (alternatives.length > 0) this.unions.push(alternatives)
  }

  #field(path: string, value: Value): void {
    if (value instanceof RegularExpression) this.#add(path, { operator: '$regex', argument: value })
    else if (isOperatorDocument(value)) this.#operators(path, value)
    else this.#add(path, { operator: '$eq', argument: value })
  }

  #operators(path: string, operators: Document): void {
    const options = operators.get('$options')
    for (const [operator, argument] of operators) {
      this.#add(path, { operator, argument, ...(typeof options === 'string' && { options }) })
      if (operator === '$elemMatch') this.#element(path, argument)
      if (operator === '$all' && Array.isArray(argument)) this.#everyOf(path, argument)
    }
  }

  /** Some element fulfils the inner conditions, so the document as a whole does. */
  #element(path: string, inner: Value): void {
    if (!isDocument(inner)) return
    for (const [name, value] of inner) {
      if (!name.startsWith('$')) this.#field(`${path}.${name}`, value)
    }
  }

  #everyOf(path: string, values: readonly Value[]): void {
    for (const value of values) if (!isOperatorDocument(value)) this.#field(path, value)
  }

  #add(path: string, predicate: Predicate): void {
    const known = this.fields.get(path)
    if (known) known.push(predicate)
    else this.fields.set(path, [predicate])
  }
}
