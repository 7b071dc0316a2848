import { type AuditFilter } from '../../server/audit/audit.ts'
import { dayAfter } from '../../server/calendar-day.ts'
import { instantFrom } from '../dates.ts'
import { actorKinds } from '../../server/staff/actor.ts'
import { formView, type Fields } from '../form.ts'
import { type Say } from '../language.ts'
import { addressOf } from '../tables/table-view.ts'
import { texts } from '../texts/texts.ts'
import { kindWords } from './audit-view.ts'

const names = ['who', 'by', 'action', 'kind', 'id', 'from', 'to', 'sort', 'after'] as const

/** What the address of the log may say: who, what, on what, from which day to which, in which order, from where on. */
export type AuditAddress = Readonly<Partial<Record<(typeof names)[number], string>>>

/** What of a query string the log understands; everything else is left out. */
export function auditAddress(query: Readonly<Record<string, unknown>>): AuditAddress {
  return addressOf(query, names)
}

/** The same as the log is asked; days are those of the municipality, both included. A day that is none narrows nothing. */
export function auditFilter({ who, by, action, kind, id, from, to }: AuditAddress): AuditFilter {
  const isDay = (day: string | undefined): day is string => /^\d{4}-\d\d-\d\d$/.test(day ?? '')
  const begin = isDay(from) ? instantFrom(`${from}T00:00`) : undefined
  const end = isDay(to) && instantFrom(`${to}T00:00`) ? instantFrom(`${dayAfter(to, 1)}T00:00`) : undefined
  return { who, by: actorKinds.find(each => each === by), action, kind, id, from: begin, to: end }
}

/** The fields above the log. */
export function auditFilters(address: AuditAddress, say: Say) {
  return formView(filterFields(say), address, say).fields
}

function filterFields(say: Say) {
  const did = 'audit.did.'
  const ofKind = 'audit.kind.'
  const keys = Object.keys(texts)
  const byText = (a: { text: string }, b: { text: string }) => a.text.localeCompare(b.text, 'sv')
  const actions = keys.filter(key => key.startsWith(did)).map(key => key.slice(did.length))
  const kinds = keys.filter(key => key.startsWith(ofKind)).map(key => key.slice(ofKind.length))
  return {
    who: { label: 'audit.filter.who', type: 'search', optional: true },
    by: {
      label: 'audit.filter.by',
      type: 'select',
      optional: true,
      options: actorKinds.map(value => ({ value, text: say(`audit.by-all.${value}`) })),
    },
    action: {
      label: 'audit.what',
      type: 'select',
      optional: true,
      options: actions
        .map(value => ({ value, text: `${say(`${did}${value}` as keyof typeof texts)} (${value})` }))
        .sort(byText),
    },
    kind: {
      label: 'audit.on',
      type: 'select',
      optional: true,
      options: kinds.map(value => ({ value, text: kindWords(value, say) })).sort(byText),
    },
    from: { label: 'audit.filter.from', type: 'date', optional: true },
    to: { label: 'audit.filter.to', type: 'date', optional: true },
  } as const satisfies Fields
}
