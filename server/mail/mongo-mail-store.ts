import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type Mail } from './mail.ts'
import { type MailStore } from './mail-store.ts'

/** The outbox of mail in the database. */
export function createMongoMailStore(tables: Tables): MailStore {
  const mails = tables.define<Stored<Mail>>({
    name: 'mails',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      staffId: { type: String, required: true },
      subject: { type: String, required: true },
      text: { type: String, required: true },
      state: { type: String, required: true },
      attempts: { type: Number, required: true },
      createdAt: { type: Date, required: true },
      nextAt: Date,
    },
    indexes: [
      [{ nextAt: 1 }, { partialFilterExpression: { state: 'waiting' }, name: 'waitingByTime' }],
      [{ createdAt: 1 }, { expireAfterSeconds: 30 * 86_400 }],
    ],
  })
  const any = mails.acrossOrganisations('one job sends for all; each mail names its organisation')
  return {
    add: mail => mails.within(mail.organisationId).insert(toRow(mail)),
    due: async (now, limit) =>
      (await any.find({ state: 'waiting', nextAt: { $lte: now } }, { sort: { nextAt: 1 }, limit })).map(row =>
        fromRow<Mail>(row),
      ),
    claim: ({ id, organisationId, nextAt }, until) =>
      mails
        .within(organisationId)
        .updateOne({ _id: id, state: 'waiting', ...(nextAt && { nextAt }) }, { $set: { nextAt: until } }),
    async save(mail) {
      await mails.within(mail.organisationId).replaceOne({ _id: mail.id }, toRow(mail))
    },
  }
}
