import { enrolmentProfileIdentifier } from '../../profiles/enrolment-profile.ts'
import { type Command } from '../commands/command.ts'
import { type Sending } from '../commands/sending.ts'
import { isGone, type Device, type InstalledProfile } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { type Page } from '../http/paging.ts'
import { type Actor } from '../staff/actor.ts'
import { mayHoldNetwork } from './direct-profiles.ts'
import { type Placement } from './placement.ts'
import { type PlacementStore } from './placement-store.ts'

/** A managed profile that an iPad has and that no roll-out knows: somebody sent it to just this iPad. */
interface UnassignedProfile {
  readonly identifier: string
  readonly name: string
  /** It may hold the last network of the iPad: without one nothing more reaches it. */
  readonly mayHoldNetwork: boolean
}

/** What one iPad has that nothing assigns. */
export interface IpadProfiles {
  readonly deviceId: string
  readonly assetTag: string
  readonly profiles: readonly UnassignedProfile[]
  /** Missing when the iPad has not told its profiles yet. */
  readonly reportedAt?: Date
}

interface UnassignedProfilesDeps {
  readonly devices: Pick<Devices, 'get' | 'list' | 'profilesOn'>
  readonly placements: Pick<PlacementStore, 'ofDevices'>
  readonly sending: Pick<Sending, 'send' | 'rehearse'>
}

export type UnassignedProfiles = ReturnType<typeof createUnassignedProfiles>

/**
 * Those of `there` that nothing assigns: managed, not the management itself, and in no placement. What a roll-out has
 * put there, keeps there or is taking away is told beside the roll-out. Capitals make no other profile of it.
 */
function unassignedAmong(
  there: readonly InstalledProfile[],
  placements: readonly Pick<Placement, 'identifier'>[],
): UnassignedProfile[] {
  const known = new Set(placements.map(({ identifier }) => identifier.toLowerCase()))
  return there
    .filter(({ managed, identifier }) => managed && !isOfManagement(identifier.toLowerCase()))
    .filter(({ identifier }) => !known.has(identifier.toLowerCase()))
    .map(profile => ({
      identifier: profile.identifier,
      name: profile.name,
      mayHoldNetwork: mayHoldNetwork(profile),
    }))
}

const isOfManagement = (identifier: string) =>
  identifier === enrolmentProfileIdentifier || identifier.startsWith(`${enrolmentProfileIdentifier}.`)

/** Managed profiles on iPads that nothing assigns, and taking them away. */
export function createUnassignedProfiles({ devices, placements, sending }: UnassignedProfilesDeps) {
  /** @throws {DomainError} not-found `device-unknown` */
  async function of(actor: Actor, deviceId: string): Promise<IpadProfiles> {
    const device = await devices.get(actor, deviceId)
    const own = await placements.ofDevices(actor.organisationId, [device.id])
    return seen(device, device.information?.profiles, own)
  }

  return {
    of,

    /**
     * Enrolled iPads with such profiles, by tag. A page looks at `limit` iPads, so it may hold fewer than that, or none,
     * and still have a next.
     * @throws {DomainError} invalid `bad-cursor`
     */
    async list(
      actor: Actor,
      { limit, after }: { readonly limit: number; readonly after?: string | undefined },
    ): Promise<Page<IpadProfiles>> {
      const enrolled = { sort: 'assetTag', descending: false, management: 'enrolled' } as const
      const page = await devices.list(actor, { ...enrolled, limit, after })
      const here = page.items.filter(({ lifecycle }) => !isGone(lifecycle))
      const ids = here.map(({ id }) => id)
      const there = await devices.profilesOn(actor, ids)
      const placed = await placements.ofDevices(actor.organisationId, ids)
      const on = (id: string) => placed.filter(({ deviceId }) => deviceId === id)
      const items = here
        .map(device => seen(device, there.get(device.id), on(device.id)))
        .filter(({ profiles }) => profiles.length > 0)
      return { items, next: page.next }
    },

    /**
     * Takes such a profile off the iPad, which is asked for its profiles afterwards.
     * @throws {DomainError} not-found `device-unknown`; conflict `profile-not-unassigned`, and what `Sending.send` throws
     */
    async remove(
      actor: Actor,
      deviceId: string,
      { identifier, reason }: { readonly identifier: string; readonly reason: string },
    ): Promise<Command[]> {
      const { profiles } = await of(actor, deviceId)
      const found = profiles.find(each => each.identifier.toLowerCase() === identifier.toLowerCase())
      if (!found) {
        const message = 'The iPad has no such profile, or it is assigned to it.'
        throw new DomainError('conflict', 'profile-not-unassigned', message)
      }
      const removal = { requestType: 'RemoveProfile', parameters: { Identifier: found.identifier } }
      const all = [removal, { requestType: 'ProfileList', parameters: {} }]
      // What either of them would be refused for is said before the first is queued.
      for (const each of all) await sending.rehearse(actor, { ...each, deviceId, reason })
      const sent: Command[] = []
      for (const each of all) sent.push(await sending.send(actor, { ...each, deviceId, reason }))
      return sent
    },
  }
}

function seen(
  { id, assetTag, information }: Device,
  there: readonly InstalledProfile[] | undefined,
  own: readonly Placement[],
): IpadProfiles {
  const reportedAt = information?.profilesReportedAt
  return {
    deviceId: id,
    assetTag,
    profiles: unassignedAmong(there ?? [], own),
    ...(reportedAt && { reportedAt }),
  }
}
