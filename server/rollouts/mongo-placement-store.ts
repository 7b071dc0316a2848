import { strandings } from '../../profiles/stranding.ts'
import { contentKey } from '../assignments/content.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Filter, type Queries, type Tables } from '../database/tables.ts'
import { DomainError } from '../domain-error.ts'
import { readTextPlace } from '../http/list-order.ts'
import { placementStates, type Placement, type PlacementState } from './placement.ts'
import { type PlacementQuery, type PlacementStore } from './placement-store.ts'
import { type RolloutFigures } from './rollout.ts'

interface PlacementRow extends Stored<Placement> {
  readonly contentKey: string
  /** Stands only while something is still to be queued, for the index that finds it. */
  readonly open?: true
}

export function createMongoPlacementStore(tables: Tables): PlacementStore {
  const placements = tables.define<PlacementRow>({
    name: 'placements',
    tenancy: { belongsTo: 'organisation' },
    fields,
    indexes: [
      [{ organisationId: 1, deviceId: 1, contentKey: 1 }, { unique: true }],
      [{ organisationId: 1, contentKey: 1, tag: 1, _id: 1 }],
      [{ organisationId: 1, rolloutId: 1, tag: 1, _id: 1 }],
      [{ organisationId: 1, rolloutId: 1, state: 1 }],
      [{ organisationId: 1, 'next.rolloutId': 1, tag: 1, _id: 1 }],
      [{ organisationId: 1, commandId: 1 }],
      [{ organisationId: 1, keeps: 1 }],
      [{ organisationId: 1, mendedAt: 1 }],
      [{ organisationId: 1 }, { partialFilterExpression: { state: 'drifted' }, name: 'drifted' }],
      [{ changedAt: 1 }, { partialFilterExpression: { open: true }, name: 'openByAge' }],
    ],
  })
  const any = placements.acrossOrganisations('what a crash left unsent is sent for all')

  return {
    async find(organisationId, id) {
      const row = await placements.within(organisationId).findOne({ _id: id })
      return row && toPlacement(row)
    },
    async ofDevices(organisationId, deviceIds) {
      if (deviceIds.length === 0) return []
      const rows = await placements.within(organisationId).find({ deviceId: { $in: [...deviceIds] } })
      return rows.map(toPlacement)
    },
    async byCommand(organisationId, commandId) {
      const row = await placements.within(organisationId).findOne({ commandId })
      return row && toPlacement(row)
    },
    async insert(...added) {
      const [first] = added
      if (!first) return
      try {
        await placements.within(first.organisationId).insert(...added.map(rowOf))
      } catch (error) {
        if (isDuplicateKey(error)) throw stale()
        throw error
      }
    },
    async save(placement) {
      const { organisationId, id, version } = placement
      const saved = await placements
        .within(organisationId)
        .replaceOne({ _id: id, version: version - 1 }, rowOf(placement))
      if (!saved) throw stale()
    },
    forget: async ({ organisationId, id, version }) =>
      (await placements.within(organisationId).deleteMany({ _id: id, version })) > 0,
    async plan(organisationId, placementIds, next) {
      if (placementIds.length === 0) return
      await placements
        .within(organisationId)
        .updateMany({ _id: { $in: [...placementIds] } }, { $set: { next }, $inc: { version: 1 } })
    },
    queued: ({ organisationId, id, commandId }) =>
      placements
        .within(organisationId)
        .updateOne({ _id: id, commandId } as Filter<PlacementRow>, { $unset: { toQueue: '', open: '' } }),
    async asked({ organisationId, id, proofId }) {
      await placements
        .within(organisationId)
        .updateOne({ _id: id, proofId } as Filter<PlacementRow>, { $unset: { toProve: '', open: '' } })
    },
    async unfinished({ before, now }, limit) {
      const left = (which: Filter<PlacementRow>) =>
        any.find({ open: true, changedAt: { $lt: before }, ...which }, { sort: { changedAt: 1 }, limit })
      const [toQueue, toAsk] = await Promise.all([
        left({ toQueue: true }),
        left({ toQueue: { $ne: true }, toProve: true, proveAfter: { $not: { $gt: now } } }),
      ])
      return [...toQueue, ...toAsk].map(toPlacement)
    },
    async progress({ organisationId, id: rolloutId, wave }, silentBefore) {
      const own = placements.within(organisationId)
      const [states, waiting, silent, [openWave]] = await Promise.all([
        own.aggregate<Counted>([
          { $match: { rolloutId } },
          { $group: { _id: stateUnlessUntold, count: { $sum: 1 }, lastAt: { $max: '$changedAt' } } },
        ]),
        own.count({ 'next.rolloutId': rolloutId }),
        // What said that it is still being fetched has been heard of.
        own.count({
          rolloutId,
          state: 'delivered',
          deliveredAt: { $lt: silentBefore },
          waits: null,
        } as never),
        own.aggregate<{ proven: number; of: number }>([
          { $match: { rolloutId, wave } },
          {
            $group: {
              _id: null,
              of: { $sum: 1 },
              proven: { $sum: { $cond: [{ $eq: ['$state', 'proven'] }, 1, 0] } },
            },
          },
        ]),
      ])
      const failures = states.filter(({ _id }) => _id === 'failed' || _id === 'drifted')
      const [lastFailureAt] = failures
        .map(({ lastAt }) => lastAt)
        .sort((one, other) => Number(other) - Number(one))
      return {
        figures: figuresOf(states, waiting),
        openWave: { proven: openWave?.proven ?? 0, of: openWave?.of ?? 0 },
        silent,
        ...(lastFailureAt && { lastFailureAt }),
      }
    },
    async figuresOf(organisationId, content) {
      const states = await placements
        .within(organisationId)
        .aggregate<Counted>([
          { $match: { contentKey: contentKey(content), want: 'installed' } },
          { $group: { _id: '$state', count: { $sum: 1 } } },
        ])
      return figuresOf(states, 0)
    },
    onIpads: (organisationId, content) =>
      placements.within(organisationId).count({
        contentKey: contentKey(content),
        $or: [{ want: 'installed' }, { state: { $ne: 'proven' } }],
      }),
    async byVersion(organisationId, content) {
      const rows = await placements
        .within(organisationId)
        .aggregate<{ _id: number; of: number; proven: number }>([
          { $match: { contentKey: contentKey(content), want: 'installed' } },
          {
            $group: {
              _id: '$number',
              of: { $sum: 1 },
              proven: { $sum: { $cond: [{ $eq: ['$state', 'proven'] }, 1, 0] } },
            },
          },
        ])
      return rows
        .map(({ _id, ...counted }) => ({ number: _id, ...counted }))
        .toSorted((a, b) => b.number - a.number)
    },
    kept: async (organisationId, limit) =>
      (await placements.within(organisationId).find({ keeps: { $in: [...strandings] } }, { limit })).map(
        toPlacement,
      ),
    strayed: async (organisationId, since, limit) =>
      (
        await placements.within(organisationId).find(
          {
            'content.kind': 'profile',
            $or: [{ state: 'drifted' }, { mendedAt: { $gte: since } }],
          },
          { sort: { changedAt: -1 }, limit },
        )
      ).map(toPlacement),
    page: async (organisationId, query) =>
      (await pageOf(placements.within(organisationId), query)).map(toPlacement),
  }
}

interface Counted {
  readonly _id: PlacementState
  readonly count: number
  readonly lastAt?: Date
}

/** Those whose first wave is to come are counted as waiting, not as planned. */
function figuresOf(states: readonly Counted[], waiting: number): RolloutFigures {
  const count = (state: PlacementState) => states.find(({ _id }) => _id === state)?.count ?? 0
  const each = Object.fromEntries(placementStates.map(state => [state, count(state)])) as Record<
    PlacementState,
    number
  >
  const of = Object.values(each).reduce((sum, some) => sum + some, 0) + waiting
  return { ...each, waiting, of }
}

/** What waits only for its iPad to tell of itself is on its way: the roll-out is not over for it. */
const stateUnlessUntold = { $cond: [{ $eq: ['$hindrance.code', 'not-told-yet'] }, 'pending', '$state'] }

async function pageOf(
  own: Queries<PlacementRow>,
  { rolloutId, content, deviceId, state, limit, after }: PlacementQuery,
): Promise<PlacementRow[]> {
  const place = after === undefined ? undefined : readTextPlace(after)
  const behind = place && {
    $or: [{ tag: { $gt: place.text } }, { tag: place.text, _id: { $gt: place.id } }],
  }
  const shared = {
    ...(content && { contentKey: contentKey(content) }),
    ...(deviceId !== undefined && { deviceId }),
    ...(state !== undefined && state !== 'waiting' && { state }),
  }
  const options = { sort: { tag: 1, _id: 1 }, limit: limit + 1 } as const
  if (rolloutId === undefined) return own.find({ ...shared, ...behind }, options)
  const brought = state === 'waiting' ? [] : await own.find({ ...shared, rolloutId, ...behind }, options)
  const waiting =
    state === undefined || state === 'waiting'
      ? await own.find({ ...shared, 'next.rolloutId': rolloutId, ...behind }, options)
      : []
  return [...brought, ...waiting]
    .toSorted((a, b) => (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : a._id < b._id ? -1 : 1))
    .slice(0, limit + 1)
}

function rowOf(placement: Placement): PlacementRow {
  const isOpen = placement.toQueue === true || placement.toProve === true
  return {
    ...toRow(placement),
    contentKey: contentKey(placement.content),
    ...(isOpen && { open: true as const }),
  }
}

function toPlacement(row: PlacementRow): Placement {
  const placement = fromRow<Placement>(row) as Placement & Partial<PlacementRow>
  Reflect.deleteProperty(placement, 'contentKey')
  Reflect.deleteProperty(placement, 'open')
  return placement
}

const stale = () =>
  new DomainError('conflict', 'stale', 'Something changed on this iPad meanwhile. Look at it again.')

const fields = {
  deviceId: { type: String, required: true },
  tag: { type: String, required: true },
  content: { kind: String, id: String, _id: false },
  contentKey: { type: String, required: true },
  identifier: { type: String, required: true },
  want: { type: String, required: true },
  state: { type: String, required: true },
  number: { type: Number, required: true },
  mark: { type: String, required: true },
  has: Object,
  maybe: { type: [Object], default: undefined },
  assignmentId: { type: String, required: true },
  rolloutId: String,
  wave: Number,
  next: { type: { rolloutId: String, wave: Number }, _id: false },
  hindrance: Object,
  commandId: String,
  toQueue: Boolean,
  proofId: String,
  toProve: Boolean,
  proveAfter: Date,
  waits: Number,
  open: Boolean,
  keeps: String,
  fault: Object,
  tries: Number,
  pendingAt: Date,
  deliveredAt: Date,
  provenAt: Date,
  mendedAt: Date,
  changedAt: { type: Date, required: true },
  version: { type: Number, required: true },
} as const
