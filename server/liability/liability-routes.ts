import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { type Clock } from '../clock.ts'
import { idOf, payloadOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { checkFresh } from '../http/fresh-sign-in.ts'
import { termsKinds, type NewTerms } from './liability-terms.ts'
import { type Papers } from './papers.ts'
import { type Terms } from './terms.ts'

const text = Joi.object({
  title: Joi.string().max(120).required(),
  body: Joi.string().max(30_000).required(),
}).required()

/** A wording in both languages; the rules of `liability-terms.ts` say the rest. */
const newTerms = Joi.object<NewTerms>({
  kind: Joi.string()
    .valid(...termsKinds)
    .default('agreement'),
  texts: Joi.object({ sv: text, en: text }).required(),
})

const params = Joi.object({ id: Joi.string().max(64).required() })

/** `/api/v1/liability-terms` and `/api/v1/liability-forms`. */
export function liabilityRoutes(terms: Terms, papers: Papers, clock: Clock): Plugin<void> {
  return {
    name: 'liability-routes',
    register(server) {
      const termsTags = ['api', 'liability-terms']
      const formTags = ['api', 'liability-forms']
      server.route([
        {
          method: 'GET',
          path: '/api/v1/liability-terms',
          options: { ...needs('loans.read'), tags: termsTags },
          handler: async request => ({ items: await terms.list(actorOf(request)), next: null }),
        },
        {
          method: 'GET',
          path: '/api/v1/liability-terms/current',
          options: { ...needs('loans.read'), tags: termsTags },
          handler: request => terms.current(actorOf(request)),
        },
        {
          method: 'GET',
          path: '/api/v1/liability-terms/{id}',
          options: { ...needs('loans.read'), tags: termsTags, validate: { params } },
          handler: request => terms.get(actorOf(request), idOf(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/liability-terms',
          options: { ...needs('organisation.write'), tags: termsTags, validate: { payload: newTerms } },
          handler: async (request, h) =>
            h.response(await terms.publish(actorOf(request), payloadOf<NewTerms>(request))).code(201),
        },
        {
          method: 'GET',
          path: '/api/v1/liability-forms',
          options: {
            ...needs('loans.read'),
            tags: formTags,
            validate: {
              query: Joi.object({
                personId: Joi.string().max(64).required().messages({ 'any.required': 'Name a person.' }),
              }),
            },
          },
          handler: async request => ({
            items: await papers.ofPerson(actorOf(request), String(request.query['personId'])),
            next: null,
          }),
        },
        {
          method: 'GET',
          path: '/api/v1/liability-forms/{id}',
          options: { ...needs('loans.read'), tags: formTags, validate: { params } },
          handler: request => papers.get(actorOf(request), idOf(request)),
        },
        {
          method: 'GET',
          path: '/api/v1/liability-forms/{id}/receipt.pdf',
          options: { ...needs('loans.read'), tags: formTags, validate: { params } },
          handler: async (request, h) => {
            const reader = { prove: () => checkFresh(request, clock.now()) }
            const id = idOf(request)
            const { bytes, fileName } = await papers.receipt(actorOf(request), id, reader)
            return h
              .response(bytes)
              .type('application/pdf')
              .header('content-disposition', `inline; filename="${fileName}"`)
              .header('cache-control', 'private, no-store')
          },
        },
      ])
    },
  }
}
