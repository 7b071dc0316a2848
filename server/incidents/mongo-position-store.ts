import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type Position, type PositionStore } from './position.ts'

/**
 * Positions are stored apart from their incidents, so that nobody reads them in passing and all can be removed at once.
 */
export function createMongoPositionStore(tables: Tables): PositionStore {
  const positions = tables.define<Stored<Position>>({
    name: 'incident-positions',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      incidentId: { type: String, required: true },
      latitude: { type: Number, required: true },
      longitude: { type: Number, required: true },
      accuracyMetres: Number,
      speed: Number,
      course: Number,
      at: { type: Date, required: true },
      receivedAt: { type: Date, required: true },
    },
    indexes: [[{ organisationId: 1, incidentId: 1, at: -1 }]],
  })
  return {
    async add(position) {
      const own = positions.within(position.organisationId)
      if (!(await own.findOne({ _id: position.id }))) await own.insert(toRow(position))
    },
    of: async (organisationId, incidentId) =>
      (await positions.within(organisationId).find({ incidentId }, { sort: { at: -1 } })).map(row =>
        fromRow<Position>(row),
      ),
    count: (organisationId, incidentId) => positions.within(organisationId).count({ incidentId }),
    async removeAll(organisationId, incidentId) {
      await positions.within(organisationId).deleteMany({ incidentId })
    },
  }
}
