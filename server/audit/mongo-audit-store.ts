import { type CallOrigin } from '../call-origin.ts'
import { type Clock } from '../clock.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Filter, type Tables } from '../database/tables.ts'
import { type NewId } from '../ids.ts'
import {
  withoutSecrets,
  type Audit,
  type AuditEvent,
  type AuditPage,
  type AuditReader,
  type AuditSummary,
  type ListedEvent,
} from './audit.ts'
import { emptyHead, type Head, type Link, type LinkedEvent } from './audit-chain.ts'
import { type AuditChainStore } from './audit-chain-store.ts'

interface AuditStoreNeeds {
  readonly clock: Clock
  readonly newId: NewId
  readonly origin: () => CallOrigin
  /** Told of the organisation whose event was just written. */
  readonly wrote: (organisationId: string) => void
}

type EventRow = Stored<ListedEvent> & Partial<Link>

/** The log in the database. Nothing here changes or removes an event; `seal` gives it its place, once. */
export function createMongoAuditStore(
  tables: Tables,
  { clock, newId, origin, wrote }: AuditStoreNeeds,
): Audit & AuditReader & AuditSummary & AuditChainStore {
  const events = tables.define<EventRow>({
    name: 'audit',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      at: { type: Date, required: true },
      actor: {
        kind: { type: String },
        id: String,
        name: String,
        behind: { type: { id: String, name: String }, _id: false },
      },
      action: String,
      on: { kind: String, id: String },
      reason: String,
      before: Object,
      after: Object,
      from: { type: { requestId: String, address: String, job: String }, _id: false },
      sequence: Number,
      previousHash: String,
      hash: String,
    },
    indexes: [
      [{ organisationId: 1, at: -1 }],
      [{ organisationId: 1, 'on.kind': 1, 'on.id': 1, at: -1 }],
      // Finds those that have no sequence as well: they stand together at its beginning.
      [{ organisationId: 1, sequence: 1 }],
    ],
  })
  const heads = tables.define<Head & { readonly _id: string; readonly organisationId: string }>({
    name: 'auditHeads',
    tenancy: { belongsTo: 'organisation' },
    fields: { sequence: { type: Number, required: true }, hash: { type: String, required: true } },
    indexes: [],
  })
  const linked = events.acrossOrganisations('links are written in one go, each naming its organisation')
  const newestFirst = { at: -1, _id: -1 } as const
  const oldestFirst = { at: 1, _id: 1 } as const

  return {
    async record({ kind, id, name, behind, organisationId }, { before, after, elsewhere, ...entry }) {
      const from = elsewhere ? {} : origin()
      await events.within(organisationId).insert(
        toRow({
          id: newId(),
          organisationId,
          at: clock.now(),
          actor: { kind, id, name, ...(behind && { behind }) },
          ...entry,
          ...(before && { before: withoutSecrets(before) }),
          ...(after && { after: withoutSecrets(after) }),
          ...(Object.keys(from).length > 0 && { from }),
        }),
      )
      wrote(organisationId)
    },
    async list(organisationId, { limit, ...wanted }) {
      const sort = wanted.oldestFirst ? oldestFirst : newestFirst
      const rows = await events.within(organisationId).find(filterOf(wanted), { sort, limit, fields: listed })
      return rows.map(row => fromRow<ListedEvent>(row))
    },
    async latest(organisationId, wanted) {
      const found = await events
        .within(organisationId)
        .aggregate<{ _id: string; at: Date }>([
          { $match: filterOf(wanted) },
          { $group: { _id: '$on.id', at: { $max: '$at' } } },
        ])
      return new Map(found.map(({ _id, at }) => [_id, at]))
    },
    unsealed: async (organisationId, limit) =>
      (
        await events
          .within(organisationId)
          .find({ sequence: null } as never, { sort: { at: 1, _id: 1 }, limit })
      ).map(row => fromRow<ListedEvent>(row)),
    head: async organisationId => {
      const { sequence, hash } =
        (await heads.within(organisationId).findOne({ _id: organisationId })) ?? emptyHead
      return { sequence, hash }
    },
    async seal(organisationId, before, links) {
      const own = heads.within(organisationId)
      const { sequence, hash } = links.at(-1) ?? before
      if (before.sequence === 0) {
        const first = { $setOnInsert: { ...emptyHead } }
        await own.updateOne({ _id: organisationId }, first, { upsert: true })
      }
      const from = { _id: organisationId, sequence: before.sequence, hash: before.hash }
      if (!(await own.updateOne(from, { $set: { sequence, hash } }))) return false
      await linked.bulkWrite(
        links.map(({ id, ...link }) => ({
          updateOne: {
            filter: { _id: id, organisationId, sequence: null } as never,
            update: { $set: linkOf(link) },
          },
        })),
      )
      return true
    },
    inOrder: async (organisationId, { from, to, limit }) =>
      linkedOf(
        await events
          .within(organisationId)
          .find({ sequence: { $gte: from, $lte: to } }, { sort: { sequence: 1 }, limit }),
      ),
    outside: async (organisationId, to, limit) =>
      linkedOf(
        await events
          .within(organisationId)
          .find({ $nor: [{ sequence: null }, { sequence: { $gte: 1, $lte: to } }] } as never, { limit }),
      ),
  }
}

const linkedOf = (rows: readonly EventRow[]): LinkedEvent[] =>
  rows.map(row => fromRow<LinkedEvent>(row as Stored<LinkedEvent>))

const linkOf = ({ sequence, previousHash, hash }: Link): Link => ({ sequence, previousHash, hash })

/** Links are for checking; a reader needs the place alone. */
const listed = { previousHash: 0, hash: 0 } as const

function filterOf({
  who,
  by,
  action,
  actions,
  kind,
  id,
  ids,
  from,
  to,
  requestId,
  beyond,
  oldestFirst,
}: Omit<AuditPage, 'limit'>) {
  const conditions: Filter<EventRow>[] = [
    ...(who === undefined ? [] : [{ $or: [{ 'actor.id': who }, { 'actor.name': containing(who) }] }]),
    ...(by === undefined ? [] : [{ 'actor.kind': by }]),
    ...(action === undefined ? [] : [{ action: startingWith(action) }]),
    ...(actions === undefined ? [] : [{ action: { $in: actions } }]),
    ...(kind === undefined ? [] : [{ 'on.kind': kind }]),
    ...(ids === undefined ? (id === undefined ? [] : [{ 'on.id': id }]) : [{ 'on.id': { $in: ids } }]),
    ...(from === undefined ? [] : [{ at: { $gte: from } }]),
    ...(to === undefined ? [] : [{ at: { $lt: to } }]),
    ...(requestId === undefined ? [] : [{ 'from.requestId': requestId }]),
    ...(beyond ? [follows(beyond, oldestFirst ? '$gt' : '$lt')] : []),
  ] as Filter<EventRow>[]
  return conditions.length > 0 ? { $and: conditions } : {}
}

/** What one transaction did carries one time; ids tell its events apart. */
function follows({ at, id }: Pick<AuditEvent, 'at' | 'id'>, than: '$lt' | '$gt'): object {
  return { $or: [{ at: { [than]: at } }, { at, _id: { [than]: id } }] }
}

// BSON knows no pattern with a null character, so it is written out.
const plain = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\0', '\\x00')
const containing = (text: string) => new RegExp(plain(text), 'i')
/** The deed itself, or all deeds of a slice. */
const startingWith = (text: string) => new RegExp(`^${plain(text)}(\\.|$)`)
