import { type Db } from 'mongodb'

/** One step of the stored data from one version of the product to the next. Numbers rise and are never used again. */
export interface Migration {
  readonly number: number
  /** What it does, in a few words. */
  readonly name: string
  /** Run once, before anything is served. A crash in the middle runs it again, so doing a part twice must be harmless. */
  readonly run: (db: Db) => Promise<void>
}

/** The stored data was written by a newer version. The message is for the administrator. */
export class NewerDataError extends Error {
  constructor(found: number, known: number) {
    super(
      `The data was written by a newer version of Örnkoll (data version ${found}, this one knows ${known}). ` +
        'Start that version, or restore a backup that was made before the upgrade.',
    )
    this.name = 'NewerDataError'
  }
}

/** The stored data waits for migrations of this version. The message is for the administrator. */
export class OlderDataError extends Error {
  constructor() {
    super('The data was written by an older version of Örnkoll. Start this version once, and try again.')
    this.name = 'OlderDataError'
  }
}

/** A migration that was begun; `at` is when it was through. */
interface Begun {
  readonly number: number
  readonly at?: Date | undefined
}

/**
 * What is still to be run, in order, given what was begun: one that broke off in the middle is run again.
 * @throws {NewerDataError} when one was begun that is not known here
 */
export function toRun(all: readonly Migration[], begun: readonly Begun[]): readonly Migration[] {
  const known = Math.max(0, ...all.map(({ number }) => number))
  const newest = Math.max(0, ...begun.map(({ number }) => number))
  if (newest > known) throw new NewerDataError(newest, known)
  const done = new Set(begun.filter(({ at }) => at !== undefined).map(({ number }) => number))
  return all.filter(({ number }) => !done.has(number)).toSorted((a, b) => a.number - b.number)
}
