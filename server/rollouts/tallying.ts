import { type Clock } from '../clock.ts'
import { DomainError } from '../domain-error.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { answerableId, type Actor } from '../staff/actor.ts'
import { dayMs, tallied, weightOf, type Weight } from './tally.ts'
import { type TallyStore } from './tally-store.ts'

interface TallyingDeps {
  readonly tallies: TallyStore
  readonly organisations: Pick<Organisations, 'get'>
  /** Which of the organisation's limits it is compared with. */
  readonly limit: 'rolloutLimit' | 'bulkLimit'
  readonly clock: Clock
}

/** How heavy a wish is, and a function that adds it to what the same person changed before. */
interface Weighed extends Weight {
  readonly limit: number
  /**
   * Adds it to the person's tally; call it in the transaction that begins the roll-out.
   * @throws {DomainError} conflict `stale` when the same person began something else since it was weighed
   */
  readonly count: () => Promise<void>
}

export type Tallying = ReturnType<typeof createTallying>

/**
 * Adds up what one person, or the product by itself, changes without a second person, and compares it with the limit.
 */
export function createTallying({ tallies, organisations, limit: which, clock }: TallyingDeps) {
  return {
    /**
     * Whether `actor` may change these iPads alone, with what they have changed in the last `ms` milliseconds.
     * @param whose instead of the actor
     */
    async weigh(
      actor: Actor,
      deviceIds: readonly string[],
      { whose = answerableId(actor), ms = dayMs }: { readonly whose?: string; readonly ms?: number } = {},
    ): Promise<Weighed> {
      const { organisationId } = actor
      const limit = (await organisations.get(actor)).settings[which]
      const now = clock.now()
      const since = new Date(now.getTime() - ms)
      const weighNow = async () => {
        const tally = await tallies.find(organisationId, whose)
        return { tally, weight: weightOf(deviceIds, { tally, since, limit }) }
      }
      const { weight } = await weighNow()
      return {
        ...weight,
        limit,
        async count() {
          if (weight.changing.length === 0) return
          // Others that the same one began meanwhile are added up too; too many only together is weighed anew.
          const { tally, weight: last } = await weighNow()
          if (last.whyTwo !== undefined)
            throw new DomainError('conflict', 'stale', 'The same person began something else meanwhile.')
          await tallies.save(tallied(tally ?? { organisationId, whose }, last.changing, { now, since }))
        },
      }
    },
  }
}
