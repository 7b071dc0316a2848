import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { bodyTypes } from '../bodies/body.ts'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { bothWays } from '../http/list-order.ts'
import { pageQuery } from '../http/paging.ts'
import { bases, type WrittenKey } from './allocation-key.ts'
import { costLineSorts } from './cost-line-order.ts'
import { costCategories, costKinds, type WrittenCostLine } from './cost-line.ts'
import { type CostLineQuery, type Costs } from './costs.ts'

const id = Joi.string().max(64)
const params = Joi.object({ id: id.required() })
const missing = (words: string) => ({ 'any.required': words, 'string.empty': words })
const day = Joi.string().max(10)
const ore = (words: string) =>
  Joi.number().integer().messages({ 'number.base': words, 'number.integer': words, 'any.required': words })
const year = Joi.number().integer().min(2000).max(2100).messages({
  'any.required': 'Say which year.',
  'number.base': 'A year looks like 2026.',
  'number.min': 'A year looks like 2026.',
  'number.max': 'A year looks like 2026.',
})

const ofBody = Joi.object({ kind: Joi.valid('body').required(), bodyId: id.required() })
const ofCentral = Joi.object({ kind: Joi.valid('central').required() })

/** A cost as people write it, on the pages too. */
const costLineSchema = Joi.object({
  kind: Joi.string()
    .valid(...costKinds)
    .required()
    .messages({
      ...missing('Say whether it comes once or each year.'),
      'any.only': 'Choose one-off or annual.',
    }),
  fromOn: day.required().messages(missing('Give the day, or the first day.')),
  toOn: day,
  amountOre: ore('Give the amount as a whole number of öre.').required(),
  vatOre: ore('Give the VAT as a whole number of öre.'),
  payer: Joi.alternatives(ofCentral, ofBody).required().messages({
    'any.required': 'Say who pays.',
    'alternatives.match': 'A body or the central office pays.',
  }),
  bearer: Joi.alternatives(
    ofCentral,
    ofBody,
    Joi.object({ kind: Joi.valid('key').required(), keyId: id.required() }),
    Joi.object({ kind: Joi.valid('none').required() }),
  )
    .required()
    .messages({
      'any.required': 'Say who bears it.',
      'alternatives.match': 'A body, the central office, an allocation key or nobody yet bears it.',
    }),
  text: Joi.string().trim().max(300).required().messages(missing('Write what the cost is for.')),
  category: Joi.string()
    .valid(...costCategories)
    .required()
    .messages({ ...missing('Choose a category.'), 'any.only': 'Choose a category from the list.' }),
})

const allocationKeySchema = Joi.object({
  name: Joi.string().trim().max(120).required().messages(missing('Give the allocation a name.')),
  basis: Joi.string()
    .valid(...bases)
    .required()
    .messages({ ...missing('Say how the cost is split.'), 'any.only': 'Choose one of the ways to split.' }),
  bodyTypes: Joi.array()
    .items(Joi.string().valid(...bodyTypes))
    .min(1),
  shares: Joi.array()
    .items(Joi.object({ bodyId: id.required(), parts: Joi.number().integer().min(1).required() }))
    .max(500),
  validFrom: day.required().messages(missing('Give the first day.')),
  validTo: day,
})

const version = { version: Joi.number().integer().min(1).required() }

/** What iPads cost, how shared costs are split, and the statement of a year. */
export function costRoutes(costs: Costs): Plugin<void> {
  const tags = ['api', 'costs']
  const read = { ...needs('costs.read'), tags }
  const write = { ...needs('costs.write'), tags }
  return {
    name: 'costs',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/cost-lines',
          options: {
            ...read,
            validate: {
              query: Joi.object({
                ...pageQuery,
                year,
                kind: Joi.string().valid(...costKinds),
                sort: Joi.string()
                  .valid(...bothWays(costLineSorts))
                  .default('-fromOn'),
              }),
            },
          },
          handler: request => costs.lines(actorOf(request), queryOf<CostLineQuery>(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/cost-lines',
          options: { ...write, validate: { payload: costLineSchema } },
          handler: async (request, h) =>
            h.response(await costs.addLine(actorOf(request), payloadOf<WrittenCostLine>(request))).code(201),
        },
        {
          method: 'GET',
          path: '/api/v1/cost-lines/{id}',
          options: { ...read, validate: { params } },
          handler: request => costs.line(actorOf(request), idOf(request)),
        },
        {
          method: 'PUT',
          path: '/api/v1/cost-lines/{id}',
          options: { ...write, validate: { params, payload: costLineSchema.append(version) } },
          handler: request =>
            costs.editLine(
              actorOf(request),
              idOf(request),
              payloadOf<WrittenCostLine & { version: number }>(request),
            ),
        },
        {
          method: 'POST',
          path: '/api/v1/cost-lines/{id}/remove',
          options: {
            ...write,
            validate: {
              params,
              payload: Joi.object({
                reason: Joi.string().trim().max(500).required().messages(missing('Say why.')),
                ...version,
              }),
            },
          },
          handler: async (request, h) => {
            const removal = payloadOf<{ reason: string; version: number }>(request)
            await costs.removeLine(actorOf(request), idOf(request), removal)
            return h.response().code(204)
          },
        },
        {
          method: 'GET',
          path: '/api/v1/allocation-keys',
          options: read,
          handler: async request => ({ items: await costs.keys(actorOf(request)), next: null }),
        },
        {
          method: 'POST',
          path: '/api/v1/allocation-keys',
          options: { ...write, validate: { payload: allocationKeySchema } },
          handler: async (request, h) =>
            h.response(await costs.addKey(actorOf(request), payloadOf<WrittenKey>(request))).code(201),
        },
        {
          method: 'GET',
          path: '/api/v1/allocation-keys/{id}',
          options: { ...read, validate: { params } },
          handler: request => costs.key(actorOf(request), idOf(request)),
        },
        {
          method: 'PUT',
          path: '/api/v1/allocation-keys/{id}',
          options: { ...write, validate: { params, payload: allocationKeySchema.append(version) } },
          handler: request =>
            costs.editKey(
              actorOf(request),
              idOf(request),
              payloadOf<WrittenKey & { version: number }>(request),
            ),
        },
        {
          method: 'GET',
          path: '/api/v1/statements',
          options: { ...read, validate: { query: Joi.object({ year: year.required() }) } },
          handler: request => costs.statement(actorOf(request), queryOf<{ year: number }>(request).year),
        },
        {
          method: 'GET',
          path: '/api/v1/statements/frozen',
          options: read,
          handler: async request => ({ items: await costs.frozenYears(actorOf(request)), next: null }),
        },
        {
          method: 'POST',
          path: '/api/v1/statements',
          options: { ...write, validate: { payload: Joi.object({ year: year.required() }) } },
          handler: async (request, h) =>
            h
              .response(await costs.freeze(actorOf(request), payloadOf<{ year: number }>(request).year))
              .code(201),
        },
      ])
    },
  }
}
