import { createHash } from 'node:crypto'
import { type AuditEvent } from './audit.ts'

/** The place of an event in the chain of its organisation. */
export interface Link {
  /** 1 for the first event of the organisation, without gaps. */
  readonly sequence: number
  /** The hash of the event before; empty for the first. */
  readonly previousHash: string
  /** SHA-256, hex, over the event, its sequence and the hash before. */
  readonly hash: string
}

export type LinkedEvent = AuditEvent & Link

/** The newest link, kept apart from the events: without it nobody would see that the last ones are gone. */
export type Head = Pick<Link, 'sequence' | 'hash'>

export const emptyHead: Head = { sequence: 0, hash: '' }

/** What is wrong with the chain at one place. */
export interface ChainFault {
  /**
   * `changed`: the event is not what was written. `missing`: events before this place are gone. `torn`: it does not
   * follow from the previous one. `end`: the newest are gone, or there are more than there were. `stray`: it
   * claims a place that nothing has ever had. `unsealed`: it never got its place.
   */
  readonly kind: 'changed' | 'missing' | 'torn' | 'end' | 'stray' | 'unsealed'
  readonly sequence: number
  readonly eventId?: string
}

/** The links of `events`, which follow `head` in this order. */
export function chain<T extends AuditEvent>(head: Head, events: readonly T[]): (T & Link)[] {
  let last = head
  return events.map(event => {
    const place = { sequence: last.sequence + 1, previousHash: last.hash }
    const linked = { ...event, ...place, hash: hashOf(event, place) }
    last = linked
    return linked
  })
}

/** Checks a chain piece by piece; `faults` and `last` hold the result so far. */
export function createChainCheck(from: Head = emptyHead) {
  const faults: ChainFault[] = []
  let last = from
  return {
    faults: faults as readonly ChainFault[],
    last: (): Head => last,
    /** The next events, by their sequence. */
    add(events: readonly LinkedEvent[]): void {
      for (const event of events) {
        const { sequence, id: eventId } = event
        const at = { sequence, eventId }
        const follows = sequence === last.sequence + 1
        if (!follows) faults.push({ kind: sequence > last.sequence ? 'missing' : 'torn', ...at })
        if (event.hash !== hashOf(event, event)) faults.push({ kind: 'changed', ...at })
        else if (follows && event.previousHash !== last.hash) faults.push({ kind: 'torn', ...at })
        last = event
      }
    },
    /** Nothing follows: what was added must end where `head` says. */
    end(head: Head): void {
      if (head.sequence !== last.sequence || head.hash !== last.hash)
        faults.push({ kind: 'end', sequence: Math.min(head.sequence, last.sequence) + 1 })
    },
  }
}

function hashOf(event: AuditEvent, { sequence, previousHash }: Omit<Link, 'hash'>): string {
  const { id, organisationId, at, actor, action, on, reason, before, after, from } = event
  const content = { id, organisationId, at, actor, action, on, reason, before, after, from }
  return createHash('sha256')
    .update(canonical({ ...content, sequence, previousHash }))
    .digest('hex')
}

/**
 * One text for one value, whatever the order of its fields: keys sorted, what is undefined left out, times as ISO 8601
 * (after RFC 8785).
 */
export function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(each => canonical(each ?? null)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, held]) => held !== undefined)
    // By code unit, as RFC 8785 sorts; a locale would sort differently elsewhere.
    fields.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${fields.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(',')}}`
  }
  return value === undefined ? 'null' : JSON.stringify(value)
}
