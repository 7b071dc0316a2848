import { type Clock } from '../clock.ts'
import { type NewId } from '../ids.ts'
import { type Subject } from './change.ts'
import { type Batch, type ChangeStore } from './change-store.ts'

interface ChangesDeps {
  readonly store: ChangeStore
  readonly clock: Clock
  readonly newId: NewId
  /** Whether other processes may work on the same database. */
  readonly isShared: boolean
  readonly noteFault: (error: unknown) => void
}

type Listener = (subjects: readonly Subject[]) => void

/** Told of each change as it is known, whether or not anybody follows it. */
type Watcher = (organisationId: string, subject: Subject) => void

export type Changes = ReturnType<typeof createChanges>

/** What happens within this time is sent together. */
const gatherMs = 150
const lookMs = 1000
/** How far back each look goes: clocks differ a little, and a batch is written before it can be read. */
const backMs = 15_000
const atOnce = 500
/** More subjects in one moment are sent as their kind alone. */
const mostSubjects = 200

/**
 * Sends what changes to its followers in this process, and to the other processes on the database: each of those looks
 * once a second while somebody follows anything, and writes at most once per organisation and moment.
 */
export function createChanges({ store, clock, newId, isShared, noteFault }: ChangesDeps) {
  const self = newId()
  const watchers: Watcher[] = []
  const listeners = new Map<string, Set<Listener>>()
  const gathered = new Map<string, Set<Subject>>()
  const seen = new Set<string>()
  let telling: NodeJS.Timeout | undefined
  let looking: NodeJS.Timeout | undefined
  let writing: Promise<unknown> = Promise.resolve()

  function tell(organisationId: string, subjects: readonly Subject[]): void {
    for (const listener of listeners.get(organisationId) ?? []) listener(subjects)
  }

  function tellGathered(): void {
    telling = undefined
    for (const [organisationId, subjects] of gathered) {
      const told = [...subjects].slice(-mostSubjects)
      tell(organisationId, told)
      if (isShared) write({ id: newId(), organisationId, at: clock.now(), from: self, subjects: told })
    }
    gathered.clear()
  }

  function write(batch: Batch): void {
    writing = Promise.all([writing, store.add(batch).catch(noteFault)])
  }

  async function look(): Promise<void> {
    const since = new Date(clock.now().getTime() - backMs)
    const batches = await store.since(since, atOnce)
    for (const { id, from, organisationId, subjects } of batches.toReversed()) {
      if (from !== self && !seen.has(id)) {
        for (const subject of subjects) for (const watcher of watchers) watcher(organisationId, subject)
        tell(organisationId, subjects)
      }
      seen.add(id)
    }
    const recent = new Set(batches.map(({ id }) => id))
    for (const id of seen) if (!recent.has(id)) seen.delete(id)
  }

  function lookOn(): void {
    if (!isShared || listeners.size === 0 || looking) return
    looking = setTimeout(() => {
      void look()
        .catch(noteFault)
        .finally(() => {
          looking = undefined
          lookOn()
        })
    }, lookMs)
    looking.unref()
  }

  return {
    /** Call it after the transaction of the change. */
    changed(organisationId: string, subject: Subject): void {
      for (const watcher of watchers) watcher(organisationId, subject)
      if (!isShared && !listeners.has(organisationId)) return
      const subjects = gathered.get(organisationId) ?? new Set()
      gathered.set(organisationId, subjects.add(subject))
      telling ??= setTimeout(tellGathered, gatherMs).unref()
    },

    /** Once per watcher, when the server is put together. */
    watch: (watcher: Watcher): void => void watchers.push(watcher),

    /** Hears of every change in the organisation until the function that it gives is called. */
    follow(organisationId: string, listener: Listener): () => void {
      const own = listeners.get(organisationId) ?? new Set()
      listeners.set(organisationId, own.add(listener))
      lookOn()
      return () => {
        own.delete(listener)
        if (own.size === 0 && listeners.get(organisationId) === own) listeners.delete(organisationId)
      }
    },

    /** When the server stops: nothing is looked for any more, what is being written is written. */
    async stop(): Promise<void> {
      listeners.clear()
      clearTimeout(looking)
      clearTimeout(telling)
      await writing
    },
  }
}
