import { badValue } from '../errors.ts'
import { shellText } from '../indexes/shell-text.ts'
import { compileSort } from '../query/sort.ts'
import { typeName } from '../query/type-alias.ts'
import { cloneValue } from '../values/clone.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { compareValues } from '../values/order.ts'
import { isDocument, type Value } from '../values/value.ts'
import { type UpdateOperator } from './operator.ts'

/** What `$push` is asked for, checked. */
interface Push {
  readonly values: readonly Value[]
  readonly position: number | undefined
  readonly slice: number | undefined
  readonly sorted: ((array: Value[]) => Value[]) | undefined
}

const clauses = ['$each', '$position', '$slice', '$sort']

function parsePush(argument: Value): Push {
  if (!isDocument(argument) || !argument.has('$each')) {
    return { values: [argument], position: undefined, slice: undefined, sorted: undefined }
  }
  for (const name of argument.keys()) {
    if (!clauses.includes(name)) throw badValue(`Unrecognized clause in $push: ${name}`)
  }
  const values = argument.get('$each') ?? null
  if (!Array.isArray(values))
    throw badValue(`The argument to $each in $push must be an array but it was of type: ${typeName(values)}`)
  return {
    values,
    position: wholeClause('$position', argument.get('$position')),
    slice: wholeClause('$slice', argument.get('$slice')),
    sorted: sortClause(argument.get('$sort')),
  }
}

function wholeClause(name: string, value: Value | undefined): number | undefined {
  if (value === undefined) return undefined
  if (!isNumber(value) || !Number.isInteger(asNumber(value))) {
    throw badValue(`The value for ${name} must be an integer value but was given type: ${typeName(value)}`)
  }
  return asNumber(value)
}

function sortClause(value: Value | undefined): Push['sorted'] {
  if (value === undefined) return undefined
  if (isDocument(value)) {
    if (value.size === 0) throw badValue('The $sort pattern is empty when it should be a set of fields.')
    const sort = compileSort(value)
    return array => sort.sorted(array)
  }
  const direction = isNumber(value) ? asNumber(value) : 0
  if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1')
  return array => [...array].sort((a, b) => compareValues(a, b) * direction)
}

function pushed(array: readonly Value[], { values, position, slice, sorted }: Push): Value[] {
  const at =
    position === undefined ? array.length : position < 0 ? Math.max(0, array.length + position) : position
  const joined = [...array.slice(0, at), ...values.map(cloneValue), ...array.slice(at)]
  const ordered = sorted ? sorted(joined) : joined
  if (slice === undefined) return ordered
  // slice(-0) would be everything.
  return slice < 0 ? ordered.slice(slice) : ordered.slice(0, slice)
}

/** Appends values, then sorts, then cuts, whatever the order of the clauses. */
export const pushOperator: UpdateOperator = {
  creates: true,
  prepare(argument, path) {
    const push = parsePush(argument)
    return (place, { id }) => {
      const value = place.read() ?? []
      if (!Array.isArray(value)) {
        throw badValue(
          `The field '${path}' must be an array but is of type ${typeName(value)} in document {_id: ${shellText(id ?? null)}}`,
        )
      }
      place.write(pushed(value, push))
    }
  },
}
