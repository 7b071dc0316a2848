import { type WrongTries } from './staff-member.ts'

/** Tries on addresses without an account, in a number of places that does not grow. */
export interface UnknownTryStore {
  find(place: number): Promise<WrongTries | undefined>
  /** False when somebody counted there since `before` was read. Forgotten by itself after `until`. */
  replace(
    place: number,
    before: WrongTries | undefined,
    after: WrongTries & { readonly until: Date },
  ): Promise<boolean>
}
