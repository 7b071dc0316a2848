import { atLocation, MongoError } from '../errors.ts'
import { emptyArray, type KeyPart } from '../values/key.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'

/** One field of an index or a sort: its dotted path and the order it is kept in. */
export interface KeyField {
  readonly path: string
  readonly parts: readonly string[]
  readonly direction: 1 | -1
}

/** What the fields hold of one document: a tuple for each key. */
interface KeyTuples {
  readonly tuples: readonly KeyPart[][]
  /** The paths on which an array was met. */
  readonly arrays: readonly string[]
  /** False when the document has none of the fields. */
  readonly present: boolean
}

const digits = /^(0|[1-9]\d*)$/

/**
 * The tuples of a document: every element of an array has its own, an empty array and a missing field have one.
 * @throws MongoError 171 when two of the fields are arrays side by side
 */
export function keyTuples(fields: readonly KeyField[], document: Document): KeyTuples {
  return simpleTuple(fields, document) ?? new TupleWalk(fields).from(document)
}

/** The common case: top-level fields without arrays. */
function simpleTuple(fields: readonly KeyField[], document: Document): KeyTuples | undefined {
  const tuple: KeyPart[] = []
  let present = false
  for (const { path, parts } of fields) {
    if (parts.length > 1) return undefined
    const value = document.get(path)
    if (Array.isArray(value)) return undefined
    if (value !== undefined) present = true
    tuple.push(value)
  }
  return { tuples: [tuple], arrays: none, present }
}

const none: readonly string[] = []

/** How far one field's path has been followed. */
interface Step {
  readonly value: Value | undefined
  readonly at: number
  /** The value is an element of an array at the end of the path; an array in an array is a value as it is. */
  readonly element: boolean
}

class TupleWalk {
  readonly #fields: readonly KeyField[]
  readonly #tuples: KeyPart[][] = []
  readonly #arrays = new Set<string>()
  #present = false

  constructor(fields: readonly KeyField[]) {
    this.#fields = fields
  }

  from(document: Document): KeyTuples {
    this.#walk(this.#fields.map(() => ({ value: document, at: 0, element: false })))
    return { tuples: this.#tuples, arrays: [...this.#arrays], present: this.#present }
  }

  #walk(from: readonly Step[]): void {
    const steps = from.map((step, field) => this.#descend(step, field))
    const array = this.#onlyArray(steps)
    if (!array) this.#tuples.push(steps.map(step => this.#part(step.value)))
    else if (array.length === 0) this.#empty(steps, array)
    else if (!this.#byPosition(steps, array)) this.#eachElement(steps, array)
  }

  /** Follows documents until an array or the end of the path. */
  #descend(step: Step, field: number): Step {
    const path = this.#path(field)
    let { value, at } = step
    while (at < path.length && !Array.isArray(value)) {
      value = isDocument(value) ? value.get(path[at] ?? '') : undefined
      at++
    }
    return { value, at, element: step.element }
  }

  #onlyArray(steps: readonly Step[]): Value[] | undefined {
    let found: { array: Value[]; field: number } | undefined
    for (const [field, { value, element }] of steps.entries()) {
      if (!Array.isArray(value) || element) continue
      if (found && found.array !== value) {
        const names = [this.#path(field), this.#path(found.field)].map(path => `[${path.join('.')}]`)
        throw new MongoError(
          171,
          'CannotIndexParallelArrays',
          `cannot index parallel arrays ${names.join(' ')}`,
        )
      }
      found = { array: value, field }
      this.#arrays.add(this.#fields[field]?.path ?? '')
    }
    return found?.array
  }

  #empty(steps: readonly Step[], array: Value[]): void {
    this.#present = true
    const tuple = steps.map((step, field) => {
      if (step.value !== array || step.element) return this.#part(step.value)
      return step.at >= this.#path(field).length ? emptyArray : undefined
    })
    this.#tuples.push(tuple)
  }

  /** `a.0`: the place in the array is named. */
  #byPosition(steps: readonly Step[], array: Value[]): boolean {
    const named = steps.map(
      (step, field) => step.value === array && digits.test(this.#path(field)[step.at] ?? ''),
    )
    if (!named.includes(true)) return false
    this.#walk(
      steps.map((step, field) => {
        if (!named[field]) return step
        const name = this.#path(field)[step.at] ?? ''
        if (array.some(element => isDocument(element) && element.has(name))) {
          throw atLocation(
            16746,
            `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${name}'`,
          )
        }
        return { value: array[Number(name)], at: step.at + 1, element: false }
      }),
    )
    return true
  }

  #eachElement(steps: readonly Step[], array: Value[]): void {
    for (const value of array) {
      this.#walk(
        steps.map((step, field) => {
          if (step.value !== array || step.element) return step
          if (step.at >= this.#path(field).length) return { value, at: step.at, element: true }
          return { value: isDocument(value) ? value : undefined, at: step.at, element: false }
        }),
      )
    }
  }

  #part(value: Value | undefined): KeyPart {
    if (value !== undefined) this.#present = true
    return value
  }

  #path(field: number): readonly string[] {
    return this.#fields[field]?.parts ?? []
  }
}
