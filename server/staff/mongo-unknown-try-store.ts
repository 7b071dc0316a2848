import { isDuplicateKey } from '../database/duplicate-key.ts'
import { type Row } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type WrongTries } from './staff-member.ts'
import { type UnknownTryStore } from './unknown-try-store.ts'

interface TryRow extends Row, WrongTries {
  readonly until: Date
}

/** Places with tries on them. They empty by themselves (TTL index). */
export function createMongoUnknownTryStore(tables: Tables): UnknownTryStore {
  const places = tables.defineShared<TryRow>({
    name: 'unknownTries',
    tenancy: { sharedBecause: 'an address without an account is of no organisation' },
    fields: { failedAttempts: Number, lockedUntil: Date, until: Date },
    indexes: [[{ until: 1 }, { expireAfterSeconds: 0 }]],
  })
  return {
    find: place => places.findOne({ _id: String(place) }),
    async replace(place, before, after) {
      const _id = String(place)
      if (before) {
        // The count rises with each try, so it tells whether somebody came between.
        return places.updateOne({ _id, failedAttempts: before.failedAttempts }, { $set: { ...after } })
      }
      try {
        await places.insert({ _id, ...after })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
  }
}
