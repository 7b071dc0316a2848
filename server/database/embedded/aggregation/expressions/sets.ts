import { atLocation } from '../../errors.ts'
import { compareValues } from '../../values/order.ts'
import { type Value } from '../../values/value.ts'
import { identityOf } from '../identity.ts'
import { any, isNothing, type MaybeValue, one, two } from './arguments.ts'
import { type OperatorTable } from './scope.ts'
import { isTrue } from './truth.ts'

type Members = ReadonlyMap<string, Value>

function members(name: string, value: MaybeValue): Members {
  if (!Array.isArray(value)) throw atLocation(17048, `All operands of ${name} must be arrays.`)
  const found = new Map<string, Value>()
  for (const element of value) {
    const identity = identityOf(element)
    if (!found.has(identity)) found.set(identity, element)
  }
  return found
}

const ordered = (set: Members) => [...set.values()].sort(compareValues)

const intersection = (a: Members, b: Members): Members =>
  new Map([...a].filter(([identity]) => b.has(identity)))

const isSubset = (a: Members, b: Members) => [...a.keys()].every(identity => b.has(identity))

export const sets: OperatorTable = {
  $setUnion: any('$setUnion', values => {
    if (values.some(isNothing)) return null
    return ordered(new Map(values.flatMap(value => [...members('$setUnion', value)])))
  }),
  $setIntersection: any('$setIntersection', values => {
    if (values.some(isNothing)) return null
    const [first, ...others] = values.map(value => members('$setIntersection', value))
    return first ? ordered(others.reduce(intersection, first)) : []
  }),
  $setDifference: two('$setDifference', (a, b) => {
    if (isNothing(a) || isNothing(b)) return null
    const other = members('$setDifference', b)
    return [...members('$setDifference', a)]
      .filter(([identity]) => !other.has(identity))
      .map(([, value]) => value)
  }),
  $setEquals: any('$setEquals', values => {
    const [first, ...others] = values.map(value => members('$setEquals', value))
    return first !== undefined && others.every(other => isSubset(first, other) && isSubset(other, first))
  }),
  $setIsSubset: two('$setIsSubset', (a, b) =>
    isSubset(members('$setIsSubset', a), members('$setIsSubset', b)),
  ),
  $anyElementTrue: one('$anyElementTrue', value =>
    [...members('$anyElementTrue', value).values()].some(isTrue),
  ),
  $allElementsTrue: one('$allElementsTrue', value =>
    [...members('$allElementsTrue', value).values()].every(isTrue),
  ),
}
