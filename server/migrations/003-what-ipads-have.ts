import { type PlacedVersion, type Placement } from '../rollouts/placement.ts'
import { type Migration } from './migration.ts'

type Row = Pick<Placement, 'want' | 'state' | 'number' | 'mark' | 'provenAt' | 'changedAt' | 'fault'>

/**
 * Writes down with each placement which version its iPad has, as far as it can be told from how far it had come: what
 * was replaced before this is known again when the iPad has proven another.
 */
export const whatIpadsHave: Migration = {
  number: 3,
  name: 'what iPads have',
  run: async db => {
    const placements = db.collection<Row & { _id: string }>('placements')
    for await (const placement of placements.find({
      has: { $exists: false },
      maybe: { $exists: false },
    } as never)) {
      const found = foundOn(placement)
      if (found) await placements.updateOne({ _id: placement._id }, { $set: found as never })
    }
  },
}

function foundOn({ want, state, number, mark, provenAt, changedAt, fault }: Row) {
  const version: PlacedVersion = { number, mark }
  if (want === 'installed')
    return state === 'proven' ? { has: { ...version, since: provenAt ?? changedAt } } : undefined
  if (state === 'proven') return undefined
  return fault?.code === 'still-there' ? { has: { ...version, since: changedAt } } : { maybe: [version] }
}
