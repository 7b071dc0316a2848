import { type X509Certificate } from 'node:crypto'
import { isEncryptedFor } from '../../profiles/encrypted-for.ts'
import { type Command } from '../commands/command.ts'
import { type Commands } from '../commands/commands.ts'
import { type DeviceEvent } from '../device-channel/device-event.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { systemActor } from '../staff/actor.ts'
import { type DirectProfiles } from './direct-profiles.ts'
import { type Following } from './following.ts'
import { toBeMadeAgain } from './placement-course.ts'
import { type PlacementStore } from './placement-store.ts'

interface RenewingDeps {
  readonly placements: Pick<PlacementStore, 'ofDevices'>
  readonly commands: Pick<Commands, 'openOf' | 'sourceOf' | 'remake' | 'cancel'>
  readonly directProfiles: Pick<DirectProfiles, 'remade'>
  readonly recipient: (organisationId: string, deviceId: string) => Promise<X509Certificate | undefined>
  readonly change: Following['change']
  readonly newId: NewId
}

/**
 * What waits encrypted for the former identity of an iPad is made for the new one. What each command is encrypted for
 * is read from itself, so hearing of it twice changes nothing that is good. What is still being made for the former one is
 * refused by the queue.
 */
export function createRenewing(deps: RenewingDeps) {
  const { placements, commands, directProfiles, recipient, change, newId } = deps

  /** Those that hold something that the iPad cannot open with its identity of now. */
  async function unopenable(organisationId: string, deviceId: string): Promise<Command[]> {
    const certificate = await recipient(organisationId, deviceId)
    if (!certificate) return []
    const open = await commands.openOf(organisationId, deviceId, 'InstallProfile')
    return open.filter(({ parameters: { Payload: payload } }) => {
      return (
        typeof payload === 'string' && isEncryptedFor(Buffer.from(payload, 'base64'), certificate) === false
      )
    })
  }

  async function remake({ id, organisationId, deviceId }: Command): Promise<void> {
    const source = await commands.sourceOf(organisationId, id)
    const made = source && (await directProfiles.remade(organisationId, deviceId, source))
    if (made) await commands.remake(systemActor(organisationId), id, { Payload: made.toString('base64') })
    // Of a roll-out, which sends it anew, or not to be made any more. Handed out or not, the iPad cannot open it.
    else
      await commands.cancel(systemActor(organisationId), id, { alsoSent: true }).catch((error: unknown) => {
        if (!(error instanceof DomainError)) throw error
      })
  }

  return async ({ organisationId, deviceId }: DeviceEvent): Promise<void> => {
    const former = await unopenable(organisationId, deviceId)
    const formerIds = new Set(former.map(({ id }) => id))
    for (const { id, commandId = '' } of await placements.ofDevices(organisationId, [deviceId])) {
      if (!formerIds.has(commandId)) continue
      await change(organisationId, id, current =>
        current.commandId === commandId ? toBeMadeAgain(current, newId) : current,
      )
    }
    for (const command of former) await remake(command)
  }
}
