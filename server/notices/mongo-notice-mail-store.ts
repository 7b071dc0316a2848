import { type Row } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type Chosen, type NoticeMailStore } from './notice-mail-store.ts'

interface ChosenRow extends Chosen, Row {
  readonly organisationId: string
}
interface MailedRow extends Row {
  readonly organisationId: string
  readonly at: Date
}

const placeOf = (organisationId: string, staffId: string, noticeId?: string) =>
  [organisationId, staffId, noticeId].filter(part => part !== undefined).join(' ')

/** Choices and what has been mailed, in the database. */
export function createMongoNoticeMailStore(tables: Tables): NoticeMailStore {
  const chosen = tables.define<ChosenRow>({
    name: 'noticeChoices',
    tenancy: { belongsTo: 'organisation' },
    fields: { choices: { type: Object, required: true }, dailyOn: String },
    indexes: [],
  })
  const mailed = tables.define<MailedRow>({
    name: 'noticeMails',
    tenancy: { belongsTo: 'organisation' },
    fields: { at: { type: Date, required: true } },
    indexes: [[{ at: 1 }, { expireAfterSeconds: 365 * 86_400 }]],
  })
  return {
    async find(organisationId, staffId) {
      const row = await chosen.within(organisationId).findOne({ _id: placeOf(organisationId, staffId) })
      return row && { choices: row.choices, ...(row.dailyOn !== undefined && { dailyOn: row.dailyOn }) }
    },
    async choose(organisationId, staffId, choices) {
      const place = { _id: placeOf(organisationId, staffId) }
      await chosen.within(organisationId).updateOne(place, { $set: { choices } }, { upsert: true })
    },
    async hadDaily(organisationId, staffId, dailyOn) {
      const change = { $set: { dailyOn }, $setOnInsert: { choices: {} } }
      await chosen
        .within(organisationId)
        .updateOne({ _id: placeOf(organisationId, staffId) }, change, { upsert: true })
    },
    async mailedOf(organisationId, staffId, noticeIds) {
      if (noticeIds.length === 0) return new Set()
      const ids = noticeIds.map(id => placeOf(organisationId, staffId, id))
      const rows = await mailed.within(organisationId).find({ _id: { $in: ids } }, { fields: { _id: 1 } })
      const prefix = placeOf(organisationId, staffId, '').length
      return new Set(rows.map(({ _id }) => _id.slice(prefix)))
    },
    async markMailed(organisationId, staffId, noticeIds, at) {
      for (const noticeId of noticeIds) {
        const place = { _id: placeOf(organisationId, staffId, noticeId) }
        await mailed.within(organisationId).updateOne(place, { $setOnInsert: { at } }, { upsert: true })
      }
    },
  }
}
