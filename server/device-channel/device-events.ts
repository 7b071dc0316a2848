import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type NewId } from '../ids.ts'
import {
  auditOf,
  type DeviceEvent,
  type DeviceEventHandler,
  type DeviceEventStore,
  type NewDeviceEvent,
} from './device-event.ts'

interface DeviceEventsDeps {
  readonly store: DeviceEventStore
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
  /** Told of a reaction that failed and will be tried again. */
  readonly noteFault: (error: unknown, event: DeviceEvent, subscriber: string) => void
}

/** Milliseconds that the first delivery has before a round takes an event up again. */
const ownTimeMs = 15_000
const atOnce = 500

interface Subscriber {
  readonly name: string
  readonly handle: DeviceEventHandler
  readonly timing: 'before-answer' | 'afterwards'
}

export type DeviceEvents = ReturnType<typeof createDeviceEvents>

/**
 * What iPads do, handed to its subscribers. An event is saved together with what caused it and handed on right after;
 * `resume` hands on what a crash or a fault left over. Subscribers are named before the first event.
 */
export function createDeviceEvents({ store, audit, clock, newId, noteFault }: DeviceEventsDeps) {
  const subscribers: Subscriber[] = []
  // Events of one iPad are told in order; iPads do not wait for each other.
  const lines = new Map<string, Promise<void>>()

  const rounds = new Set<Promise<void>>()

  async function tellPending(before: Date): Promise<void> {
    for (const { event, pendingFor } of await store.pending(before, atOnce)) {
      const to = subscribers.filter(({ name }) => pendingFor.includes(name))
      await inLine(event, async () => store.handled(event, await tell(event, to)))
    }
  }

  async function tell(event: DeviceEvent, to: readonly Subscriber[]): Promise<string[]> {
    const failed: string[] = []
    for (const subscriber of to) {
      try {
        await subscriber.handle(event)
      } catch (error) {
        failed.push(subscriber.name)
        noteFault(error, event, subscriber.name)
      }
    }
    return failed
  }

  function inLine(event: DeviceEvent, work: () => Promise<void>): Promise<void> {
    const line = (lines.get(event.deviceId) ?? Promise.resolve())
      .then(work)
      .catch((error: unknown) => noteFault(error, event, 'outbox'))
      .finally(() => {
        if (lines.get(event.deviceId) === line) lines.delete(event.deviceId)
      })
    lines.set(event.deviceId, line)
    return line
  }

  return {
    /**
     * `before-answer` is heard before the iPad gets its answer, so that the next request sees the effect; it must be
     * quick. Names are stored in the database: they never change.
     */
    subscribe(name: string, handle: DeviceEventHandler, timing: Subscriber['timing'] = 'afterwards'): void {
      subscribers.push({ name, handle, timing })
    },

    /** Saves the event, and a deed of it in the log; called inside the transaction of its cause. Afterwards it is given to `deliver`. */
    async record(event: NewDeviceEvent): Promise<DeviceEvent> {
      const saved = { ...event, id: newId() }
      await store.insert(
        saved,
        subscribers.map(({ name }) => name),
      )
      const noted = auditOf(saved)
      if (noted) await audit.record(noted.actor, noted.entry)
      return saved
    },

    /** Tells everybody. Resolves when those who are heard before the answer have been. */
    async deliver(event: DeviceEvent): Promise<void> {
      const first = subscribers.filter(({ timing }) => timing === 'before-answer')
      const rest = subscribers.filter(({ timing }) => timing !== 'before-answer')
      const failed = await tell(event, first)
      void inLine(event, async () => store.handled(event, [...failed, ...(await tell(event, rest))]))
    },

    /**
     * Tells again what somebody has not handled: `all` at the start, when nobody here is at it; later only what has had
     * its time.
     */
    async resume(which: 'all' | 'late' = 'late'): Promise<void> {
      const before = new Date(clock.now().getTime() - (which === 'late' ? ownTimeMs : -1))
      const round = tellPending(before).finally(() => rounds.delete(round))
      rounds.add(round)
      await round
    },

    /** Resolves when no event is being handed on. */
    async idle(): Promise<void> {
      while (lines.size + rounds.size > 0) await Promise.allSettled([...lines.values(), ...rounds])
    },
  }
}
