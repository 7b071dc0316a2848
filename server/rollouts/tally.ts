import { DomainError } from '../domain-error.ts'
import { isWeighedHindered } from './placement.ts'
import { type Rehearsal } from './rehearsal.ts'

/**
 * The iPads that somebody has changed lately without a second person; what a limit adds up. One row for each, by
 * roll-outs and by deeds on many.
 */
export interface Tally {
  readonly organisationId: string
  /** Who answers for it. */
  readonly whose: string
  /** Each once, with when it was last changed. */
  readonly ipads: readonly { readonly deviceId: string; readonly at: Date }[]
  readonly version: number
}

/** For how long what one person does adds up, in milliseconds: a day. */
export const dayMs = 86_400_000

/** A wish as it is weighed against the organisation's limit. */
export interface Weight {
  /** The iPads on which something would change. */
  readonly changing: readonly string[]
  /** How many other iPads the same person changed alone within the time that adds up. */
  readonly lately: number
  readonly whyTwo: WhyTwo | undefined
}

/**
 * `over-limit`: this alone is too much. `over-day-limit`: it is too much together with what the same person did lately.
 */
export type WhyTwo = 'over-limit' | 'over-day-limit'

/** Why a second person has to agree to something that changes these iPads; undefined when nobody has to. */
export function weightOf(
  changing: readonly string[],
  {
    tally,
    since,
    limit,
  }: { readonly tally: Tally | undefined; readonly since: Date; readonly limit: number },
): Weight {
  const own = new Set(changing)
  const others = (tally?.ipads ?? []).filter(({ deviceId, at }) => at > since && !own.has(deviceId))
  const { length: lately } = others
  const { size } = own
  const isOver = size > 0 && size + lately > limit
  const whyTwo = size > limit ? 'over-limit' : isOver ? 'over-day-limit' : undefined
  return { changing: [...own], lately, whyTwo }
}

/** The tally with these iPads changed at `now`, and without those changed at `since` or earlier. */
export function tallied(
  before: Pick<Tally, 'organisationId' | 'whose'> & Partial<Tally>,
  deviceIds: readonly string[],
  { now, since }: { readonly now: Date; readonly since: Date },
): Tally {
  const { organisationId, whose, ipads = [], version = 0 } = before
  const fresh = new Set(deviceIds)
  const kept = ipads.filter(({ deviceId, at }) => at > since && !fresh.has(deviceId))
  return {
    organisationId,
    whose,
    version: version + 1,
    ipads: [...kept, ...[...fresh].map(deviceId => ({ deviceId, at: now }))],
  }
}

/** The iPads on which a roll-out would change something, now or as soon as a value is known or the iPad has told of itself. */
export const changedBy = ({ ipads }: Pick<Rehearsal, 'ipads'>): string[] =>
  ipads
    .filter(
      ({ outcome, hindrance }) => outcome !== 'unchanged' && (!hindrance || isWeighedHindered(hindrance)),
    )
    .map(({ deviceId }) => deviceId)

/** That a second person has to agree and nothing was said that they could decide by. */
export function reasonMissing({ changing, lately, whyTwo }: Weight, limit: number): DomainError {
  const why =
    whyTwo === 'over-day-limit'
      ? `With the ${lately} others that you changed in the last 24 hours, these ${changing.length} iPads are more than ${limit}.`
      : `These are more than ${limit} iPads.`
  const message = `${why} A second person has to agree to this; say why, so that they can decide.`
  return new DomainError('invalid', 'rollout-reason', message, [{ path: 'reason', message }])
}
