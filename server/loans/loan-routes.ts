import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { type Clock } from '../clock.ts'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { checkFresh } from '../http/fresh-sign-in.ts'
import { bothWays } from '../http/list-order.ts'
import { pageQuery } from '../http/paging.ts'
import { identityChecks } from '../liability/liability-form.ts'
import { languages, type Language } from '../organisations/organisation.ts'
import { type Reservation } from './hand-out.ts'
import { conditions, loanStates, type Loan } from './loan.ts'
import { loanSorts } from './loan-order.ts'
import { type GiveBack, type LoanListQuery, type Loans } from './loans.ts'
import { type Signing } from './signing.ts'

const id = Joi.string().max(64)
const accessories = Joi.array().items(Joi.string().trim().max(60)).max(20).unique()

const reservation = Joi.object<Reservation>({
  deviceId: id.required(),
  personId: id.required(),
  bodyIds: Joi.array().items(id).max(50).unique(),
  accessories,
  dueOn: Joi.string().max(10),
  confirmSecond: Joi.boolean(),
})

/** Coordinates of a signature pad; what else the pad's own format carries is left out. */
const point = Joi.object({
  x: Joi.number().min(-10_000).max(10_000).required(),
  y: Joi.number().min(-10_000).max(10_000).required(),
  time: Joi.number(),
  pressure: Joi.number().min(0).max(1),
}).options({ stripUnknown: true })

const drawn = Joi.object({
  kind: Joi.string().valid('drawn').required(),
  width: Joi.number().min(50).max(10_000).required(),
  height: Joi.number().min(20).max(10_000).required(),
  strokes: Joi.array()
    .items(
      Joi.object({ points: Joi.array().items(point).max(5000).required() }).options({ stripUnknown: true }),
    )
    .min(1)
    .max(400)
    .required(),
})

const typed = Joi.object({
  kind: Joi.string().valid('typed').required(),
  name: Joi.string().trim().max(120).required(),
})

const signing = Joi.object<Signing>({
  attemptId: Joi.string()
    .pattern(/^[\w-]{8,100}$/)
    .required(),
  termsSha256: Joi.string().hex().length(64).required(),
  signature: Joi.alternatives()
    .conditional('.kind', { is: 'drawn', then: drawn, otherwise: typed })
    .required(),
  identityCheck: Joi.string()
    .valid(...identityChecks)
    .required(),
  station: Joi.string().trim().max(80),
  alsoLoanIds: Joi.array().items(id).max(20),
})

const givingBack = Joi.object<GiveBack>({
  condition: Joi.string()
    .valid(...conditions)
    .required(),
  accessories: accessories.default([]),
  note: Joi.string().trim().max(2000).allow(''),
})

const reason = Joi.string().trim().min(1).max(1000)
const params = Joi.object({ id: id.required() })
const tags = ['api', 'loans']
const read = { ...needs('loans.read'), tags }
const write = { ...needs('loans.write'), tags }

/** `/api/v1/loans`: hand-outs and returns. */
export function loanRoutes(loans: Loans, clock: Clock): Plugin<void> {
  const show = (loan: Loan) => ({ ...loan, overdue: loans.overdue(loan) })
  return {
    name: 'loan-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/loans',
          options: {
            ...read,
            validate: {
              query: Joi.object({
                ...pageQuery,
                state: Joi.string().valid(...loanStates),
                open: Joi.boolean(),
                overdue: Joi.boolean(),
                personId: id,
                deviceId: id,
                bodyId: id,
                sort: Joi.string()
                  .valid(...bothWays(loanSorts))
                  .default('-reservedAt'),
              }),
            },
          },
          handler: async request => {
            const { items, next } = await loans.list(actorOf(request), queryOf<LoanListQuery>(request))
            return { items: items.map(show), next }
          },
        },
        {
          method: 'POST',
          path: '/api/v1/loans',
          options: { ...write, validate: { payload: reservation } },
          handler: async (request, h) =>
            h
              .response(show(await loans.reserve(actorOf(request), payloadOf<Reservation>(request))))
              .code(201),
        },
        {
          method: 'GET',
          path: '/api/v1/loans/counts',
          options: read,
          handler: async request => ({ items: await loans.counts(actorOf(request)), next: null }),
        },
        {
          method: 'GET',
          path: '/api/v1/loans/today',
          options: read,
          handler: async request => {
            const { loans: items, ...session } = await loans.session(actorOf(request))
            return { ...session, items: items.map(show), next: null }
          },
        },
        {
          method: 'PUT',
          path: '/api/v1/loans/{id}/checklist',
          options: {
            ...write,
            validate: {
              params,
              payload: Joi.object({
                done: Joi.array().items(Joi.string().trim().max(120)).max(40).unique().required(),
                seen: Joi.array().items(Joi.string().trim().max(120)).max(40).unique(),
              }),
            },
          },
          handler: async request => {
            const ticked = payloadOf<{ done: string[]; seen?: string[] }>(request)
            return show(await loans.checkOff(actorOf(request), idOf(request), ticked))
          },
        },
        {
          method: 'GET',
          path: '/api/v1/loans/{id}',
          options: { ...read, validate: { params } },
          handler: async request => show(await loans.get(actorOf(request), idOf(request))),
        },
        {
          method: 'POST',
          path: '/api/v1/loans/{id}/terms',
          options: {
            ...write,
            validate: {
              params,
              payload: Joi.object({
                language: Joi.string()
                  .valid(...languages)
                  .default('sv'),
              }).default({ language: 'sv' }),
            },
          },
          handler: async request => {
            const { language } = payloadOf<{ language: Language }>(request)
            const { loan, terms } = await loans.showTerms(actorOf(request), idOf(request), language)
            const { id: termsId, number, kind, sha256, texts } = terms
            return {
              loan: show(loan),
              terms: { id: termsId, number, kind, sha256, language, ...texts[language] },
            }
          },
        },
        {
          method: 'POST',
          path: '/api/v1/loans/{id}/sign',
          options: { ...write, validate: { params, payload: signing } },
          handler: async (request, h) => {
            const signed = await loans.sign(actorOf(request), idOf(request), payloadOf<Signing>(request))
            const { signature, ...form } = signed.form
            return h
              .response({ form: { ...form, signedBy: signature.kind }, loans: signed.loans.map(show) })
              .code(201)
          },
        },
        {
          method: 'POST',
          path: '/api/v1/loans/{id}/call-off',
          options: { ...write, validate: { params, payload: Joi.object({ reason: reason.required() }) } },
          handler: async request => {
            const payload = payloadOf<{ reason: string }>(request)
            return show(await loans.callOff(actorOf(request), idOf(request), payload.reason))
          },
        },
        {
          method: 'POST',
          path: '/api/v1/loans/{id}/undo',
          options: { ...write, validate: { params, payload: Joi.object({ reason: reason.required() }) } },
          handler: async request => {
            const payload = payloadOf<{ reason: string }>(request)
            return { items: (await loans.undo(actorOf(request), idOf(request), payload.reason)).map(show) }
          },
        },
        {
          method: 'POST',
          path: '/api/v1/loans/{id}/return',
          options: { ...write, validate: { params, payload: givingBack } },
          handler: async request =>
            show(await loans.giveBack(actorOf(request), idOf(request), payloadOf<GiveBack>(request))),
        },
        {
          method: 'POST',
          path: '/api/v1/loans/{id}/undo-return',
          options: { ...write, validate: { params, payload: Joi.object({ reason: reason.required() }) } },
          handler: async request => {
            const payload = payloadOf<{ reason: string }>(request)
            return show(await loans.undoReturn(actorOf(request), idOf(request), payload.reason))
          },
        },
        {
          method: 'POST',
          path: '/api/v1/loans/{id}/close',
          options: { ...write, validate: { params, payload: Joi.object({ reason }).default({}) } },
          handler: async request => {
            const payload = payloadOf<{ reason?: string }>(request)
            return show(await loans.close(actorOf(request), idOf(request), payload.reason))
          },
        },
        {
          method: 'GET',
          path: '/api/v1/loans/{id}/return-receipt.pdf',
          options: { ...read, validate: { params } },
          handler: async (request, h) =>
            h
              .response(
                await loans.returnReceiptOf(actorOf(request), idOf(request), {
                  prove: () => checkFresh(request, clock.now()),
                }),
              )
              .type('application/pdf')
              .header('content-disposition', 'inline; filename="kvittens-retur.pdf"')
              .header('cache-control', 'private, no-store'),
        },
      ])
    },
  }
}
