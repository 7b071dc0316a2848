import { type Words } from '../catalogue/notation.ts'

/** `error`: iPads refuse it, or it would harm them. `unavailable`: some iPads do not know it. */
export type Severity = 'error' | 'unavailable' | 'warning'

export type FindingCode =
  | 'not-a-profile'
  | 'encrypted'
  | 'wrong-type'
  | 'missing'
  | 'missing-here'
  | 'not-allowed'
  | 'out-of-range'
  | 'hidden-value'
  | 'wrong-form'
  | 'wrong-count'
  | 'unknown-key'
  | 'unknown-payload'
  | 'unknown-variable'
  | 'variable-not-here'
  | 'deprecated'
  | 'unavailable'
  | 'same-uuid'
  | 'same-identifier'
  | 'twice'
  | 'only-one'
  | 'no-such-payload'
  | 'conflict'
  | 'not-a-certificate'
  | 'not-a-pkcs12'
  | 'wrong-password'
  | 'certificate-expired'
  | 'certificate-ends'
  | 'not-a-font'
  | 'not-a-picture'
  | 'name-too-long'
  | 'replaces-management'
  | 'management-payload'
  | 'wrong-server'
  | 'no-network'
  | 'unreachable-network'
  | 'passcode-loop'
  | 'impossible-passcode'
  | 'no-apps'
  | 'no-sites'
  | 'may-strand'
  | 'weak'
  | 'too-large'
  | 'too-many-findings'

/** Where in the profile: a payload by its index (missing: the profile itself), and the keys down to the value. */
export interface Place {
  readonly payload?: number
  readonly path: readonly (string | number)[]
}

/** One thing that the author of a profile should know, in words for an administrator. */
export interface Finding {
  readonly severity: Severity
  readonly code: FindingCode
  readonly place: Place
  readonly words: Words
  /** A name that was perhaps meant. */
  readonly suggestion?: string
  /** Of `unavailable`: how many iPads, of how many. */
  readonly ipads?: { readonly affected: number; readonly of: number }
}

/** Whether a profile with these findings must not be sent to anybody. */
export const isRefused = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === 'error')

/** 'PayloadContent.0.EAPClientConfiguration.UserName', for lists and logs. */
export function placeText({ payload, path }: Place): string {
  return [...(payload === undefined ? [] : ['PayloadContent', payload]), ...path].join('.')
}
