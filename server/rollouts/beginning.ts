import { againWhenStale } from '../stale.ts'
import { type Actor } from '../staff/actor.ts'
import { type Conducting } from './conducting.ts'
import { type Rollout } from './rollout.ts'
import { type Begun, type Start, type Starting } from './starting.ts'

interface BeginningDeps {
  readonly starting: Pick<Starting, 'begin'>
  readonly conducting: Pick<Conducting, 'reach' | 'advance'>
  /** Work that the caller does not wait for; what it leaves undone is taken up again. */
  readonly inBackground: (work: () => Promise<void>) => void
}

export type Beginning = ReturnType<typeof createBeginning>

/** Roll-outs written down, and then their first wave on its way. */
export function createBeginning({ starting, conducting, inBackground }: BeginningDeps) {
  async function begin(
    actor: Actor,
    start: Start,
    alongside?: (rollout: Rollout) => Promise<void>,
  ): Promise<Begun> {
    const begun = await starting.begin(actor, start, alongside)
    const { organisationId, id } = begun.rollout
    inBackground(async () => {
      await conducting.reach(begun.rollout)
      await conducting.advance(organisationId, id)
    })
    return begun
  }

  return {
    /** @param alongside what is saved in the same transaction */
    begin,

    /** A change in between is tried again, not refused, for a caller who named no version. */
    fromWhatStands: (actor: Actor, start: () => Promise<Start>): Promise<Begun> =>
      againWhenStale(async () => begin(actor, await start())),

    /** The same for what may turn out to be done already: then `start` gives nothing. */
    ifStillWanted: (actor: Actor, start: () => Promise<Start | undefined>): Promise<void> =>
      againWhenStale(async () => {
        const wanted = await start()
        if (wanted) await begin(actor, wanted)
      }),
  }
}
