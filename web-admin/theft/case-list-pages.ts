import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { needs } from '../../server/http/credentials.ts'
import { bothWays } from '../../server/http/list-order.ts'
import { lines } from '../../server/incidents/case-queue.ts'
import { incidentSorts } from '../../server/incidents/incident-order.ts'
import { incidentKinds, incidentStates } from '../../server/incidents/incident.ts'
import {
  type IncidentQuery,
  type IncidentReading,
  type ListedIncident,
} from '../../server/incidents/incident-reading.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type People } from '../../server/people/people.ts'
import { fullName } from '../../server/people/person.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { day, dayThenTime, time } from '../dates.ts'
import { formView, type Fields } from '../form.ts'
import { sayIn, type Say } from '../language.ts'
import { showPage } from '../page.ts'
import { namesPeople } from '../people/named-files.ts'
import { readerOf } from '../reader.ts'
import { chosenFor } from '../tables/column-pages.ts'
import { type Column } from '../tables/columns.ts'
import { allPages, listFiles, type ListFile } from '../tables/list-file.ts'
import { addressOf, listHref, tableView, withoutPlace } from '../tables/table-view.ts'
import { caseBadge, lineWords } from './case-state.ts'

interface CaseListDeps {
  readonly reading: Pick<IncidentReading, 'list'>
  readonly devices: Pick<Devices, 'many'>
  readonly people: Pick<People, 'many'>
  readonly clock: Clock
  readonly audit: Audit
}

interface ListedCase {
  readonly one: ListedIncident
  readonly tag: string
  /** Whoever had the iPad when it happened, masked as lists show people. */
  readonly holder: string | undefined
}

const pageSize = 50
const fileStep = 500
const path = '/theft/cases'
const names = ['kind', 'state', 'line', 'sort', 'after'] as const
const sorts = bothWays(incidentSorts)
type Address = Readonly<Partial<Record<(typeof names)[number], string>>>

/** Every case, the newest report first, narrowed by kind and state, and as a file. */
export function caseListPages({ reading, devices, people, clock, audit }: CaseListDeps): ServerRoute[] {
  async function around(actor: Actor, page: readonly ListedIncident[]): Promise<ListedCase[]> {
    const ipads = await devices.many(
      actor,
      page.map(({ deviceId }) => deviceId),
    )
    const held = page.flatMap(({ personId }) => (personId === undefined ? [] : [personId]))
    const called = new Map((await people.many(actor, held)).map(person => [person.id, fullName(person)]))
    const tags = new Map(ipads.map(({ id, assetTag }) => [id, assetTag]))
    return page.map(one => ({
      one,
      tag: tags.get(one.deviceId) ?? '',
      holder: called.get(one.personId ?? ''),
    }))
  }

  async function list(request: Request, h: ResponseToolkit) {
    const { actor, say, language } = readerOf(request)
    const address = addressOf(request.query, names)
    const { after, ...place } = address
    const query = queryFrom(address, pageSize)
    const { items, next } = await reading.list(actor, query)
    return showPage(request, h, 'theft/cases', {
      title: say('cases.title'),
      filters: formView(filterFields(say), address, say).fields,
      isFiltered: place.kind !== undefined || place.state !== undefined || place.line !== undefined,
      sort: place.sort,
      table: tableView({
        name: 'cases',
        path,
        label: say('cases.title'),
        address: place,
        sort: query.sort ?? '',
        say,
        columns: caseColumns({ language, withHolders: true }),
        chosen: chosenFor(request, 'cases'),
        rows: await around(actor, items),
        idOf: ({ one }) => one.id,
        mayTake: true,
      }),
      shown: say('list.showing', { count: items.length }),
      nextHref: next === null ? undefined : listHref(path, { ...place, after: next }),
      firstHref: after === undefined ? undefined : listHref(path, place),
    })
  }

  /** With names for those who may take people along; that wants a fresh proof. */
  async function collect(request: Request): Promise<ListFile<ListedCase>> {
    const { actor, language } = readerOf(request)
    const isPersonal = namesPeople(request, clock)
    const address = withoutPlace(addressOf(request.query, names))
    const query = queryFrom(address, fileStep)
    const rows = await allPages(async after => {
      const { items, next } = await reading.list(actor, { ...query, ...(after !== undefined && { after }) })
      return { items: await around(actor, items), next }
    })
    return { columns: caseColumns({ language, withHolders: isPersonal }), rows, filter: address }
  }

  const options = needs('incidents.read')
  return [
    { method: 'GET', path, options, handler: list },
    ...listFiles({ name: 'cases', path, options, collect, audit }),
  ]
}

function queryFrom({ kind, state, line, sort, after }: Address, limit: number): IncidentQuery {
  const [ofKind, inState] = [
    incidentKinds.find(one => one === kind),
    incidentStates.find(one => one === state),
  ]
  const ofLine = lines.find(one => one === line)
  return {
    limit,
    sort: sorts.find(one => one === sort) ?? '-reportedAt',
    ...(ofKind && { kind: ofKind }),
    ...(inState && { state: inState }),
    ...(ofLine && { line: ofLine }),
    ...(state === 'open' && { open: true }),
    ...(after !== undefined && { after }),
  }
}

function filterFields(say: Say) {
  return {
    kind: {
      label: 'cases.filter.kind',
      type: 'select',
      optional: true,
      options: incidentKinds.map(value => ({ value, text: say(`case.kind.${value}`) })),
    },
    state: {
      label: 'cases.filter.state',
      type: 'select',
      optional: true,
      options: [
        { value: 'open', text: say('loans.filter.open') },
        ...incidentStates.map(value => ({ value, text: say(`case.state.${value}`) })),
      ],
    },
    line: {
      label: 'case.line',
      type: 'select',
      optional: true,
      options: lines.map(value => ({ value, text: say(`case.line.${value}`) })),
    },
  } as const satisfies Fields
}

function caseColumns({
  language,
  withHolders,
}: {
  readonly language: Language
  readonly withHolders: boolean
}): Column<ListedCase>[] {
  const say = sayIn(language)
  const holder: Column<ListedCase> = {
    key: 'holder',
    text: 'device.holder',
    show: row => row.holder,
    file: row => row.holder,
  }
  const taken: Column<ListedCase> = {
    key: 'taken',
    text: 'case.taken',
    isSpare: true,
    show: ({ one }) => one.taken?.by.name,
    file: ({ one }) => one.taken?.by.name,
  }
  return [
    {
      key: 'number',
      text: 'theft.case',
      sort: 'number',
      show: ({ one }) => ({ text: one.number, href: `/theft/${one.id}`, isUnbroken: true }),
      file: ({ one }) => one.number,
    },
    {
      key: 'kind',
      text: 'cases.filter.kind',
      show: ({ one }) => say(`case.kind.${one.kind}`),
      file: ({ one }) => say(`case.kind.${one.kind}`),
    },
    {
      key: 'tag',
      text: 'case.ipad',
      show: ({ one, tag }) => ({ text: tag, href: `/devices/${one.deviceId}`, isUnbroken: true }),
      file: ({ tag }) => tag,
    },
    ...(withHolders ? [holder] : []),
    {
      key: 'state',
      text: 'device.state',
      show: ({ one }) => ({ badges: [caseBadge(one.state, say)] }),
      file: ({ one }) => caseBadge(one.state, say).text,
    },
    {
      key: 'line',
      text: 'case.line',
      show: ({ one }) => lineWords(one, say),
      file: ({ one }) => say(`case.line.${one.line}`),
    },
    ...(withHolders ? [taken] : []),
    {
      key: 'reported',
      text: 'theft.reported-at',
      sort: 'reportedAt',
      show: ({ one }) => ({ text: dayThenTime(one.reportedAt, language), isSoft: true }),
      file: ({ one }) => `${dayOf(one.reportedAt)} ${time(one.reportedAt)}`,
    },
    {
      key: 'police',
      text: 'case.column.police',
      isSpare: true,
      show: ({ one }) => one.policeNumber && { text: one.policeNumber, isMono: true },
      file: ({ one }) => one.policeNumber,
    },
    {
      key: 'closed',
      text: 'case.column.closed',
      sort: 'closedAt',
      isSpare: true,
      show: ({ one }) => one.closedAt && { text: day(dayOf(one.closedAt), language), isUnbroken: true },
      file: ({ one }) => one.closedAt && dayOf(one.closedAt),
    },
  ]
}
