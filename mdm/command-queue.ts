import { type ReportStatus } from './command-report.ts'

/**
 * The rules of the queue of one iPad: what happens to a command when the iPad reports, which one it gets next, and
 * when it must be woken again. Values in, values out; the numbers say which known defect of other servers each avoids.
 */

export const commandStates = [
  'queued',
  'sent',
  'not-now',
  'acknowledged',
  'failed',
  'cancelled',
  'expired',
] as const
export type CommandState = (typeof commandStates)[number]

/** States from which something still happens. The others are final, whatever the iPad says later. */
export const openStates = ['queued', 'sent', 'not-now'] as const satisfies readonly CommandState[]
export type OpenState = (typeof openStates)[number]

export function isOpen(state: CommandState): state is OpenState {
  return (openStates as readonly CommandState[]).includes(state)
}

/**
 * The state after a report, or undefined when the report changes nothing: a repeated one, or one that comes after the
 * end (a late NotNow never opens a finished command again).
 */
export function afterReport(state: CommandState, status: ReportStatus): CommandState | undefined {
  if (!isOpen(state)) return undefined
  switch (status) {
    case 'Acknowledged':
      return 'acknowledged'
    case 'Error':
    case 'CommandFormatError':
      return 'failed'
    case 'NotNow':
      return state === 'not-now' ? undefined : 'not-now'
  }
}

/** What the queue needs to know of an open command. */
export interface WaitingCommand {
  readonly id: string
  readonly state: OpenState
  /** Place in the queue of its iPad; grows with each command. */
  readonly sequence: number
}

/** How far a connection of the iPad has come: it has just woken, or it has just reported on a command. */
export type Turn =
  | { readonly kind: 'idle' }
  /** `sequence` is that of the command it reported on; undefined when that one is unknown or was finished before. */
  | { readonly kind: 'report'; readonly status: ReportStatus; readonly sequence: number | undefined }

/**
 * Whether a command may be handed out at this turn. A command that was handed out before without an answer is offered
 * again, since the answer may have been lost: its UUID makes the repetition harmless. One that the iPad put off is
 * offered again only on a new connection. A connection goes through the queue in order, so what lies behind the
 * command just reported has not had its turn yet, and what lies before has.
 */
export function mayOffer(command: WaitingCommand, turn: Turn): boolean {
  if (command.state !== 'not-now' || turn.kind === 'idle') return true
  return turn.sequence !== undefined && command.sequence > turn.sequence
}

/** The command to hand out, first come first served, or undefined when there is none for this turn. */
export function nextCommand(open: readonly WaitingCommand[], turn: Turn): WaitingCommand | undefined {
  return open
    .filter(command => mayOffer(command, turn))
    .reduce<WaitingCommand | undefined>(
      (first, command) => (first && first.sequence <= command.sequence ? first : command),
      undefined,
    )
}

/**
 * Whether the iPad must be pushed although it was just here. It polls by itself only when NotNow was the last thing it
 * said (Apple, "Handling NotNow"); when the connection ends otherwise, what it put off would wait for ever.
 */
export function mustWakeAgain(open: readonly WaitingCommand[], turn: Turn): boolean {
  return open.length > 0 && turn.kind === 'report' && turn.status !== 'NotNow'
}

/** Erasing is decided by people: no clock and no new enrolment of somebody else's making takes it back silently. */
export function mayExpire(requestType: string): boolean {
  return requestType !== 'EraseDevice'
}

/**
 * What becomes of an open command when the iPad enrols again. Its old queue is gone with its old enrolment; but an
 * erase that was handed out has then done its work: there is no other way for it to come back.
 */
export function afterNewEnrolment(requestType: string, state: OpenState): 'acknowledged' | 'cancelled' {
  return requestType === 'EraseDevice' && state === 'sent' ? 'acknowledged' : 'cancelled'
}

/** Minutes until the iPad is woken again when it did not come, by how often it was woken; then once a day. */
const wakeAfterMinutes = [1, 5, 15, 60, 240, 720]
const minutesOfDay = 1440

/** When to push again after `attempts` pushes for which the iPad has not come. */
export function nextWakeAt(now: Date, attempts: number): Date {
  const minutes = wakeAfterMinutes[attempts - 1] ?? minutesOfDay
  return new Date(now.getTime() + minutes * 60_000)
}
