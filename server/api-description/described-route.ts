import { type Right } from '../staff/rights.ts'
import { type Described } from './schema-form.ts'

/** A route of the API as its own settings describe it. */
export interface DescribedRoute {
  readonly method: string
  readonly path: string
  readonly tags: readonly string[]
  /** What the caller must hold; missing for what is about the caller. */
  readonly right?: Right
  /** A person has to have proved lately who they are; programs with a token do not. */
  readonly freshSignIn: boolean
  /** A repetition with one `Idempotency-Key` gets the first answer. */
  readonly once: boolean
  readonly params?: Described
  readonly query?: Described
  readonly payload?: Described
  /** Content types of the body where it is not JSON. */
  readonly takes?: readonly string[]
  /** Most bytes of a body. */
  readonly maxBytes?: number
}
