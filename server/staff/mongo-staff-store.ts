import { DomainError } from '../domain-error.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type StaffMember } from './staff-member.ts'
import { type ApiToken, type Session, type SetUpLink, type StaffStore } from './staff-store.ts'

/** Staff, sessions, tokens and set-up links in the database. Sessions and links go away by themselves (TTL index). */
export function createMongoStaffStore(tables: Tables): StaffStore {
  const staff = tables.defineShared<Stored<StaffMember>>({
    name: 'staff',
    tenancy: {
      sharedBecause: 'one person may work for several organisations and signs in before one is known',
    },
    fields: {
      email: { type: String, required: true },
      name: String,
      language: String,
      passwordHash: String,
      memberships: [{ _id: false, organisationId: String, roles: [String] }],
      failedAttempts: Number,
      lockedUntil: Date,
    },
    indexes: [[{ email: 1 }, { unique: true }], [{ 'memberships.organisationId': 1 }]],
  })
  const sessions = tables.define<Stored<Session>>({
    name: 'sessions',
    tenancy: { belongsTo: 'organisation' },
    fields: { staffId: String, createdAt: Date, expiresAt: Date },
    indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
  })
  const tokens = tables.define<Stored<ApiToken>>({
    name: 'tokens',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      name: String,
      roles: [String],
      issuedBy: { type: { id: String, name: String }, _id: false },
      createdAt: Date,
      expiresAt: Date,
    },
    indexes: [[{ organisationId: 1, createdAt: 1 }]],
  })
  const links = tables.define<Stored<SetUpLink>>({
    name: 'setUpLinks',
    tenancy: { belongsTo: 'organisation' },
    fields: { expiresAt: Date },
    indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
  })
  const anySession = sessions.acrossOrganisations('a cookie names its session by a secret')
  const anyToken = tokens.acrossOrganisations('a token names itself by a secret')
  const anyLink = links.acrossOrganisations('a set-up link names itself by a secret')
  const one = <T extends { readonly id: string }>(row: Stored<T> | undefined) => row && fromRow<T>(row)

  return {
    find: async id => one<StaffMember>(await staff.findOne({ _id: id })),
    findByEmail: async email => one<StaffMember>(await staff.findOne({ email })),
    listOf: async organisationId =>
      (await staff.find({ 'memberships.organisationId': organisationId }, { sort: { email: 1 } })).map(row =>
        fromRow<StaffMember>(row),
      ),
    isEmpty: async () => (await staff.findOne({})) === undefined,
    async insert(member) {
      try {
        await staff.insert(toRow(member))
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        throw new DomainError(
          'conflict',
          'email-taken',
          'There is already an account with this e-mail address.',
        )
      }
    },
    countTry: ({ id, failedAttempts: before }, { failedAttempts, lockedUntil }) =>
      staff.updateOne(
        { _id: id, failedAttempts: before },
        { $set: { failedAttempts, ...(lockedUntil && { lockedUntil }) } },
      ),
    forgetTries: async id => {
      await staff.updateOne({ _id: id }, { $set: { failedAttempts: 0 }, $unset: { lockedUntil: '' } })
    },
    findSession: async id => one<Session>(await anySession.findOne({ _id: id })),
    insertSession: session => sessions.within(session.organisationId).insert(toRow(session)),
    saveSession: async session => {
      await anySession.replaceOne({ _id: session.id }, toRow(session))
    },
    deleteSession: async id => {
      await anySession.deleteMany({ _id: id })
    },
    findToken: async id => one<ApiToken>(await anyToken.findOne({ _id: id })),
    insertToken: token => tokens.within(token.organisationId).insert(toRow(token)),
    listTokens: async organisationId =>
      (await tokens.within(organisationId).find({}, { sort: { createdAt: 1 } })).map(row =>
        fromRow<ApiToken>(row),
      ),
    deleteToken: async (organisationId, id) =>
      (await tokens.within(organisationId).deleteMany({ _id: id })) > 0,
    async replaceSetUpLink(link) {
      await anyLink.deleteMany({})
      await links.within(link.organisationId).insert(toRow(link))
    },
    findSetUpLink: async id => one<SetUpLink>(await anyLink.findOne({ _id: id })),
    takeSetUpLink: async id => (await anyLink.deleteMany({ _id: id })) > 0,
  }
}
