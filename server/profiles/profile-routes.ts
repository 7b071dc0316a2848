import { type Plugin, type Request, type RouteOptionsPayload, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { maxProfileBytes } from '../../profiles/foreign-profile.ts'
import { type Template } from '../../profiles/templates/template.ts'
import { templates } from '../../profiles/templates/templates.ts'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { notKept } from '../http/not-kept.ts'
import { pageOfAll, pageQuery, type PageQuery } from '../http/paging.ts'
import { type ProfileContent } from './profile-content.ts'
import { type Profiles, type TakingOut } from './profiles.ts'

const tags = ['api', 'profiles']
const params = Joi.object({ id: Joi.string().max(64).required() })
const versionParams = params.keys({ number: Joi.number().integer().min(1).required() })

const templateFacts = Joi.object({
  organisationName: Joi.string().max(200).required(),
  domainReversed: Joi.string()
    .pattern(/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/)
    .max(200)
    .required()
    .messages({ 'string.pattern.base': 'Give the domain with the parts turned round, such as se.example.' }),
  mailServer: Joi.string().hostname().required(),
  mailDomains: Joi.array()
    .items(Joi.string().domain({ tlds: false }))
    .min(1)
    .max(50)
    .required(),
  apps: Joi.array()
    .items(
      Joi.string()
        .max(200)
        .pattern(/^[A-Za-z0-9.-]+$/)
        .messages({
          'string.pattern.base': 'A bundle identifier has letters, digits, dots and hyphens only.',
        }),
    )
    .max(100)
    .default([]),
  helpUrl: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .required(),
  returnTo: Joi.string().max(500).required(),
})

const fromTemplate = Joi.object({
  name: Joi.string().trim().max(120).required(),
  template: Joi.string()
    .valid(...templates.map(({ id }) => id))
    .required(),
  facts: templateFacts.required(),
  note: Joi.string().max(1000),
})

interface FromTemplate {
  readonly name: string
  readonly template: Template['id']
  readonly facts: (ProfileContent & { from: 'template' })['facts']
  readonly note?: string
}

/** The body is the file itself, signed or not. */
const file: RouteOptionsPayload = {
  parse: false,
  output: 'data',
  // One more than is taken in, so that a file that is too large is told so in words.
  maxBytes: maxProfileBytes + 1,
  allow: ['application/x-apple-aspen-config', 'application/xml', 'text/xml', 'application/octet-stream'],
}

const fileOf = (request: Request): ProfileContent => ({ from: 'file', bytes: payloadOf<Buffer>(request) })
const numberOf = (request: Request): number => Number(request.params['number'])

/** `/api/v1/profiles`: configuration profiles, their versions, and what they are made of. */
export function profileRoutes(profiles: Profiles): Plugin<void> {
  return {
    name: 'profile-routes',
    register(server) {
      server.route([
        ...savingRoutes(profiles),
        ...shelvingRoutes(profiles),
        ...readingRoutes(profiles),
        ...versionRoutes(profiles),
      ])
    },
  }
}

function savingRoutes(profiles: Profiles): ServerRoute[] {
  const naming = Joi.object({ name: Joi.string().trim().max(120).required(), note: Joi.string().max(1000) })
  const basing = Joi.object({
    basedOn: Joi.number().integer().min(1).required(),
    note: Joi.string().max(1000),
  })
  return [
    {
      method: 'POST',
      path: '/api/v1/profiles',
      options: { ...needs('profiles.write'), tags, payload: file, validate: { query: naming } },
      handler: async (request, h) => {
        const named = queryOf<{ name: string; note?: string }>(request)
        return h
          .response(await profiles.create(actorOf(request), { ...named, content: fileOf(request) }))
          .code(201)
      },
    },
    {
      method: 'POST',
      path: '/api/v1/profiles/from-template',
      options: { ...needs('profiles.write'), tags, validate: { payload: fromTemplate } },
      handler: async (request, h) => {
        const { name, template, facts, note } = payloadOf<FromTemplate>(request)
        const content: ProfileContent = { from: 'template', template, facts }
        return h.response(await profiles.create(actorOf(request), { name, content, note })).code(201)
      },
    },
    {
      method: 'POST',
      path: '/api/v1/profiles/check',
      options: { ...needs('profiles.read'), ...notKept, tags, payload: file },
      handler: request => profiles.check(actorOf(request), fileOf(request)),
    },
    {
      method: 'POST',
      path: '/api/v1/profiles/{id}/versions',
      options: { ...needs('profiles.write'), tags, payload: file, validate: { params, query: basing } },
      handler: async (request, h) => {
        const based = queryOf<{ basedOn: number; note?: string }>(request)
        const content = fileOf(request)
        return h
          .response(await profiles.save(actorOf(request), idOf(request), { ...based, content }))
          .code(201)
      },
    },
  ]
}

/** What it is called and whether it is offered; each answers the profile as it is then. */
function shelvingRoutes(profiles: Profiles): ServerRoute[] {
  const path = '/api/v1/profiles/{id}'
  const options = { ...needs('profiles.write'), tags }
  const naming = Joi.object({ name: Joi.string().trim().max(120).required() })
  return [
    {
      method: 'PATCH',
      path,
      options: { ...options, validate: { params, payload: naming } },
      handler: request =>
        profiles.rename(actorOf(request), idOf(request), payloadOf<{ name: string }>(request).name),
    },
    {
      method: 'POST',
      path: `${path}/retire`,
      options: { ...options, validate: { params } },
      handler: request => profiles.retire(actorOf(request), idOf(request)),
    },
    {
      method: 'POST',
      path: `${path}/bring-back`,
      options: { ...options, validate: { params } },
      handler: request => profiles.bringBack(actorOf(request), idOf(request)),
    },
  ]
}

function readingRoutes(profiles: Profiles): ServerRoute[] {
  const pair = Joi.object({
    from: Joi.number().integer().min(1).required(),
    to: Joi.number().integer().min(1).required(),
  })
  return [
    {
      method: 'GET',
      path: '/api/v1/profiles',
      options: {
        ...needs('profiles.read'),
        tags,
        validate: { query: Joi.object({ ...pageQuery, retired: Joi.boolean().default(false) }) },
      },
      handler: async request => {
        const { retired, ...page } = queryOf<PageQuery & { retired: boolean }>(request)
        return pageOfAll(await profiles.list(actorOf(request), { retired }), page, ({ profile }) => [
          profile.name,
          profile.id,
        ])
      },
    },
    {
      method: 'GET',
      path: '/api/v1/profiles/under-former-policy',
      options: { ...needs('profiles.read'), tags, validate: { query: Joi.object(pageQuery) } },
      handler: async request =>
        pageOfAll(
          await profiles.underFormerPolicy(actorOf(request)),
          queryOf<PageQuery>(request),
          ({ profile }) => [profile.name, profile.id],
        ),
    },
    {
      method: 'GET',
      path: '/api/v1/profiles/{id}',
      options: { ...needs('profiles.read'), tags, validate: { params } },
      handler: request => profiles.get(actorOf(request), idOf(request)),
    },
    {
      method: 'GET',
      path: '/api/v1/profiles/{id}/compare',
      options: { ...needs('profiles.read'), tags, validate: { params, query: pair } },
      handler: async request => {
        const { from, to } = queryOf<{ from: number; to: number }>(request)
        return { items: await profiles.compare(actorOf(request), idOf(request), from, to), next: null }
      },
    },
  ]
}

function versionRoutes(profiles: Profiles): ServerRoute[] {
  const path = '/api/v1/profiles/{id}/versions/{number}'
  const signing = Joi.object({ signed: Joi.boolean().default(false) })
  const download = async (request: Request, taking: TakingOut) => {
    const { bytes, fileName } = await profiles.takeOut(
      actorOf(request),
      idOf(request),
      numberOf(request),
      taking,
    )
    return { bytes: Buffer.from(bytes), disposition: `attachment; filename="${fileName}"` }
  }
  return [
    {
      method: 'GET',
      path: `${path}/file`,
      options: { ...needs('profiles.read'), tags, validate: { params: versionParams, query: signing } },
      handler: async (request, h) => {
        const { bytes, disposition } = await download(request, request.query)
        return h
          .response(bytes)
          .type(profileType)
          .header('content-disposition', disposition)
          .header('cache-control', 'private, no-store')
      },
    },
    {
      method: 'POST',
      path: `${path}/reveal`,
      options: {
        ...needs('profiles.reveal'),
        tags,
        validate: {
          params: versionParams,
          payload: Joi.object({
            reason: Joi.string().trim().min(5).max(500).required(),
            signed: Joi.boolean().default(false),
          }),
        },
      },
      handler: async (request, h) => {
        const { bytes, disposition } = await download(request, payloadOf<TakingOut>(request))
        return h
          .response(bytes)
          .type(profileType)
          .header('content-disposition', disposition)
          .header('cache-control', 'private, no-store')
      },
    },
    {
      method: 'POST',
      path: `${path}/approve`,
      options: {
        ...needs('profiles.approve'),
        tags,
        validate: {
          params: versionParams,
          payload: Joi.object({ policyId: Joi.string().max(64).required() }),
        },
      },
      handler: request => {
        const { policyId } = payloadOf<{ policyId: string }>(request)
        return profiles.approve(actorOf(request), idOf(request), numberOf(request), policyId)
      },
    },
  ]
}

const profileType = 'application/x-apple-aspen-config'
