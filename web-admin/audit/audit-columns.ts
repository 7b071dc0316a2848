import { type ListedEvent } from '../../server/audit/audit.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { timeToTheSecond } from '../dates.ts'
import { sayIn } from '../language.ts'
import { type CellView, type Column } from '../tables/columns.ts'
import {
  changesOf,
  deedWords,
  historyHref,
  isRoute,
  kindWords,
  pageOfThing,
  triedWords,
  whenWords,
  whoNote,
} from './audit-view.ts'
import { type NameOf } from './thing-names.ts'

/** Letters that fit on one line. */
const unbroken = 24

/**
 * The columns of the log. The values before and after are opened on the page; a file has it as JSON, beside the ids
 * that a page has no room for. `nameOf` says what the things are called; a file goes by their ids.
 */
export function auditColumns(language: Language, nameOf: NameOf): Column<ListedEvent>[] {
  const say = sayIn(language)
  const json = (fields: object | undefined) => fields && JSON.stringify(fields)
  const none = () => undefined

  function what(event: ListedEvent): CellView {
    const { action, reason, from } = event
    const origin = from?.requestId ?? from?.job
    const facts = [
      ...(isRoute(event) ? [{ label: say('audit.route'), value: event.on.id }] : []),
      ...(from?.address === undefined ? [] : [{ label: say('audit.address'), value: from.address }]),
      ...(origin === undefined ? [] : [{ label: say('audit.request'), value: origin }]),
    ]
    const changes = changesOf(event)
    return {
      text: deedWords(action, say),
      isStrong: true,
      note: reason && `${say('audit.reason')}: ${reason}`,
      ...(facts.length + changes.length > 0 && { details: { facts, changes } }),
    }
  }

  const shortId = (id: string) => (id.length > 12 ? id.slice(0, 8) : id)
  const thing = (event: ListedEvent) =>
    triedWords(event, say) ?? `${kindWords(event.on.kind, say)} ${nameOf(event.on) ?? shortId(event.on.id)}`
  return [
    {
      key: 'number',
      text: 'audit.number',
      show: ({ sequence }) =>
        sequence === undefined ? undefined : { text: String(sequence), isSoft: true, isUnbroken: true },
      file: ({ sequence }) => sequence,
    },
    {
      key: 'when',
      text: 'audit.when',
      sort: 'at',
      show: ({ at }) => ({ text: whenWords(at, language), isUnbroken: true }),
      file: ({ at }) => `${dayOf(at)} ${timeToTheSecond(at)}`,
    },
    {
      key: 'who',
      text: 'audit.who',
      show: ({ actor }) => {
        const note = whoNote(actor, say)
        return { text: actor.name, note: note === actor.name ? undefined : note }
      },
      file: ({ actor }) => actor.name,
    },
    { key: 'whoId', text: 'audit.who-id', only: 'file', show: none, file: ({ actor }) => actor.id },
    {
      key: 'behind',
      text: 'audit.behind',
      only: 'file',
      show: none,
      file: ({ actor }) => actor.behind?.name,
    },
    {
      key: 'what',
      text: 'audit.what',
      show: what,
      file: ({ action }) => deedWords(action, say),
    },
    { key: 'deed', text: 'audit.deed', only: 'file', show: none, file: ({ action }) => action },
    {
      key: 'on',
      text: 'audit.on',
      show: event => ({
        text: thing(event),
        href: pageOfThing(event.on),
        // A tag stays whole; the name of a body may be as long as it likes.
        isUnbroken: thing(event).length <= unbroken,
      }),
      file: ({ on }) => kindWords(on.kind, say),
    },
    { key: 'onId', text: 'audit.on-id', only: 'file', show: none, file: ({ on }) => on.id },
    { key: 'reason', text: 'audit.reason', only: 'file', show: none, file: ({ reason }) => reason },
    { key: 'before', text: 'audit.before', only: 'file', show: none, file: ({ before }) => json(before) },
    { key: 'after', text: 'audit.after', only: 'file', show: none, file: ({ after }) => json(after) },
    { key: 'address', text: 'audit.address', only: 'file', show: none, file: ({ from }) => from?.address },
    {
      key: 'request',
      text: 'audit.request',
      only: 'file',
      show: none,
      file: ({ from }) => from?.requestId ?? from?.job,
    },
    {
      key: 'history',
      text: 'audit.only',
      only: 'page',
      show: event => ({
        deed: {
          href: historyHref(event.on),
          icon: 'clock',
          label: `${say('audit.only')}: ${thing(event)}`,
        },
      }),
      file: none,
    },
  ]
}
