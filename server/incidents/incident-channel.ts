import { type Actor } from '../staff/actor.ts'
import { type SentCommand } from './incident-task.ts'
import { type Fix } from './position.ts'

/** The device channel as incidents use it. */
export interface IncidentCommands {
  /** Saves the command durably under `id`, then pushes; the same id again is the same command, queued once. */
  queue(actor: Actor, command: NewCommand): Promise<void>
  find(organisationId: string, id: string): Promise<SentCommand | undefined>
  /** Takes it back if the iPad has not fetched it; says whether it did. */
  cancel(actor: Actor, id: string): Promise<boolean>
  /** What the iPad answered to a DeviceLocation. */
  fix(organisationId: string, id: string): Promise<Fix | undefined>
  /** Removes that answer from the command: a position is kept by its incident alone. */
  forgetFix(organisationId: string, id: string): Promise<void>
}

interface NewCommand {
  readonly id: string
  readonly deviceId: string
  readonly requestType: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly reason: string
}
