import { type Tables } from '../database/tables.ts'
import { type NoticeStore, type Reading } from './notice-store.ts'

interface ReadingRow extends Omit<Reading, 'noticeId'> {
  readonly _id: string
}

/** Reading marks in the database, one row for each person and notice. */
export function createMongoNoticeStore(tables: Tables): NoticeStore {
  const readings = tables.define<ReadingRow>({
    name: 'noticeReadings',
    tenancy: { belongsTo: 'organisation' },
    fields: { staffId: { type: String, required: true }, readAt: { type: Date, required: true } },
    indexes: [[{ readAt: 1 }, { expireAfterSeconds: 365 * 86_400 }]],
  })
  return {
    async readOf(organisationId, staffId, noticeIds) {
      if (noticeIds.length === 0) return new Set()
      const prefix = placeOf(organisationId, staffId, '')
      const rows = await readings
        .within(organisationId)
        .find({ _id: { $in: noticeIds.map(id => `${prefix}${id}`) } }, { fields: { _id: 1 } })
      return new Set(rows.map(({ _id }) => _id.slice(prefix.length)))
    },
    async markRead(marks) {
      for (const { organisationId, staffId, noticeId, readAt } of marks) {
        const change = { $setOnInsert: { staffId, readAt } }
        const place = { _id: placeOf(organisationId, staffId, noticeId) }
        await readings.within(organisationId).updateOne(place, change, { upsert: true })
      }
    },
  }
}

const placeOf = (organisationId: string, staffId: string, noticeId: string) =>
  `${organisationId} ${staffId} ${noticeId}`
