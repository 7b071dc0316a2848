import { toDocument } from '../values/plain.ts'
import { type Document, type Value } from '../values/value.ts'
import { type IndexPlan, type Plan } from './plan.ts'

interface ExplainedQuery {
  readonly plan: Plan
  readonly filter: Document
  readonly sort: Document | undefined
  readonly skip: number
  readonly limit: number
  readonly projection: Document | undefined
}

/** The stages of a plan as `explain` shows them, outermost first. */
export function explainPlan({ plan, filter, sort, skip, limit, projection }: ExplainedQuery): Document {
  let stage = accessStage(plan, filter)
  if (sort && sort.size > 0 && !plan.sorted) {
    stage = {
      stage: 'SORT',
      sortPattern: sort,
      memLimit: 104857600,
      ...(limit > 0 && { limitAmount: limit + skip }),
      type: 'simple',
      inputStage: stage,
    }
  }
  if (skip > 0) stage = { stage: 'SKIP', skipAmount: skip, inputStage: stage }
  if (limit > 0 && stage['stage'] !== 'SORT')
    stage = { stage: 'LIMIT', limitAmount: limit, inputStage: stage }
  if (projection && projection.size > 0)
    stage = { stage: 'PROJECTION_DEFAULT', transformBy: projection, inputStage: stage }
  return toDocument(stage)
}

type Stage = Readonly<Record<string, unknown>>

function accessStage(plan: Plan, filter: Document): Stage {
  const condition: { filter?: Value } = filter.size > 0 ? { filter } : {}
  if (plan.kind === 'scan') return { stage: 'COLLSCAN', ...condition, direction: 'forward' }
  if (plan.kind === 'union') {
    return {
      stage: 'FETCH',
      ...condition,
      inputStage: { stage: 'OR', inputStages: plan.parts.map(indexStage) },
    }
  }
  return plan.exact ? { stage: 'IDHACK' } : { stage: 'FETCH', ...condition, inputStage: indexStage(plan) }
}

const indexStage = ({ index, ranges, reverse }: IndexPlan): Stage => ({
  stage: 'IXSCAN',
  keyPattern: index.keyPattern,
  indexName: index.name,
  isMultiKey: index.multikey,
  isUnique: index.unique,
  isSparse: index.sparse,
  isPartial: index.partial !== undefined,
  indexVersion: 2,
  direction: reverse ? 'backward' : 'forward',
  rangesRead: ranges.length,
})
