import { type Plugin, type Request } from '@hapi/hapi'
import Joi from 'joi'
import { commandStates, type CommandState } from '../../mdm/command-queue.ts'
import { parametersShown } from '../../mdm/commands/command.ts'
import { type Clock } from '../clock.ts'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { checkFresh } from '../http/fresh-sign-in.ts'
import { placeText, readTimePlace } from '../http/list-order.ts'
import { pageOf, pageQuery, type PageQuery } from '../http/paging.ts'
import { type Command } from './command.ts'
import { removesManagement } from './command-rights.ts'
import { type Commands } from './commands.ts'
import { commandsOf, deviceActions, type ActionInput, type DeviceAction } from './device-action.ts'
import { type Sending } from './sending.ts'

interface CommandRoutesNeeds {
  readonly commands: Commands
  readonly sending: Sending
  readonly clock: Clock
}

const id = Joi.string().max(64).required()
const reason = Joi.string().trim().max(1000)
const tags = ['api', 'commands']

const rawCommand = Joi.object({
  requestType: Joi.string()
    .max(64)
    .required()
    .messages({ 'any.required': 'Name the command in requestType.' }),
  reason,
  expiresAt: Joi.date().iso(),
}).unknown(true)

const action = Joi.object({
  reason,
  message: Joi.string().trim().max(500),
  phoneNumber: Joi.string().trim().max(50),
  footnote: Joi.string().trim().max(500),
  payload: Joi.string().base64().max(1_400_000),
  identifier: Joi.string().max(255),
  appStoreId: Joi.number().integer().min(1),
  manifestUrl: Joi.string()
    .uri({ scheme: ['https'] })
    .max(2000),
}).default({})

/** Sending commands to iPads and seeing what became of them. */
export function commandRoutes({ commands, sending, clock }: CommandRoutesNeeds): Plugin<void> {
  return {
    name: 'command-routes',
    register(server) {
      server.route([
        {
          method: 'POST',
          path: '/api/v1/devices/{id}/commands',
          options: {
            ...needs('commands.send'),
            tags,
            payload: { maxBytes: 1_500_000 },
            validate: { params: Joi.object({ id }), payload: rawCommand },
          },
          handler: async (request, h) => {
            const { requestType, reason: why, expiresAt, ...parameters } = payloadOf<RawCommand>(request)
            if (requestType === 'EraseDevice' || removesManagement(requestType, parameters))
              checkFresh(request, clock.now())
            const deviceId = idOf(request)
            const wanted = { deviceId, requestType, parameters, reason: why, expiresAt }
            const { id: commandUUID } = await sending.send(actorOf(request), wanted)
            return h.response({ commandUUID }).code(202)
          },
        },
        {
          method: 'GET',
          path: '/api/v1/devices/{id}/commands',
          options: {
            ...needs('commands.read'),
            tags,
            validate: {
              params: Joi.object({ id }),
              query: Joi.object({
                ...pageQuery,
                requestType: Joi.string().max(64),
                state: Joi.string().valid(...commandStates),
              }),
            },
          },
          handler: async request => {
            const { limit, after, ...filter } = queryOf<CommandsAsked>(request)
            const place = after === undefined ? undefined : readTimePlace(after)
            const page = { limit, ...filter, ...(place && { after: { queuedAt: place.at, id: place.id } }) }
            const found = await commands.ofDevice(actorOf(request), idOf(request), page)
            const { items, next } = pageOf(found, limit, one => placeText(one.times.queuedAt, one.id))
            return { items: items.map(listed), next }
          },
        },
        {
          method: 'GET',
          path: '/api/v1/commands/{id}',
          options: { ...needs('commands.read'), tags, validate: { params: Joi.object({ id }) } },
          handler: async request => shown(await sending.show(actorOf(request), idOf(request))),
        },
        {
          method: 'POST',
          path: '/api/v1/commands/{id}/cancel',
          options: {
            ...needs('commands.send'),
            tags,
            validate: {
              params: Joi.object({ id }),
              payload: Joi.object({ reason, alsoSent: Joi.boolean().default(false) }).default({
                alsoSent: false,
              }),
            },
          },
          handler: async request => {
            const how = payloadOf<{ reason?: string; alsoSent: boolean }>(request)
            return shown(await sending.cancel(actorOf(request), idOf(request), how))
          },
        },
        {
          method: 'POST',
          path: '/api/v1/devices/{id}/actions/{action}',
          options: {
            ...needs('commands.send'),
            tags,
            payload: { maxBytes: 1_500_000 },
            validate: {
              params: Joi.object({
                id,
                action: Joi.string()
                  .valid(...deviceActions)
                  .required(),
              }),
              query: Joi.object({ dryRun: Joi.boolean().default(false) }),
              payload: action,
            },
          },
          handler: async (request, h) => {
            const { status, body } = await act(request, sending, clock.now())
            return h.response(body).code(status)
          },
        },
      ])
    },
  }
}

interface CommandsAsked extends PageQuery {
  readonly requestType?: string
  readonly state?: CommandState
}

interface RawCommand extends Readonly<Record<string, unknown>> {
  readonly requestType: string
  readonly reason?: string
  readonly expiresAt?: Date
}

async function act(request: Request, sending: Sending, now: Date) {
  const actor = actorOf(request)
  const deviceId = idOf(request)
  const { reason: why, ...input } = payloadOf<ActionInput & { reason?: string }>(request)
  const wanted = { action: request.params['action'] as DeviceAction, input, reason: why }
  if (request.query['dryRun'] === true) {
    const commands = await sending.rehearseAction(actor, deviceId, wanted)
    return {
      status: 200,
      body: { dryRun: true, commands: commands.map(({ requestType }) => ({ requestType })) },
    }
  }
  if (isRemoval(wanted.action, input)) checkFresh(request, now)
  const sent = (await sending.act(actor, deviceId, wanted)).map(({ id: commandUUID, requestType }) => ({
    commandUUID,
    requestType,
  }))
  return { status: 202, body: { commandUUID: sent[0]?.commandUUID, commands: sent } }
}

function isRemoval(action: DeviceAction, input: ActionInput): boolean {
  return commandsOf(action, input, {}).some(each => removesManagement(each.requestType, each.parameters))
}

function listed({
  id: commandUUID,
  deviceId,
  requestType,
  state,
  error,
  reason: why,
  requestedBy,
  times,
  expiresAt,
}: Command) {
  return { commandUUID, deviceId, requestType, state, error, reason: why, requestedBy, times, expiresAt }
}

function shown(command: Command) {
  const { requestType, parameters, result } = command
  return { ...listed(command), parameters: parametersShown(requestType, parameters), result }
}
