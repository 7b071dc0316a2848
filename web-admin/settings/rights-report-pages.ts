import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { needs } from '../../server/http/credentials.ts'
import { forExport } from '../../server/http/fresh-sign-in.ts'
import { noteRightsRead } from '../../server/staff/rights-report-read.ts'
import { type HeldRights, type HeldToken, type MakeRightsReport } from '../../server/staff/rights-report.ts'
import { day, dayAndTime, dayThenTime, stamp } from '../dates.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type Say } from '../language.ts'
import { showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { chosenFor } from '../tables/column-pages.ts'
import { type Column } from '../tables/columns.ts'
import { listFiles } from '../tables/list-file.ts'
import { sortedRows, tableView } from '../tables/table-view.ts'
import { roleNames } from './role-choices.ts'
import { rightNames } from './scope-choices.ts'

interface RightsReportPagesDeps {
  readonly rightsReport: MakeRightsReport
  readonly audit: Audit
}

const path = '/audit/rights'

/** Who may what, how they came to it and what they sign in with: to read, to print, to take along. */
export function rightsReportPages({ rightsReport, audit }: RightsReportPagesDeps): ServerRoute[] {
  async function listed(request: Request) {
    const { actor, say, language } = readerOf(request)
    const { organisation, at, people, looseTokens } = await rightsReport(actor)
    const columns = rightsColumns(say, language)
    const loose = looseTokens.map((token, index) => looseRow(token, { index, organisation, say }))
    const sort = textOf(request.query['sort'])
    return {
      organisation,
      at,
      columns,
      sort,
      people: people.length,
      rows: sortedRows([...people, ...loose], columns, sort),
    }
  }

  async function show(request: Request, h: ResponseToolkit) {
    const { actor, say, language } = readerOf(request)
    const { organisation, at, columns, sort, rows, people } = await listed(request)
    await noteRightsRead(audit, actor, people)
    return showPage(request, h, 'audit/rights', {
      title: say('rights.title'),
      lead: say('rights.lead', { organisation, at: dayAndTime(at, language) }),
      table: tableView<HeldRights>({
        name: 'rights',
        path,
        label: say('rights.title'),
        address: {},
        columns,
        say,
        sort,
        rows,
        idOf: ({ id }) => id,
        mayTake: true,
        chosen: chosenFor(request, 'rights'),
      }),
    })
  }

  const options = needs('staff.report')
  return [
    { method: 'GET', path, options, handler: show },
    ...listFiles({
      name: 'rights',
      path,
      audit,
      options: { ...options, ...forExport },
      collect: async request => {
        const { columns, rows } = await listed(request)
        return { columns, rows, filter: {} }
      },
    }),
  ]
}

/** A key that was made on the command line stands as a row of its own: nobody here answers for it. */
function looseRow(
  token: HeldToken,
  { index, organisation, say }: { index: number; organisation: string; say: Say },
): HeldRights {
  return {
    id: `token-${String(index)}`,
    name: say('rights.command-line'),
    email: '',
    organisation,
    roles: [],
    rights: [],
    since: token.createdAt,
    factors: [],
    tokens: [token],
  }
}

function rightsColumns(say: Say, language: Language): Column<HeldRights>[] {
  const on = (at: Date | undefined) => at && day(dayOf(at), language)
  const tokens = ({ tokens: held }: HeldRights) =>
    held
      .map(({ name, roles, scopes, expiresAt }) => {
        const until = on(expiresAt) ?? ''
        const held = roleNames(roles, say)
        return scopes
          ? say('rights.token.only', { name, roles: held, rights: rightNames(scopes, say), until })
          : say('rights.token', { name, roles: held, until })
      })
      .join('; ')
  const proofs = ({ factors, tokens: held, email }: HeldRights) =>
    email === '' && held.length > 0
      ? ''
      : factors.map(factor => say(`rights.factor.${factor}`)).join(', ') || say('rights.factor.none')
  const text = (key: string, name: Column<HeldRights>['text'], of: (row: HeldRights) => string | undefined) =>
    ({ key, text: name, show: of, file: of }) satisfies Column<HeldRights>
  return [
    {
      ...text('name', 'staff.name', ({ name }) => name),
      sort: 'name',
      show: ({ name, email }) => ({ text: name, note: email || undefined }),
    },
    { ...text('email', 'staff.email', ({ email }) => email), only: 'file' },
    { ...text('organisation', 'rights.organisation', ({ organisation }) => organisation), isSpare: true },
    { ...text('roles', 'staff.roles', ({ roles }) => roleNames(roles, say)), sort: 'roles' },
    {
      ...text('since', 'rights.since', ({ since }) => since && dayOf(since)),
      show: ({ since, givenBy }) => ({
        text: on(since),
        isUnbroken: true,
        note: givenBy && say('rights.by', { name: givenBy.name }),
      }),
    },
    { ...text('given-by', 'rights.given-by', ({ givenBy }) => givenBy?.name), only: 'file' },
    {
      ...text(
        'last-sign-in',
        'rights.last-sign-in',
        ({ lastSignInAt }) => lastSignInAt && stamp(lastSignInAt),
      ),
      show: ({ lastSignInAt }) => lastSignInAt && dayThenTime(lastSignInAt, language),
    },
    text('factors', 'rights.factors', proofs),
    text('tokens', 'rights.tokens', tokens),
    { ...text('rights', 'rights.rights', ({ rights }) => rights.join(', ')), isSpare: true },
  ]
}
