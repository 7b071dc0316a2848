import { performance } from 'node:perf_hooks'

interface TidyingOptions {
  /** How often to look whether the thread rests, in milliseconds. */
  readonly everyMs: number
  /** Below this share of the time at work (0–1) the thread rests. */
  readonly restingShare: number
  /** Milliseconds of work since the last tidying below which nothing worth it has piled up. */
  readonly worthMs: number
}

const everything = { type: 'major', execution: 'sync', flavor: 'last-resort' } as const

const usual: TidyingOptions = { everyMs: 15_000, restingShare: 0.05, worthMs: 1_000 }

/**
 * Lets this thread give back the memory of its last busy spell once it rests: V8 collects when something is allocated,
 * so after a burst its garbage stays resident for as long as nothing happens. One pause of some 100 ms for each spell,
 * when nobody waits. `collect` is the `gc` of a Node that was started with `--expose-gc`; asking V8 for it later on can
 * keep a thread from ending, so without it nothing is done. Returns how to stop.
 */
export function tidyAtRest(
  collect: ((how: typeof everything) => unknown) | undefined,
  { everyMs, restingShare, worthMs }: TidyingOptions = usual,
): () => void {
  if (!collect) return () => undefined
  let last = performance.eventLoopUtilization()
  let workedMs = 0
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { active, utilization } = performance.eventLoopUtilization(now, last)
    last = now
    workedMs += active
    if (utilization >= restingShare || workedMs < worthMs) return
    // A plain collection leaves half-empty pages behind; this one hands them back.
    collect(everything)
    last = performance.eventLoopUtilization()
    workedMs = 0
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
