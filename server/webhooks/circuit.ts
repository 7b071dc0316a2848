/** A receiver that has taken nothing for a while: it is asked less and less, so that it holds up nobody else. */
export interface Trouble {
  /** Rounds in a row in which nothing was taken; none when it only asked for a rest. */
  readonly failures: number
  /** When the first of them was, or when it asked. */
  readonly since: Date
  /** Nothing is sent before this. */
  readonly until: Date
}

/** People are told from this many failed rounds in a row, and the receiver is left alone for a while. */
const patience = 3
const firstPauseMs = 5 * 60_000
const longestPauseMs = 60 * 60_000
const perRound = 5

interface Round {
  readonly wasTaken: boolean
  /** For how long the receiver has asked to be left alone. */
  readonly restMs: number
  readonly now: Date
}

/** The trouble after a round; undefined when something was taken and nothing asked for a rest. */
export function troubleAfter(
  before: Trouble | undefined,
  { wasTaken, restMs, now }: Round,
): Trouble | undefined {
  if (wasTaken && restMs === 0) return undefined
  const failures = wasTaken ? 0 : (before?.failures ?? 0) + 1
  const doublings = failures - patience
  const pause = doublings < 0 ? 0 : Math.min(firstPauseMs * 2 ** doublings, longestPauseMs)
  const since = before && before.failures > 0 && !wasTaken ? before.since : now
  return { failures, since, until: new Date(now.getTime() + Math.max(pause, restMs)) }
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
