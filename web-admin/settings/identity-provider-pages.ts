import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { needs } from '../../server/http/credentials.ts'
import { type GroupRole } from '../../server/staff/identity-provider.ts'
import {
  type IdentityProviders,
  type ProviderInput,
  type ShownProvider,
} from '../../server/staff/identity-providers.ts'
import { roles, type Role } from '../../server/staff/rights.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { seenText } from '../meeting-changes.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, type Typed } from '../reader.ts'
import { settingsParts } from './settings-parts.ts'

export interface IdentityProviderPagesDeps {
  readonly identityProviders: Pick<IdentityProviders, 'get' | 'save'>
  readonly publicUrl: string
}

const fields = {
  name: { label: 'provider.name', hint: 'provider.name.hint', autocomplete: 'off' },
  issuer: { label: 'provider.issuer', hint: 'provider.issuer.hint', autocomplete: 'off' },
  clientId: { label: 'provider.client-id', autocomplete: 'off' },
  clientSecret: {
    label: 'provider.client-secret',
    hint: 'provider.client-secret.hint',
    type: 'password',
    autocomplete: 'off',
    optional: true,
  },
  groupClaim: { label: 'provider.group-claim', hint: 'provider.group-claim.hint', autocomplete: 'off' },
  groupRoles: {
    label: 'provider.group-roles',
    hint: 'provider.group-roles.hint',
    type: 'textarea',
    rows: 6,
    optional: true,
  },
  assurance: {
    label: 'provider.assurance',
    hint: 'provider.assurance.hint',
    autocomplete: 'off',
    optional: true,
  },
  createsAccounts: { label: 'provider.creates-accounts', type: 'checkbox', optional: true },
  vouchesForAddresses: {
    label: 'provider.vouches',
    hint: 'provider.vouches.hint',
    type: 'checkbox',
    optional: true,
  },
  enabled: { label: 'provider.enabled', type: 'checkbox', optional: true },
} as const satisfies Fields

/** One `group = role` a line. */
const groupLines = Joi.string()
  .trim()
  .empty('')
  .default([])
  .custom((typed: string, { error }) => groupRolesFrom(typed) ?? error('group-roles'))
  .messages({ 'group-roles': '{{#label}} cannot be read' })

function groupRolesFrom(typed: string): GroupRole[] | undefined {
  const lines = typed.split(/\r?\n/).filter(line => line.trim() !== '')
  const read = lines.map(line => {
    const at = line.lastIndexOf('=')
    return { group: line.slice(0, Math.max(at, 0)).trim(), role: line.slice(at + 1).trim() as Role }
  })
  return read.every(({ group, role }) => group !== '' && roles.includes(role)) ? read : undefined
}

const schema = Joi.object<ProviderInput>({
  version: Joi.number().integer().default(0),
  name: Joi.string().trim().max(80).required(),
  issuer: Joi.string().trim().max(500).required(),
  clientId: Joi.string().trim().max(300).required(),
  clientSecret: Joi.string().max(1000).empty('').default(''),
  groupClaim: Joi.string().trim().max(100).required(),
  groupRoles: groupLines,
  assurance: Joi.string().trim().max(300).empty('').default(''),
  createsAccounts: Joi.boolean().truthy('on').default(false),
  vouchesForAddresses: Joi.boolean().truthy('on').default(false),
  enabled: Joi.boolean().truthy('on').default(false),
})

/** A provider as its form holds it; its secret is never shown again. */
function typedProvider({ groupRoles, ...provider }: ShownProvider): Typed {
  const lines = groupRoles.map(({ group, role }) => `${group} = ${role}`)
  return { ...provider, groupRoles: lines.join('\n') }
}

/** Signing in with the accounts that the organisation has already. */
export function identityProviderPages({
  identityProviders,
  publicUrl,
}: IdentityProviderPagesDeps): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say } = readerOf(request)
    const typed = shown?.typed ?? typedProvider(await identityProviders.get(actor))
    return showPage(request, h, 'settings/identity-provider', {
      title: say('settings.single-sign-on'),
      parts: settingsParts('single-sign-on', say),
      form: formView(fields, typed, say, shown?.errors),
      version: typed['version'],
      // What was typed as the secret is not sent back.
      seen: seenText({ ...typed, clientSecret: '' }),
      theirs: shown?.theirs,
      answerUrl: `${publicUrl}/sign-in/single-sign-on/answer`,
      signInUrl: `${publicUrl}/sign-in?organisation=${actor.organisationId}`,
      signedOutUrl: `${publicUrl}/sign-in/signed-out`,
      roleNames: roles.join(', '),
      status: statusOf(shown ?? { typed }),
    })
  }

  const options = needs('staff.write')
  return [
    { method: 'GET', path: '/settings/single-sign-on', options, handler: (request, h) => show(request, h) },
    {
      method: 'POST',
      path: '/settings/single-sign-on',
      options,
      handler: formHandler({
        schema,
        fields,
        show,
        current: async request => typedProvider(await identityProviders.get(readerOf(request).actor)),
        act: async (request, h, typed) => {
          await identityProviders.save(readerOf(request).actor, typed)
          return goTo(h, '/settings/single-sign-on', 'said.provider-saved')
        },
      }),
    },
  ]
}
