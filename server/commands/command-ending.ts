import { openStates, type CommandState } from '../../mdm/command-queue.ts'
import { type CommandOutcome, type DeviceEvent, type NewDeviceEvent } from '../device-channel/device-event.ts'
import { type Command } from './command.ts'
import { type CommandChange, type CommandStore } from './command-store.ts'

type FinalState = Exclude<CommandState, (typeof openStates)[number]>

interface CommandEndingDeps {
  readonly commands: Pick<CommandStore, 'change'>
  readonly events: { record(event: NewDeviceEvent): Promise<DeviceEvent> }
}

/**
 * Ends a command, and saves the event of it; called inside a transaction. Undefined when it had ended before: then
 * nothing happens a second time.
 */
export async function endCommand(
  { commands, events }: CommandEndingDeps,
  command: Pick<Command, 'id' | 'organisationId'>,
  ending: CommandChange & { readonly state: FinalState & CommandOutcome; readonly finishedAt: Date },
): Promise<{ command: Command; event: DeviceEvent } | undefined> {
  const ended = await commands.change(command, openStates, ending)
  if (!ended) return undefined
  const event = await events.record({
    organisationId: ended.organisationId,
    deviceId: ended.deviceId,
    at: ending.finishedAt,
    kind: 'command-finished',
    commandId: ended.id,
    requestType: ended.requestType,
    outcome: ending.state,
  })
  return { command: ended, event }
}
