import { DomainError } from './domain-error.ts'

/** That somebody saved `what`, one noun, between the reading and the saving of it: conflict `stale`, to be thrown. */
export const stale = (what: string): DomainError =>
  new DomainError('conflict', 'stale', `Somebody changed this ${what} meanwhile. Read it again.`)

/** Somebody else saved between the reading and the saving of this. */
export const isStale = (error: unknown): boolean => error instanceof DomainError && error.code === 'stale'

/**
 * Tries for work that others do on the same row at the same time: each failed try means that another one saved, so as
 * many tries are enough as there are others.
 */
export const triesAmongMany = 50

/**
 * Runs `work`, which reads and then saves on top, again if somebody saved in between; answers its result. Not for work
 * on a version that the caller named: they must look again themselves.
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
