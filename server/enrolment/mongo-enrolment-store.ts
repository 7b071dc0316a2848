import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type Enrolment } from './enrolment.ts'
import { type EnrolmentStore } from './enrolment-store.ts'

type EnrolmentRow = Stored<Enrolment>

/** Enrolments in the database. The unique indexes are the last fence: one that counts per device, one per certificate. */
export function createMongoEnrolmentStore(tables: Tables): EnrolmentStore {
  const enrolments = tables.define<EnrolmentRow>({
    name: 'enrolments',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      deviceId: { type: String, required: true },
      udid: { type: String, required: true },
      state: { type: String, required: true },
      current: { type: Boolean, required: true },
      certificateFingerprints: { type: [String], required: true },
      keyFingerprint: { type: String, required: true },
      certificate: String,
      topic: { type: String, required: true },
      tokenState: { type: String, required: true },
      token: String,
      pushMagic: String,
      unlockToken: String,
      bootstrapToken: String,
      awaitingConfiguration: { type: Boolean, required: true },
      authenticatedAt: { type: Date, required: true },
      enrolledAt: Date,
      endedAt: Date,
      sequence: { type: Number, required: true },
      waiting: { type: Boolean, required: true },
      wakeAt: Date,
      wakeAttempts: { type: Number, required: true },
      renewalDueAt: Date,
    },
    indexes: [
      [{ certificateFingerprints: 1 }, { unique: true }],
      [
        { deviceId: 1 },
        { unique: true, partialFilterExpression: { current: true }, name: 'currentOfDevice' },
      ],
      [{ tokenState: 1, wakeAt: 1 }, { partialFilterExpression: { wakeAt: { $exists: true } } }],
      [{ renewalDueAt: 1 }, { partialFilterExpression: { current: true } }],
    ],
  })
  const any = enrolments.acrossOrganisations('an iPad names no organisation; pushes go to all')
  const one = (row: EnrolmentRow | undefined) => row && fromRow<Enrolment>(row)

  return {
    insert: enrolment => enrolments.within(enrolment.organisationId).insert(toRow(enrolment)),
    find: async (organisationId, id) => one(await enrolments.within(organisationId).findOne({ _id: id })),
    findByCertificate: async fingerprint => one(await any.findOne({ certificateFingerprints: fingerprint })),
    currentOf: async (organisationId, deviceId) =>
      one(await enrolments.within(organisationId).findOne({ deviceId, current: true })),
    currentOfMany: async (organisationId, deviceIds) =>
      (await enrolments.within(organisationId).find({ deviceId: { $in: deviceIds }, current: true })).map(
        row => fromRow<Enrolment>(row),
      ),
    change: async (organisationId, id, { set = {}, emptied = [] }) =>
      one(
        await enrolments.within(organisationId).findOneAndUpdate({ _id: id }, {
          ...(Object.keys(set).length > 0 && { $set: set }),
          ...(emptied.length > 0 && { $unset: Object.fromEntries(emptied.map(field => [field, ''])) }),
        } as never),
      ),
    takePlace: async (organisationId, deviceId, now) =>
      one(
        await enrolments
          .within(organisationId)
          .findOneAndUpdate(
            { deviceId, current: true, state: { $in: ['authenticated', 'enrolled'] } },
            { $inc: { sequence: 1 }, $set: { waiting: true, wakeAt: now, wakeAttempts: 0 } },
          ),
      ),
    async nothingWaits({ organisationId, id, sequence }) {
      await enrolments
        .within(organisationId)
        .updateOne(
          { _id: id, sequence },
          { $set: { waiting: false, wakeAttempts: 0 }, $unset: { wakeAt: '' } },
        )
    },
    findWakeable: async ids =>
      (await any.find({ _id: { $in: ids }, current: true, tokenState: 'live' })).map(row =>
        fromRow<Enrolment>(row),
      ),
    dueForWake: async (now, limit) =>
      (
        await any.find(
          { tokenState: 'live', wakeAt: { $lte: now } },
          { sort: { wakeAt: 1 }, limit, fields: { _id: 1 } },
        )
      ).map(({ _id }) => _id),
    woken: results =>
      any.bulkWrite(
        results.map(({ id, deadToken, wakeAt, attempts }) => ({
          updateOne: {
            filter: { _id: id, ...(deadToken === undefined ? { waiting: true } : { token: deadToken }) },
            update: {
              $set: {
                wakeAttempts: attempts,
                ...(deadToken !== undefined && { tokenState: 'dead' as const }),
                ...(wakeAt && { wakeAt }),
              },
              ...(!wakeAt && { $unset: { wakeAt: '' } }),
            },
          },
        })),
      ),
    dueForRenewal: async (now, limit) =>
      (
        await any.find(
          { current: true, state: 'enrolled', renewalDueAt: { $lte: now } },
          { sort: { renewalDueAt: 1 }, limit },
        )
      ).map(row => fromRow<Enrolment>(row)),
    topics: async () =>
      (
        await any.aggregate<{ _id: string; count: number }>([
          { $match: { current: true } },
          { $group: { _id: '$topic', count: { $sum: 1 } } },
        ])
      ).map(({ _id, count }) => ({ topic: _id, count })),
  }
}
