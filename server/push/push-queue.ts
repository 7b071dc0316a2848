import { nextWakeAt } from '../../mdm/command-queue.ts'
import { type Pusher, type PushOutcome, type PushTarget } from '../../mdm/push.ts'
import { type Clock } from '../clock.ts'
import { type Enrolment } from '../enrolment/enrolment.ts'
import { type EnrolmentStore, type WakeResult } from '../enrolment/enrolment-store.ts'
import { createInTurn } from '../in-turn.ts'

interface PushQueueDeps {
  readonly enrolments: Pick<EnrolmentStore, 'findWakeable' | 'dueForWake' | 'woken'>
  /** The pusher of the certificate in use; undefined while nothing can be pushed. */
  readonly pusher: () => Promise<Pusher | undefined>
  /** Notes when commands were first pushed. */
  readonly pushed: (enrolmentIds: readonly string[], at: Date) => Promise<void>
  readonly clock: Clock
  readonly note: (what: PushNote) => void
}

type PushNote =
  | { readonly event: 'push-token-dead'; readonly enrolmentId: string }
  | { readonly event: 'push-refused'; readonly reason: string; readonly count: number }
  | { readonly event: 'push-fault'; readonly error: string }

/** Minutes until a refusal of our certificate is tried again: somebody has to put it right. */
const refusedMinutes = 15
const atOnce = 1000
/** Those that have not come for longer are not there, and are pushed when their time comes. */
const startOverMinutes = 15

export type PushQueue = ReturnType<typeof createPushQueue>

/**
 * Wakes iPads that have something to fetch: at once when asked, and again by `sweep` as long as they do not come. When
 * each is due is stored with its enrolment, so a crash loses no push.
 */
export function createPushQueue({ enrolments, pusher, pushed, clock, note }: PushQueueDeps) {
  let asked = new Set<string>()
  const underWay = new Map<Promise<void>, readonly string[]>()
  /** Until the pushes of the process before have been looked for: whom this one has pushed itself. */
  let ownPushes: Set<string> | undefined = new Set()
  const inTurn = createInTurn()

  async function wakeAll(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const using = await pusher()
    const found = await enrolments.findWakeable(ids)
    const wakeable = found.filter(({ token, pushMagic }) => token !== undefined && pushMagic !== undefined)
    if (!using || wakeable.length === 0) return
    // Before the answer: an iPad may have come and fetched by the time that Apple says that it was told.
    const sentAt = clock.now()
    const outcomes = await using.wake(wakeable.map(targetOf))
    const now = clock.now()
    const results = wakeable.flatMap(enrolment => {
      const outcome = outcomes.get(enrolment.id)
      return outcome ? [resultOf(enrolment, outcome, now)] : []
    })
    report(outcomes)
    const sent = results.filter(({ id }) => outcomes.get(id)?.kind === 'sent')
    await enrolments.woken(results)
    if (sent.length > 0)
      await pushed(
        sent.map(({ id }) => id),
        sentAt,
      )
  }

  function report(outcomes: ReadonlyMap<string, PushOutcome>): void {
    const refused = [...outcomes.values()].filter(outcome => outcome.kind === 'refused')
    if (refused[0]) note({ event: 'push-refused', reason: refused[0].reason, count: refused.length })
    for (const [enrolmentId, { kind }] of outcomes)
      if (kind === 'unregistered') note({ event: 'push-token-dead', enrolmentId })
  }

  function run(ids: readonly string[]): Promise<void> {
    for (const id of ids) ownPushes?.add(id)
    const work = wakeAll(ids)
      .catch((error: unknown) =>
        note({ event: 'push-fault', error: error instanceof Error ? error.name : 'unknown' }),
      )
      .finally(() => underWay.delete(work))
    underWay.set(work, ids)
    return work
  }

  /** Those for whom no push is on its way at this moment: it counts although its answer has not been written down. */
  function leftAlone(ids: readonly string[]): string[] {
    const busy = new Set([...asked, ...[...underWay.values()].flat()])
    return ids.filter(id => !busy.has(id))
  }

  return {
    /** Pushes as soon as this turn of the event loop is over; many calls at once become one batch, one push per iPad. */
    wake(ids: readonly string[]): void {
      const first = asked.size === 0
      for (const id of ids) asked.add(id)
      if (!first || asked.size === 0) return
      setImmediate(() => {
        const batch = [...asked]
        asked = new Set()
        void run(batch)
      })
    },

    /** Pushes what is due. A sweep that is asked for meanwhile runs after this one, and sees what it has pushed. */
    sweep: (): Promise<void> =>
      inTurn('sweep', async () => run(leftAlone(await enrolments.dueForWake(clock.now(), atOnce)))),

    /**
     * Pushes what would be due within a quarter of an hour: of a server that died nobody knows which of its pushes, or
     * which answers to the iPads that came, were lost with it.
     */
    async startOver(): Promise<void> {
      const soon = new Date(clock.now().getTime() + startOverMinutes * 60_000)
      const due = await enrolments.dueForWake(soon, atOnce)
      const own = ownPushes
      ownPushes = undefined
      await run(leftAlone(due).filter(id => !own?.has(id)))
    },

    /** Resolves when no push is under way. */
    async idle(): Promise<void> {
      while (asked.size > 0 || underWay.size > 0) {
        await Promise.all([...underWay.keys(), new Promise(resolve => setImmediate(resolve))])
      }
    },
  }
}

function targetOf({ id, token = '', pushMagic = '' }: Enrolment): PushTarget {
  return { enrolmentId: id, token: Buffer.from(token, 'hex'), pushMagic }
}

function resultOf({ id, token = '', wakeAttempts }: Enrolment, outcome: PushOutcome, now: Date): WakeResult {
  const attempts = wakeAttempts + 1
  switch (outcome.kind) {
    case 'unregistered':
      return { id, deadToken: token, attempts }
    case 'refused':
      return { id, wakeAt: new Date(now.getTime() + refusedMinutes * 60_000), attempts: wakeAttempts }
    case 'retry': {
      const own = nextWakeAt(now, attempts)
      const asked = new Date(now.getTime() + (outcome.afterSeconds ?? 0) * 1000)
      return { id, wakeAt: asked > own ? asked : own, attempts }
    }
    case 'sent':
      return { id, wakeAt: nextWakeAt(now, attempts), attempts }
  }
}
