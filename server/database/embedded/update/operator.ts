import { type Value } from '../values/value.ts'
import { type Place } from './visit.ts'

/** The call of an update operator on one path. */
export interface UpdateCall {
  readonly path: string
  readonly argument: Value
  readonly now: Date
  /** The document's `_id`, for messages; undefined while it has none. */
  readonly id: Value | undefined
}

/** Changes one place; checks its argument when it is made. */
export type Change = (place: Place, call: UpdateCall) => void

export interface UpdateOperator {
  /** Whether documents missing on the way are made. */
  readonly creates: boolean
  /** Passes by a path that leads through a scalar, which is a fault for all others. */
  readonly passesBy?: true
  /** Checks the argument once and gives the change. */
  prepare(argument: Value, path: string): Change
}
