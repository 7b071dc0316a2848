import { type Signer } from '../../../profiles/cms/sign-data.ts'
import { type PlistDictionary } from '../../../profiles/plist/plist-value.ts'
import { type Hardware } from '../hardware.ts'
import { type IpadState } from '../ipad-state.ts'
import { type Fix } from '../position.ts'

/** One command as the iPad reads it. */
export interface ReceivedCommand {
  readonly uuid: string
  readonly requestType: string
  /** Everything beside RequestType. */
  readonly parameters: PlistDictionary
}

/** What the iPad looks at when it answers. */
export interface AnswerContext {
  readonly hardware: Hardware
  readonly state: IpadState
  /** The screen is locked with a passcode, so what needs its user's files must wait. */
  readonly locked: boolean
  readonly supervised: boolean
  /** The secret that clears the passcode, as the last TokenUpdate told it. */
  readonly unlockToken: Uint8Array
  /** Opens what was encrypted for it. */
  readonly identity: Signer
  readonly position: Fix
  readonly now: Date
}

export interface AnswerError {
  readonly domain: string
  readonly code: number
  readonly description: string
}

/** What the iPad says, and what it is like afterwards. */
export interface Answer {
  readonly status: 'Acknowledged' | 'Error' | 'CommandFormatError' | 'NotNow'
  readonly response?: PlistDictionary
  readonly errors?: readonly AnswerError[]
  readonly after?: IpadState
  /** What it does once the answer has been sent. */
  readonly then?: 'erase' | 'synchronise'
}

export type Answering = (command: ReceivedCommand, context: AnswerContext) => Answer

export const done = (after?: IpadState): Answer => ({ status: 'Acknowledged', ...(after && { after }) })

export const told = (response: PlistDictionary, after?: IpadState): Answer => ({ ...done(after), response })

export const refused = (domain: string, code: number, description: string): Answer => ({
  status: 'Error',
  errors: [{ domain, code, description }],
})

/** Refused by the part of iPadOS that takes commands. */
export const refusedCommand = (code: number, description: string): Answer =>
  refused('MCMDMErrorDomain', code, description)

/** The iPad could not make sense of the command; iPadOS gives no reasons. */
export const malformed: Answer = { status: 'CommandFormatError' }

export function textOf(parameters: PlistDictionary, key: string): string | undefined {
  const value = parameters[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}
