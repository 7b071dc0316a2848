import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { DomainError } from '../domain-error.ts'
import { stale } from '../stale.ts'
import { aboutOf, holdsBack, isFollow, type RolloutRequest } from './rollout-request.ts'
import { placeOfRequest, type RolloutRequestStore } from './rollout-request-store.ts'

interface RequestRow extends Stored<RolloutRequest> {
  readonly about: string
  readonly place: string
  /** Stands while it holds back something, for the index that finds it. */
  readonly holds?: true
}

export function createMongoRolloutRequestStore(tables: Tables): RolloutRequestStore {
  const requests = tables.define<RequestRow>({
    name: 'rolloutRequests',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      asked: { type: Object, required: true },
      about: { type: String, required: true },
      place: { type: String, required: true },
      holds: Boolean,
      content: { kind: String, id: String, _id: false },
      name: { type: String, required: true },
      to: Number,
      count: { type: Number, required: true },
      lately: Number,
      reason: { type: String, required: true },
      askedBy: { type: Object, required: true },
      askedAt: { type: Date, required: true },
      state: { type: String, required: true },
      approvalId: { type: String, required: true },
      endedAt: Date,
      rolloutId: String,
      fault: Object,
      version: { type: Number, required: true },
    },
    indexes: [
      [
        { organisationId: 1, about: 1 },
        { unique: true, partialFilterExpression: { state: 'waiting' }, name: 'oneWaitingForEach' },
      ],
      [{ organisationId: 1, about: 1, place: -1 }],
      [{ organisationId: 1, place: -1 }],
      [{ organisationId: 1, state: 1, place: -1 }],
      [
        { organisationId: 1, holds: 1 },
        { partialFilterExpression: { holds: true }, name: 'holding' },
      ],
      [{ state: 1 }, { partialFilterExpression: { state: 'approved' }, name: 'toBegin' }],
    ],
  })

  return {
    async find(organisationId, id) {
      const row = await requests.within(organisationId).findOne({ _id: id })
      return row && toRequest(row)
    },
    async insert(request) {
      try {
        await requests.within(request.organisationId).insert(rowOf(request))
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        throw new DomainError(
          'conflict',
          'rollout-asked-already',
          'This has already been requested and is waiting for a second person.',
        )
      }
    },
    async save(request) {
      const saved = await requests
        .within(request.organisationId)
        .replaceOne({ _id: request.id, version: request.version - 1 }, rowOf(request))
      if (!saved) throw stale('request')
    },
    page: async (organisationId, { state, limit, after }) =>
      (
        await requests.within(organisationId).find(
          {
            ...(state !== undefined && { state }),
            ...(after !== undefined && { place: { $lt: after } }),
          },
          { sort: { place: -1 }, limit: limit + 1 },
        )
      ).map(toRequest),
    async newestAbout(organisationId, about) {
      const query = { sort: { place: -1 }, limit: 1 } as const
      const [row] = await requests.within(organisationId).find({ about }, query)
      return row && toRequest(row)
    },
    holding: async organisationId =>
      (await requests.within(organisationId).find({ holds: true })).map(toRequest).filter(isFollow),
    approved: async () =>
      (
        await requests
          .acrossOrganisations('what was approved before a crash begins in every organisation')
          .find({ state: 'approved' }, { fields: { organisationId: 1 } })
      ).map(({ _id, organisationId }) => ({ id: _id, organisationId })),
  }
}

const rowOf = (request: RolloutRequest): RequestRow => ({
  ...toRow(request),
  about: aboutOf(request.asked),
  place: placeOfRequest(request),
  ...(holdsBack(request) && { holds: true as const }),
})

function toRequest(row: RequestRow): RolloutRequest {
  const request = fromRow<RolloutRequest>(row) as RolloutRequest & Partial<RequestRow>
  for (const field of ['about', 'place', 'holds']) Reflect.deleteProperty(request, field)
  return request
}
