import { AsyncLocalStorage } from 'node:async_hooks'
import { type Clock } from '../../server/clock.ts'

/** A clock that shows the real time, except to what is told to happen at another. */
export interface PastClock extends Clock {
  /** Runs `work` as if it were `at`; whatever it starts and waits for sees that time too. */
  at<T>(at: Date, work: () => Promise<T>): Promise<T>
}

/** With it the demo's history comes about through the same use cases as the present, on its own days. */
export function createPastClock(real: Clock): PastClock {
  const past = new AsyncLocalStorage<Date>()
  return {
    now: () => past.getStore() ?? real.now(),
    at: (at, work) => past.run(at, work),
  }
}
