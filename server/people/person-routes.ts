import { type Plugin, type Request } from '@hapi/hapi'
import Joi from 'joi'
import { type Clock } from '../clock.ts'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { checkFresh } from '../http/fresh-sign-in.ts'
import { bothWays } from '../http/list-order.ts'
import { pageQuery } from '../http/paging.ts'
import { languages } from '../organisations/organisation.ts'
import { DomainError } from '../domain-error.ts'
import { takeable } from './merge.ts'
import { type MergeInput, type Merging } from './merging.ts'
import { type NewPerson } from './person-input.ts'
import { personSorts, type PersonQuery } from './person-search.ts'
import { type People, type PersonEdit } from './people.ts'

const written = {
  phone: Joi.string().max(40).allow(null, ''),
  language: Joi.string().valid(...languages),
  protectedIdentity: Joi.boolean(),
}

const missing = (words: string) => ({ 'any.required': words, 'string.empty': words })

/** What a new person is made of; the rules of `person-input.ts` say the rest. */
const newPersonSchema = Joi.object<NewPerson>({
  ...written,
  givenName: Joi.string().max(80).required().messages(missing('Give the given name.')),
  familyName: Joi.string().max(80).required().messages(missing('Give the family name.')),
  email: Joi.string().max(254).required().messages(missing('Give the e-mail address.')),
})

const changes = Joi.object({
  ...written,
  givenName: Joi.string().max(80),
  familyName: Joi.string().max(80),
  email: Joi.string().max(254),
  version: Joi.number().integer().min(1).required(),
  reason: Joi.string().trim().min(3).max(1000),
})

const params = Joi.object({ id: Joi.string().max(64).required() })
const pair = Joi.object({ id: Joi.string().max(64).required(), otherId: Joi.string().max(64).required() })
const version = Joi.number().integer().min(1).required()

/** What a merge needs to be told; the rules of `merge.ts` say the rest. */
const merge = Joi.object<MergeInput>({
  version,
  goneVersion: version,
  take: Joi.array()
    .items(Joi.string().valid(...takeable))
    .unique(),
  reason: Joi.string().trim().min(3).max(1000),
})
const tags = ['api', 'people']

/** `/api/v1/people`: those that the caller's organisation knows. */
export function personRoutes(people: People, merging: Merging, clock: Clock): Plugin<void> {
  return {
    name: 'person-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/people',
          options: {
            ...needs('people.read'),
            tags,
            validate: {
              query: Joi.object({
                ...pageQuery,
                q: Joi.string().trim().max(120).allow(''),
                sort: Joi.string()
                  .valid(...bothWays(personSorts))
                  .default('name'),
              }),
            },
          },
          handler: async request => {
            const actor = actorOf(request)
            const query = queryOf<PersonQuery>(request)
            if (await people.wantsProof(actor, query)) checkFresh(request, clock.now())
            return people.list(actor, query)
          },
        },
        {
          method: 'POST',
          path: '/api/v1/people',
          options: { ...needs('people.write'), tags, validate: { payload: newPersonSchema } },
          handler: async (request, h) =>
            h.response(await people.register(actorOf(request), payloadOf<NewPerson>(request))).code(201),
        },
        {
          method: 'GET',
          path: '/api/v1/people/{id}',
          options: { ...needs('people.read'), tags, validate: { params } },
          // Whoever has become somebody is found where they are now.
          handler: async (request, h) => {
            const [actor, id] = [actorOf(request), idOf(request)]
            try {
              return await people.open(actor, id)
            } catch (thrown) {
              const kept = thrown instanceof DomainError ? await merging.keptOf(actor, id) : undefined
              if (kept === undefined) throw thrown
              return h.redirect(`/api/v1/people/${kept}`)
            }
          },
        },
        {
          method: 'PATCH',
          path: '/api/v1/people/{id}',
          options: { ...needs('people.write'), tags, validate: { params, payload: changes } },
          handler: async request => {
            const [actor, id] = [actorOf(request), idOf(request)]
            if ((await people.get(actor, id)).protectedIdentity) checkFresh(request, clock.now())
            return people.edit(actor, id, payloadOf<PersonEdit>(request))
          },
        },
        {
          method: 'GET',
          path: '/api/v1/people/doubles',
          options: { ...needs('people.merge'), tags, validate: { query: Joi.object(pageQuery) } },
          handler: request =>
            merging.doubles(actorOf(request), queryOf<{ limit: number; after?: string }>(request)),
        },
        {
          method: 'GET',
          path: '/api/v1/people/{id}/merge/{otherId}',
          options: { ...needs('people.merge'), tags, validate: { params: pair } },
          handler: request => merging.compare(actorOf(request), ...pairOf(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/people/{id}/merge/{otherId}',
          options: { ...needs('people.merge'), tags, validate: { params: pair, payload: merge } },
          handler: request =>
            merging.merge(actorOf(request), ...pairOf(request), payloadOf<MergeInput>(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/people/{id}/keep-apart/{otherId}',
          options: { ...needs('people.merge'), tags, validate: { params: pair } },
          handler: async (request, h) => {
            await merging.keepApart(actorOf(request), ...pairOf(request))
            return h.response().code(204)
          },
        },
        {
          method: 'POST',
          path: '/api/v1/people/{id}/reveal',
          options: {
            ...needs('people.reveal'),
            tags,
            validate: {
              params,
              payload: Joi.object({
                reason: Joi.string()
                  .trim()
                  .min(3)
                  .max(1000)
                  .required()
                  .messages(missing('Say why you need to know who it is.')),
              }),
            },
          },
          handler: request => {
            const { reason } = payloadOf<{ reason: string }>(request)
            return people.reveal(actorOf(request), idOf(request), reason)
          },
        },
      ])
    },
  }
}

function pairOf({ params: { id, otherId } }: Request): [string, string] {
  return [String(id), String(otherId)]
}
