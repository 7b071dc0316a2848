import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { type Answer } from './answers/answer.ts'
import { type IdentityKeys } from './identity-keys.ts'
import { type LocalPush } from './local-apns.ts'
import { type SignatureStyle } from './mdm-signature.ts'
import { type Place } from './position.ts'

/**
 * `awake` answers everything; `locked` puts off what needs the passcode; `offline` cannot be reached; `broken` fails
 * at everything.
 */
export type Mood = 'awake' | 'locked' | 'offline' | 'broken'

/** `new`: never enrolled, or erased. `removed`: the server or its user took the management away. */
export type Management = 'new' | 'enrolled' | 'removed'

/** One command that the iPad has answered. */
export interface Answered {
  readonly uuid: string
  readonly requestType: string
  readonly parameters: PlistDictionary
  readonly status: Answer['status']
  /** When its answer had reached the server. */
  readonly at: Date
}

export interface IpadOptions {
  readonly serialNumber: string
  readonly keys: IdentityKeys
  /** Where it is when nobody has stolen it. */
  readonly home: Place
  /** Who wakes it; undefined: nobody, so somebody calls `poll`. */
  readonly pushes: { subscribe(token: string, listener: (push: LocalPush) => void): () => void } | undefined
  readonly signatures?: SignatureStyle
  readonly supervised?: boolean
  /** Waits in Setup Assistant until DeviceConfigured. */
  readonly awaitsConfiguration?: boolean
  /** Request types that it always answers with an error, such as `InstallProfile`. */
  readonly refuses?: readonly string[]
  readonly now?: () => Date
  /** Milliseconds before another try after `tries` without an answer; undefined when it gives up. */
  readonly retryAfterMs?: (tries: number) => number | undefined
}
