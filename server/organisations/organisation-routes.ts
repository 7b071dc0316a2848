import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { type Clock } from '../clock.ts'
import { payloadOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { checkFresh } from '../http/fresh-sign-in.ts'
import { roles } from '../staff/rights.ts'
import { type Logos } from './logos.ts'
import { mostLogoBytes } from './logo.ts'
import {
  languages,
  loosens,
  pricedThings,
  type Organisation,
  type OrganisationChanges,
} from './organisation.ts'
import { type Organisations } from './organisations.ts'

const changes = Joi.object({
  version: Joi.number().integer().min(1).required(),
  name: Joi.string().max(120),
  number: Joi.string().max(20).allow(''),
  language: Joi.string().valid(...languages),
  settings: Joi.object({
    lostModeMessage: Joi.string().max(300),
    lostModePhone: Joi.string().max(40).allow(''),
    fourEyes: Joi.boolean(),
    bulkLimit: Joi.number().integer().min(1).max(100_000),
    rolloutLimit: Joi.number().integer().min(1).max(100_000),
    disposalNeedsTwo: Joi.boolean(),
    colour: Joi.string()
      .pattern(/^#[0-9a-fA-F]{6}$/)
      .allow(''),
    prices: Joi.object(
      Object.fromEntries(pricedThings.map(thing => [thing, Joi.number().integer().min(0).max(10_000_000)])),
    ),
    mailDomains: Joi.array().items(Joi.string().trim().max(253)).max(20).unique(),
    papersOldestSystem: Joi.string().max(10),
    papersAnswerDays: Joi.number().integer().min(1).max(90),
    checklist: Joi.array().items(Joi.string().trim().max(120)).max(12).unique(),
    accessibilityEmail: Joi.string().max(200).allow(''),
    accessibilityPhone: Joi.string().max(40).allow(''),
    accessibilityReviewedOn: Joi.string().max(10).allow(''),
    accessibilityFaults: Joi.array().items(Joi.string().trim().max(300)).max(20).unique(),
    secondFactorFor: Joi.array()
      .items(Joi.string().valid(...roles))
      .unique(),
  }),
})

/** As the API shows it: the logo has a route of its own, so the settings can be sent back as they were read. */
function shown({ settings: { logo, ...settings }, ...rest }: Organisation) {
  return { ...rest, settings, logo }
}

/** `/api/v1/organisations`: a caller sees and changes the one that it works in, no other. */
export function organisationRoutes(organisations: Organisations, logos: Logos, clock: Clock): Plugin<void> {
  return {
    name: 'organisation-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/organisations',
          options: { ...needs('organisation.read'), tags: ['api', 'organisations'] },
          handler: async request => ({
            items: [shown(await organisations.get(actorOf(request)))],
            next: null,
          }),
        },
        {
          method: 'GET',
          path: '/api/v1/organisations/current',
          options: { ...needs('organisation.read'), tags: ['api', 'organisations'] },
          handler: async request => shown(await organisations.get(actorOf(request))),
        },
        {
          method: 'PATCH',
          path: '/api/v1/organisations/current',
          options: {
            ...needs('organisation.write'),
            tags: ['api', 'organisations'],
            validate: { payload: changes },
          },
          handler: async request => {
            const actor = actorOf(request)
            const wanted = payloadOf<OrganisationChanges & { version: number }>(request)
            if (loosens(await organisations.get(actor), wanted)) checkFresh(request, clock.now())
            return shown(await organisations.edit(actor, wanted))
          },
        },
        {
          method: 'PUT',
          path: '/api/v1/organisations/current/logo',
          options: {
            ...needs('organisation.write'),
            tags: ['api', 'organisations'],
            payload: { allow: ['image/png'], parse: false, output: 'data', maxBytes: mostLogoBytes * 2 },
          },
          handler: request => logos.put(actorOf(request), payloadOf<Buffer>(request)),
        },
        {
          method: 'DELETE',
          path: '/api/v1/organisations/current/logo',
          options: { ...needs('organisation.write'), tags: ['api', 'organisations'] },
          handler: async (request, h) => {
            await logos.remove(actorOf(request))
            return h.response().code(204)
          },
        },
      ])
    },
  }
}
