import { faultOf } from './fault.ts'
import { type Tables } from './database/tables.ts'
import { type Subject } from './live/change.ts'
import { createChanges } from './live/changes.ts'
import { liveRoutes } from './live/live-routes.ts'
import { createMongoChangeStore } from './live/mongo-change-store.ts'
import { createStreams } from './live/streams.ts'
import { tellingAudit, type NoteChange } from './live/telling-stores.ts'
import { type Audit } from './audit/audit.ts'
import { type Log } from './log.ts'
import { type Ports } from './start.ts'

interface LiveNeeds {
  readonly ports: Ports
  readonly log: Log
  readonly tables: Tables
  /** Notes something inside a transaction; it comes back to `told` when that stands. */
  readonly note: (what: string) => void
  /** Whether other processes may work on the same database. */
  readonly isShared: boolean
}

/** The part of `compose` that tells open pages what has changed. */
export function composeLive({ ports, log, tables, note, isShared }: LiveNeeds) {
  const changes = createChanges({
    ...ports,
    store: createMongoChangeStore(tables),
    isShared,
    noteFault: error => log.error({ err: faultOf(error) }, 'changes not passed on'),
  })
  const streams = createStreams({ changes, beatMs: 15_000, mostOfOne: 8 })
  const noteChange: NoteChange = (organisationId, subject) => note(`${organisationId} ${subject}`)
  return {
    changes,
    streams,
    note: noteChange,
    tellingAudit: <A extends Audit>(audit: A): A => tellingAudit(audit, noteChange),
    /** Takes the changes out of the notes of a transaction, and gives the rest to `others`. */
    told(notes: ReadonlySet<string>, others: (rest: ReadonlySet<string>) => void): void {
      const rest = new Set<string>()
      for (const one of notes) {
        const [organisationId = '', subject] = one.split(' ', 2)
        if (subject === undefined) rest.add(one)
        else changes.changed(organisationId, subject as Subject)
      }
      if (rest.size > 0) others(rest)
    },
    staffPlugins: [liveRoutes(streams)],
    stop: () => changes.stop(),
  }
}
