import { isDuplicateKey } from '../database/duplicate-key.ts'
import { type Row } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type ChallengeStore } from './challenge-store.ts'

/** Challenges that were answered. They go away by themselves (TTL index). */
export function createMongoChallengeStore(tables: Tables): ChallengeStore {
  const spent = tables.defineShared<Row & { until: Date }>({
    name: 'spentChallenges',
    tenancy: { sharedBecause: 'a challenge is answered before it is known who answers' },
    fields: { until: Date },
    indexes: [[{ until: 1 }, { expireAfterSeconds: 0 }]],
  })
  return {
    async spend(challenge, until) {
      try {
        await spent.insert({ _id: challenge, until })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
  }
}
