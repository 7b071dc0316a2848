import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf } from '../http/asked.ts'
import { actorOf, localSessionOf, sessionOf } from '../http/credentials.ts'
import { needsFreshSignIn } from '../http/fresh-sign-in.ts'
import { type Confirming, type Proof } from './confirming.ts'
import { type Invitations } from './invitations.ts'
import { type Passkeys } from './passkeys.ts'
import { type Passwords } from './passwords.ts'
import { type SecondFactor } from './second-factor.ts'
import { type Sessions } from './sessions.ts'

interface OwnAccountRoutesDeps {
  readonly passwords: Pick<Passwords, 'change'>
  readonly sessions: Sessions
  readonly confirming: Pick<Confirming, 'confirm'>
  readonly invitations: Invitations
  readonly passkeys: Pick<Passkeys, 'list' | 'remove' | 'registrationOptions' | 'register'>
  readonly secondFactor: Pick<SecondFactor, 'offer' | 'accept' | 'remove' | 'newCodes' | 'state'>
}

const tags = ['api', 'me']
const invitationParams = Joi.object({ organisationId: Joi.string().max(100).required() })

/** `/api/v1/me`: who one is, one's password, and where one is signed in. */
export function ownAccountRoutes({
  passwords,
  passkeys,
  sessions,
  secondFactor,
  confirming,
  invitations,
}: OwnAccountRoutesDeps): Plugin<void> {
  return {
    name: 'own-account-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/me',
          options: { tags },
          handler: request => {
            const { id, name, kind, organisationId, roles } = actorOf(request)
            return { id, name, kind, organisationId, roles, rights: request.auth.credentials.app?.rights }
          },
        },
        {
          method: 'POST',
          path: '/api/v1/me/password',
          options: {
            tags,
            validate: {
              payload: Joi.object({
                current: Joi.string().max(1000).required(),
                password: Joi.string().max(1000).required(),
              }),
            },
          },
          handler: async (request, h) => {
            const { staffId, id } = sessionOf(request)
            await passwords.change(staffId, payloadOf<{ current: string; password: string }>(request), id)
            return h.response().code(204)
          },
        },
        {
          method: 'GET',
          path: '/api/v1/me/second-factor',
          options: { tags },
          handler: async request => {
            const {
              since = null,
              codesLeft,
              needed,
            } = await secondFactor.state(localSessionOf(request).staffId)
            return { since, codesLeft, needed }
          },
        },
        {
          // An app to set up: `uri` and `key` go into it, `sealed` and its first code into PUT.
          method: 'POST',
          path: '/api/v1/me/second-factor/offer',
          options: { ...needsFreshSignIn, tags },
          handler: request => secondFactor.offer(sessionOf(request).staffId),
        },
        {
          method: 'PUT',
          path: '/api/v1/me/second-factor',
          options: {
            ...needsFreshSignIn,
            tags,
            validate: {
              payload: Joi.object({
                sealed: Joi.string().max(1000).required(),
                code: Joi.string().max(100).required(),
              }),
            },
          },
          handler: async request => {
            const typed = payloadOf<{ sealed: string; code: string }>(request)
            return { recoveryCodes: await secondFactor.accept(sessionOf(request).staffId, typed) }
          },
        },
        {
          method: 'DELETE',
          path: '/api/v1/me/second-factor',
          options: { ...needsFreshSignIn, tags },
          handler: async (request, h) => {
            await secondFactor.remove(sessionOf(request).staffId)
            return h.response().code(204)
          },
        },
        {
          method: 'GET',
          path: '/api/v1/me/passkeys',
          options: { tags },
          handler: async request => ({
            items: await passkeys.list(localSessionOf(request).staffId),
            next: null,
          }),
        },
        {
          // What `navigator.credentials.create` takes; what it gives goes into POST /passkeys.
          method: 'POST',
          path: '/api/v1/me/passkeys/options',
          options: { ...needsFreshSignIn, tags },
          handler: request => passkeys.registrationOptions(sessionOf(request).staffId),
        },
        {
          method: 'POST',
          path: '/api/v1/me/passkeys',
          options: {
            ...needsFreshSignIn,
            tags,
            validate: {
              payload: Joi.object({
                name: Joi.string().trim().max(80).required(),
                answer: Joi.object().unknown().required(),
              }),
            },
          },
          handler: async (request, h) => {
            const typed = payloadOf<{ name: string; answer: unknown }>(request)
            const recoveryCodes = await passkeys.register(sessionOf(request).staffId, typed)
            return h.response({ recoveryCodes }).code(201)
          },
        },
        {
          method: 'DELETE',
          path: '/api/v1/me/passkeys/{id}',
          options: {
            ...needsFreshSignIn,
            tags,
            validate: { params: Joi.object({ id: Joi.string().max(1400).required() }) },
          },
          handler: async (request, h) => {
            await passkeys.remove(sessionOf(request).staffId, idOf(request))
            return h.response().code(204)
          },
        },
        {
          method: 'POST',
          path: '/api/v1/me/recovery-codes',
          options: { ...needsFreshSignIn, tags },
          handler: async (request, h) => {
            const recoveryCodes = await secondFactor.newCodes(sessionOf(request).staffId)
            return h.response({ recoveryCodes }).code(201)
          },
        },
        {
          // Proves again who one is, before what asks for it with `fresh-sign-in-needed`.
          method: 'POST',
          path: '/api/v1/me/confirm',
          options: {
            tags,
            validate: {
              payload: Joi.object({
                password: Joi.string().max(1000),
                code: Joi.string().max(100),
                passkey: Joi.object().unknown(),
              }).xor('password', 'code', 'passkey'),
            },
          },
          handler: async (request, h) => {
            await confirming.confirm(sessionOf(request), payloadOf<Proof>(request))
            return h.response().code(204)
          },
        },
        {
          // What other organisations ask of somebody who works for one already.
          method: 'GET',
          path: '/api/v1/me/invitations',
          options: { tags },
          handler: async request => ({ items: await invitations.list(localSessionOf(request)), next: null }),
        },
        {
          method: 'POST',
          path: '/api/v1/me/invitations/{organisationId}/accept',
          options: { ...needsFreshSignIn, tags, validate: { params: invitationParams } },
          handler: async (request, h) => {
            await invitations.accept(localSessionOf(request), String(request.params['organisationId']))
            return h.response().code(204)
          },
        },
        {
          method: 'POST',
          path: '/api/v1/me/invitations/{organisationId}/decline',
          options: { tags, validate: { params: invitationParams } },
          handler: async (request, h) => {
            await invitations.decline(localSessionOf(request), String(request.params['organisationId']))
            return h.response().code(204)
          },
        },
        {
          method: 'GET',
          path: '/api/v1/me/sessions',
          options: { tags },
          handler: async request => {
            const session = sessionOf(request)
            const all = await sessions.list(actorOf(request), session)
            return { items: all.map(one => ({ ...one, current: one.id === session.id })), next: null }
          },
        },
        {
          method: 'DELETE',
          path: '/api/v1/me/sessions',
          options: { tags },
          handler: async request => {
            const session = sessionOf(request)
            return { ended: await sessions.revokeAll(actorOf(request), session, session.id) }
          },
        },
        {
          method: 'DELETE',
          path: '/api/v1/me/sessions/{id}',
          options: { tags, validate: { params: Joi.object({ id: Joi.string().max(100).required() }) } },
          handler: async (request, h) => {
            await sessions.revoke(actorOf(request), sessionOf(request), idOf(request))
            return h.response().code(204)
          },
        },
      ])
    },
  }
}
