import { type Queries, type Stored } from '../database/queries.ts'
import { type FactorStore } from './factor-store.ts'
import { type StaffMember } from './staff-member.ts'

/** The second factors on the accounts in `staff`. */
export function createMongoFactorStore(
  staff: Queries<Stored<StaffMember>>,
  toMember: (row: Stored<StaffMember>) => StaffMember,
): FactorStore {
  return {
    async setAuthenticator(staffId, authenticator) {
      const change = authenticator ? { $set: { authenticator } } : { $unset: { authenticator: '' as const } }
      await staff.updateOne({ _id: staffId }, change)
    },
    takeStep: (staffId, step) =>
      staff.updateOne(
        { _id: staffId, 'authenticator.lastStep': { $lt: step } },
        { $set: { 'authenticator.lastStep': step } },
      ),
    async setRecoveryCodes(staffId, hashes) {
      await staff.updateOne({ _id: staffId }, { $set: { recoveryCodes: hashes } })
    },
    takeRecoveryCode: (staffId, hash) =>
      staff.updateOne({ _id: staffId, recoveryCodes: hash }, { $pull: { recoveryCodes: hash } }),
    async findByIdentity(issuer, subject) {
      const row = await staff.findOne({ identities: { $elemMatch: { issuer, subject } } })
      return row && toMember(row)
    },
    async noteIdentity(staffId, identity) {
      const { issuer, subject } = identity
      const known = { $elemMatch: { issuer, subject } }
      await staff.updateOne(
        { _id: staffId, identities: { $not: known } },
        { $push: { identities: identity } },
      )
    },
    async removeIdentities(staffId) {
      await staff.updateOne({ _id: staffId }, { $unset: { identities: '' as const } })
    },
    async findByPasskey(id) {
      const row = await staff.findOne({ 'passkeys.id': id })
      return row && toMember(row)
    },
    async addPasskey(staffId, passkey) {
      await staff.updateOne({ _id: staffId }, { $push: { passkeys: passkey } })
    },
    async notePasskeyUse(id, { counter, at }) {
      const use = { 'passkeys.$.counter': counter, 'passkeys.$.lastUsedAt': at }
      await staff.updateOne({ 'passkeys.id': id }, { $set: use })
    },
    async removePasskey(staffId, id) {
      await staff.updateOne({ _id: staffId }, { $pull: { passkeys: { id } } })
    },
    async removePasskeys(staffId) {
      await staff.updateOne({ _id: staffId }, { $unset: { passkeys: '' as const } })
    },
  }
}
