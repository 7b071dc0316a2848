import { contentKey } from '../assignments/content.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Filter, type Tables } from '../database/tables.ts'
import { DomainError } from '../domain-error.ts'
import { isEnded, type Rollout } from './rollout.ts'
import { placeOfRollout, type RolloutQuery, type RolloutStore } from './rollout-store.ts'

interface RolloutRow extends Stored<Rollout> {
  readonly contentKey: string
  readonly place: string
  readonly open: boolean
}

export function createMongoRolloutStore(tables: Tables): RolloutStore {
  const rollouts = tables.define<RolloutRow>({
    name: 'rollouts',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      assignmentId: { type: String, required: true },
      content: { kind: String, id: String, _id: false },
      contentKey: { type: String, required: true },
      place: { type: String, required: true },
      open: { type: Boolean, required: true },
      name: { type: String, required: true },
      kind: { type: String, required: true },
      to: Number,
      from: Number,
      backTo: Number,
      plan: { type: Object, required: true },
      waves: { type: Number, required: true },
      wave: { type: Number, required: true },
      waveOpenedAt: { type: Date, required: true },
      state: { type: String, required: true },
      stopped: Object,
      bornFailures: { type: Number, required: true },
      reason: String,
      startedAt: { type: Date, required: true },
      startedBy: { id: String, name: String, _id: false },
      endedAt: Date,
      closed: { type: { by: { id: String, name: String, _id: false }, reason: String }, _id: false },
      figures: Object,
      version: { type: Number, required: true },
    },
    indexes: [
      [{ organisationId: 1, place: -1 }],
      [{ organisationId: 1, open: 1, place: -1 }],
      [{ organisationId: 1, contentKey: 1, place: -1 }],
      [{ organisationId: 1, assignmentId: 1, place: -1 }],
      [{ state: 1 }],
    ],
  })

  const any = rollouts.acrossOrganisations('roll-outs go on, and stay stopped, in every organisation')
  const allIn = async (state: 'running' | 'stopped') =>
    (await any.find({ state }, { fields: { organisationId: 1 } })).map(({ _id: id, organisationId }) => ({
      id,
      organisationId,
    }))

  return {
    async find(organisationId, id) {
      const row = await rollouts.within(organisationId).findOne({ _id: id })
      return row && toRollout(row)
    },
    async findMany(organisationId, ids) {
      if (ids.length === 0) return []
      return (await rollouts.within(organisationId).find({ _id: { $in: [...ids] } })).map(toRollout)
    },
    insert: rollout => rollouts.within(rollout.organisationId).insert(rowOf(rollout)),
    async save(rollout) {
      const saved = await rollouts
        .within(rollout.organisationId)
        .replaceOne({ _id: rollout.id, version: rollout.version - 1 }, rowOf(rollout))
      if (!saved)
        throw new DomainError('conflict', 'stale', 'This roll-out went on meanwhile. Look at it again.')
    },
    page: async (organisationId, query) =>
      (
        await rollouts
          .within(organisationId)
          .find(filterOf(query), { sort: { place: -1 }, limit: query.limit + 1 })
      ).map(toRollout),
    running: () => allIn('running'),
    stopped: () => allIn('stopped'),
  }
}

function filterOf({ content, assignmentId, open, after }: RolloutQuery): Filter<RolloutRow> {
  return {
    ...(content && { contentKey: contentKey(content) }),
    ...(assignmentId !== undefined && { assignmentId }),
    ...(open !== undefined && { open }),
    ...(after !== undefined && { place: { $lt: after } }),
  }
}

function rowOf(rollout: Rollout): RolloutRow {
  return {
    ...toRow(rollout),
    contentKey: contentKey(rollout.content),
    place: placeOfRollout(rollout),
    open: !isEnded(rollout),
  }
}

function toRollout(row: RolloutRow): Rollout {
  const rollout = fromRow<Rollout>(row) as Rollout & Partial<RolloutRow>
  for (const field of ['contentKey', 'place', 'open']) Reflect.deleteProperty(rollout, field)
  return rollout
}
