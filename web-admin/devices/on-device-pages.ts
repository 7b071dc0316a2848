import { type Request, type ResponseObject, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type IpadAppsReading } from '../../server/apps/ipad-apps.ts'
import { contentOfKey } from '../../server/assignments/content.ts'
import { type Labels } from '../../server/assignments/labels.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Rollouts } from '../../server/rollouts/rollouts.ts'
import { type UnassignedProfiles } from '../../server/rollouts/unassigned-profiles.ts'
import { type Fields } from '../form.ts'
import { formHandler, pressHandler, type Shown } from '../form-handler.ts'
import { goTo } from '../page.ts'
import { readerOf } from '../reader.ts'

export interface OnDevicePagesDeps {
  readonly rollouts: Pick<Rollouts, 'keptOn' | 'sendAgain'>
  readonly labels: Pick<Labels, 'put'>
  readonly ipadApps: Pick<IpadAppsReading, 'putRight'>
  readonly unassignedProfiles: Pick<UnassignedProfiles, 'remove'>
}

export const labelFields = {
  labels: { label: 'labels.title', hint: 'labels.hint', optional: true },
} as const satisfies Fields

const removalFields = {
  reason: { label: 'device.action.reason', hint: 'device.action.reason.hint' },
} as const satisfies Fields

type Show = (request: Request, h: ResponseToolkit, shown: Shown) => Promise<ResponseObject>

/** What is put on an iPad from its page: labels, contents once more, the apps of its sets. A refusal is told there. */
export function onDevicePages(
  { rollouts, labels, ipadApps, unassignedProfiles }: OnDevicePagesDeps,
  show: Show,
): ServerRoute[] {
  return [
    {
      method: 'POST',
      path: '/devices/{id}/labels',
      options: needs('devices.write'),
      handler: formHandler({
        schema: Joi.object<{ labels: string }>({ labels: Joi.string().allow('').default('') }),
        fields: labelFields,
        show,
        act: async (request, h, typed) => {
          const { actor } = readerOf(request)
          await labels.put(actor, idOf(request), typed.labels.split(','))
          const isKept = (await rollouts.keptOn(actor, idOf(request))).length > 0
          return goTo(h, `/devices/${idOf(request)}`, isKept ? 'said.labels-saved-kept' : 'said.labels-saved')
        },
      }),
    },
    {
      method: 'POST',
      path: '/devices/{id}/contents/{kind}/{contentId}/send-again',
      options: needs('rollouts.send-again'),
      handler: pressHandler({
        show,
        act: async (request, h) => {
          const id = idOf(request, 'contentId')
          const content = contentOfKey(`${String(request.params['kind'])}/${id}`)
          const isSent = await rollouts.sendAgain(readerOf(request).actor, idOf(request), content)
          return goTo(h, `/devices/${idOf(request)}`, isSent ? 'said.sent-again' : 'said.still-blocked')
        },
      }),
    },
    {
      method: 'POST',
      path: '/devices/{id}/unassigned-profiles/remove',
      options: needs('rollouts.write'),
      handler: formHandler({
        schema: Joi.object<{ identifier: string; reason: string }>({
          identifier: Joi.string().max(255).required(),
          reason: Joi.string().trim().max(300).empty('').required(),
        }),
        fields: removalFields,
        show,
        act: async (request, h, wanted) => {
          await unassignedProfiles.remove(readerOf(request).actor, idOf(request), wanted)
          return goTo(h, `/devices/${idOf(request)}`, 'said.command-queued')
        },
      }),
    },
    {
      method: 'POST',
      path: '/devices/{id}/apps/put-right',
      options: needs('apps.install'),
      handler: formHandler({
        schema: Joi.object<{ what?: string }>({ what: Joi.string().max(20) }),
        fields: {},
        show,
        act: async (request, h, { what }) => {
          const wanted = { missing: what !== 'extra', extra: what === 'extra' }
          await ipadApps.putRight(readerOf(request).actor, idOf(request), wanted)
          return goTo(h, `/devices/${idOf(request)}`, 'said.command-queued')
        },
      }),
    },
  ]
}
