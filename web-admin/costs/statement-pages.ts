import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { dayOf } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { type Audit } from '../../server/audit/audit.ts'
import { type Costs } from '../../server/costs/costs.ts'
import { DomainError } from '../../server/domain-error.ts'
import { needs } from '../../server/http/credentials.ts'
import { forExport } from '../../server/http/fresh-sign-in.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { kronor } from '../money.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { costParts } from './cost-parts.ts'
import { partsCsv, statementCsv } from './statement-csv.ts'
import { bearings, partRows, statementView } from './statement-view.ts'

export interface StatementPagesDeps {
  readonly costs: Pick<Costs, 'statement' | 'freeze'>
  readonly clock: Clock
  readonly audit: Audit
}

/** The cost of each committee for a year: to read, to print, to take along, to agree. */
export function statementPages({ costs, clock, audit }: StatementPagesDeps): ServerRoute[] {
  const thisYear = () => Number(dayOf(clock.now()).slice(0, 4))

  function yearFrom(sent: unknown): number {
    const year = Number(textOf(sent))
    return Number.isInteger(year) && year >= 2000 && year <= 2100 ? year : thisYear()
  }

  async function show(request: Request, h: ResponseToolkit) {
    const { actor, say, language, may } = readerOf(request)
    const year = yearFrom(request.query['year'])
    const view = statementView(await costs.statement(actor, year), language)
    return showPage(request, h, 'costs/statement', {
      title: say('costs.title', { year }),
      parts: costParts('/costs', say),
      ...view,
      before: year - 1,
      after: year + 1,
      mayAgree: may('costs.write') && !view.agreed && !view.isEmpty && year <= thisYear(),
      mayWrite: may('costs.write'),
    })
  }

  async function ofOne(request: Request, h: ResponseToolkit) {
    const { actor, say, language, may } = readerOf(request)
    const year = yearFrom(request.query['year'])
    const statement = await costs.statement(actor, year)
    const one = bearings(statement, say).find(({ id }) => id === request.params['id'])
    if (!one) throw new DomainError('not-found', 'body-unknown', 'There is no such body in this year.')
    return showPage(request, h, 'costs/of-one', {
      title: `${one.name} ${year}`,
      backHref: `/costs?year=${year}`,
      costCentre: one.costCentre,
      oneOff: kronor(one.oneOffOre, language),
      annual: kronor(one.annualOre, language),
      rows: partRows(one, statement.keys, {
        language,
        href: id => (may('costs.write') ? `/costs/lines/${id}` : ''),
      }),
    })
  }

  function file(
    name: string,
    of: (statement: Awaited<ReturnType<Costs['statement']>>, l: Language) => string,
  ) {
    return async (request: Request, h: ResponseToolkit) => {
      const { actor, language } = readerOf(request)
      const year = yearFrom(request.query['year'])
      const statement = await costs.statement(actor, year)
      await audit.record(actor, {
        action: 'costs.export',
        on: { kind: 'organisation', id: actor.organisationId },
        after: { file: name, year },
      })
      return h
        .response(of(statement, language))
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}-${year}.csv"`)
    }
  }

  const read = needs('costs.read')
  // What people write in a cost may name somebody.
  const take = { ...read, ...forExport }
  return [
    { method: 'GET', path: '/costs', options: read, handler: show },
    { method: 'GET', path: '/costs/of/{id}', options: read, handler: ofOne },
    { method: 'GET', path: '/costs/statement.csv', options: take, handler: file('ipad', statementCsv) },
    { method: 'GET', path: '/costs/parts.csv', options: take, handler: file('ipad-rader', partsCsv) },
    {
      method: 'POST',
      path: '/costs/agree',
      options: needs('costs.write'),
      handler: async (request, h) => {
        const year = yearFrom((request.payload as { year?: unknown }).year)
        await costs.freeze(readerOf(request).actor, year)
        return goTo(h, `/costs?year=${year}`, 'said.costs-agreed')
      },
    },
  ]
}
