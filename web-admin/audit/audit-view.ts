import { type AuditEvent } from '../../server/audit/audit.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { day, timeToTheSecond } from '../dates.ts'
import { isText, type Say } from '../language.ts'

const addresses: Readonly<Record<string, string>> = {
  device: '/devices',
  person: '/people',
  incident: '/theft',
  body: '/bodies',
  job: '/jobs',
}

/** Where the thing of an event is shown, when it has a page. */
export function pageOfThing({ kind, id }: AuditEvent['on']): string | undefined {
  const address = addresses[kind]
  return address && `${address}/${id}`
}

/** When it happened, to the second, on the clock of the municipality. */
export function whenWords(at: Date, language: Language): string {
  return `${day(dayOf(at), language)} ${timeToTheSecond(at)}`
}

/** What sort of actor it was, where it was no person by themselves. */
export function whoNote({ kind, behind }: AuditEvent['actor'], say: Say): string | undefined {
  if (kind === 'staff') return undefined
  return behind ? say('audit.by.token-of', { name: behind.name }) : say(`audit.by.${kind}`)
}

/** The log of one thing alone. */
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

/** The thing in the middle of a sentence, with what it is called where that is known. */
export function thingWords({ kind }: AuditEvent['on'], name: string | undefined, say: Say): string {
  const words = kindWords(kind, say)
  // An iPad keeps its letters.
  const within = /^\p{Lu}\p{Ll}/u.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words
  return name === undefined ? within : `${within} ${name}`
}

/** Whether somebody was refused a part of Örnkoll, and nothing was done to any thing. */
export const isRoute = ({ on }: Pick<AuditEvent, 'on'>) => on.kind === 'route'

/** What somebody who was refused tried to do, in words; undefined for a thing, and where no right was written down. */
export function triedWords(event: Pick<AuditEvent, 'on' | 'after'>, say: Say): string | undefined {
  const right = event.after?.['right']
  return isRoute(event) && typeof right === 'string' ? wordsOf(`right.${right}`, say) : undefined
}

function wordsOf(key: string, say: Say): string | undefined {
  return isText(key) ? say(key) : undefined
}

/** The fields that differ, sorted; a field on one side only has nothing on the other. */
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
