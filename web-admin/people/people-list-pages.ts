import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { needs } from '../../server/http/credentials.ts'
import { checkFresh, forExport } from '../../server/http/fresh-sign-in.ts'
import { bothWays } from '../../server/http/list-order.ts'
import { type Mandates } from '../../server/mandates/mandates.ts'
import { type People } from '../../server/people/people.ts'
import { type Person } from '../../server/people/person.ts'
import { personSorts } from '../../server/people/person-search.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { formView, type Fields, type Option } from '../form.ts'
import { type Say } from '../language.ts'
import { showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { chosenFor } from '../tables/column-pages.ts'
import { type Column } from '../tables/columns.ts'
import { allPages, listFiles, type ListFile } from '../tables/list-file.ts'
import { addressOf, listHref, tableView } from '../tables/table-view.ts'
import { personRow } from './person-view.ts'

interface PeopleListDeps {
  readonly people: Pick<People, 'list' | 'forFile' | 'wantsProof'>
  readonly mandates: Pick<Mandates, 'list'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly clock: Clock
  readonly audit: Audit
}

const pageSize = 50
const fileStep = 500
type Address = Readonly<Partial<Record<'q' | 'body' | 'sort', string>>>

type ListedPerson = ReturnType<typeof personRow> & Pick<Person, 'id' | 'phone' | 'language'>

/** The list of people, and the same as a file for those who may take people along. */
export function peopleListPages({ people, mandates, bodies, clock, audit }: PeopleListDeps): ServerRoute[] {
  async function withMandates(actor: Actor, page: readonly Person[]): Promise<ListedPerson[]> {
    const ids = page.map(({ id }) => id)
    const current = await mandates.list(actor, { personIds: ids, on: dayOf(clock.now()) })
    const names = new Map((await bodies.list(actor)).map(({ id, name }) => [id, name]))
    return page.map(person => {
      const { id, language, phone } = person
      return { ...personRow(person, current, names), id, language, ...(phone !== undefined && { phone }) }
    })
  }

  /** What is asked for, of those alone who sit in the chosen body today. */
  async function queryFrom(actor: Actor, { q, body, sort }: Address) {
    const seats = body === undefined ? undefined : { bodyId: body, on: dayOf(clock.now()) }
    const among = seats && (await mandates.list(actor, seats)).map(({ personId }) => personId)
    return { q, among, sort: sortFrom(sort) }
  }

  async function list(request: Request, h: ResponseToolkit) {
    const { actor, say, may } = readerOf(request)
    const { after, ...place } = addressOf(request.query, ['q', 'body', 'sort', 'after'])
    const { q, body } = place
    const query = await queryFrom(actor, place)
    const wanted = { ...query, limit: pageSize, after }
    if (await people.wantsProof(actor, wanted)) checkFresh(request, clock.now())
    const { items, next } = await people.list(actor, wanted)
    const choices = (await bodies.list(actor)).map(({ id, name }) => ({ value: id, text: name }))
    return showPage(request, h, 'people/list', {
      title: say('people.title'),
      q,
      sort: place.sort,
      filters: formView(filterFields(choices), place, say).fields,
      isFiltered: q !== undefined || body !== undefined,
      table: tableView({
        name: 'people',
        path: '/people',
        label: say('people.title'),
        address: place,
        sort: query.sort,
        say,
        columns: peopleColumns(say),
        chosen: chosenFor(request, 'people'),
        rows: await withMandates(actor, items),
        idOf: ({ id }) => id,
        mayTake: may('people.export'),
      }),
      isEmpty: items.length === 0 && q === undefined && body === undefined && after === undefined,
      shown: say('list.showing', { count: items.length }),
      nextHref: next === null ? undefined : listHref('/people', { ...place, after: next }),
      firstHref: after === undefined ? undefined : listHref('/people', place),
      mayWrite: may('people.write'),
      mayMerge: may('people.merge'),
    })
  }

  async function collect(request: Request): Promise<ListFile<ListedPerson>> {
    const { actor, say } = readerOf(request)
    const place = addressOf(request.query, ['q', 'body', 'sort'])
    const query = await queryFrom(actor, place)
    const rows = await allPages(async after => {
      const { items, next } = await people.forFile(actor, { ...query, limit: fileStep, after })
      return { items: await withMandates(actor, items), next }
    })
    return { columns: peopleColumns(say), rows, filter: place }
  }

  const options = { ...needs('people.export'), ...forExport }
  return [
    { method: 'GET', path: '/people', options: needs('people.read'), handler: list },
    ...listFiles({ name: 'people', path: '/people', options, collect, audit }),
  ]
}

function filterFields(options: readonly Option[]) {
  return {
    body: { label: 'loans.filter.body', type: 'select', optional: true, options },
  } as const satisfies Fields
}

const sorts = bothWays(personSorts)
const sortFrom = (text: string | undefined) => sorts.find(one => one === text) ?? 'name'

/** Names stand in the order of the family names. */
function peopleColumns(say: Say): Column<ListedPerson>[] {
  return [
    {
      key: 'name',
      text: 'person.name',
      sort: 'name',
      show: ({ name, href }) => ({ text: name, href }),
      file: ({ name }) => name,
    },
    { key: 'bodies', text: 'person.mandates', show: ({ bodies }) => bodies, file: ({ bodies }) => bodies },
    {
      key: 'email',
      text: 'person.email',
      sort: 'email',
      show: ({ email, isProtected }) =>
        isProtected
          ? { badges: [{ text: say('person.protected'), tone: 'warning', icon: 'lock' }] }
          : { text: email },
      file: ({ email }) => email,
    },
    {
      key: 'phone',
      text: 'person.phone',
      isSpare: true,
      show: ({ phone }) => phone && { text: phone, isUnbroken: true },
      file: ({ phone }) => phone,
    },
    {
      key: 'language',
      text: 'person.language',
      isSpare: true,
      show: ({ language }) => say(`person.language.${language}`),
      file: ({ language }) => say(`person.language.${language}`),
    },
  ]
}
