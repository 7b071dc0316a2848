import { compareValues } from '../../values/order.ts'
import { type MaybeValue, two } from './arguments.ts'
import { type CompileOperator, type OperatorTable } from './scope.ts'

/** The order of two results; unlike in a query a missing one comes before null, and every type is compared with every other. */
function compareResults(a: MaybeValue, b: MaybeValue): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return compareValues(a, b)
}

const compared = (name: string, accept: (order: number) => boolean): CompileOperator =>
  two(name, (a, b) => accept(compareResults(a, b)))

export const comparison: OperatorTable = {
  $eq: compared('$eq', order => order === 0),
  $ne: compared('$ne', order => order !== 0),
  $gt: compared('$gt', order => order > 0),
  $gte: compared('$gte', order => order >= 0),
  $lt: compared('$lt', order => order < 0),
  $lte: compared('$lte', order => order <= 0),
  $cmp: two('$cmp', (a, b) => Math.sign(compareResults(a, b))),
}
