import { isDuplicateKey } from '../database/duplicate-key.ts'
import { pageInOrder } from '../database/ordered-page.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { DomainError } from '../domain-error.ts'
import { orderFrom } from '../http/list-order.ts'
import { stale } from '../stale.ts'
import { type Incident } from './incident.ts'
import { kindOfIncidentSort } from './incident-order.ts'
import { type IncidentFilter, type IncidentStore } from './incident-store.ts'

interface Counter {
  readonly _id: string
  readonly organisationId: string
  readonly last: number
}

export function createMongoIncidentStore(tables: Tables): IncidentStore {
  const incidents = tables.define<Stored<Incident>>({
    name: 'incidents',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      number: { type: String, required: true },
      kind: { type: String, required: true },
      deviceId: { type: String, required: true },
      loanId: String,
      personId: String,
      state: { type: String, required: true },
      claim: String,
      reportedAt: { type: Date, required: true },
      reportedBy: Object,
      reportedVia: String,
      description: String,
      happenedAt: Date,
      placeText: String,
      policeNumber: String,
      policeNumberRaw: String,
      lostModeWords: Object,
      lockedAt: Date,
      confirmedAt: Date,
      wipe: Object,
      recoveredAt: Date,
      decision: Object,
      escalated: Object,
      taken: Object,
      replacement: Object,
      closedAt: Date,
      tasks: [Object],
      timeline: [Object],
      version: { type: Number, required: true },
    },
    indexes: [
      [{ organisationId: 1, number: 1 }, { unique: true }],
      [{ claim: 1 }, { unique: true, partialFilterExpression: { claim: { $exists: true } } }],
      ...(['reportedAt', 'closedAt'] as const).flatMap(
        field =>
          [
            [{ organisationId: 1, [field]: 1, number: 1 }],
            [{ organisationId: 1, state: 1, [field]: 1, number: 1 }],
            [{ organisationId: 1, kind: 1, [field]: 1, number: 1 }],
          ] as [Record<string, 1>][],
      ),
      [{ organisationId: 1, closedAt: 1, reportedAt: 1, number: 1 }],
      [{ organisationId: 1, state: 1, number: 1 }],
      [{ organisationId: 1, kind: 1, number: 1 }],
      [{ organisationId: 1, deviceId: 1, reportedAt: -1 }],
      [{ organisationId: 1, personId: 1, reportedAt: -1 }],
      [{ organisationId: 1, 'tasks.id': 1 }],
      [{ 'tasks.state': 1 }],
    ],
  })
  const counters = tables.define<Counter>({
    name: 'incident-numbers',
    tenancy: { belongsTo: 'organisation' },
    fields: { last: { type: Number, required: true } },
    indexes: [],
  })
  const one = async (organisationId: string, filter: object) => {
    const row = await incidents.within(organisationId).findOne(filter)
    return row && fromRow<Incident>(row)
  }
  return {
    async insert(incident) {
      try {
        await incidents.within(incident.organisationId).insert(toRow(incident))
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        throw new DomainError(
          'conflict',
          'incident-claimed',
          'There is already an open case for this iPad. Go on with that one.',
        )
      }
    },
    find: (organisationId, id) => one(organisationId, { _id: id }),
    async numbersOf(organisationId, ids) {
      const own = incidents.within(organisationId)
      const found = await own.find({ _id: { $in: ids } }, { fields: { _id: 1, number: 1 } })
      return new Map(found.map(({ _id, number }) => [_id, number]))
    },
    findByClaim: (organisationId, claim) => one(organisationId, { claim }),
    findByNumber: (organisationId, number) => one(organisationId, { number }),
    findByTask: (organisationId, taskId) => one(organisationId, { 'tasks.id': taskId }),
    async list(organisationId, { limit, after, sort: wanted = '-reportedAt', ...filter }) {
      const { sort, descending } = orderFrom(wanted)
      const order = { field: sort, tie: 'number', kind: kindOfIncidentSort(sort), descending } as const
      const own = incidents.within(organisationId)
      const rows = await pageInOrder(own, { filter: filterOf(filter), order, limit, after })
      return rows.map(row => fromRow<Incident>(row))
    },
    async save(incident) {
      const row = toRow(incident)
      const saved = await incidents
        .within(incident.organisationId)
        .replaceOne({ _id: row._id, version: incident.version - 1 }, row)
      if (!saved) throw stale('case')
    },
    countOfPerson: (organisationId, personId) => incidents.within(organisationId).count({ personId }),
    async movePerson(organisationId, from, to) {
      const own = incidents.within(organisationId)
      const ids = (await own.find({ personId: from }, { fields: { _id: 1 } })).map(({ _id }) => _id)
      await own.updateMany({ personId: from }, { $set: { personId: to }, $inc: { version: 1 } })
      return ids
    },
    async nextCount(organisationId, year) {
      const own = counters.within(organisationId)
      const _id = `${organisationId}:${String(year)}`
      const next = () => own.findOneAndUpdate({ _id }, { $inc: { last: 1 } })
      const counted = await next()
      if (counted) return counted.last
      try {
        await own.insert({ _id, organisationId, last: 1 })
        return 1
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        return (await next())?.last ?? 1
      }
    },
    withPendingTasks: async (limit, after) =>
      (
        await incidents.acrossOrganisations('what is to be done is done for every organisation').find(
          {
            'tasks.state': { $in: ['waiting', 'queued'] },
            ...(after !== undefined && { _id: { $gt: after } }),
          },
          {
            limit,
            sort: { _id: 1 },
            fields: { organisationId: 1 },
          },
        )
      ).map(({ _id, organisationId }) => ({ id: _id, organisationId })),
  }
}

function filterOf({
  state,
  kind,
  deviceId,
  personId,
  number,
  open,
  line,
}: Omit<IncidentFilter, 'limit' | 'sort' | 'after'>): Readonly<Record<string, unknown>> {
  return {
    ...(number !== undefined && { number: { $gte: number, $lt: `${number}\uffff` } }),
    ...(kind && { kind }),
    ...(deviceId && { deviceId }),
    ...(personId && { personId }),
    // Whether it has been closed stands in an order of its own; all states but one would be no order.
    ...(open !== undefined && (open ? { closedAt: null } : { state: 'closed' })),
    ...(line && { 'escalated.at': line === 'first' ? null : { $ne: null } }),
    ...(state && { state }),
  }
}
