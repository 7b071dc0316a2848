import { type Tables } from '../database/tables.ts'
import { type DeviceEvent, type DeviceEventStore } from './device-event.ts'

interface EventRow extends Omit<DeviceEvent, 'id'> {
  readonly _id: string
  readonly pendingFor: readonly string[]
}

/** The outbox of device events in the database; it holds only events that are still to be handed on. */
export function createMongoDeviceEventStore(tables: Tables): DeviceEventStore {
  const events = tables.define<EventRow>({
    name: 'deviceEvents',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      deviceId: { type: String, required: true },
      at: { type: Date, required: true },
      kind: { type: String, required: true },
      commandId: String,
      requestType: String,
      outcome: String,
      pendingFor: { type: [String], required: true },
    },
    indexes: [[{ at: 1 }]],
  })
  const any = events.acrossOrganisations('what was not told is told again for all')
  return {
    insert: ({ id, ...event }, pendingFor) =>
      events.within(event.organisationId).insert({ ...event, _id: id, pendingFor }),
    pending: async (before, limit) =>
      (await any.find({ at: { $lt: before } }, { sort: { at: 1 }, limit })).map(
        ({ _id, pendingFor, ...event }) => ({
          event: { ...event, id: _id },
          pendingFor,
        }),
      ),
    async handled({ id, organisationId }, left) {
      const own = events.within(organisationId)
      if (left.length === 0) await own.deleteMany({ _id: id })
      else await own.updateOne({ _id: id }, { $set: { pendingFor: left } })
    },
  }
}
