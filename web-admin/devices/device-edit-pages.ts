import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Devices } from '../../server/devices/devices.ts'
import { needs } from '../../server/http/credentials.ts'
import { formView, readForm, refusalErrors, type FormError } from '../form.ts'
import { goTo, showPage, type PageModel } from '../page.ts'
import { readerOf, type Typed } from '../reader.ts'
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

  function show(
    request: Request,
    h: ResponseToolkit,
    model: EditModel,
    shown: { typed: Typed; errors?: readonly FormError[] },
  ) {
    const { say } = readerOf(request)
    const { typed, errors = [] } = shown
    const form = formView(deviceFields(say), typed, say, errors)
    return showPage(request, h, 'devices/edit', { ...model, form, status: errors.length > 0 ? 422 : 200 })
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
    const device = await devices.get(actor, String(request.params['id']))
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
      handler: async (request, h) => {
        const { actor, say } = readerOf(request)
        const typed = request.payload as Typed
        const read = readForm(deviceSchema, typed, deviceFields(say), say)
        if ('errors' in read) return show(request, h, newDevice(request), { typed, errors: read.errors })
        try {
          const device = await devices.register(actor, deviceInput(read.value))
          return goTo(h, `/devices/${device.id}`, 'said.device-registered')
        } catch (thrown) {
          return show(request, h, newDevice(request), { typed, errors: refusalErrors(thrown, say) })
        }
      },
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
      handler: async (request, h) => {
        const { actor, say } = readerOf(request)
        const { device, model } = await knownDevice(request)
        const typed = request.payload as Typed
        const shown = { ...model, version: typed['version'] }
        const read = readForm(deviceSchema, typed, deviceFields(say), say)
        if ('errors' in read) return show(request, h, shown, { typed, errors: read.errors })
        try {
          const { version = device.version } = read.value
          await devices.edit(actor, device.id, { ...deviceInput(read.value), version })
          return goTo(h, `/devices/${device.id}`, 'said.device-saved')
        } catch (thrown) {
          return show(request, h, shown, { typed, errors: refusalErrors(thrown, say) })
        }
      },
    },
  ]
}
