import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { bothWays, orderFrom } from '../http/list-order.ts'
import { pageQuery } from '../http/paging.ts'
import { deviceOrigins, deviceOwnerships, lifecycles, locks, managements, type Lifecycle } from './device.ts'
import { type DeviceInput } from './device-input.ts'
import { deviceSorts, type DeviceQuery, type DeviceSort } from './device-search.ts'
import { type Devices, type RegisterDevice } from './devices.ts'
import { type TakingBack } from './taking-back.ts'

const day = Joi.string().max(10)

const written = {
  assetTag: Joi.string().max(40),
  theftMark: Joi.string().max(60).allow(null, ''),
  model: Joi.string().max(100),
  origin: Joi.string().valid(...deviceOrigins),
  ownership: Joi.string().valid(...deviceOwnerships),
  purchase: Joi.object({
    on: day.required(),
    priceOre: Joi.number().integer().min(0).required(),
    supplier: Joi.string().max(120),
  }).allow(null),
  warrantyEndsOn: day.allow(null, ''),
}

/** What a new iPad is made of; the rules of `device-input.ts` say the rest. */
const newDevice = Joi.object<RegisterDevice>({
  ...written,
  serialNumber: Joi.string()
    .max(40)
    .required()
    .messages({ 'any.required': 'Give the serial number of the iPad.' }),
  lifecycle: Joi.string().valid('ordered', 'in-stock'),
})

const changes = Joi.object({
  ...written,
  serialNumber: Joi.string().max(40),
  version: Joi.number().integer().min(1).required(),
})

const query = Joi.object({
  ...pageQuery,
  q: Joi.string().trim().max(60).allow(''),
  lifecycle: Joi.string().valid(...lifecycles),
  management: Joi.string().valid(...managements),
  lock: Joi.string().valid(...locks),
  model: Joi.string().max(100),
  ownership: Joi.string().valid(...deviceOwnerships),
  sort: Joi.string()
    .valid(...bothWays(deviceSorts))
    .default('assetTag'),
})

const params = Joi.object({ id: Joi.string().max(64).required() })
const tags = ['api', 'devices']

/** `/api/v1/devices`: the fleet of the caller's organisation. */
export function deviceRoutes(
  devices: Pick<Devices, 'list' | 'register' | 'counts' | 'scan' | 'get' | 'edit' | 'moveLifecycle'>,
  takingBack: Pick<TakingBack, 'takeBack'>,
): Plugin<void> {
  return {
    name: 'device-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/devices',
          options: { ...needs('devices.read'), tags, validate: { query } },
          handler: request => {
            const { sort, ...rest } = queryOf<Omit<DeviceQuery, 'sort'> & { sort: DeviceSort }>(request)
            return devices.list(actorOf(request), { ...rest, ...orderFrom(sort) })
          },
        },
        {
          method: 'POST',
          path: '/api/v1/devices',
          options: { ...needs('devices.write'), tags, validate: { payload: newDevice } },
          handler: async (request, h) =>
            h
              .response(await devices.register(actorOf(request), payloadOf<RegisterDevice>(request)))
              .code(201),
        },
        {
          method: 'GET',
          path: '/api/v1/devices/counts',
          options: { ...needs('devices.read'), tags },
          handler: async request => ({ items: await devices.counts(actorOf(request)), next: null }),
        },
        {
          method: 'GET',
          path: '/api/v1/devices/scan',
          options: {
            ...needs('devices.read'),
            tags,
            validate: { query: Joi.object({ code: Joi.string().trim().max(300).required() }) },
          },
          handler: request => devices.scan(actorOf(request), String(request.query['code'])),
        },
        {
          method: 'GET',
          path: '/api/v1/devices/{id}',
          options: { ...needs('devices.read'), tags, validate: { params } },
          handler: request => devices.get(actorOf(request), idOf(request)),
        },
        {
          method: 'PATCH',
          path: '/api/v1/devices/{id}',
          options: { ...needs('devices.write'), tags, validate: { params, payload: changes } },
          handler: request =>
            devices.edit(
              actorOf(request),
              idOf(request),
              payloadOf<DeviceInput & { version: number }>(request),
            ),
        },
        {
          method: 'POST',
          path: '/api/v1/devices/{id}/lifecycle',
          options: {
            ...needs('devices.write'),
            tags,
            validate: {
              params,
              payload: Joi.object({
                to: Joi.string()
                  .valid(...lifecycles)
                  .required(),
                reason: Joi.string().trim().max(1000),
              }),
            },
          },
          handler: request => {
            const { to, reason } = payloadOf<{ to: Lifecycle; reason?: string }>(request)
            return devices.moveLifecycle(actorOf(request), idOf(request), to, { reason })
          },
        },
        {
          method: 'POST',
          path: '/api/v1/devices/{id}/lifecycle/take-back',
          options: {
            ...needs('devices.write'),
            tags,
            validate: {
              params,
              payload: Joi.object({ reason: Joi.string().trim().min(1).max(1000).required() }),
            },
          },
          handler: request => {
            const { reason } = payloadOf<{ reason: string }>(request)
            return takingBack.takeBack(actorOf(request), idOf(request), reason)
          },
        },
      ])
    },
  }
}
