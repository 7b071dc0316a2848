import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { DomainError } from '../domain-error.ts'
import { type SecurityPolicy } from './policy.ts'
import { type PolicyStore } from './policy-store.ts'

type Row = Stored<SecurityPolicy>

export function createMongoPolicyStore(tables: Tables): PolicyStore {
  const person = { id: String, name: String }
  const policies = tables.define<Row>({
    name: 'securityPolicies',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      number: { type: Number, required: true },
      title: String,
      text: String,
      checklist: [
        {
          _id: false,
          question: String,
          answer: String,
          comment: String,
          signedBy: String,
          signerId: String,
          signedOn: String,
        },
      ],
      writtenAt: Date,
      writtenBy: person,
      approval: { type: { at: Date, by: person }, _id: false },
    },
    indexes: [[{ organisationId: 1, number: -1 }, { unique: true }]],
  })
  const newestFirst = { sort: { number: -1 } } as const
  const one = (row: Row | undefined) => row && fromRow<SecurityPolicy>(row)
  return {
    find: async (organisationId, id) => one(await policies.within(organisationId).findOne({ _id: id })),
    all: async organisationId =>
      (await policies.within(organisationId).find({}, newestFirst)).map(row => fromRow<SecurityPolicy>(row)),
    latest: async organisationId => one(await policies.within(organisationId).findOne({}, newestFirst)),
    newestApproved: async organisationId =>
      one(await policies.within(organisationId).findOne({ approval: { $exists: true } }, newestFirst)),
    async insert(policy) {
      try {
        await policies.within(policy.organisationId).insert(toRow(policy))
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        throw new DomainError('conflict', 'stale', 'Somebody wrote a policy meanwhile. Read it first.')
      }
    },
    approve: (organisationId, id, approval) =>
      policies
        .within(organisationId)
        .updateOne({ _id: id, approval: { $exists: false } }, { $set: { approval } }),
  }
}
