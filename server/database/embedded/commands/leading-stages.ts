import { usesVariables } from '../aggregation/pushdown.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'

const order = ['$match', '$sort', '$skip', '$limit']

/** How many stages at the head of a pipeline a query answers as they are: `$match`, then `$sort`, `$skip` and `$limit` once each. */
export function leadingStages(stages: readonly Document[]): number {
  let place = 0
  let count = 0
  for (const stage of stages) {
    const [field] = stage
    const next = field ? order.indexOf(field[0]) : -1
    const repeats = next === place && next > 0 && count > 0 && stages[count - 1]?.has(order[next] ?? '')
    if (!field || next < place || repeats || usesVariables(field[1])) return count
    place = next
    count++
  }
  return count
}

/**
 * What a pipeline makes of the number of matches when counting them is all it does:
 * `{ $group: { _id: <constant>, n: { $sum: 1 } } }`, as drivers count documents.
 */
export function countedAs(stages: readonly Document[]): ((n: number) => Document) | undefined {
  const group = stages.at(-1)?.get('$group')
  if (leadingStages(stages) !== stages.length - 1 || !isDocument(group) || group.size !== 2) return undefined
  const id = group.get('_id')
  const [, field] = [...group]
  const [name, sum] = field ?? []
  const one: Value | undefined = isDocument(sum) && sum.size === 1 ? sum.get('$sum') : undefined
  if (!(isNumber(id) || id === null) || name === undefined || !isNumber(one) || asNumber(one) !== 1)
    return undefined
  return n => toDocument({ _id: id, [name]: n })
}
