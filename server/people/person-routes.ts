import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { actorOf, needs } from '../http/credentials.ts'
import { pageQuery } from '../http/paging.ts'
import { languages } from '../organisations/organisation.ts'
import { type NewPerson, type PersonInput } from './person-input.ts'
import { type PersonQuery } from './person-search.ts'
import { type People } from './people.ts'

const written = {
  phone: Joi.string().max(40).allow(null, ''),
  language: Joi.string().valid(...languages),
  protectedIdentity: Joi.boolean(),
}

const missing = (words: string) => ({ 'any.required': words, 'string.empty': words })

/** What a new person is made of; the rules of `person-input.ts` say the rest. */
export const newPersonSchema = Joi.object<NewPerson>({
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
})

const params = Joi.object({ id: Joi.string().max(64).required() })
const tags = ['api', 'people']

/** `/api/v1/people`: those that the caller's organisation knows. */
export function personRoutes(people: People): Plugin<void> {
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
            validate: { query: Joi.object({ ...pageQuery, q: Joi.string().trim().max(120).allow('') }) },
          },
          handler: request => people.list(actorOf(request), request.query as unknown as PersonQuery),
        },
        {
          method: 'POST',
          path: '/api/v1/people',
          options: { ...needs('people.write'), tags, validate: { payload: newPersonSchema } },
          handler: async (request, h) =>
            h.response(await people.register(actorOf(request), request.payload as NewPerson)).code(201),
        },
        {
          method: 'GET',
          path: '/api/v1/people/{id}',
          options: { ...needs('people.read'), tags, validate: { params } },
          handler: request => people.get(actorOf(request), String(request.params['id'])),
        },
        {
          method: 'PATCH',
          path: '/api/v1/people/{id}',
          options: { ...needs('people.write'), tags, validate: { params, payload: changes } },
          handler: request =>
            people.edit(
              actorOf(request),
              String(request.params['id']),
              request.payload as PersonInput & { version: number },
            ),
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
            const { reason } = request.payload as { reason: string }
            return people.reveal(actorOf(request), String(request.params['id']), reason)
          },
        },
      ])
    },
  }
}
