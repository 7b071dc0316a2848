/** A receiver that has taken nothing for a while: it is asked less and less, so that it holds up nobody else. */
export interface Trouble {
  /** Rounds in a row in which nothing was taken. */
  readonly failures: number
  /** When the first of them was. */
  readonly since: Date
  /** Nothing is sent before this. */
  readonly until: Date
}

/** People are told from this many failed rounds in a row, and the receiver is left alone for a while. */
const patience = 3
const firstPauseMs = 5 * 60_000
const longestPauseMs = 60 * 60_000
const perRound = 5

/** The trouble after a round; undefined when something was taken. */
export function troubleAfter(
  before: Trouble | undefined,
  { wasTaken, now }: { readonly wasTaken: boolean; readonly now: Date },
): Trouble | undefined {
  if (wasTaken) return undefined
  const failures = (before?.failures ?? 0) + 1
  const doublings = failures - patience
  const pause = doublings < 0 ? 0 : Math.min(firstPauseMs * 2 ** doublings, longestPauseMs)
  return { failures, since: before?.since ?? now, until: new Date(now.getTime() + pause) }
}

/** Whether people have to be told of it. */
export function isInTrouble(trouble: Trouble | undefined): trouble is Trouble {
  return trouble !== undefined && trouble.failures >= patience
}

/** How many deliveries a round may bring to a receiver: one to see whether it listens again, else a few. */
export function shareOf(trouble: Trouble | undefined, now: Date): number {
  if (trouble && now < trouble.until) return 0
  return isInTrouble(trouble) ? 1 : perRound
}
