import { type Plugin, type Request, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { bothWays } from '../http/list-order.ts'
import { pageQuery } from '../http/paging.ts'
import { type Actor } from '../staff/actor.ts'
import { type Right } from '../staff/rights.ts'
import { lines } from './case-queue.ts'
import { type FindLoan } from './find-loan.ts'
import { incidentKinds, incidentStates, outcomes, reportWays, type Incident } from './incident.ts'
import { incidentSorts } from './incident-order.ts'
import { type IncidentQuery, type IncidentReading } from './incident-reading.ts'
import { type Incidents } from './incidents.ts'
import { type Reporting, type ReportInput } from './reporting.ts'

interface IncidentRouteNeeds {
  readonly reporting: Reporting
  readonly incidents: Incidents
  readonly reading: IncidentReading
  readonly findLoan: FindLoan
}

const id = Joi.string().max(64)
const params = Joi.object({ id: id.required() })
const tags = ['api', 'incidents']

const missing = (words: string) => ({ 'any.required': words, 'string.empty': words })
const text = (most: number) =>
  Joi.string()
    .trim()
    .max(most)
    .messages({ 'string.max': `Write at most ${String(most)} characters.` })

/** What one form holds, on the pages too. */
const reportSchema = Joi.object({
  kind: Joi.string()
    .valid(...incidentKinds)
    .required()
    .messages({ ...missing('Say what happened.'), 'any.only': 'Choose theft, loss, damage or fault.' }),
  deviceId: id,
  loanId: id,
  description: text(4000).required().messages(missing('Describe what happened, in a sentence or two.')),
  reportedVia: Joi.string()
    .valid(...reportWays)
    .default('organisation')
    .messages({ 'any.only': 'Choose who reported it.' }),
  happenedAt: Joi.date().iso().messages({ 'date.format': 'Give a date and a time.' }),
  placeText: text(300).allow(''),
  policeNumber: text(40).allow(''),
  lostMode: Joi.object({ message: text(300).allow(''), phone: text(40).allow('') }),
})
  .or('deviceId', 'loanId')
  .messages({ 'object.missing': 'Choose which loan or which iPad it is about.' })

const decisionSchema = Joi.object({
  outcome: Joi.string()
    .valid(...outcomes)
    .required()
    .messages({ 'any.only': 'Choose charge, no charge or warranty.', ...missing('Say what was decided.') }),
  amountOre: Joi.number().integer().min(1).messages({ 'number.base': 'The amount is a number of öre.' }),
  reason: text(2000).required().messages(missing('Say why.')),
})

const wipeSchema = Joi.object({
  reason: text(1000).required().messages(missing('Write why the iPad should be wiped.')),
  papersChecked: Joi.boolean().default(false),
})

const moveSchema = Joi.object({ reason: text(1000).required().messages(missing('Say why.')) })

const moved =
  (move: Incidents['escalate']) =>
  (actor: Actor, incident: string, { payload }: Request): Promise<Incident> =>
    move(actor, incident, (payload as { reason: string }).reason)

/** Cases of theft, loss, damage and faults. */
export function incidentRoutes({
  reporting,
  incidents,
  reading,
  findLoan,
}: IncidentRouteNeeds): Plugin<void> {
  /** One deed on a case: it is done, and the case is shown as it is then. */
  function deed(
    name: string,
    right: Right,
    {
      payload,
      act,
    }: { payload?: Joi.Schema; act: (actor: Actor, id: string, request: Request) => Promise<Incident> },
  ): ServerRoute {
    return {
      method: 'POST',
      path: `/api/v1/incidents/{id}/${name}`,
      options: { ...needs(right), tags, validate: { params, ...(payload && { payload }) } },
      handler: async request => {
        const actor = actorOf(request)
        const { id: done } = await act(actor, idOf(request), request)
        return reading.view(actor, done)
      },
    }
  }

  return {
    name: 'incidents',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/incidents/find',
          options: {
            ...needs('incidents.report'),
            tags,
            validate: {
              query: Joi.object({
                text: text(120)
                  .required()
                  .messages(missing('Write a name, a tag, a serial number or a case number.')),
              }),
            },
          },
          handler: async request => ({
            items: await findLoan.find(actorOf(request), queryOf<{ text: string }>(request).text),
          }),
        },
        {
          method: 'GET',
          path: '/api/v1/incidents',
          options: {
            ...needs('incidents.read'),
            tags,
            validate: {
              query: Joi.object({
                ...pageQuery,
                state: Joi.string().valid(...incidentStates),
                kind: Joi.string().valid(...incidentKinds),
                deviceId: id,
                personId: id,
                open: Joi.boolean(),
                line: Joi.string().valid(...lines),
                sort: Joi.string()
                  .valid(...bothWays(incidentSorts))
                  .default('-reportedAt'),
              }),
            },
          },
          handler: request => reading.list(actorOf(request), queryOf<IncidentQuery>(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/incidents',
          options: { ...needs('incidents.report'), tags, validate: { payload: reportSchema } },
          handler: async (request, h) => {
            const actor = actorOf(request)
            const { incident, existing } = await reporting.report(actor, payloadOf<ReportInput>(request))
            const view = await reading.view(actor, incident.id)
            return h.response({ ...view, existing }).code(existing ? 200 : 201)
          },
        },
        {
          method: 'GET',
          path: '/api/v1/incidents/{id}',
          options: { ...needs('incidents.read'), tags, validate: { params } },
          handler: request => reading.open(actorOf(request), idOf(request)),
        },
        {
          method: 'GET',
          path: '/api/v1/incidents/{id}/positions',
          options: { ...needs('location.read'), tags, validate: { params } },
          handler: async request => ({
            items: await reading.positions(actorOf(request), idOf(request)),
          }),
        },
        deed('confirm', 'incidents.decide', { act: (actor, incident) => incidents.confirm(actor, incident) }),
        deed('police-number', 'incidents.report', {
          payload: Joi.object({
            policeNumber: text(40).required().messages(missing('Write the number of the police report.')),
          }),
          act: (actor, incident, { payload }) =>
            incidents.addPoliceNumber(actor, incident, (payload as { policeNumber: string }).policeNumber),
        }),
        deed('lock', 'lost-mode.use', { act: incidents.lockAgain }),
        deed('locate', 'lost-mode.use', { act: incidents.locate }),
        deed('play-sound', 'lost-mode.use', { act: incidents.playSound }),
        deed('request-wipe', 'wipe.request', {
          payload: wipeSchema,
          act: (actor, incident, { payload }) =>
            incidents.requestWipe(actor, incident, payload as { reason: string; papersChecked: boolean }),
        }),
        deed('recover', 'lost-mode.use', {
          payload: Joi.object({ note: text(2000).allow(''), close: Joi.boolean() }).allow(null),
          act: (actor, incident, { payload }) =>
            incidents.recover(actor, incident, (payload as { note?: string; close?: boolean } | null) ?? {}),
        }),
        deed('decide', 'incidents.decide', {
          payload: decisionSchema,
          act: (actor, incident, { payload }) =>
            incidents.decide(actor, incident, payload as Parameters<Incidents['decide']>[2]),
        }),
        deed('replace', 'incidents.decide', {
          payload: Joi.object({ deviceId: id.required().messages(missing('Choose the new iPad.')) }),
          act: (actor, incident, { payload }) =>
            incidents.replace(actor, incident, (payload as { deviceId: string }).deviceId),
        }),
        deed('take', 'incidents.work', { act: incidents.take }),
        deed('let-go', 'incidents.work', { act: incidents.letGo }),
        deed('escalate', 'incidents.work', { payload: moveSchema, act: moved(incidents.escalate) }),
        deed('hand-back', 'incidents.decide', { payload: moveSchema, act: moved(incidents.handBack) }),
        deed('close', 'incidents.decide', { act: (actor, incident) => incidents.close(actor, incident) }),
      ])
    },
  }
}
