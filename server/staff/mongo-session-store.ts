import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type Session } from './session.ts'
import { type SessionStore } from './session-store.ts'

/** Sessions in the database. They go away by themselves when they are over (TTL index). */
export function createMongoSessionStore(tables: Tables): SessionStore {
  const sessions = tables.define<Stored<Session>>({
    name: 'sessions',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      staffId: String,
      createdAt: Date,
      expiresAt: Date,
      lastSeenAt: Date,
      confirmedAt: Date,
      address: String,
      agent: String,
      methods: [String],
      waitsFor: String,
      boundTo: String,
      acr: String,
      lentFor: String,
      wrongProofs: Number,
    },
    indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }], [{ staffId: 1 }]],
  })
  const any = sessions.acrossOrganisations(
    'a cookie names its session by a secret; a person sees all of theirs',
  )
  return {
    async find(id) {
      const row = await any.findOne({ _id: id })
      return row && toSession(row)
    },
    insert: session => sessions.within(session.organisationId).insert(toRow(session)),
    async change(id, set, emptied = []) {
      const unset = Object.fromEntries(emptied.map(field => [field, '']))
      await any.updateOne({ _id: id }, {
        ...(Object.keys(set).length > 0 && { $set: set }),
        ...(emptied.length > 0 && { $unset: unset }),
      } as never)
    },
    async countProof(id) {
      const row = await any.findOneAndUpdate({ _id: id }, { $inc: { wrongProofs: 1 } })
      return row?.wrongProofs ?? Number.MAX_SAFE_INTEGER
    },
    delete: async id => (await any.deleteMany({ _id: id })) > 0,
    listOf: async staffId => (await any.find({ staffId }, { sort: { lastSeenAt: -1 } })).map(toSession),
    deleteOf: (staffId, except) =>
      any.deleteMany({ staffId, ...(except !== undefined && { _id: { $ne: except } }) }),
    deleteWaiting: staffId => any.deleteMany({ staffId, waitsFor: { $ne: null } } as never),
    deleteIn: (organisationId, staffId) => sessions.within(organisationId).deleteMany({ staffId }),
  }
}

/** Sessions that were opened before these things were kept lack them. */
function toSession(row: Stored<Session>): Session {
  const { createdAt } = row
  const kept: Partial<Session> = fromRow<Session>(row)
  const unknown = { address: '', agent: '', lastSeenAt: createdAt, confirmedAt: createdAt }
  return { ...unknown, ...kept, methods: kept.methods?.length ? kept.methods : ['password'] } as Session
}
