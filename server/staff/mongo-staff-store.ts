import { DomainError } from '../domain-error.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Row, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { createMongoFactorStore } from './mongo-factor-store.ts'
import { type StaffMember } from './staff-member.ts'
import {
  type ApiToken,
  type ListedToken,
  type PasswordLink,
  type SetUpLink,
  type StaffStore,
} from './staff-store.ts'

/** Staff, tokens and links in the database. Links go away by themselves (TTL index). */
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
      memberships: [{ _id: false, organisationId: String, roles: [String], endedAt: Date, invitedAt: Date }],
      failedAttempts: Number,
      lockedUntil: Date,
      version: Number,
      authenticator: { type: { secret: String, since: Date, lastStep: Number }, _id: false },
      identities: {
        type: [{ _id: false, issuer: String, subject: String, clientId: String }],
        default: undefined,
      },
      passkeys: {
        type: [
          {
            _id: false,
            id: String,
            publicKey: String,
            counter: Number,
            transports: [String],
            name: String,
            createdAt: Date,
            lastUsedAt: Date,
          },
        ],
        default: undefined,
      },
      recoveryCodes: { type: [String], default: undefined },
      opened: { type: { by: [String], at: Date }, _id: false },
    },
    indexes: [
      [{ email: 1 }, { unique: true }],
      [{ 'memberships.organisationId': 1 }],
      [{ 'passkeys.id': 1 }],
      [{ 'identities.subject': 1 }],
    ],
  })
  const tokens = tables.define<Stored<ApiToken>>({
    name: 'tokens',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      name: String,
      roles: [String],
      scopes: { type: [String], default: undefined },
      issuedBy: { type: { id: String, name: String }, _id: false },
      openers: { type: [String], default: undefined },
      createdAt: Date,
      expiresAt: Date,
      lastUsedAt: Date,
    },
    indexes: [[{ organisationId: 1, createdAt: 1 }]],
  })
  const links = tables.define<Stored<SetUpLink>>({
    name: 'setUpLinks',
    tenancy: { belongsTo: 'organisation' },
    fields: { expiresAt: Date },
    indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
  })
  const passwordLinks = tables.define<Stored<PasswordLink>>({
    name: 'passwordLinks',
    tenancy: { belongsTo: 'organisation' },
    fields: { staffId: String, expiresAt: Date, by: { type: [String], default: undefined } },
    indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }], [{ staffId: 1 }]],
  })
  const turns = tables.define<Row & { turn: number }>({
    name: 'administratorTurns',
    tenancy: { belongsTo: 'organisation' },
    fields: { turn: Number },
    indexes: [],
  })
  const anyToken = tokens.acrossOrganisations('a token names itself by a secret')
  const anyLink = links.acrossOrganisations('a set-up link names itself by a secret')
  const anyPasswordLink = passwordLinks.acrossOrganisations('a password link names itself by a secret')
  const one = <T extends { readonly id: string }>(row: Stored<T> | undefined) => row && fromRow<T>(row)

  return {
    ...createMongoFactorStore(staff, toMember),
    find: async id => member(await staff.findOne({ _id: id })),
    findByEmail: async email => member(await staff.findOne({ email })),
    listOf: async organisationId =>
      (await staff.find({ 'memberships.organisationId': organisationId }, { sort: { email: 1 } })).map(
        toMember,
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
    save: ({ id, name, language, memberships, version }) =>
      staff.updateOne(
        { _id: id, ...isVersion(version - 1) },
        {
          $set: { name, language, memberships, version },
        },
      ),
    async setPassword(id, passwordHash) {
      const change = { $set: { passwordHash, failedAttempts: 0 }, $unset: { lockedUntil: '' } } as const
      await staff.updateOne({ _id: id }, change)
    },
    async setOpened(id, opened) {
      await staff.updateOne({ _id: id }, opened ? { $set: { opened } } : { $unset: { opened: '' } })
    },
    async holdAdministrators(organisationId) {
      const own = turns.within(organisationId)
      await own.updateOne({ _id: organisationId }, { $inc: { turn: 1 } }, { upsert: true })
    },
    countTry: ({ id, failedAttempts: before }, { failedAttempts, lockedUntil }) =>
      staff.updateOne(
        { _id: id, failedAttempts: before },
        lockedUntil
          ? { $set: { failedAttempts, lockedUntil } }
          : { $set: { failedAttempts }, $unset: { lockedUntil: '' } },
      ),
    forgetTries: async id => {
      await staff.updateOne({ _id: id }, { $set: { failedAttempts: 0 }, $unset: { lockedUntil: '' } })
    },
    findToken: async id => one<ApiToken>(await anyToken.findOne({ _id: id })),
    insertToken: token => tokens.within(token.organisationId).insert(toRow(token)),
    useToken: async (id, at) => {
      await anyToken.updateOne({ _id: id }, { $set: { lastUsedAt: at } })
    },
    listTokens: async organisationId =>
      (await tokens.within(organisationId).find({}, { sort: { createdAt: 1 } })).map(row =>
        fromRow<ListedToken>(Object.assign(row, { openers: undefined })),
      ),
    deleteToken: async (organisationId, id) =>
      (await tokens.within(organisationId).deleteMany({ _id: id })) > 0,
    insertSetUpLink: link => links.within(link.organisationId).insert(toRow(link)),
    findSetUpLink: async id => one<SetUpLink>(await anyLink.findOne({ _id: id })),
    async takeSetUpLink(id) {
      const taken = (await anyLink.deleteMany({ _id: id })) > 0
      if (taken) await anyLink.deleteMany({})
      return taken
    },
    async replacePasswordLink(link) {
      await anyPasswordLink.deleteMany({ staffId: link.staffId })
      await passwordLinks.within(link.organisationId).insert(toRow(link))
    },
    findPasswordLink: async id => one<PasswordLink>(await anyPasswordLink.findOne({ _id: id })),
    deletePasswordLinks: async staffId => (await anyPasswordLink.deleteMany({ staffId })) > 0,
  }
}

const member = (row: Stored<StaffMember> | undefined) => row && toMember(row)

/** Accounts that were made before they had versions are of the first one. */
function toMember(row: Stored<StaffMember>): StaffMember {
  const kept: Omit<StaffMember, 'version'> & { version?: number } = fromRow<StaffMember>(row)
  return { ...kept, version: kept.version ?? 1 }
}

const isVersion = (version: number) =>
  version === 1 ? { $or: [{ version }, { version: { $exists: false } }] } : { version }
