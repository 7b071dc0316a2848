import { type AuditEvent, type ListedEvent } from '../../server/audit/audit.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { day, dayOf, timeToTheSecond } from '../dates.ts'
import { isText, sayIn, type Say } from '../language.ts'

export interface AuditPage {
  readonly events: readonly ListedEvent[]
  /** Everything that follows is older than this; undefined at the end. */
  readonly before: Date | undefined
}

/**
 * The first `limit` of `events`, newest first. What happened in one transaction carries one time, and the next page
 * begins at an earlier time: so those that share the last one's stay on its page.
 */
export function auditPage(events: readonly ListedEvent[], limit: number): AuditPage {
  const last = events[limit - 1]
  if (!last || events.length <= limit) return { events, before: undefined }
  const shown = events.filter(({ at }, index) => index < limit || Number(at) === Number(last.at))
  return { events: shown, before: shown.length < events.length ? last.at : undefined }
}

const addresses: Readonly<Record<string, string>> = {
  device: '/devices',
  person: '/people',
  incident: '/theft',
  body: '/bodies',
  job: '/jobs',
}

/** One event as a line of the log; `before` and `after` field by field. */
export function auditRow(event: ListedEvent, language: Language) {
  const say = sayIn(language)
  const { action, actor, on, at, reason, sequence, from } = event
  const address = addresses[on.kind]
  const changes = changesOf(event)
  return {
    when: `${day(dayOf(at), language)} ${timeToTheSecond(at)}`,
    who: actor.name,
    whoNote: whoNote(actor, say),
    what: deedWords(action, say),
    number: sequence,
    address: from?.address,
    origin: from?.requestId ?? from?.job,
    kind: kindWords(on.kind, say),
    href: address && `${address}/${on.id}`,
    id: on.id.length > 12 ? on.id.slice(0, 8) : on.id,
    historyHref: historyHref(on),
    reason,
    changes,
    hasDetails: changes.length > 0 || from !== undefined,
  }
}

function whoNote({ kind, behind }: AuditEvent['actor'], say: Say): string | undefined {
  if (kind === 'staff') return undefined
  return behind ? say('audit.by.token-of', { name: behind.name }) : say(`audit.by.${kind}`)
}

export function historyHref({ kind, id }: AuditEvent['on']): string {
  return `/audit?${new URLSearchParams({ kind, id }).toString()}`
}

/** What was done, in words. */
export function deedWords(action: string, say: Say): string {
  return wordsOf(`audit.did.${action}`, say) ?? action
}

/** What sort of thing something was done to, in words. */
export function kindWords(kind: string, say: Say): string {
  return wordsOf(`audit.kind.${kind}`, say) ?? kind
}

function wordsOf(key: string, say: Say): string | undefined {
  return isText(key) ? say(key) : undefined
}

/** The fields that differ, sorted; what stands on one side only has nothing on the other. */
export function changesOf({ before = {}, after = {} }: Pick<AuditEvent, 'before' | 'after'>) {
  const [was, is] = [flat(before), flat(after)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter(field => !sameForAll.has(field))
    .sort()
    .map(field => ({ field, before: was.get(field) ?? '', after: is.get(field) ?? '' }))
    .filter(change => change.before !== change.after)
}

/** What the line of the log says already. */
const sameForAll = new Set(['id', 'organisationId'])

/** Every value under its dotted name. */
function flat(value: object, path = ''): Map<string, string> {
  const entries = Object.entries(value).flatMap(([key, held]: [string, unknown]) => {
    const name = path === '' ? key : `${path}.${key}`
    const isFields =
      typeof held === 'object' && held !== null && !Array.isArray(held) && !(held instanceof Date)
    return isFields ? [...flat(held, name)] : [[name, textOf(held)] as const]
  })
  return new Map(entries)
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'string') return value
  return value === undefined ? '' : JSON.stringify(value)
}
