import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Devices } from '../../server/devices/devices.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { seenText } from '../meeting-changes.ts'
import { goTo, showPage, type PageModel } from '../page.ts'
import { readerOf } from '../reader.ts'
import { deviceFields, deviceInput, deviceSchema, typedFrom } from './device-form.ts'

interface EditModel extends PageModel {
  readonly back: string
  readonly backText: string
  readonly submit: string
}

/** Adding an iPad to the register and correcting what is written about it. */
export function deviceEditPages({
  devices,
}: {
  devices: Pick<Devices, 'get' | 'register' | 'edit'>
}): ServerRoute[] {
  const options = needs('devices.write')

  function show(request: Request, h: ResponseToolkit, model: EditModel, shown: Shown) {
    const { say } = readerOf(request)
    const form = formView(deviceFields(say), shown.typed, say, shown.errors)
    return showPage(request, h, 'devices/edit', {
      ...model,
      form,
      theirs: shown.theirs,
      seen: seenText(shown.typed),
      status: statusOf(shown),
    })
  }

  const newDevice = (request: Request): EditModel => {
    const { say } = readerOf(request)
    return {
      title: say('devices.register'),
      back: '/devices',
      backText: say('devices.title'),
      submit: say('device.register.do'),
    }
  }

  async function knownDevice(request: Request) {
    const { actor, say } = readerOf(request)
    const device = await devices.get(actor, idOf(request))
    const model: EditModel = {
      title: say('device.edit.title', { tag: device.assetTag }),
      back: `/devices/${device.id}`,
      backText: device.assetTag,
      submit: say('form.save'),
    }
    return { device, model }
  }

  return [
    {
      method: 'GET',
      path: '/devices/register',
      options,
      handler: (request, h) => show(request, h, newDevice(request), { typed: { origin: 'new' } }),
    },
    {
      method: 'POST',
      path: '/devices/register',
      options,
      handler: formHandler({
        schema: deviceSchema,
        fields: deviceFields,
        show: (request, h, shown) => show(request, h, newDevice(request), shown),
        act: async (request, h, typed) => {
          const device = await devices.register(readerOf(request).actor, deviceInput(typed))
          return goTo(h, `/devices/${device.id}`, 'said.device-registered')
        },
      }),
    },
    {
      method: 'GET',
      path: '/devices/{id}/edit',
      options,
      handler: async (request, h) => {
        const { device, model } = await knownDevice(request)
        return show(request, h, { ...model, version: device.version }, { typed: typedFrom(device) })
      },
    },
    {
      method: 'POST',
      path: '/devices/{id}/edit',
      options,
      handler: formHandler({
        schema: deviceSchema,
        fields: deviceFields,
        current: async request => {
          const { device } = await knownDevice(request)
          return { ...typedFrom(device), version: device.version }
        },
        show: async (request, h, shown) => {
          const { model } = await knownDevice(request)
          return show(request, h, { ...model, version: shown.typed['version'] }, shown)
        },
        act: async (request, h, { version = 0, ...typed }) => {
          const id = idOf(request)
          await devices.edit(readerOf(request).actor, id, { ...deviceInput(typed), version })
          return goTo(h, `/devices/${id}`, 'said.device-saved')
        },
      }),
    },
  ]
}
