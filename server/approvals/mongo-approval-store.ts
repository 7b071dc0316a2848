import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { DomainError } from '../domain-error.ts'
import { stale } from '../stale.ts'
import { type Approval } from './approval.ts'
import { type ApprovalStore } from './approval-store.ts'

export function createMongoApprovalStore(tables: Tables): ApprovalStore {
  const approvals = tables.define<Stored<Approval>>({
    name: 'approvals',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      kind: { type: String, required: true },
      subject: Object,
      facts: Object,
      requestedBy: Object,
      openers: { type: [String], default: undefined },
      requestedAt: { type: Date, required: true },
      reason: { type: String, required: true },
      state: { type: String, required: true },
      decidedBy: Object,
      decidedAt: Date,
      note: String,
      expiresAt: { type: Date, required: true },
      version: { type: Number, required: true },
    },
    indexes: [
      [{ organisationId: 1, state: 1, requestedAt: -1 }],
      [
        { organisationId: 1, kind: 1, 'subject.id': 1 },
        { unique: true, partialFilterExpression: { state: 'waiting' } },
      ],
      [{ state: 1, expiresAt: 1 }],
    ],
  })
  return {
    async insert(approval) {
      try {
        await approvals.within(approval.organisationId).insert(toRow(approval))
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        throw new DomainError('conflict', 'approval-waiting', 'There is already such a request waiting.')
      }
    },
    find: async (organisationId, id) => value(await approvals.within(organisationId).findOne({ _id: id })),
    findWaiting: async (organisationId, kind, subjectId) =>
      value(
        await approvals
          .within(organisationId)
          .findOne({ kind, 'subject.id': subjectId, state: 'waiting' } as never),
      ),
    list: async (organisationId, { state, kind, limit, before }) =>
      (
        await approvals.within(organisationId).find(
          {
            ...(state && { state }),
            ...(kind && { kind }),
            ...(before && {
              $or: [
                { requestedAt: { $lt: before.requestedAt } },
                { requestedAt: before.requestedAt, _id: { $lt: before.id } },
              ],
            }),
          },
          { sort: { requestedAt: -1, _id: -1 }, limit },
        )
      ).map(row => fromRow<Approval>(row)),
    async save(approval) {
      const row = toRow(approval)
      const saved = await approvals
        .within(approval.organisationId)
        .replaceOne({ _id: row._id, version: approval.version - 1 }, row)
      if (!saved) throw stale('request')
    },
    overdue: async (now, limit) =>
      (
        await approvals
          .acrossOrganisations('requests of every organisation run out')
          .find({ state: 'waiting', expiresAt: { $lte: now } }, { limit })
      ).map(row => fromRow<Approval>(row)),
  }
}

function value(row: Stored<Approval> | undefined): Approval | undefined {
  return row && fromRow<Approval>(row)
}
