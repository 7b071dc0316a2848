import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type IpadAppsReading } from '../../server/apps/ipad-apps.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { type BulkActions } from '../../server/bulk-actions/bulk-actions.ts'
import { type Clock } from '../../server/clock.ts'
import { type Command } from '../../server/commands/command.ts'
import { rightFor } from '../../server/commands/command-rights.ts'
import { type Commands } from '../../server/commands/commands.ts'
import { type Sending } from '../../server/commands/sending.ts'
import { type Eligibilities } from '../../server/confidential-papers/eligibilities.ts'
import { type Device, lifecycles, type Lifecycle } from '../../server/devices/device.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { type TakingBack } from '../../server/devices/taking-back.ts'
import { idOf } from '../../server/http/asked.ts'
import { checkFresh } from '../../server/http/fresh-sign-in.ts'
import { needs } from '../../server/http/credentials.ts'
import { type IncidentReading } from '../../server/incidents/incident-reading.ts'
import { type Loans } from '../../server/loans/loans.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { ipadAppsView } from '../apps/app-set-columns.ts'
import { commandView } from '../commands/command-view.ts'
import { papersView } from '../confidential-papers/paper-view.ts'
import { timeToTheSecond } from '../dates.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { type HoldersDeps } from '../loans/holders.ts'
import { loanCard } from '../loans/loan-card.ts'
import { earlierRows } from '../loans/loan-rows.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, type Reader } from '../reader.ts'
import { deviceContents, type DeviceContentsDeps } from '../rollouts/device-contents.ts'
import { offeredActions, offeredMoves, pageActions, type PageAction } from './device-actions.ts'
import { deviceHead, toldFacts, writtenFacts } from './device-view.ts'
import { enrolmentLinkView, type EnrolmentLink } from './enrolment-card.ts'
import { labelFields, onDevicePages, type OnDevicePagesDeps } from './on-device-pages.ts'

export interface DevicePagesDeps extends HoldersDeps, DeviceContentsDeps {
  readonly loans: Pick<Loans, 'openLoansOf' | 'list'>
  readonly devices: Pick<Devices, 'get' | 'moveLifecycle'>
  readonly takingBack: TakingBack
  readonly bodies: Pick<Bodies, 'list'>
  readonly commands: Pick<Commands, 'ofDevice' | 'cancel' | 'get'> & Pick<Sending, 'act'>
  readonly enrolment: { readonly link: (actor: Actor, deviceId: string) => Promise<EnrolmentLink> }
  readonly reading: Pick<IncidentReading, 'list'>
  readonly bulkActions: Pick<BulkActions, 'moveOrAsk'>
  readonly rollouts: DeviceContentsDeps['rollouts'] & OnDevicePagesDeps['rollouts']
  readonly labels: DeviceContentsDeps['labels'] & OnDevicePagesDeps['labels']
  readonly unassignedProfiles: DeviceContentsDeps['unassignedProfiles'] &
    OnDevicePagesDeps['unassignedProfiles']
  readonly ipadApps: Pick<IpadAppsReading, 'of'> & OnDevicePagesDeps['ipadApps']
  readonly eligibilities: Pick<Eligibilities, 'of'>
  readonly clock: Clock
}

const shownCommands = 30
const shownLoans = 20

const reason = Joi.string().trim().max(300).empty('')
const actionFields = {
  action: { label: 'device.actions' },
  reason: { label: 'device.action.reason', hint: 'device.action.reason.hint' },
} as const satisfies Fields
const actionSchema = Joi.object<{ action: PageAction; reason?: string }>({
  action: Joi.valid(...pageActions).required(),
  reason: reason.when('action', { not: 'refresh', then: Joi.required() }),
})
const moveFields = {
  to: { label: 'device.action.move.to' },
  reason: { label: 'device.action.reason' },
} as const satisfies Fields
const moveSchema = Joi.object<{ to: Lifecycle; reason: string }>({
  to: Joi.valid(...lifecycles).required(),
  reason: reason.required(),
})

interface DeviceShown extends Shown {
  readonly link?: EnrolmentLink
}

/** The page of one iPad: who has it, its state, what was done with it, what can be done. */
export function devicePages(deps: DevicePagesDeps): ServerRoute[] {
  const { devices, commands, enrolment, clock } = deps

  async function show(request: Request, h: ResponseToolkit, shown: DeviceShown = { typed: {} }) {
    const reader = readerOf(request)
    const { actor, language, say, may } = reader
    const device = await devices.get(actor, idOf(request))
    const now = clock.now()
    const moves = offeredMoves(device, say)
    const moveForm = formView(
      {
        to: { label: 'device.action.move.to', type: 'select', options: moves },
        reason: { label: 'device.action.reason', hint: 'device.action.reason.hint' },
      },
      shown.typed,
      say,
    )
    const contents = await deviceContents(deps, reader, device)
    const form = formView(
      { ...actionFields, ...labelFields },
      { labels: contents.labels, ...shown.typed },
      say,
      shown.errors,
    )
    return showPage(request, h, 'devices/show', {
      ...deviceHead(device, now, say),
      id: device.id,
      back: '/devices',
      written: writtenFacts(device, language),
      told: toldFacts(device, language),
      apps: device.information?.apps,
      profiles: device.information?.profiles,
      ...(await aroundIt(reader, device)),
      ...contents,
      papers: papersView(await deps.eligibilities.of(actor, device.id), readerOf(request)),
      ownApps: may('rollouts.read')
        ? ipadAppsView(await deps.ipadApps.of(actor, device.id), device, reader)
        : undefined,
      actions: offeredActions(device, may, say),
      justMoved: may('devices.write') ? await justMoved(reader, device) : undefined,
      moves: may('devices.write') && moves.length > 0 ? moveForm.fields : undefined,
      form,
      isLabelling: shown.typed['labels'] !== undefined,
      link: shown.link && (await enrolmentLinkView(shown.link, language)),
      isEnrolled: device.management === 'enrolled',
      mayEnrol: may('enrolment.write'),
      mayWrite: may('devices.write'),
      mayReport: may('incidents.report'),
      status: statusOf(shown),
    })
  }

  /** What this person has just done with the state of the iPad, and may still undo. */
  async function justMoved({ actor, say }: Reader, device: Device) {
    const move = await deps.takingBack.offered(actor, device)
    if (!move) return undefined
    const [before, state] = [say(`lifecycle.${move.to}`), say(`lifecycle.${move.from}`)]
    return {
      text: say('device.just-moved', { before, state }),
      until: move.until.toISOString(),
      untilText: say('hand-out.undo.until', { time: timeToTheSecond(move.until) }),
    }
  }

  /** What stands around the iPad: its loan, its open cases, what was sent to it. */
  async function aroundIt(reader: Reader, device: Device) {
    const { actor, language, may } = reader
    const sent = may('commands.read')
      ? await commands.ofDevice(actor, device.id, { limit: shownCommands })
      : []
    const open = may('incidents.read')
      ? (await deps.reading.list(actor, { deviceId: device.id, open: true, limit: 5 })).items
      : []
    return {
      loan: may('loans.read') ? await loanCard(deps, { actor, device, language }) : undefined,
      earlier: may('loans.read') ? await earlierLoans(reader, device.id) : [],
      mayHandOut: may('loans.write'),
      cases: open.map(({ id, number }) => ({ href: `/theft/${id}`, number })),
      mayReadCommands: may('commands.read'),
      commands: await Promise.all(
        sent.slice(0, shownCommands).map(async command => ({
          ...commandView(command, language),
          mayCancel: await mayTakeBack(reader, command),
        })),
      ),
    }
  }

  /** Whether it waits still, and is this person's to take back. */
  async function mayTakeBack({ actor, may }: Reader, { id, requestType, state }: Command): Promise<boolean> {
    if ((state !== 'queued' && state !== 'not-now') || !may('commands.send')) return false
    // What it takes away says whether it is the management itself.
    const isRemoval = requestType === 'RemoveProfile'
    const parameters = isRemoval ? (await commands.get(actor, id)).parameters : {}
    return may(rightFor(requestType, parameters))
  }

  async function earlierLoans({ actor, language }: Reader, deviceId: string) {
    const { items } = await deps.loans.list(actor, { deviceId, open: false, limit: shownLoans })
    const people = await deps.people.many(
      actor,
      items.map(({ personId }) => personId),
    )
    return earlierRows(items, { people, language })
  }

  return [
    {
      method: 'GET',
      path: '/devices/{id}',
      options: needs('devices.read'),
      handler: (request, h) => show(request, h),
    },
    {
      method: 'POST',
      path: '/devices/{id}/enrolment-link',
      options: needs('enrolment.write'),
      handler: async (request, h) => {
        const link = await enrolment.link(readerOf(request).actor, idOf(request))
        return show(request, h, { typed: {}, link })
      },
    },
    {
      method: 'POST',
      path: '/devices/{id}/actions',
      options: needs('commands.send'),
      handler: formHandler({
        schema: actionSchema,
        fields: actionFields,
        show,
        act: async (request, h, { action, reason: why }) => {
          const deviceId = idOf(request)
          if (action === 'remove-management') checkFresh(request, clock.now())
          await commands.act(readerOf(request).actor, deviceId, { action, reason: why })
          return goTo(h, `/devices/${deviceId}`, 'said.command-queued')
        },
      }),
    },
    {
      method: 'POST',
      path: '/devices/{id}/lifecycle',
      options: needs('devices.write'),
      handler: formHandler({
        schema: moveSchema,
        fields: moveFields,
        show,
        act: async (request, h, { to, reason: why }) => {
          const id = idOf(request)
          const { actor } = readerOf(request)
          const waiting = await deps.bulkActions.moveOrAsk(actor, id, to, why)
          if (waiting) return goTo(h, `/jobs/${waiting.id}`, 'said.job-waiting')
          return goTo(h, `/devices/${id}`, 'said.device-moved')
        },
      }),
    },
    {
      method: 'POST',
      path: '/devices/{id}/lifecycle/take-back',
      options: needs('devices.write'),
      handler: async (request, h) => {
        const { actor, say } = readerOf(request)
        const id = idOf(request)
        await deps.takingBack.takeBack(actor, id, say('device.move-back.reason'))
        return goTo(h, `/devices/${id}`, 'said.device-moved-back')
      },
    },
    {
      method: 'POST',
      path: '/devices/{id}/commands/{commandId}/cancel',
      options: needs('commands.send'),
      handler: async (request, h) => {
        const { actor } = readerOf(request)
        await commands.cancel(actor, idOf(request, 'commandId'), { alsoSent: false })
        return goTo(h, `/devices/${idOf(request)}`, 'said.command-cancelled')
      },
    },
    ...onDevicePages(deps, show),
  ]
}
