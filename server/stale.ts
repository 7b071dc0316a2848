import { DomainError } from './domain-error.ts'

/** Somebody else saved between the reading and the saving of this. */
export const isStale = (error: unknown): boolean => error instanceof DomainError && error.code === 'stale'

/**
 * Tries for work that others do beside it on the same row: whenever one comes too late another has saved, so that as many
 * are enough as can be at it at once.
 */
export const triesAmongMany = 50

/**
 * Does `work`, which reads what stands and saves on top of it, again when somebody came in between; what comes of it.
 * Not for work on a version that the caller named: there they have to look again themselves.
 * @throws {DomainError} conflict `stale` after `tries` times
 */
export async function againWhenStale<T>(work: () => Promise<T>, tries = 5): Promise<T> {
  for (let left = tries; ; left -= 1) {
    try {
      return await work()
    } catch (error) {
      if (left <= 1 || !isStale(error)) throw error
    }
  }
}
