import { atLocation } from '../../errors.ts'
import { type Document, isDocument, type Value } from '../../values/value.ts'
import { type Accumulator, compileAccumulator, type NewAccumulator } from '../accumulators.ts'
import { compileExpression } from '../expressions/compile.ts'
import { type Scope } from '../expressions/scope.ts'
import { identityOf } from '../identity.ts'
import { HeldMemory } from '../memory-limit.ts'
import { type Stage, type StageContext } from '../pipeline-context.ts'

/** The fields that a group computes. */
export interface GroupFields {
  readonly names: readonly string[]
  readonly makers: readonly NewAccumulator[]
}

/** Compiles the accumulators of a group, given as `{ field: { $accumulator: … } }`. */
export function compileGroupFields(fields: Iterable<[string, Value]>, scope: Scope): GroupFields {
  const pairs = [...fields]
  return {
    names: pairs.map(([name]) => name),
    makers: pairs.map(([name, specification]) => compileAccumulator(name, specification, scope)),
  }
}

/** One group on its way. */
export class Group {
  private readonly id: Value
  private readonly accumulators: readonly Accumulator[]

  constructor(id: Value, { makers }: GroupFields, memory: HeldMemory) {
    this.id = memory.hold(id)
    this.accumulators = makers.map(make => make(memory))
  }

  add(document: Document): void {
    for (const accumulator of this.accumulators) accumulator.add(document)
  }

  result({ names }: GroupFields): Document {
    const result: Document = new Map([['_id', this.id]])
    for (const [index, accumulator] of this.accumulators.entries())
      result.set(names[index] ?? '', accumulator.result())
    return result
  }
}

/** `$group`: one document for each value of `_id`; missing counts as null. Groups come in the order they were first met. */
export function compileGroup(argument: Value, { scope, port }: StageContext): Stage {
  if (!isDocument(argument)) throw atLocation(15947, "a group's fields must be specified in an object")
  const id = argument.get('_id')
  if (id === undefined) throw atLocation(15955, 'a group specification must include an _id')
  const idOf = compileExpression(id, scope)
  const fields = compileGroupFields(
    [...argument].filter(([name]) => name !== '_id'),
    scope,
  )
  return function* group(input) {
    const memory = new HeldMemory('$group', port.limits)
    const groups = new Map<string, Group>()
    for (const document of input) {
      const value = idOf(document) ?? null
      const identity = identityOf(value)
      let found = groups.get(identity)
      if (!found) {
        found = new Group(value, fields, memory)
        groups.set(identity, found)
      }
      found.add(document)
    }
    for (const found of groups.values()) yield found.result(fields)
  }
}
