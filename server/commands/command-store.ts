import { type CommandState, type OpenState, type WaitingCommand } from '../../mdm/command-queue.ts'
import { type Command } from './command.ts'

/** Which commands a list is about: the newest first, from behind `after`. */
export interface CommandPage {
  readonly limit: number
  readonly after?: { readonly queuedAt: Date; readonly id: string }
  readonly requestType?: string
  readonly state?: CommandState
}

export interface CommandChange {
  readonly state?: CommandState
  readonly result?: Command['result']
  readonly error?: Command['error']
  readonly sentAt?: Date
  readonly notNowAt?: Date
  readonly finishedAt?: Date
}

export interface WaitingEntry extends WaitingCommand {
  readonly requestType: string
  readonly expiresAt?: Date
}

export interface CommandStore {
  insert(...commands: readonly Command[]): Promise<void>
  find(organisationId: string, id: string): Promise<Command | undefined>
  /** Without parameters and results. */
  page(organisationId: string, deviceId: string, page: CommandPage): Promise<Command[]>
  /** The open commands of an enrolment behind `sequence`, in order. What is finished costs nothing here. */
  waiting(enrolmentId: string, behind: number, limit: number): Promise<WaitingEntry[]>
  /** The command after the change; undefined when it was not in one of the states `from`. */
  change(
    command: Pick<Command, 'id' | 'organisationId'>,
    from: readonly OpenState[],
    change: CommandChange,
  ): Promise<Command | undefined>
  /** Open commands whose time has run out. */
  overdue(now: Date, limit: number): Promise<Command[]>
  /** Notes when the iPads were first pushed for what they have open. */
  pushed(enrolmentIds: readonly string[], at: Date): Promise<void>
  /** Commands that people or programs sent and an iPad refused, the newest first; without parameters and results. */
  failedSince(organisationId: string, since: Date, limit: number): Promise<Command[]>
  /** Keeps what the command was made of, sealed, until it ends. */
  keepSource(command: Pick<Command, 'id' | 'organisationId'>, source: Uint8Array): Promise<void>
  sourceOf(organisationId: string, id: string): Promise<Uint8Array | undefined>
  /** Other parameters for a command that is open; false when it has ended. */
  remake(command: Pick<Command, 'id' | 'organisationId' | 'parameters'>): Promise<boolean>
  removeResult(organisationId: string, id: string): Promise<void>
}
