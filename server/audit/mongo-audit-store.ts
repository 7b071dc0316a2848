import { type Clock } from '../clock.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type NewId } from '../ids.ts'
import { type Audit, type AuditEvent, type AuditReader } from './audit.ts'

/** The log in the database. It has no way to change or remove an event. */
export function createMongoAuditStore(
  tables: Tables,
  { clock, newId }: { clock: Clock; newId: NewId },
): Audit & AuditReader {
  const events = tables.define<Stored<AuditEvent>>({
    name: 'audit',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      at: { type: Date, required: true },
      actor: {
        kind: { type: String },
        id: String,
        name: String,
        behind: { type: { id: String, name: String }, _id: false },
      },
      action: String,
      on: { kind: String, id: String },
      reason: String,
      before: Object,
      after: Object,
    },
    indexes: [[{ organisationId: 1, at: -1 }], [{ organisationId: 1, 'on.kind': 1, 'on.id': 1, at: -1 }]],
  })
  return {
    record({ kind, id, name, behind, organisationId }, entry) {
      const actor = { kind, id, name, ...(behind && { behind }) }
      return events
        .within(organisationId)
        .insert(toRow({ id: newId(), organisationId, at: clock.now(), actor, ...entry }))
    },
    list: async (organisationId, { limit, before, beforeId }) =>
      (
        await events
          .within(organisationId)
          .find(olderThan(before, beforeId), { sort: { at: -1, _id: -1 }, limit })
      ).map(row => fromRow<AuditEvent>(row)),
    about: async (organisationId, on) =>
      (
        await events
          .within(organisationId)
          .find({ 'on.kind': on.kind, 'on.id': on.id }, { sort: { at: -1, _id: -1 }, limit: 200 })
      ).map(row => fromRow<AuditEvent>(row)),
  }
}

function olderThan(before: Date | undefined, beforeId: string | undefined): object {
  if (!before) return {}
  if (beforeId === undefined) return { at: { $lt: before } }
  return { $or: [{ at: { $lt: before } }, { at: before, _id: { $lt: beforeId } }] }
}
