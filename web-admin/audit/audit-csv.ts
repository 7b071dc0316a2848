import { type ListedEvent } from '../../server/audit/audit.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { csvOf } from '../csv.ts'
import { dayOf, timeToTheSecond } from '../dates.ts'
import { sayIn } from '../language.ts'
import { deedWords, kindWords } from './audit-view.ts'

/** Events as a table: one row each, what was before and after as JSON. */
export function auditCsv(events: readonly ListedEvent[], language: Language): string {
  const say = sayIn(language)
  const json = (fields: object | undefined) => (fields ? JSON.stringify(fields) : '')
  return csvOf([
    [
      say('audit.number'),
      say('audit.when'),
      say('audit.who'),
      say('audit.who-id'),
      say('audit.behind'),
      say('audit.what'),
      say('audit.deed'),
      say('audit.on'),
      say('audit.on-id'),
      say('audit.reason'),
      say('audit.before'),
      say('audit.after'),
      say('audit.address'),
      say('audit.request'),
    ],
    ...events.map(({ sequence, at, actor, action, on, reason, before, after, from }) => [
      sequence,
      `${dayOf(at)} ${timeToTheSecond(at)}`,
      actor.name,
      actor.id,
      actor.behind?.name,
      deedWords(action, say),
      action,
      kindWords(on.kind, say),
      on.id,
      reason,
      json(before),
      json(after),
      from?.address,
      from?.requestId ?? from?.job,
    ]),
  ])
}
