import { setTimeout as wait } from 'node:timers/promises'

export type Pace = ReturnType<typeof createPace>

/** Turns that are taken one after the other, at least `pauseMs` milliseconds apart; with 0 nobody waits. */
export function createPace(pauseMs: number) {
  const ended = new AbortController()
  let line: Promise<unknown> = Promise.resolve()
  return {
    /** True when the turn has come; false when the server stops first, which leaves the rest to the next one. */
    async turn(): Promise<boolean> {
      if (pauseMs === 0) return true
      const before = line
      line = before.then(() => wait(pauseMs, undefined, { signal: ended.signal }).catch(() => undefined))
      await before
      return !ended.signal.aborted
    },
    /** Nobody waits any more. */
    end: () => ended.abort(),
  }
}
