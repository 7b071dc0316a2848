import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { fromGreatest, pageOfAll, pageQuery, type PageQuery } from '../http/paging.ts'
import { type Language } from '../organisations/organisation.ts'
import { answers } from './checklist.ts'
import { checklistQuestions } from './checklist-questions.ts'
import { type NewPolicy } from './policy.ts'
import { type Policies } from './policies.ts'

const params = Joi.object({ id: Joi.string().max(64).required() })
const tags = ['api', 'policies']

const newPolicy = Joi.object<NewPolicy>({
  title: Joi.string().max(200).required(),
  text: Joi.string().max(200_000).required(),
  checklist: Joi.array()
    .max(200)
    .items(
      Joi.object({
        question: Joi.string().max(1000).required(),
        answer: Joi.string().valid(...answers),
        comment: Joi.string().max(4000),
        signedOn: Joi.string().max(10),
      }),
    )
    .default([]),
  basedOn: Joi.number().integer().min(0),
})

/** `/api/v1/policies`: the versions of the organisation's security policy. */
export function policyRoutes(policies: Policies): Plugin<void> {
  return {
    name: 'policy-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/policies',
          options: { ...needs('policies.read'), tags, validate: { query: Joi.object(pageQuery) } },
          handler: async request =>
            pageOfAll(
              await policies.list(actorOf(request)),
              queryOf<PageQuery>(request),
              ({ number, id }) => [fromGreatest(number), id],
            ),
        },
        {
          method: 'POST',
          path: '/api/v1/policies',
          options: { ...needs('policies.write'), tags, validate: { payload: newPolicy } },
          handler: async (request, h) =>
            h.response(await policies.write(actorOf(request), payloadOf<NewPolicy>(request))).code(201),
        },
        {
          method: 'GET',
          path: '/api/v1/policies/checklist-questions',
          options: {
            ...needs('policies.read'),
            tags,
            validate: { query: Joi.object({ language: Joi.string().valid('sv', 'en').default('sv') }) },
          },
          handler: request => ({
            questions: checklistQuestions(queryOf<{ language: Language }>(request).language),
          }),
        },
        {
          method: 'GET',
          path: '/api/v1/policies/{id}',
          options: { ...needs('policies.read'), tags, validate: { params } },
          handler: request => policies.get(actorOf(request), idOf(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/policies/{id}/approve',
          options: { ...needs('policies.approve'), tags, validate: { params } },
          handler: request => policies.approve(actorOf(request), idOf(request)),
        },
      ])
    },
  }
}
