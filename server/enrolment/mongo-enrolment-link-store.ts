import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type EnrolmentLink, type EnrolmentLinkStore } from './enrolment-link.ts'

const keptAfterExpirySeconds = 30 * 86_400

/** Links in the database; forgotten a month after they ended, so that an old QR code still gets a plain answer. */
export function createMongoEnrolmentLinkStore(tables: Tables): EnrolmentLinkStore {
  const links = tables.define<Stored<EnrolmentLink>>({
    name: 'enrolmentLinks',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      deviceId: { type: String, required: true },
      createdAt: { type: Date, required: true },
      expiresAt: { type: Date, required: true },
      fetchedAt: Date,
    },
    indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: keptAfterExpirySeconds }]],
  })
  const any = links.acrossOrganisations('an iPad that opens a link names no organisation')
  return {
    insert: link => links.within(link.organisationId).insert(toRow(link)),
    async findByHash(id) {
      const row = await any.findOne({ _id: id })
      return row && fromRow<EnrolmentLink>(row)
    },
    async markFetched({ id, organisationId }, at) {
      await links.within(organisationId).updateOne({ _id: id }, { $set: { fetchedAt: at } })
    },
  }
}
