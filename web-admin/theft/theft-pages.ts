import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Clock } from '../../server/clock.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { needs } from '../../server/http/credentials.ts'
import { type FindLoan, type FoundLoan } from '../../server/incidents/find-loan.ts'
import { incidentKinds } from '../../server/incidents/incident.ts'
import { type IncidentReading } from '../../server/incidents/incident-reading.ts'
import { type Reporting } from '../../server/incidents/reporting.ts'
import { type Organisations } from '../../server/organisations/organisations.ts'
import { dayThenTime } from '../dates.ts'
import { deviceBadges, lifecycleBadge } from '../devices/device-state.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { type HoldersOf } from '../loans/holders.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf, type Reader, type Typed } from '../reader.ts'
import { caseBadge, kindIcons, lineWords } from './case-state.ts'
import { reportFields, reportFormSchema } from './theft-form.ts'

interface TheftPagesDeps {
  readonly findLoan: FindLoan
  readonly reading: Pick<IncidentReading, 'list'>
  readonly reporting: Pick<Reporting, 'report'>
  readonly devices: Pick<Devices, 'get' | 'many'>
  readonly organisations: Pick<Organisations, 'get'>
  readonly holdersOf: HoldersOf
  readonly clock: Clock
}

/** The desk where somebody calls about an iPad: find it, report it. */
export function theftPages(deps: TheftPagesDeps): ServerRoute[] {
  const { findLoan, reading, reporting, devices, organisations, holdersOf, clock } = deps

  async function caseRows(reader: Reader, open: boolean, limit: number) {
    const { actor, language, say } = reader
    const { items } = await reading.list(actor, { open, limit })
    const ids = items.map(({ deviceId }) => deviceId)
    const tags = new Map((await devices.many(actor, ids)).map(({ id, assetTag }) => [id, assetTag]))
    const holders = await holdersOf(actor, ids)
    return items.map(one => ({
      href: `/theft/${one.id}`,
      number: one.number,
      kind: say(`case.kind.${one.kind}`),
      icon: kindIcons[one.kind],
      state: caseBadge(one.state, say),
      line: lineWords(one, say),
      tag: tags.get(one.deviceId) ?? '',
      holder: holders.get(one.deviceId),
      reported: dayThenTime(one.reportedAt, language),
    }))
  }

  async function desk(request: Request, h: ResponseToolkit) {
    const reader = readerOf(request)
    const { actor, language, say, may } = reader
    const { q = '' } = request.query as Record<string, string | undefined>
    const found = may('incidents.report') ? await findLoan.find(actor, q) : []
    const mayRead = may('incidents.read')
    return showPage(request, h, 'theft/desk', {
      title: say('theft.title'),
      q,
      mayReport: may('incidents.report'),
      isSearched: q.trim().length >= 2,
      foundText: say('theft.found', { count: found.length }),
      found: found.map(one => foundRow(one, { say, language, now: clock.now() })),
      mayRead,
      open: mayRead ? await caseRows(reader, true, 50) : [],
      closed: mayRead && q === '' ? await caseRows(reader, false, 10) : [],
    })
  }

  async function showReport(request: Request, h: ResponseToolkit, shown: Shown) {
    const { actor, say } = readerOf(request)
    const device = await devices.get(actor, textOf(shown.typed['device']) || textOf(request.query['device']))
    const holder = (await holdersOf(actor, [device.id])).get(device.id)
    const { settings } = await organisations.get(actor)
    const { lostModeMessage: message, lostModePhone: phone } = settings
    const typed = { reportedVia: 'phone', message, phone, ...shown.typed }
    const form = formView(reportFields(say), typed, say, shown.errors)
    return showPage(request, h, 'theft/report', {
      title: say('report.title', { tag: device.assetTag }),
      device: { id: device.id, model: device.model, serialNumber: device.serialNumber },
      badges: deviceBadges(device, clock.now(), say),
      holder,
      form,
      kinds: incidentKinds.map(kind => ({
        value: kind,
        icon: kindIcons[kind],
        text: say(`report.kind.${kind}`),
        then: say(`report.kind.${kind}.text`),
        isChosen: typed['kind' as keyof typeof typed] === kind,
      })),
      isReachable: device.management === 'enrolled',
      status: statusOf(shown),
    })
  }

  const mayReport = needs('incidents.report')
  return [
    {
      method: 'GET',
      path: '/theft',
      options: { auth: { access: { scope: ['incidents.report', 'incidents.read'] } } },
      handler: desk,
    },
    {
      method: 'GET',
      path: '/theft/report',
      options: mayReport,
      handler: (request, h) => showReport(request, h, { typed: {} }),
    },
    {
      method: 'POST',
      path: '/theft/report',
      options: mayReport,
      handler: formHandler({
        schema: reportFormSchema,
        fields: reportFields,
        show: showReport,
        act: async (request, h, { message, phone, ...report }) => {
          const { actor, may } = readerOf(request)
          const deviceId = textOf((request.payload as Typed)['device'])
          const lostMode = {
            ...(message !== undefined && { message }),
            ...(phone !== undefined && { phone }),
          }
          const { incident, existing } = await reporting.report(actor, { ...report, deviceId, lostMode })
          const said = existing ? 'said.reported-again' : 'said.reported'
          return goTo(h, may('incidents.read') ? `/theft/${incident.id}` : '/theft', said)
        },
      }),
    },
  ]
}

function foundRow(
  { device, holder, incidents }: FoundLoan,
  { say, now }: Pick<Reader, 'say' | 'language'> & { now: Date },
) {
  const [open] = incidents
  return {
    tag: device.assetTag,
    serialNumber: device.serialNumber,
    theftMark: device.theftMark,
    model: device.model,
    holder: holder?.name,
    badges: [lifecycleBadge(device.lifecycle, say), ...deviceBadges(device, now, say).slice(1)],
    reportHref: `/theft/report?device=${device.id}`,
    open: open && { href: `/theft/${open.id}`, number: open.number },
  }
}
