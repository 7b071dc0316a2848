import { type Audit } from '../audit/audit.ts'
import { type CommandStore } from '../commands/command-store.ts'
import { type IncidentStore } from '../incidents/incident-store.ts'
import { subjectOf, type Subject } from './change.ts'

/** Told of a change inside its transaction. */
export type NoteChange = (organisationId: string, subject: Subject) => void

/** The log, from which most that changes is known. */
export function tellingAudit<A extends Audit>(audit: A, note: NoteChange): A {
  return {
    ...audit,
    record: async (actor, entry) => {
      await audit.record(actor, entry)
      const subject = subjectOf(entry.on)
      if (subject) note(actor.organisationId, subject)
    },
  }
}

/** How far a command has come is no deed for the log, but the page of its iPad shows it. */
export function tellingCommands(store: CommandStore, note: NoteChange): CommandStore {
  return {
    ...store,
    insert: async (...commands) => {
      await store.insert(...commands)
      for (const { organisationId, deviceId } of commands) note(organisationId, `device:${deviceId}`)
    },
    change: async (...asked) => {
      const changed = await store.change(...asked)
      if (changed) note(changed.organisationId, `device:${changed.deviceId}`)
      return changed
    },
  }
}

/** What becomes of a case by itself, such as its iPad being locked. */
export function tellingIncidents(store: IncidentStore, note: NoteChange): IncidentStore {
  return {
    ...store,
    save: async incident => {
      await store.save(incident)
      note(incident.organisationId, `incident:${incident.id}`)
    },
  }
}
