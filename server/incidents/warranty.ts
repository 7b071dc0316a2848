import { dayOf } from '../calendar-day.ts'
import { DomainError } from '../domain-error.ts'
import { isMissingKind, type Incident } from './incident.ts'

export interface WarrantyFacts {
  /** Last day, `YYYY-MM-DD`. */
  readonly warrantyEndsOn?: string | undefined
}

/** `by-date`: covered unless somebody broke it, which a person judges; `unknown`: nobody wrote down when it ends. */
export const warrantyCovers = ['by-date', 'over', 'never', 'unknown'] as const
export type WarrantyCover = (typeof warrantyCovers)[number]

/** Whether the warranty can cover it, by kind and dates alone (requirements R45, R77): a theft never. */
export function warrantyCover(
  { kind, happenedAt, reportedAt }: Pick<Incident, 'kind' | 'happenedAt' | 'reportedAt'>,
  { warrantyEndsOn }: WarrantyFacts,
): WarrantyCover {
  if (isMissingKind(kind)) return 'never'
  if (warrantyEndsOn === undefined) return 'unknown'
  return dayOf(happenedAt ?? reportedAt) <= warrantyEndsOn ? 'by-date' : 'over'
}

/** @throws {DomainError} conflict `warranty-never`, `warranty-over` */
export function mayClaimWarranty(
  incident: Pick<Incident, 'kind' | 'happenedAt' | 'reportedAt'>,
  facts: WarrantyFacts,
): void {
  const cover = warrantyCover(incident, facts)
  if (cover === 'never') {
    throw new DomainError(
      'conflict',
      'warranty-never',
      'A warranty does not cover an iPad that is lost or stolen.',
    )
  }
  if (cover === 'over') {
    throw new DomainError('conflict', 'warranty-over', 'The warranty had already expired when it happened.')
  }
}
