import { isDuplicateKey } from '../database/duplicate-key.ts'
import { pageInOrder } from '../database/ordered-page.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Filter, type Table, type Tables } from '../database/tables.ts'
import { orderFrom } from '../http/list-order.ts'
import { bulkJobStates, isEnded, type BulkItem, type BulkJob } from './bulk-job.ts'
import { type BulkJobStore } from './bulk-job-store.ts'

interface JobRow extends Stored<BulkJob> {
  readonly heldBy?: string
  readonly heldUntil?: Date
}
interface ItemRow extends Stored<BulkItem> {
  readonly uncounted?: boolean
}

/** Jobs and their items in the database. */
export function createMongoBulkJobStore(tables: Tables): BulkJobStore {
  const jobs = defineJobs(tables)
  const items = defineItems(tables)
  const any = jobs.acrossOrganisations('what a crash left is taken up for every organisation')
  return {
    async insert(job) {
      try {
        await jobs.within(job.organisationId).insert(toRow(job))
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    find: async (organisationId, id) => one(await jobs.within(organisationId).findOne({ _id: id })),
    async list(organisationId, { state, sort: wanted, limit, after }) {
      const { sort, descending } = orderFrom(wanted)
      const order = { field: sort, tie: '_id', kind: 'time', descending } as const
      const filter = state ? { state } : {}
      return (await pageInOrder(jobs.within(organisationId), { filter, order, limit, after })).map(toJob)
    },
    move: (job, from) => {
      const { id, organisationId, state, approval, startedAt, finishedAt, endedBy, note } = job
      const fields = { state, approval, startedAt, finishedAt, endedBy, note }
      const given = Object.entries(fields).filter(([, value]) => value !== undefined)
      return jobs
        .within(organisationId)
        .updateOne({ _id: id, state: from }, { $set: Object.fromEntries(given) })
    },
    markUndone: (organisationId, id, by) =>
      jobs
        .within(organisationId)
        .updateOne({ _id: id, undoneBy: { $exists: false } }, { $set: { undoneBy: by } }),
    async addItems(added) {
      const [first] = added
      if (first) await items.within(first.organisationId).insert(...added.map(toRow))
    },
    items: async (organisationId, jobId, { state, limit, after }) =>
      (
        await items.within(organisationId).find(
          {
            jobId,
            ...(state && { state }),
            ...(after !== undefined && { number: { $gt: after } }),
          },
          { sort: { number: 1 }, limit },
        )
      ).map(toItem),
    async endItem(item) {
      const row: ItemRow = { ...toRow(item), uncounted: true }
      const open = { _id: row._id, state: { $in: ['waiting', 'cancelled'] } } as Filter<ItemRow>
      await items.within(item.organisationId).replaceOne(open, row)
    },
    async countEnded(organisationId, jobId) {
      const ended = await items.within(organisationId).find({ jobId, uncounted: true })
      if (ended.length === 0) return
      const ids = ended.map(({ _id }) => _id)
      await items
        .within(organisationId)
        .updateMany({ _id: { $in: ids } }, { $unset: { uncounted: '' } as never })
      const counts: Record<string, number> = {}
      for (const { state } of ended) counts[`counts.${state}`] = (counts[`counts.${state}`] ?? 0) + 1
      await jobs.within(organisationId).updateOne({ _id: jobId }, { $inc: counts })
    },
    cancelItems: async (organisationId, jobId) => {
      await items
        .within(organisationId)
        .updateMany({ jobId, state: 'waiting' }, { $set: { state: 'cancelled' } })
    },
    async claim(organisationId, id, { token, now, until }) {
      const free = {
        _id: id,
        state: 'running',
        $or: [{ heldUntil: { $exists: false } }, { heldUntil: { $lte: now } }],
      } as Filter<JobRow>
      return one(
        await jobs
          .within(organisationId)
          .findOneAndUpdate(free, { $set: { heldBy: token, heldUntil: until } }),
      )
    },
    renew: (organisationId, id, { token, until }) =>
      jobs
        .within(organisationId)
        .updateOne({ _id: id, state: 'running', heldBy: token }, { $set: { heldUntil: until } }),
    release: async (organisationId, id, token) => {
      await jobs
        .within(organisationId)
        .updateOne({ _id: id, heldBy: token }, { $unset: { heldBy: '', heldUntil: '' } as never })
    },
    abandoned: async (now, limit) =>
      (
        await any.find(
          {
            state: 'running',
            $or: [{ heldUntil: { $exists: false } }, { heldUntil: { $lte: now } }],
          },
          { sort: { createdAt: 1 }, limit, fields: { organisationId: 1 } },
        )
      ).map(({ _id, organisationId }) => ({ id: _id, organisationId })),
    withOldItems: async (time, limit) =>
      (
        await any.find({ itemsRemovedAt: null, createdAt: { $lt: time }, state: { $in: ended } } as never, {
          sort: { createdAt: 1 },
          limit,
          fields: { organisationId: 1 },
        })
      ).map(({ _id, organisationId }) => ({ id: _id, organisationId })),
    async removeItems(organisationId, jobId, at) {
      const removed = await items.within(organisationId).deleteMany({ jobId })
      await jobs.within(organisationId).updateOne({ _id: jobId }, { $set: { itemsRemovedAt: at } })
      return removed
    },
    unfinishedBefore: async (time, limit) =>
      (await any.find({ state: 'preparing', createdAt: { $lt: time } }, { limit })).map(toJob),
  }
}

const ended = bulkJobStates.filter(state => isEnded({ state }))

const one = (row: JobRow | undefined) => row && toJob(row)

function toItem(row: ItemRow): BulkItem {
  const item = fromRow<BulkItem>(row)
  Reflect.deleteProperty(item, 'uncounted')
  return item
}

function toJob(row: JobRow): BulkJob {
  const job = fromRow<BulkJob>(row)
  Reflect.deleteProperty(job, 'heldBy')
  Reflect.deleteProperty(job, 'heldUntil')
  return job
}

function defineJobs(tables: Tables): Table<JobRow> {
  return tables.define<JobRow>({
    name: 'bulkJobs',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      work: { type: String, required: true },
      variant: String,
      parameters: Object,
      reason: String,
      askedBy: Object,
      state: { type: String, required: true },
      approval: Object,
      counts: { type: { total: Number, done: Number, refused: Number, failed: Number }, _id: false },
      createdAt: { type: Date, required: true },
      startedAt: Date,
      finishedAt: Date,
      endedBy: String,
      note: String,
      undoes: String,
      undoneBy: String,
      itemsRemovedAt: Date,
      heldBy: String,
      heldUntil: Date,
    },
    indexes: [
      ...(['createdAt', 'finishedAt'] as const).flatMap(
        field =>
          [
            [{ organisationId: 1, [field]: 1, _id: 1 }],
            [{ organisationId: 1, state: 1, [field]: 1, _id: 1 }],
          ] as [Record<string, 1>][],
      ),
      [{ state: 1, createdAt: 1 }],
      [{ itemsRemovedAt: 1, createdAt: 1 }],
    ],
  })
}

function defineItems(tables: Tables): Table<ItemRow> {
  return tables.define<ItemRow>({
    name: 'bulkJobItems',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      jobId: { type: String, required: true },
      number: { type: Number, required: true },
      subject: Object,
      state: { type: String, required: true },
      reason: Object,
      detail: Object,
      at: Date,
      uncounted: Boolean,
    },
    indexes: [
      [
        { organisationId: 1, jobId: 1 },
        { name: 'uncounted', partialFilterExpression: { uncounted: true } },
      ],
      [{ organisationId: 1, jobId: 1, number: 1 }],
      [{ organisationId: 1, jobId: 1, state: 1, number: 1 }],
    ],
  })
}
