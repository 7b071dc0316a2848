import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type Clock } from '../../server/clock.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Role } from '../../server/staff/rights.ts'
import { type Tokens } from '../../server/staff/tokens.ts'
import { day, dayAndTime, dayOf } from '../dates.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { roleChoices, roleList, roleNames } from './role-choices.ts'
import { settingsParts } from './settings-parts.ts'

export interface TokenPagesDeps {
  readonly tokens: Pick<Tokens, 'list' | 'issue' | 'revoke'>
  readonly clock: Clock
}

const tokenFields = {
  name: { label: 'tokens.name', hint: 'tokens.name.hint', autocomplete: 'off' },
  days: { label: 'tokens.days', hint: 'tokens.days.hint', inputmode: 'numeric' },
  roles: { label: 'tokens.roles' },
} as const satisfies Fields

const tokenSchema = Joi.object<{ name: string; days: number; roles: Role[] }>({
  name: Joi.string().trim().max(120).required(),
  days: Joi.number().integer().min(1).max(730).required(),
  roles: roleList,
})

interface TokensShown extends Shown {
  /** Shown on this answer and never again. */
  readonly token?: string
}

/** Keys for programs: which there are, a new one, an end to one. */
export function tokenPages({ tokens, clock }: TokenPagesDeps): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit, shown: TokensShown = { typed: {} }) {
    const { actor, language, say } = readerOf(request)
    const now = clock.now()
    const all = [...(await tokens.list(actor))].sort((a, b) => Number(b.createdAt) - Number(a.createdAt))
    return showPage(request, h, 'settings/tokens', {
      title: say('settings.tokens'),
      parts: settingsParts('tokens', say),
      token: shown.token,
      form: formView(tokenFields, { days: '365', ...shown.typed }, say, shown.errors),
      choices: roleChoices(shown.typed['roles'], say),
      isRefused: statusOf(shown) === 422,
      rows: all.map(({ id, name, roles, createdAt, expiresAt, lastUsedAt, issuedBy }) => ({
        id,
        name,
        roles: roleNames(roles, say),
        made: day(dayOf(createdAt), language),
        maker: issuedBy?.name,
        used: lastUsedAt ? dayAndTime(lastUsedAt, language) : say('tokens.unused'),
        expires: day(dayOf(expiresAt), language),
        isOver: now >= expiresAt,
      })),
      status: statusOf(shown),
    })
  }

  const options = needs('staff.write')
  return [
    { method: 'GET', path: '/settings/tokens', options, handler: (request, h) => show(request, h) },
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
        await tokens.revoke(readerOf(request).actor, String(request.params['id']))
        return goTo(h, '/settings/tokens', 'said.token-revoked')
      },
    },
  ]
}
