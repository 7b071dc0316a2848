import { type Right } from '../staff/rights.ts'

declare module '@hapi/hapi' {
  interface PluginSpecificConfiguration {
    /** It changes nothing: each time is done, and told, anew. */
    idempotency?: 'not-kept'
  }
}

/** Route options of a POST that only answers: a repetition looks again, and its answer is kept nowhere. */
export const notKept = { plugins: { idempotency: 'not-kept' } } as const

/** Rights to see what is protected: the log tells each look, so none is answered from what an earlier one was told. */
const looks: readonly Right[] = ['people.reveal', 'profiles.reveal']

/** What a route with this right asks of `Idempotency-Key`. */
export function keptAnswersFor(right: Right): (typeof notKept)['plugins'] | object {
  return looks.includes(right) ? notKept.plugins : {}
}
