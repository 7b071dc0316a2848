import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

export interface TidyingOptions {
  /** How often to look whether the thread rests, in milliseconds. */
  readonly everyMs: number
  /** Below this share of the time at work (0–1) the thread rests. */
  readonly restingShare: number
  /** Milliseconds of work since the last tidying below which nothing worth it has piled up. */
  readonly worthMs: number
}

const usual: TidyingOptions = { everyMs: 15_000, restingShare: 0.05, worthMs: 1_000 }

/**
 * Lets this thread give back the memory of its last busy spell once it rests: V8 collects when something is allocated,
 * so after a burst its garbage stays resident for as long as nothing happens. One pause of some 50 ms for each spell,
 * when nobody waits. Returns how to stop.
 */
export function tidyAtRest({ everyMs, restingShare, worthMs }: TidyingOptions = usual): () => void {
  const collect = collector()
  let last = performance.eventLoopUtilization()
  let workedMs = 0
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { active, utilization } = performance.eventLoopUtilization(now, last)
    last = now
    workedMs += active
    if (utilization >= restingShare || workedMs < worthMs) return
    collect()
    last = performance.eventLoopUtilization()
    workedMs = 0
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** V8's own collector, which Node hands out only to a context that is made after it was asked for. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  setFlagsFromString('--no-expose-gc')
  return collect
}
