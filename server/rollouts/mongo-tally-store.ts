import { isDuplicateKey } from '../database/duplicate-key.ts'
import { type Row, type Tables } from '../database/tables.ts'
import { DomainError } from '../domain-error.ts'
import { type Tally } from './tally.ts'
import { type TallyStore } from './tally-store.ts'

interface TallyRow extends Tally, Row {
  readonly changedAt: Date
}

/** Tallies in the database; those that nobody adds to any more go by themselves. */
export function createMongoTallyStore(tables: Tables): TallyStore {
  const tallies = tables.define<TallyRow>({
    name: 'rolloutTallies',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      whose: { type: String, required: true },
      ipads: { type: [{ deviceId: String, at: Date, _id: false }], required: true },
      changedAt: { type: Date, required: true },
      version: { type: Number, required: true },
    },
    indexes: [[{ changedAt: 1 }, { expireAfterSeconds: 7 * 86_400 }]],
  })
  const placeOf = ({ organisationId, whose }: Pick<Tally, 'organisationId' | 'whose'>) =>
    `${organisationId} ${whose}`

  return {
    async find(organisationId, whose) {
      const row = await tallies.within(organisationId).findOne({ _id: placeOf({ organisationId, whose }) })
      return row && { organisationId, whose, ipads: row.ipads, version: row.version }
    },
    async save(tally) {
      const own = tallies.within(tally.organisationId)
      const changedAt = tally.ipads.reduce((last, { at }) => (at > last ? at : last), new Date(0))
      const row: TallyRow = { _id: placeOf(tally), ...tally, changedAt }
      if (tally.version > 1) {
        if (!(await own.replaceOne({ _id: row._id, version: tally.version - 1 }, row))) throw stale()
        return
      }
      try {
        await own.insert(row)
      } catch (error) {
        if (isDuplicateKey(error)) throw stale()
        throw error
      }
    },
  }
}

const stale = () =>
  new DomainError('conflict', 'stale', 'The same person began something else meanwhile. Look again.')
