import { setTimeout as delay } from 'node:timers/promises'

const everyMs = 100

/**
 * What `look` gives once `isGood` says so, looking again and again: for what a server does after it has answered.
 * Throws with what was seen last when it takes longer than `seconds`.
 */
export async function eventually<T>(
  look: () => Promise<T>,
  isGood: (seen: T) => boolean,
  seconds = 90,
): Promise<T> {
  const endsAt = performance.now() + seconds * 1000
  for (;;) {
    const seen = await look()
    if (isGood(seen)) return seen
    if (performance.now() > endsAt) throw new Error(`Not within ${seconds} s: ${JSON.stringify(seen)}`)
    await delay(everyMs)
  }
}
