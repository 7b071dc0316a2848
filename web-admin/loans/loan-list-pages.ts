import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { type Clock } from '../../server/clock.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { needs } from '../../server/http/credentials.ts'
import { bothWays } from '../../server/http/list-order.ts'
import { loanSorts } from '../../server/loans/loan-order.ts'
import { loanStates, type Loan } from '../../server/loans/loan.ts'
import { type LoanListQuery, type Loans } from '../../server/loans/loans.ts'
import { type People } from '../../server/people/people.ts'
import { fullName } from '../../server/people/person.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { formView, type Option } from '../form.ts'
import { type Say } from '../language.ts'
import { showPage } from '../page.ts'
import { namesPeople } from '../people/named-files.ts'
import { readerOf } from '../reader.ts'
import { chosenFor } from '../tables/column-pages.ts'
import { allPages, listFiles, type ListFile } from '../tables/list-file.ts'
import { addressOf, listHref, tableView, withoutPlace } from '../tables/table-view.ts'
import { loanColumns, type ListedLoan } from './loan-columns.ts'

interface LoanListDeps {
  readonly loans: Pick<Loans, 'list' | 'overdue'>
  readonly devices: Pick<Devices, 'many'>
  readonly people: Pick<People, 'many'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly clock: Clock
  readonly audit: Audit
}

const pageSize = 50
const fileStep = 500
const names = ['state', 'body', 'sort', 'after'] as const
const sorts = bothWays(loanSorts)
type Address = Readonly<Partial<Record<(typeof names)[number], string>>>

/** Who has what: the newest loan first, narrowed by how it stands and who it is for, and as a file. */
export function loanListPages(deps: LoanListDeps): ServerRoute[] {
  const { loans, devices, people, bodies, clock, audit } = deps

  async function around(actor: Actor, page: readonly Loan[]): Promise<ListedLoan[]> {
    const ipads = await devices.many(
      actor,
      page.map(({ deviceId }) => deviceId),
    )
    const borrowers = await people.many(
      actor,
      page.map(({ personId }) => personId),
    )
    const tags = new Map(ipads.map(({ id, assetTag }) => [id, assetTag]))
    const called = new Map(borrowers.map(person => [person.id, fullName(person)]))
    const bodyNames = new Map((await bodies.list(actor)).map(({ id, name }) => [id, name]))
    return page.map(loan => ({
      loan,
      isOverdue: loans.overdue(loan),
      tag: tags.get(loan.deviceId) ?? '',
      borrower: called.get(loan.personId) ?? '',
      bodies: loan.bodyIds.map(id => bodyNames.get(id) ?? '').join(', '),
    }))
  }

  async function list(request: Request, h: ResponseToolkit) {
    const { actor, say, language } = readerOf(request)
    const address = addressOf(request.query, names)
    const { after, ...place } = address
    const query = queryFrom(address, pageSize)
    const { items, next } = await loans.list(actor, query)
    const choices = (await bodies.list(actor)).map(({ id, name }) => ({ value: id, text: name }))
    return showPage(request, h, 'loans/list', {
      title: say('loans.title'),
      filters: formView(filterFields(choices, say), address, say).fields,
      isFiltered: place.state !== undefined || place.body !== undefined,
      sort: place.sort,
      table: tableView({
        name: 'loans',
        path: '/loans',
        label: say('loans.title'),
        address: place,
        sort: query.sort ?? '',
        say,
        columns: loanColumns({ language, withBorrowers: true }),
        chosen: chosenFor(request, 'loans'),
        rows: await around(actor, items),
        idOf: ({ loan }) => loan.id,
        mayTake: true,
      }),
      shown: say('list.showing', { count: items.length }),
      nextHref: next === null ? undefined : listHref('/loans', { ...place, after: next }),
      firstHref: after === undefined ? undefined : listHref('/loans', place),
    })
  }

  /** With names for those who may take people along; that wants a fresh proof. */
  async function collect(request: Request): Promise<ListFile<ListedLoan>> {
    const { actor, language } = readerOf(request)
    const isPersonal = namesPeople(request, clock)
    const address = withoutPlace(addressOf(request.query, names))
    const query = queryFrom(address, fileStep)
    const rows = await allPages(async after => {
      const { items, next } = await loans.list(actor, { ...query, after })
      return { items: await around(actor, items), next }
    })
    return { columns: loanColumns({ language, withBorrowers: isPersonal }), rows, filter: address }
  }

  const options = needs('loans.read')
  return [
    { method: 'GET', path: '/loans', options, handler: list },
    ...listFiles({ name: 'loans', path: '/loans', options, collect, audit }),
  ]
}

function queryFrom({ state, body, sort, after }: Address, limit: number): LoanListQuery {
  return {
    limit,
    after,
    sort: sorts.find(one => one === sort) ?? '-reservedAt',
    ...(state === 'open' && { open: true }),
    ...(state === 'overdue' && { overdue: true }),
    state: loanStates.find(one => one === state),
    bodyId: body,
  }
}

function filterFields(bodies: readonly Option[], say: Say) {
  return {
    state: {
      label: 'loans.filter.state',
      type: 'select',
      optional: true,
      options: [
        { value: 'open', text: say('loans.filter.open') },
        { value: 'overdue', text: say('loans.filter.overdue') },
        ...loanStates.map(value => ({ value, text: say(`loan.state.${value}`) })),
      ],
    },
    body: { label: 'loans.filter.body', type: 'select', optional: true, options: bodies },
  } as const
}
