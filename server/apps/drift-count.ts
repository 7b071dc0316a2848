import { type Clock } from '../clock.ts'
import { systemActor } from '../staff/actor.ts'
import { type AppSets } from './app-sets.ts'
import { type IpadAppsReading } from './ipad-apps.ts'

interface DriftCountDeps {
  readonly appSets: Pick<AppSets, 'list'>
  readonly ipadApps: Pick<IpadAppsReading, 'drifted'>
  readonly clock: Clock
}

export type DriftCount = ReturnType<typeof createDriftCount>

const pageSize = 200
/** The whole fleet is looked through, and iPads tell their apps once a day: a count may be so old. */
const keptMs = 5 * 60_000

/** How many iPads differ from their app sets, for whoever only needs to know that some do. */
export function createDriftCount({ appSets, ipadApps, clock }: DriftCountDeps) {
  const kept = new Map<string, { readonly until: number; readonly count: Promise<number> }>()

  async function counted(organisationId: string): Promise<number> {
    const actor = systemActor(organisationId)
    if (!(await appSets.list(actor)).some(({ set }) => set.endedAt === undefined)) return 0
    let [count, after]: [number, string | undefined] = [0, undefined]
    do {
      const page: Awaited<ReturnType<IpadAppsReading['drifted']>> = await ipadApps.drifted(actor, {
        limit: pageSize,
        after,
      })
      count += page.items.length
      after = page.next ?? undefined
    } while (after !== undefined)
    return count
  }

  return {
    of(organisationId: string): Promise<number> {
      const now = clock.now().getTime()
      const last = kept.get(organisationId)
      if (last && now < last.until) return last.count
      const count = counted(organisationId)
      kept.set(organisationId, { until: now + keptMs, count })
      count.catch(() => kept.delete(organisationId))
      return count
    },

    /** A set has changed; the next look is a fresh one. */
    forget: (organisationId: string): void => void kept.delete(organisationId),
  }
}
