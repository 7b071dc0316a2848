import { badValue, MongoError } from '../errors.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { type Value } from '../values/value.ts'

/** The clock is asked once for so many records. */
const stride = 32

/** After so many milliseconds a write of many statements lets the others pass. */
const longMs = 50

/** A write that goes on behind what else is waiting; what it has done so far is kept. */
export class MustYield extends Error {
  override readonly name = 'MustYield'
}

/**
 * Until when the running command may read: its `maxTimeMS`. Commands run one after the other, so there is one for the
 * engine; a cursor takes what is left of its time along.
 */
export class Deadline {
  readonly #now: () => number
  #at = Infinity
  #since = 0
  #steps = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** Starts the time of a command, in milliseconds; Infinity for no end. */
  start(ms: number): void {
    this.#at = ms === Infinity ? Infinity : this.#now() + ms
    this.#since = this.#now()
    this.#steps = 0
  }

  /** Milliseconds that are left, at least 1; Infinity for no end. */
  get left(): number {
    return this.#at === Infinity ? Infinity : Math.max(1, this.#at - this.#now())
  }

  /** Whether the command has kept the others waiting for long. */
  get isLong(): boolean {
    return this.#now() - this.#since > longMs
  }

  /** @throws MongoError 50 when the time is over; called for each record that is read */
  check(): void {
    if (this.#at === Infinity || ++this.#steps % stride > 0) return
    if (this.#now() > this.#at) throw new MongoError(50, 'MaxTimeMSExpired', 'operation exceeded time limit')
  }
}

/**
 * The time a command gives itself, in milliseconds; Infinity when it names none or 0.
 * @throws MongoError 2 for what is no such time
 */
export function timeLimit(given: Value | undefined): number {
  if (given === undefined || given === null) return Infinity
  if (!isNumber(given)) throw badValue('maxTimeMS must be a number')
  const ms = asNumber(given)
  if (!Number.isInteger(ms)) throw badValue('maxTimeMS has non-integral value')
  if (ms < 0 || ms > 2 ** 31 - 1) throw badValue(`${ms} value for maxTimeMS is out of range [0, 2147483647]`)
  return ms === 0 ? Infinity : ms
}
