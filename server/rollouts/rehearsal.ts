import { type Stranding } from '../../profiles/stranding.ts'
import { type Finding } from '../../profiles/validation/finding.ts'
import { DomainError } from '../domain-error.ts'
import { mayBeOn } from './on-ipad.ts'
import { type Hindrance, type Placement } from './placement.ts'
import { type Wish } from './placement-wish.ts'

const rehearsalOutcomes = ['added', 'replaced', 'removed', 'unchanged', 'stopped', 'cannot'] as const
/** `stopped`: nothing is known for a variable (R08). `cannot`: the iPad does not take it, or cannot be reached. */
export type RehearsalOutcome = (typeof rehearsalOutcomes)[number]

export interface RehearsedIpad {
  readonly deviceId: string
  readonly assetTag: string
  readonly outcome: RehearsalOutcome
  readonly hindrance?: Hindrance
  /** Why it would be stranded; it is sent all the same. */
  readonly stranding?: Stranding
}

/** What a roll-out would do, before anything is sent. */
export interface Rehearsal {
  readonly of: number
  readonly counts: Readonly<Record<RehearsalOutcome, number>>
  /** Those that would not get it first, each by tag. */
  readonly ipads: readonly RehearsedIpad[]
  /** How many iPads would perhaps not be reached or opened any more, by why. */
  readonly stranded: Readonly<Partial<Record<Stranding, number>>>
  /** How many iPads each wave would have. */
  readonly waves: readonly number[]
  /** Keys that some of these iPads do not know, with how many; of a dry run alone. */
  readonly unavailable?: readonly Finding[]
}

/** What would become of one iPad that has `placement` now when `wish` holds for it; without one nothing is wanted there. */
export function outcomeOn(placement: Placement | undefined, wish: Wish | undefined): RehearsalOutcome {
  // What is being taken away counts as gone: it comes anew when it is wanted again.
  const there = placement?.want === 'installed' ? mayBeOn(placement) : []
  if (!wish) return there.length > 0 ? 'removed' : 'unchanged'
  if (wish.hindrance) return wish.hindrance.code === 'value-missing' ? 'stopped' : 'cannot'
  if (there.length === 0) return 'added'
  return there.every(({ mark }) => mark === wish.mark) ? 'unchanged' : 'replaced'
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
    stranded: strandedIn(ipads),
    waves,
  }
}

/** How many of them would be stranded, by why. */
export function strandedIn(
  ipads: readonly { readonly stranding?: Stranding | undefined }[],
): Rehearsal['stranded'] {
  const counts: Partial<Record<Stranding, number>> = {}
  for (const { stranding } of ipads) if (stranding) counts[stranding] = (counts[stranding] ?? 0) + 1
  return counts
}

/** @throws {DomainError} conflict `rollout-strands` when iPads could certainly not be reached or opened afterwards */
export function refuseStranding({ stranded }: Pick<Rehearsal, 'stranded'>): void {
  const { 'passcode-loop': locked = 0, 'no-allowed-network': cut = 0 } = stranded
  if (locked + cut === 0) return
  throw new DomainError(
    'conflict',
    'rollout-strands',
    `This would strand iPads (${locked + cut}): they could not be reached or opened again. Remove what conflicts with it first.`,
  )
}
