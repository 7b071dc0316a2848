import { type Clock } from '../clock.ts'
import { type DeviceCount } from './device-search.ts'

interface Known {
  readonly counts: Promise<DeviceCount[]>
  readonly at: Date
}

/** Fleets up to this size are counted each time: it takes no longer than a page of the list. */
const smallFleet = 2000
/** How old the counts of a large fleet may be, milliseconds. */
const oldestMs = 20_000

/**
 * The counts of fleets, for pages that show them beside something else. Counting reads every iPad, so for a large fleet
 * the last known counts are answered at once and refreshed in the background, never twice at the same time.
 */
export function createFleetCounts(count: (organisationId: string) => Promise<DeviceCount[]>, clock: Clock) {
  const known = new Map<string, Known>()

  async function anew(organisationId: string): Promise<DeviceCount[]> {
    const counts = count(organisationId)
    const mine: Known = { counts, at: clock.now() }
    known.set(organisationId, mine)
    try {
      const found = await counts
      if (sizeOf(found) <= smallFleet && known.get(organisationId) === mine) known.delete(organisationId)
      return found
    } catch (fault) {
      if (known.get(organisationId) === mine) known.delete(organisationId)
      throw fault
    }
  }

  return async (organisationId: string): Promise<DeviceCount[]> => {
    const last = known.get(organisationId)
    if (!last) return anew(organisationId)
    const counts = await last.counts
    if (sizeOf(counts) <= smallFleet) return anew(organisationId)
    if (clock.now().getTime() - last.at.getTime() > oldestMs && known.get(organisationId) === last) {
      // Whoever asks next sees these; a fault is theirs who count anew after it.
      void anew(organisationId).catch(() => undefined)
    }
    return counts
  }
}

function sizeOf(counts: readonly DeviceCount[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}
