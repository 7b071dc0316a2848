import { atLocation } from '../errors.ts'
import { compileSort } from '../query/sort.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { compareValues } from '../values/order.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { isNothing, type MaybeValue } from './expressions/arguments.ts'
import { compileExpression } from './expressions/compile.ts'
import { mergeObjects } from './expressions/objects.ts'
import { type Scope } from './expressions/scope.ts'
import { average, deviation } from './expressions/statistics.ts'
import { identityOf } from './identity.ts'
import { type HeldMemory } from './memory-limit.ts'
import { Sum } from './sum.ts'

/** Gathers one result for one group. */
export interface Accumulator {
  add(document: Document): void
  result(): Value
}

/** Makes an accumulator for a new group. */
export type NewAccumulator = (memory: HeldMemory) => Accumulator

type CompileAccumulator = (argument: Value, scope: Scope) => NewAccumulator

/** Accumulators that look at one value at a time. */
interface Gathering {
  take(value: MaybeValue): void
  result(): Value
}

const over =
  (make: (memory: HeldMemory) => Gathering): CompileAccumulator =>
  (argument, scope) => {
    const evaluate = compileExpression(argument, scope)
    return memory => {
      const gathering = make(memory)
      return { add: document => gathering.take(evaluate(document)), result: () => gathering.result() }
    }
  }

function summing(): Gathering {
  const sum = new Sum()
  return { take: value => void sum.add(value), result: () => sum.result() }
}

function averaging(): Gathering {
  const sum = new Sum()
  let count = 0
  return {
    take: value => {
      if (sum.add(value)) count += 1
    },
    result: () => (count === 0 ? null : average(sum.result(), count)),
  }
}

const extremeOf = (side: 1 | -1) => (): Gathering => {
  let found: MaybeValue
  return {
    take: value => {
      if (!isNothing(value) && (found === undefined || compareValues(value, found) * side > 0)) found = value
    },
    result: () => found ?? null,
  }
}

function firstValue(): Gathering {
  let seen = false
  let found: MaybeValue
  return {
    take: value => {
      if (!seen) found = value
      seen = true
    },
    result: () => found ?? null,
  }
}

function lastValue(): Gathering {
  let found: MaybeValue
  return { take: value => void (found = value), result: () => found ?? null }
}

function pushing(memory: HeldMemory): Gathering {
  const values: Value[] = []
  return {
    take: value => {
      if (value !== undefined) values.push(memory.hold(value))
    },
    result: () => values,
  }
}

function addingToSet(memory: HeldMemory): Gathering {
  const values = new Map<string, Value>()
  return {
    take: value => {
      if (value === undefined) return
      const identity = identityOf(value)
      if (!values.has(identity)) values.set(identity, memory.hold(value))
    },
    result: () => [...values.values()],
  }
}

function merging(): Gathering {
  let merged: Document = new Map()
  return { take: value => void (merged = mergeObjects([merged, value])), result: () => merged }
}

const deviating = (kind: 'population' | 'sample') => (memory: HeldMemory) => {
  const numbers: Value[] = []
  return {
    take: (value: MaybeValue) => {
      if (value !== undefined && isNumber(value)) numbers.push(memory.hold(value))
    },
    result: () => deviation(numbers, kind),
  }
}

const counting: CompileAccumulator = argument => {
  if (!isDocument(argument) || argument.size > 0)
    throw atLocation(40238, '$count takes no arguments, i.e. $count:{}')
  return () => {
    let count = 0
    return { add: () => void (count += 1), result: () => count }
  }
}

function countOf(name: string, argument: Document, scope: Scope): number {
  const n = compileExpression(argument.get('n') ?? null, scope)(new Map())
  const count = n !== undefined && isNumber(n) ? asNumber(n) : NaN
  if (!Number.isInteger(count) || count < 1)
    throw atLocation(5787903, `Value for 'n' must be a positive integer in ${name}`)
  return count
}

/** `$firstN`, `$lastN`, `$minN`, `$maxN`: everything is gathered, then cut. */
const several =
  (name: string, choose: (values: readonly Value[], count: number) => Value[]): CompileAccumulator =>
  (argument, scope) => {
    if (!isDocument(argument)) throw atLocation(5787900, `specification must be an object; found ${name}`)
    const count = countOf(name, argument, scope)
    const evaluate = compileExpression(argument.get('input') ?? null, scope)
    return memory => {
      const values: Value[] = []
      return {
        add: document => void values.push(memory.hold(evaluate(document) ?? null)),
        result: () => choose(values, count),
      }
    }
  }

const ordered = (side: 1 | -1) => (values: readonly Value[], count: number) =>
  values
    .filter(value => !isNothing(value))
    .sort((a, b) => compareValues(a, b) * side)
    .slice(0, count)

/** `$top`, `$bottom` and their N forms: the outputs of the documents that a sort puts first or last. */
const sorted =
  (name: string, end: 'top' | 'bottom', isSingle: boolean): CompileAccumulator =>
  (argument, scope) => {
    const sortBy = isDocument(argument) ? argument.get('sortBy') : undefined
    if (!isDocument(argument) || !isDocument(sortBy))
      throw atLocation(5788001, `${name} requires 'sortBy' to be an object`)
    const sort = compileSort(sortBy)
    const output = compileExpression(argument.get('output') ?? null, scope)
    const count = isSingle ? 1 : countOf(name, argument, scope)
    return memory => {
      const documents: Document[] = []
      return {
        add: document => void documents.push(memory.hold(document)),
        result: () => {
          const inOrder = sort.sorted(documents)
          const chosen = end === 'top' ? inOrder.slice(0, count) : inOrder.slice(-count)
          const outputs = chosen.map(document => output(document) ?? null)
          return isSingle ? (outputs[0] ?? null) : outputs
        },
      }
    }
  }

const compilers: Readonly<Record<string, CompileAccumulator>> = {
  $addToSet: over(addingToSet),
  $avg: over(averaging),
  $bottom: sorted('$bottom', 'bottom', true),
  $bottomN: sorted('$bottomN', 'bottom', false),
  $count: counting,
  $first: over(firstValue),
  $firstN: several('$firstN', (values, count) => values.slice(0, count)),
  $last: over(lastValue),
  $lastN: several('$lastN', (values, count) => values.slice(-count)),
  $max: over(extremeOf(1)),
  $maxN: several('$maxN', ordered(-1)),
  $mergeObjects: over(merging),
  $min: over(extremeOf(-1)),
  $minN: several('$minN', ordered(1)),
  $push: over(pushing),
  $stdDevPop: over(deviating('population')),
  $stdDevSamp: over(deviating('sample')),
  $sum: over(summing),
  $top: sorted('$top', 'top', true),
  $topN: sorted('$topN', 'top', false),
}

/** The names of the accumulators that the engine takes. */
export const accumulatorOperators: readonly string[] = Object.keys(compilers)

/** Compiles `{ $sum: … }` of a field of a group. Throws `MongoError` 40234 to 40238 and 15952 for what is none. */
export function compileAccumulator(field: string, specification: Value, scope: Scope): NewAccumulator {
  if (field.includes('.')) throw atLocation(40235, `The field name '${field}' cannot contain '.'`)
  if (field.startsWith('$')) throw atLocation(40236, `The field name '${field}' cannot be an operator name`)
  const [call, second] = isDocument(specification) ? specification : []
  if (!call) throw atLocation(40234, `The field '${field}' must be an accumulator object`)
  if (second) throw atLocation(40238, `The field '${field}' must specify one accumulator`)
  const compile = Object.hasOwn(compilers, call[0]) ? compilers[call[0]] : undefined
  if (!compile) throw atLocation(15952, `unknown group operator '${call[0]}'`)
  return compile(call[1], scope)
}
