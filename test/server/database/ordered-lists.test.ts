import test, { type ExecutionContext } from 'ava'
import { databaseOn } from '../../../server/database/database.ts'
import { type FindOptions, type Queries, type Row } from '../../../server/database/queries.ts'
import { type Tables } from '../../../server/database/tables.ts'
import { readPlaceText, placeText } from '../../../server/http/list-order.ts'
import { type Incident } from '../../../server/incidents/incident.ts'
import { incidentSorts, kindOfIncidentSort } from '../../../server/incidents/incident-order.ts'
import { createMongoIncidentStore } from '../../../server/incidents/mongo-incident-store.ts'
import { type Loan } from '../../../server/loans/loan.ts'
import { kindOfLoanSort, loanSorts, placeOfLoan } from '../../../server/loans/loan-order.ts'
import { createMongoLoanStore } from '../../../server/loans/mongo-loan-store.ts'
import { createMongoPersonStore } from '../../../server/people/mongo-person-store.ts'
import { newPerson } from '../../../server/people/person-input.ts'
import { mailPlaceOf, personPlaceText, placeOf } from '../../../server/people/person-search.ts'
import { connectTestDatabase } from '../../support/database.ts'

const organisationId = 'malmby'
const limit = 30
/** So many that a query which reads all of them is found out. */
const rows = 240

interface Asked {
  readonly collection: string
  readonly filter: object
  readonly options: FindOptions
}

/** Stores whose queries are written down. */
async function openStores(t: ExecutionContext) {
  const connected = await connectTestDatabase(t)
  const { tables } = databaseOn(connected.mongooseConnection)
  const asked: Asked[] = []
  const watched: Tables = {
    ...tables,
    define: <R extends Row>(spec: Parameters<Tables['define']>[0]) => {
      const table = tables.define<R>(spec)
      return { ...table, within: id => noted(table.within(id), spec.name, asked) }
    },
  }
  const loans = createMongoLoanStore(watched)
  const incidents = createMongoIncidentStore(watched)
  const people = createMongoPersonStore(watched)
  await tables.prepare()
  /** How many rows and keys everything since the last look has read. */
  const examined = async () => {
    let most = 0
    for (const { collection, filter, options } of asked.splice(0)) {
      const owner = collection === 'people' ? 'organisationIds' : 'organisationId'
      const { executionStats } = (await connected.db.command({
        explain: { find: collection, filter: { ...filter, [owner]: organisationId }, ...options },
        verbosity: 'executionStats',
      })) as { executionStats: { totalDocsExamined: number; totalKeysExamined: number } }
      most += Math.max(executionStats.totalDocsExamined, executionStats.totalKeysExamined)
    }
    return most
  }
  return { loans, incidents, people, examined, forget: () => void asked.splice(0) }
}

function noted<R extends Row>(own: Queries<R>, collection: string, asked: Asked[]): Queries<R> {
  return {
    ...own,
    find: (filter, options = {}) => {
      asked.push({ collection, filter, options })
      return own.find(filter, options)
    },
  }
}

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute))
const dayOf = (number: number) => `2026-${String((number % 12) + 1).padStart(2, '0')}-15`

/** Loans of a few years: most are back, many are due on the same day, and some are open-ended. */
function aLoan(number: number): Loan {
  const isOpen = number % 10 === 0
  return {
    id: `loan-${String(number).padStart(4, '0')}`,
    organisationId,
    deviceId: `ipad-${number}`,
    personId: `p${number % 40}`,
    bodyIds: [`b${number % 4}`],
    accessories: [],
    version: 1,
    state: isOpen ? 'active' : 'returned',
    reservedAt: at(number),
    ...(number % 3 !== 0 && { dueOn: dayOf(number) }),
    ...(number % 7 !== 0 && { handedOutAt: at(2000 - (number % 120)) }),
    ...(!isOpen && { returnedAt: at(5000 + (number % 50)) }),
  }
}

function aCase(number: number): Incident {
  const isOpen = number % 20 === 0
  return {
    id: `case-${number}`,
    organisationId,
    number: `2026-${String(number).padStart(4, '0')}`,
    kind: number % 5 === 0 ? 'theft' : 'damage',
    deviceId: `ipad-${number % 300}`,
    version: 1,
    state: isOpen ? 'reported' : 'closed',
    reportedAt: at(number % 50),
    reportedBy: { kind: 'staff', id: 's', name: 'Karin Dahl' },
    reportedVia: 'staff',
    description: 'Borta',
    tasks: [],
    timeline: [],
    ...(!isOpen && { closedAt: at(9000 - number) }),
  } as unknown as Incident
}

/** All pages one after the other, each checked for what it reads. */
async function walk<T>(
  t: ExecutionContext,
  name: string,
  { page, placeOfLast, examined }: Walk<T>,
): Promise<T[]> {
  const all: T[] = []
  for (let after: string | undefined, pages = 0; ; pages += 1) {
    const rows = await page(after)
    const read = await examined()
    t.true(read <= limit + 20, `${name}, page ${pages + 1}: reads ${read} for ${rows.length} rows`)
    all.push(...rows.slice(0, limit))
    if (rows.length <= limit) return all
    after = placeOfLast(rows[limit - 1] as T)
  }
}

interface Walk<T> {
  readonly page: (after: string | undefined) => Promise<T[]>
  readonly placeOfLast: (row: T) => string
  readonly examined: () => Promise<number>
}

const sortKey = (value: unknown) =>
  value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : ''

test('loans and cases come in every order, each of them once, and no page reads more than it shows', async t => {
  t.timeout(120_000)
  const { loans, incidents, examined, forget } = await openStores(t)
  const [allLoans, allCases] = [
    Array.from({ length: rows }, (_, number) => aLoan(number)),
    Array.from({ length: rows }, (_, number) => aCase(number)),
  ]
  for (const loan of allLoans) t.true(await loans.insert(loan))
  for (const one of allCases) await incidents.insert(one)
  // Others' rows stand in the same order, so a query that forgets whose it asks for meets them.
  for (const loan of allLoans.slice(0, 100))
    await loans.insert({ ...loan, id: `x${loan.id}`, deviceId: `x${loan.deviceId}`, organisationId: 'other' })
  forget()

  const ofLoans = [{}, { state: 'returned' }, { open: true }, { state: 'active', open: true }] as const
  for (const sort of loanSorts)
    for (const filter of ofLoans)
      for (const direction of ['', '-'] as const) {
        const order = `${direction}${sort}` as const
        const name = `loans ${order} ${JSON.stringify(filter)}`
        const found = await walk<Loan>(t, name, {
          page: after =>
            loans.page(organisationId, {
              ...filter,
              sort: order,
              limit,
              after: after === undefined ? undefined : readPlaceText(after, kindOfLoanSort(sort)),
            }),
          placeOfLast: loan => placeText(loan[sort], placeOfLoan(loan)),
          examined,
        })
        const wanted = allLoans
          .filter(({ state }) => !('state' in filter) || state === filter.state)
          .filter(({ state }) => !('open' in filter) || state === 'active')
          .map(loan => `${sortKey(loan[sort])} ${placeOfLoan(loan)} ${loan.id}`)
          .sort()
        if (direction === '-') wanted.reverse()
        t.deepEqual(
          found.map(({ id }) => id),
          wanted.map(text => text.split(' ').at(-1) ?? ''),
          name,
        )
      }

  const ofCases = [{}, { state: 'closed' }, { kind: 'theft' }, { open: true }] as const
  for (const sort of incidentSorts)
    for (const filter of ofCases)
      for (const direction of ['', '-'] as const) {
        const order = `${direction}${sort}` as const
        const name = `cases ${order} ${JSON.stringify(filter)}`
        const found = await walk<Incident>(t, name, {
          page: after =>
            incidents.list(organisationId, {
              ...filter,
              sort: order,
              limit: limit + 1,
              after: after === undefined ? undefined : readPlaceText(after, kindOfIncidentSort(sort)),
            }),
          placeOfLast: one => placeText(one[sort], one.number),
          examined,
        })
        const wanted = allCases
          .filter(({ state }) => !('state' in filter) || state === filter.state)
          .filter(({ kind }) => !('kind' in filter) || kind === filter.kind)
          .filter(({ state }) => !('open' in filter) || state !== 'closed')
          .map(one => `${sortKey(one[sort])} ${one.number}`)
          .sort()
        if (direction === '-') wanted.reverse()
        t.deepEqual(
          found.map(one => one.number),
          wanted.map(text => text.split(' ').at(-1) ?? ''),
          name,
        )
      }
})

test('people come from both ends of the alphabet, each once, and no page reads more than it shows', async t => {
  const { people, examined, forget } = await openStores(t)
  const names = ['Åberg', 'Ek', 'Öst', 'Ärlig', 'Zorn', 'Alm']
  const all = Array.from({ length: 120 }, (_, number) =>
    newPerson(`p${number}`, organisationId, {
      givenName: 'Eva',
      familyName: `${names[number % 6] ?? ''}${number}`,
      email: `eva${number}@example.se`,
    }),
  )
  await people.insert(...all)
  // One belongs to two organisations, so the index holds lists of several.
  const shared = newPerson('shared', 'other', {
    givenName: 'Eva',
    familyName: 'Mellan',
    email: 'mellan@example.se',
  })
  await people.insert(shared)
  await people.share('shared', organisationId)
  forget()
  for (const sort of ['name', '-name'] as const) {
    const found = await walk(t, `people ${sort}`, {
      page: after => people.page(organisationId, { sort, limit, after }),
      placeOfLast: placeOf,
      examined,
    })
    const places = [...all, shared].map(placeOf).sort()
    if (sort === '-name') places.reverse()
    t.deepEqual(found.map(placeOf), places, sort)
  }
})

test('people come by e-mail address from both ends, and a protected one stands where it tells nothing', async t => {
  const { people } = await openStores(t)
  const all = Array.from({ length: 70 }, (_, number) =>
    newPerson(`p${String(number).padStart(2, '0')}`, organisationId, {
      givenName: 'Eva',
      familyName: `Ek${number}`,
      email: `${'öåbz'[number % 4] ?? ''}${number}@a.example`,
      protectedIdentity: number % 10 === 0,
    }),
  )
  await people.insert(...all)
  const hidden = all.filter(({ protectedIdentity }) => protectedIdentity).map(({ id }) => id)
  const open = all
    .filter(({ protectedIdentity }) => !protectedIdentity)
    .map(person => `${mailPlaceOf(person) ?? ''} ${person.id}`)
    .sort()
    .map(text => text.split(' ').at(-1) ?? '')
  for (const sort of ['email', '-email'] as const) {
    const found = await walk(t, `people ${sort}`, {
      page: after => people.page(organisationId, { sort, limit, after }),
      placeOfLast: person => personPlaceText(person, 'email'),
      examined: () => Promise.resolve(0),
    })
    const ids = found.map(({ id }) => id)
    t.deepEqual(ids, sort === 'email' ? [...hidden, ...open] : [...hidden, ...open].reverse(), sort)
  }
  // Whoever is protected from now on leaves their place, and whoever is not any more takes one.
  const [first = '', last = ''] = [open[0], hidden[0]]
  await people.change(organisationId, first, 1, { set: { protectedIdentity: true }, emptied: [] })
  await people.change(organisationId, last, 1, { set: { protectedIdentity: false }, emptied: [] })
  const ids = (await people.page(organisationId, { sort: 'email', limit: 100 })).map(({ id }) => id)
  t.true(ids.indexOf(first) < hidden.length)
  t.true(ids.indexOf(last) >= hidden.length)
})

test('of thousands of people those alone are compared who share something', async t => {
  t.timeout(120_000)
  const { people } = await openStores(t)
  const named = (number: number) => {
    const letters = Array.from(String(number), digit => 'bdfghklmnp'[Number(digit)] ?? '').join('a')
    return { givenName: `Given${letters}`, familyName: `Family${letters}` }
  }
  const many = Array.from({ length: 5000 }, (_, number) =>
    newPerson(`p${number}`, organisationId, {
      ...named(number),
      email: `mail${number}@a.example`,
      ...(number < 61 ? { phone: '08-123 45 67' } : { phone: `070-${1_000_000 + number}` }),
    }),
  )
  const twice = newPerson('twice', organisationId, {
    givenName: named(77).familyName.toUpperCase(),
    familyName: named(77).givenName,
    email: 'other@a.example',
    phone: '+46 70 1000099',
  })
  const hidden = newPerson('hidden', organisationId, {
    ...named(78),
    email: 'mail78@b.example',
    protectedIdentity: true,
  })
  const elsewhere = newPerson('elsewhere', 'other', {
    ...named(79),
    email: 'mail79@b.example',
  })
  for (let at = 0; at < many.length; at += 1000) await people.insert(...many.slice(at, at + 1000))
  await people.insert(twice)
  await people.insert(hidden)
  await people.insert(elsewhere)
  const groups = await people.alike(organisationId, 60)
  t.deepEqual(groups.map(ids => ids.toSorted().join(' ')).sort(), ['p77 twice', 'p99 twice'])
  t.deepEqual((await people.alike(organisationId, 61)).length, 3, 'a switchboard is behind too many')
  const before = many[77]
  if (!before) throw new Error('There is nobody')
  await people.change(organisationId, before.id, 1, { set: { familyName: 'Another' }, emptied: ['phone'] })
  t.deepEqual(await people.alike(organisationId, 60), [groups.find(ids => ids.includes('p99')) ?? []])
})
