import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type Audit } from '../../server/audit/audit.ts'
import { type Clock } from '../../server/clock.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { forExport } from '../../server/http/fresh-sign-in.ts'
import { type Right, type Role } from '../../server/staff/rights.ts'
import { type Tokens } from '../../server/staff/tokens.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { createShortList } from '../tables/short-list.ts'
import { roleChoices, roleList } from './role-choices.ts'
import { scopeGroups, scopeList } from './scope-choices.ts'
import { settingsParts } from './settings-parts.ts'
import { tokenColumns, type ListedToken } from './token-columns.ts'

export interface TokenPagesDeps {
  readonly tokens: Pick<Tokens, 'list' | 'issue' | 'revoke'>
  readonly clock: Clock
  readonly audit: Audit
}

const tokenFields = {
  name: { label: 'tokens.name', hint: 'tokens.name.hint', autocomplete: 'off' },
  days: { label: 'tokens.days', hint: 'tokens.days.hint', inputmode: 'numeric' },
  roles: { label: 'tokens.roles' },
  scopes: { label: 'tokens.scopes', hint: 'tokens.scopes.hint' },
} as const satisfies Fields

const tokenSchema = Joi.object<{ name: string; days: number; roles: Role[]; scopes: Right[] }>({
  name: Joi.string().trim().max(120).required(),
  days: Joi.number().integer().min(1).max(730).required(),
  roles: roleList,
  scopes: scopeList,
})

interface TokensShown extends Shown {
  /** Shown on this answer and never again. */
  readonly token?: string
}

/** Keys for programs: which there are, a new one, an end to one. */
export function tokenPages({ tokens, clock, audit }: TokenPagesDeps): ServerRoute[] {
  const options = needs('staff.write')
  const newestFirst = (one: ListedToken, other: ListedToken) =>
    Number(other.createdAt) - Number(one.createdAt)
  const listed = createShortList<ListedToken>({
    name: 'tokens',
    path: '/settings/tokens',
    title: 'settings.tokens',
    audit,
    columnsFor: reader => tokenColumns(reader, clock.now()),
    rowsFor: async ({ actor }) => [...(await tokens.list(actor))].sort(newestFirst),
    idOf: ({ id }) => id,
    options: { ...options, ...forExport },
  })

  async function show(request: Request, h: ResponseToolkit, shown: TokensShown = { typed: {} }) {
    const { say } = readerOf(request)
    return showPage(request, h, 'settings/tokens', {
      title: say('settings.tokens'),
      parts: settingsParts('tokens', say),
      token: shown.token,
      form: formView(tokenFields, { days: '365', ...shown.typed }, say, shown.errors),
      choices: roleChoices(shown.typed['roles'], say),
      scopes: scopeGroups(shown.typed['scopes'], say),
      isRefused: statusOf(shown) === 422,
      list: await listed.view(request),
      status: statusOf(shown),
    })
  }

  return [
    { method: 'GET', path: '/settings/tokens', options, handler: (request, h) => show(request, h) },
    ...listed.files,
    {
      method: 'POST',
      path: '/settings/tokens',
      options,
      handler: formHandler({
        schema: tokenSchema,
        fields: tokenFields,
        show,
        act: async (request, h, typed) => {
          const { token } = await tokens.issue(readerOf(request).actor, typed)
          return show(request, h, { typed: {}, token })
        },
      }),
    },
    {
      method: 'POST',
      path: '/settings/tokens/{id}/revoke',
      options,
      handler: async (request, h) => {
        await tokens.revoke(readerOf(request).actor, idOf(request))
        return goTo(h, '/settings/tokens', 'said.token-revoked')
      },
    },
  ]
}
