import { isOpen, type CommandState } from '../../mdm/command-queue.ts'
import { type ErrorLink, type JsonObject } from '../../mdm/command-report.ts'
import { type Lock } from '../devices/device.ts'

/** One command for one iPad, from the moment it is asked for. */
export interface Command {
  /** The CommandUUID: the iPad repeats it, and the same command is never carried out twice for it. */
  readonly id: string
  readonly organisationId: string
  readonly deviceId: string
  readonly enrolmentId: string
  readonly requestType: string
  /** Under Apple's names; data as base64. Profiles among it hold passwords, so it is sealed and never shown as it is. */
  readonly parameters: JsonObject
  readonly state: CommandState
  /** What the iPad told, under Apple's names, without the envelope. */
  readonly result?: JsonObject
  readonly error?: CommandFailure
  readonly reason?: string
  readonly requestedBy: { readonly kind: string; readonly id: string; readonly name: string }
  /** Place in the queue of the enrolment. */
  readonly sequence: number
  readonly times: CommandTimes
  readonly expiresAt?: Date
  /** The iPad's lock before the command was asked for: what it goes back to when the command fails. */
  readonly lockBefore?: Lock
}

interface CommandFailure {
  readonly chain: readonly ErrorLink[]
  /** One sentence for the person who asked. */
  readonly words: string
}

export interface CommandTimes {
  readonly queuedAt: Date
  readonly pushedAt?: Date
  readonly sentAt?: Date
  readonly notNowAt?: Date
  readonly finishedAt?: Date
}

/** The lock state that asking for a command leads to, or undefined when it says nothing about it. */
export function lockAsked(requestType: string): Lock | undefined {
  switch (requestType) {
    case 'EnableLostMode':
      return 'lost-mode-pending'
    case 'DisableLostMode':
      return 'unlock-pending'
    case 'EraseDevice':
      return 'wipe-pending'
    default:
      return undefined
  }
}

/** What the iPad says when it is told to leave lost mode and is not in it (Apple, MCMDMErrorDomain). */
const notInLostMode = 12_067

/**
 * The lock state after a command has ended, or undefined when it stays. Only a command that the iPad's state still
 * waits for moves it: an unlock asked for meanwhile is not undone by the lock that comes through late.
 */
export function lockAfter(command: Command, lock: Lock): Lock | undefined {
  if (isOpen(command.state) || lockAsked(command.requestType) !== lock) return undefined
  const done = command.state === 'acknowledged'
  switch (command.requestType) {
    case 'EnableLostMode':
      return done ? 'lost' : 'open'
    case 'DisableLostMode':
      return done || command.error?.chain.some(({ code }) => code === notInLostMode) ? 'open' : 'lost'
    case 'EraseDevice':
      return done ? 'wiped' : backTo(command.lockBefore)
    default:
      return undefined
  }
}

/** An unlock that was on its way when the erase was asked for has been overtaken: the iPad is still locked. */
function backTo(before: Lock | undefined): Lock {
  if (before === 'lost' || before === 'unlock-pending') return 'lost'
  return before === 'lost-mode-pending' ? 'lost-mode-pending' : 'open'
}
