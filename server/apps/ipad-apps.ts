import { type Standing } from '../assignments/assignment.ts'
import { type Standings } from '../assignments/standings.ts'
import { type Command } from '../commands/command.ts'
import { type Sending } from '../commands/sending.ts'
import { type ActionCommand, installationOf } from '../commands/device-action.ts'
import { isGone, type Device, type ManagedApp } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { type Actor } from '../staff/actor.ts'
import { appDrift, appsWantedOn, isDrift, type AppDrift, type StandingSet } from './app-drift.ts'
import { type AppSets } from './app-sets.ts'
import { sameApp, type WantedApp } from './app-set.ts'

interface IpadAppsDeps {
  readonly appSets: Pick<AppSets, 'list'>
  readonly standings: Pick<Standings, 'of'>
  readonly devices: Pick<Devices, 'get' | 'list' | 'managedAppsOn'>
  readonly sending: Pick<Sending, 'send' | 'rehearse'>
}

/** The apps of one iPad beside what its sets ask for. */
export interface IpadApps {
  readonly deviceId: string
  readonly assetTag: string
  /** Missing when no set reaches the iPad. */
  readonly wanted?: readonly WantedApp[]
  /** Missing when no set reaches the iPad, or it has not told its managed apps yet. */
  readonly drift?: AppDrift
  readonly reportedAt?: Date
}

export interface PuttingRight {
  /** Asks the iPad to install what is missing. */
  readonly missing: boolean
  /** Removes what no set asks for, with everything that is kept in it. */
  readonly extra: boolean
}

/** The apps of an iPad that are installed and removed. */
export interface Righting {
  readonly missing: readonly WantedApp[]
  readonly extra: readonly string[]
}

/** How a job puts one iPad right. */
interface WithinJob {
  /** Nothing else is done, whatever differs by now. */
  readonly only: Righting
  readonly reason: string
  /** The same for the same command, so that it is queued once. */
  readonly commandId: (...parts: readonly string[]) => string
}

export type IpadAppsReading = ReturnType<typeof createIpadApps>

/** What iPads tell of their managed apps, compared with the sets that reach them, and put right on request (R09). */
export function createIpadApps({ appSets, standings, devices, sending }: IpadAppsDeps) {
  async function of(actor: Actor, deviceId: string): Promise<IpadApps> {
    const device = await devices.get(actor, deviceId)
    const [standing] = await standings.of(actor, [deviceId])
    return seen(device, {
      standing,
      managed: device.information?.managedApps,
      sets: isGone(device.lifecycle) ? [] : await appSets.list(actor),
    })
  }

  async function drifted(
    actor: Actor,
    { limit, after }: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<{ items: IpadApps[]; next: string | null }> {
    const sets = await appSets.list(actor)
    const enrolled = { sort: 'assetTag', descending: false, management: 'enrolled' } as const
    const page = await devices.list(actor, { ...enrolled, limit, after })
    const ids = page.items.filter(({ lifecycle }) => !isGone(lifecycle)).map(({ id }) => id)
    const managed = await devices.managedAppsOn(actor, ids)
    const items = (await standings.of(actor, ids))
      .map(standing => seen(standing.device, { standing, sets, managed: managed.get(standing.deviceId) }))
      .filter(({ drift }) => drift && isDrift(drift))
      .toSorted((one, other) => (one.assetTag < other.assetTag ? -1 : 1))
    return { items, next: page.next }
  }

  return {
    /** @throws {DomainError} not-found `device-unknown` */
    of,

    /**
     * Enrolled iPads whose managed apps differ from their sets, by tag. A page looks at `limit` iPads, so it may hold
     * fewer than that, or none, and still have a next.
     * @throws {DomainError} invalid `bad-cursor`
     */
    drifted,

    /**
     * Queues what brings the iPad's managed apps to what its sets ask for, and then asks it for them again.
     * @throws {DomainError} not-found `device-unknown`; conflict `apps-not-told`, `nothing-to-put-right`, and what
     * `Sending.send` throws
     */
    async putRight(
      actor: Actor,
      deviceId: string,
      wanted: PuttingRight,
      job?: WithinJob,
    ): Promise<readonly Command[]> {
      const { drift } = await of(actor, deviceId)
      if (!drift)
        throw new DomainError(
          'conflict',
          'apps-not-told',
          'No app set applies to this iPad, or it has not reported its apps yet.',
        )
      const asked = rightingOf(drift, wanted)
      const all = commandsOf(job ? bothOf(asked, job.only) : asked)
      if (all.length === 0)
        throw new DomainError(
          'conflict',
          'nothing-to-put-right',
          'The iPad has the apps that it should have.',
        )
      const how = { isWeighed: job !== undefined }
      // What any of them would be refused for is said before the first is queued.
      for (const each of [...all, asking]) await sending.rehearse(actor, { ...each, deviceId }, how)
      const sent: Command[] = []
      for (const each of [...all, asking]) {
        const id = job?.commandId(each.requestType, JSON.stringify(each.parameters))
        sent.push(
          await sending.send(actor, { ...each, deviceId, ...(job && { id, reason: job.reason }) }, how),
        )
      }
      return sent
    },
  }
}

/** The commands that install what is missing and remove what is extra. */
export function commandsOf({ missing, extra }: Righting): ActionCommand[] {
  return [...missing.map(installationOf), ...extra.map(removal)]
}

/** What of the difference is asked to be put right. */
export const rightingOf = ({ missing, extra }: AppDrift, wanted: PuttingRight): Righting => ({
  missing: wanted.missing ? missing : [],
  extra: wanted.extra ? extra : [],
})

/** What stands in both. */
function bothOf(one: Righting, other: Righting): Righting {
  return {
    missing: one.missing.filter(app => other.missing.some(its => isLike(its, app))),
    extra: one.extra.filter(app => other.extra.some(its => sameApp(its) === sameApp(app))),
  }
}

/** The same app from the same place. */
const isLike = (one: WantedApp, other: WantedApp): boolean =>
  sameApp(one.identifier) === sameApp(other.identifier) && one.storeId === other.storeId

const removal = (Identifier: string): ActionCommand => ({
  requestType: 'RemoveApplication',
  parameters: { Identifier },
})
const asking: ActionCommand = { requestType: 'ManagedApplicationList', parameters: {} }

interface Seeing {
  readonly standing: Standing | undefined
  readonly managed: readonly ManagedApp[] | undefined
  readonly sets: readonly StandingSet[]
}

function seen({ id, assetTag, information }: Device, { standing, managed, sets }: Seeing): IpadApps {
  const wanted = standing && appsWantedOn(standing, sets)
  const reportedAt = information?.managedAppsReportedAt
  return {
    deviceId: id,
    assetTag,
    ...(wanted && { wanted }),
    ...(wanted && managed && { drift: appDrift(wanted, managed) }),
    ...(reportedAt && { reportedAt }),
  }
}
