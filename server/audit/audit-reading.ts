import { type AuditReader, type ListedEvent } from './audit.ts'

interface AuditReadingDeps {
  readonly audit: AuditReader
  /** Those of these people whose identity is protected now. */
  readonly protectedAmong: (organisationId: string, ids: readonly string[]) => Promise<ReadonlySet<string>>
  /** Everybody who has become this person: what was done to them belongs to the history. */
  readonly goneInto: (organisationId: string, personId: string) => Promise<readonly string[]>
}

/** Shown instead of a value that is hidden. */
const hidden = '***'

/**
 * The log as people and programs read it. Somebody may be given a protected identity after their name was written down:
 * the event stays as it is in the chain, and what it says of them is not shown.
 */
export function createAuditReading({ audit, protectedAmong, goneInto }: AuditReadingDeps): AuditReader {
  return {
    async list(organisationId, page) {
      const { id, ...rest } = page
      const gone = id === undefined ? [] : await goneInto(organisationId, id)
      const wanted = id === undefined || gone.length === 0 ? page : { ...rest, ids: [id, ...gone] }
      const events = await audit.list(organisationId, wanted)
      const ids = new Set(events.filter(tellsOfPerson).map(({ on }) => on.id))
      if (ids.size === 0) return events
      const secret = await protectedAmong(organisationId, [...ids])
      return events.map(event =>
        tellsOfPerson(event) && secret.has(event.on.id) ? withoutValues(event) : event,
      )
    },
  }
}

function tellsOfPerson({ on, before, after }: ListedEvent): boolean {
  return on.kind === 'person' && (before !== undefined || after !== undefined)
}

function withoutValues(event: ListedEvent): ListedEvent {
  const { before, after } = event
  return {
    ...event,
    ...(before && { before: masked(before) }),
    ...(after && { after: masked(after) }),
  }
}

function masked(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, withoutText(value)]))
}

function withoutText(value: unknown): unknown {
  if (typeof value === 'string') return hidden
  if (Array.isArray(value)) return value.map(withoutText)
  const isFields = typeof value === 'object' && value !== null
  return isFields && !(value instanceof Date) ? masked(value as Record<string, unknown>) : value
}
