import { positionOf } from '../../mdm/commands/results.ts'
import { type Command } from '../commands/command.ts'
import { type Commands } from '../commands/commands.ts'
import { DomainError } from '../domain-error.ts'
import { type Enrolment } from '../enrolment/enrolment.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { type IncidentCommands } from './incident-channel.ts'
import { type SentCommand } from './incident-task.ts'

export interface CommandChannelDeps {
  readonly commands: Pick<Commands, 'queue' | 'get' | 'cancel' | 'forgetResult'>
  readonly currentEnrolmentOf: (
    organisationId: string,
    deviceId: string,
  ) => Promise<Pick<Enrolment, 'authenticatedAt'> | undefined>
}

/** What incidents do with iPads, on the product's own commands. */
export function createCommandChannel({ commands, currentEnrolmentOf }: CommandChannelDeps): IncidentCommands {
  async function get(organisationId: string, id: string): Promise<Command | undefined> {
    try {
      return await commands.get(systemActor(organisationId), id)
    } catch (error) {
      if (isRefusal(error, 'command-unknown')) return undefined
      throw error
    }
  }

  async function sentCommand(command: Command): Promise<SentCommand> {
    const { id, state, error, times } = command
    const startedOver = state === 'cancelled' && (await endedByEnrolling(command))
    return {
      id,
      state,
      ...(error && { errorWords: error.words }),
      ...(startedOver && { startedOver }),
      times,
    }
  }

  /** Enrolling anew ends the queue at the very moment that stands in the new enrolment. */
  async function endedByEnrolling({ organisationId, deviceId, times }: Command): Promise<boolean> {
    const enrolment = await currentEnrolmentOf(organisationId, deviceId)
    return enrolment !== undefined && enrolment.authenticatedAt.getTime() === times.finishedAt?.getTime()
  }

  return {
    async queue(actor, command) {
      await commands.queue(actor, command)
    },

    async find(organisationId, id) {
      const command = await get(organisationId, id)
      return command && sentCommand(command)
    },

    async cancel(actor: Actor, id: string) {
      try {
        await commands.cancel(actor, id, { alsoSent: false })
        return true
      } catch (error) {
        if (error instanceof DomainError) return false
        throw error
      }
    },

    async fix(organisationId, id) {
      const command = await get(organisationId, id)
      if (command?.requestType !== 'DeviceLocation' || !command.result) return undefined
      const told = positionOf(command.result)
      if (!told) return undefined
      const {
        latitude,
        longitude,
        accuracyM,
        speed,
        at = command.times.finishedAt ?? command.times.queuedAt,
      } = told
      return {
        latitude,
        longitude,
        at,
        ...(accuracyM !== undefined && { accuracyMetres: accuracyM }),
        ...(speed !== undefined && { speed }),
      }
    },

    forgetFix: (organisationId, id) => commands.forgetResult(organisationId, id),
  }
}

function isRefusal(error: unknown, code: string): boolean {
  return error instanceof DomainError && error.code === code
}
