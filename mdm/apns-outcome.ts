import { type PushOutcome } from './push.ts'

/** What Apple answered to one push, as far as it did. No status: the connection failed or nobody answered. */
interface ApnsAnswer {
  readonly status: number | undefined
  readonly reason: string | undefined
  /** The `retry-after` header. */
  readonly retryAfterSeconds: number | undefined
}

/** Apple's own statuses that say "not now" (Apple, "Handling notification responses from APNs"). */
const passing: readonly number[] = [408, 429, 500, 502, 503, 504]

/** The token cannot be right any more, whatever we do. */
const deadTokenReasons: readonly string[] = ['BadDeviceToken', 'Unregistered', 'ExpiredToken']

/** What an answer that is not 200 means for the iPad it was for. */
export function outcomeOf({ status, reason, retryAfterSeconds }: ApnsAnswer): PushOutcome {
  if (status === 410 || deadTokenReasons.includes(reason ?? '')) return { kind: 'unregistered' }
  if (status === undefined || passing.includes(status))
    return { kind: 'retry', afterSeconds: retryAfterSeconds, reason: reason ?? 'no answer' }
  return { kind: 'refused', reason: reason ?? `status ${status}` }
}

const firstDelayMs = 500
const longestDelayMs = 30_000
const attemptsAtOnce = 4

/**
 * Milliseconds to wait before trying again right away, after `attempts` tries; undefined when it should be left to the
 * queue. Doubles from half a second, with `random` (0–1) on top so that thousands do not come back together; never
 * sooner than Apple asks.
 */
export function retryDelayMs(
  attempts: number,
  askedSeconds: number | undefined,
  random: number,
): number | undefined {
  if (attempts >= attemptsAtOnce) return undefined
  const own = firstDelayMs * 2 ** (attempts - 1) * (1 + random)
  const delay = Math.max(own, (askedSeconds ?? 0) * 1000)
  return delay > longestDelayMs ? undefined : delay
}
