import { badValue, MongoError } from '../errors.ts'
import { shellText } from '../indexes/shell-text.ts'
import { type Test } from '../query/path.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { type Step, type UpdatePath } from './update-path.ts'

/** The place that a path ends at: a field of a document or an element of an array. */
export class Place {
  private readonly container: Document | Value[]
  private readonly key: string | number

  constructor(container: Document | Value[], key: string | number) {
    this.container = container
    this.key = key
  }

  get isElement(): boolean {
    return Array.isArray(this.container)
  }

  read(): Value | undefined {
    return Array.isArray(this.container)
      ? this.container[Number(this.key)]
      : this.container.get(String(this.key))
  }

  write(value: Value): void {
    if (Array.isArray(this.container)) {
      fill(this.container, Number(this.key))
      this.container[Number(this.key)] = value
    } else this.container.set(String(this.key), value)
  }

  /** A field goes; an element becomes null, so that the others keep their places. */
  remove(): void {
    if (!Array.isArray(this.container)) this.container.delete(String(this.key))
    else if (Number(this.key) < this.container.length) this.container[Number(this.key)] = null
  }
}

/** What a path is resolved with for one document. */
export interface Resolution {
  /** The index that the query met. */
  readonly matchedIndex: number | undefined
  readonly arrayFilters: ReadonlyMap<string, Test>
  /** Whether documents that are missing on the way are made. */
  readonly creates: boolean
  /** A path that leads through a scalar names nothing, and is no fault. */
  readonly passesBy?: true | undefined
}

const furthestFill = 1500000

function fill(array: Value[], length: number): void {
  if (length - array.length > furthestFill)
    throw badValue(`can't backfill more than ${furthestFill} elements`)
  while (array.length < length) array.push(null)
}

/** Calls `act` with each place that the path names in the document; none when the way there is missing. */
export function visit(
  root: Document,
  path: UpdatePath,
  resolution: Resolution,
  act: (place: Place) => void,
): void {
  new Visit(path, resolution, act).go(root, 0)
}

class Visit {
  private readonly path: UpdatePath
  private readonly resolution: Resolution
  private readonly act: (place: Place) => void

  constructor(path: UpdatePath, resolution: Resolution, act: (place: Place) => void) {
    this.path = path
    this.resolution = resolution
    this.act = act
  }

  go(node: Value | undefined, depth: number): void {
    const step = this.path.steps[depth]
    if (!step) return
    if (step.kind === 'name') this.goToName(node, depth, step)
    else for (const index of this.indexes(node, depth, step)) this.goToElement(node, index, depth)
  }

  private get creates() {
    return this.resolution.creates
  }

  private goToName(
    node: Value | undefined,
    depth: number,
    { name, index }: Extract<Step, { kind: 'name' }>,
  ): void {
    if (isDocument(node)) this.goToField(node, name, depth)
    else if (Array.isArray(node) && index !== undefined) this.goToElement(node, index, depth)
    else if (!this.resolution.passesBy) throw this.notViable(node, depth, name)
  }

  private goToField(node: Document, name: string, depth: number): void {
    if (depth === this.path.steps.length - 1) {
      this.act(new Place(node, name))
      return
    }
    let child = node.get(name)
    if (child === undefined) {
      if (!this.creates) return
      this.refuseMissingArray(depth)
      child = new Map()
      node.set(name, child)
    }
    this.go(child, depth + 1)
  }

  private goToElement(node: Value | undefined, index: number, depth: number): void {
    if (!Array.isArray(node)) throw this.notViable(node, depth, String(index))
    if (index >= node.length && !this.creates) return
    if (depth === this.path.steps.length - 1) {
      this.act(new Place(node, index))
      return
    }
    if (index >= node.length) {
      fill(node, index)
      node.push(new Map())
    }
    this.go(node[index], depth + 1)
  }

  /** An array cannot be made up: `$[]` needs one that is there. */
  private refuseMissingArray(depth: number): void {
    const next = this.path.steps[depth + 1]
    if (next && next.kind !== 'name' && next.kind !== 'matched') {
      throw badValue(
        `The path '${this.textUpTo(depth + 1)}' must exist in the document in order to apply array updates.`,
      )
    }
  }

  private indexes(
    node: Value | undefined,
    depth: number,
    step: Exclude<Step, { kind: 'name' }>,
  ): readonly number[] {
    if (step.kind === 'matched') {
      const { matchedIndex } = this.resolution
      if (matchedIndex === undefined)
        throw badValue('The positional operator did not find the match needed from the query.')
      return [matchedIndex]
    }
    if (!Array.isArray(node)) {
      throw badValue(
        `Cannot apply array updates to non-array element ${this.textUpTo(depth)}: ${shellText(node ?? null)}`,
      )
    }
    const all = [...node.keys()]
    if (step.kind === 'every') return all
    const test = this.resolution.arrayFilters.get(step.identifier)
    if (!test)
      throw badValue(`No array filter found for identifier '${step.identifier}' in path '${this.path.text}'`)
    return all.filter(index => test(node[index]))
  }

  private textUpTo(depth: number): string {
    return this.path.text.split('.').slice(0, depth).join('.')
  }

  private notViable(node: Value | undefined, depth: number, name: string) {
    const element = `{${this.path.text.split('.')[depth - 1] ?? ''}: ${shellText(node ?? null)}}`
    const words = this.creates
      ? `Cannot create field '${name}' in element ${element}`
      : `Cannot use the part (${name}) of (${this.path.text}) to traverse the element (${element})`
    return new MongoError(28, 'PathNotViable', words)
  }
}
