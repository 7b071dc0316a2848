import { accumulatorOperators } from './aggregation/accumulators.ts'
import { expressionOperators } from './aggregation/expressions/compile.ts'
import { pipelineStages } from './aggregation/run-pipeline.ts'
import { topOperators } from './query/match.ts'
import { pathOperators } from './query/operators.ts'
import { updateOperators } from './update/modifiers.ts'
import { updateStages } from './update/pipeline-update.ts'

/**
 * Everything that the engine takes, read from the tables that compile it, so that the list cannot drift from what works.
 * A product that keeps to it runs the same on the engine and on a MongoDB server.
 */
export const allowed = {
  /** Operators at the top of a filter, and inside `$and`, `$or` and `$nor`. */
  filters: new Set(topOperators),
  /** Operators on a path of a filter. */
  paths: new Set(pathOperators),
  /** Operators of a `find` projection beside expressions. */
  projections: new Set(['$elemMatch', '$slice']),
  updates: new Set(updateOperators),
  updateStages: new Set(updateStages),
  stages: new Set(pipelineStages),
  expressions: new Set(expressionOperators),
  accumulators: new Set(accumulatorOperators),
  /** What a field of an index key can be: ascending or descending. */
  indexDirections: new Set<unknown>([1, -1]),
  indexOptions: new Set([
    'background',
    'expireAfterSeconds',
    'hidden',
    'name',
    'partialFilterExpression',
    'sparse',
    'unique',
    'v',
  ]),
} as const
