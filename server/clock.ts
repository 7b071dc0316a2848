/** Where use cases get the time from; rules get it as a value. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date(Date.now()) }
