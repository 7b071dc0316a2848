import { type Hindrance, type Placement } from './placement.ts'
import { type Wish } from './placement-wish.ts'

export const rehearsalOutcomes = ['added', 'replaced', 'removed', 'unchanged', 'stopped', 'cannot'] as const
/** `stopped`: nothing is known for a variable (R08). `cannot`: the iPad does not take it, or cannot be reached. */
export type RehearsalOutcome = (typeof rehearsalOutcomes)[number]

export interface RehearsedIpad {
  readonly deviceId: string
  readonly assetTag: string
  readonly outcome: RehearsalOutcome
  readonly hindrance?: Hindrance
}

/** What a roll-out would do, before anything is sent. */
export interface Rehearsal {
  readonly of: number
  readonly counts: Readonly<Record<RehearsalOutcome, number>>
  /** Those that would not get it first, each by tag. */
  readonly ipads: readonly RehearsedIpad[]
  /** How many iPads each wave would have. */
  readonly waves: readonly number[]
}

/** What would become of one iPad that has `placement` now when `wish` holds for it; without one nothing is wanted there. */
export function outcomeOn(placement: Placement | undefined, wish: Wish | undefined): RehearsalOutcome {
  const isThere = placement?.want === 'installed' && placement.pendingAt !== undefined
  if (!wish) return isThere ? 'removed' : 'unchanged'
  if (wish.hindrance) return wish.hindrance.code === 'value-missing' ? 'stopped' : 'cannot'
  if (!isThere) return 'added'
  return placement.mark === wish.mark ? 'unchanged' : 'replaced'
}

const order: readonly RehearsalOutcome[] = ['stopped', 'cannot', 'removed', 'replaced', 'added', 'unchanged']

export function rehearsalOf(ipads: readonly RehearsedIpad[], waves: readonly number[]): Rehearsal {
  const count = (outcome: RehearsalOutcome) => ipads.filter(each => each.outcome === outcome).length
  return {
    of: ipads.length,
    counts: Object.fromEntries(rehearsalOutcomes.map(outcome => [outcome, count(outcome)])) as Record<
      RehearsalOutcome,
      number
    >,
    ipads: ipads.toSorted(
      (a, b) =>
        order.indexOf(a.outcome) - order.indexOf(b.outcome) || a.assetTag.localeCompare(b.assetTag, 'sv'),
    ),
    waves,
  }
}
