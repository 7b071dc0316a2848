import { type ServerRoute } from '@hapi/hapi'
import { type Approvals } from '../../server/approvals/approvals.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { type Clock } from '../../server/clock.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { type Line } from '../../server/incidents/case-queue.ts'
import { type IncidentReading } from '../../server/incidents/incident-reading.ts'
import { type Loans } from '../../server/loans/loans.ts'
import { type People } from '../../server/people/people.ts'
import { type PushCertificates } from '../../server/push/push-certificates.ts'
import { type Right } from '../../server/staff/rights.ts'
import { isSilent } from '../../server/devices/silence.ts'
import { type Signing } from '../../server/signing/signing.ts'
import { type IconName } from '../icons.ts'
import { showPage } from '../page.ts'
import { readerOf, type Reader } from '../reader.ts'
import { type TextKey } from '../texts/texts.ts'
import { firstSteps, fleet, managed, sumOf, tiles, type Waiting } from './start-view.ts'

interface StartPagesDeps {
  readonly devices: Pick<Devices, 'list' | 'counts'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly people: Pick<People, 'any'>
  readonly loans: Pick<Loans, 'list' | 'counts'>
  readonly approvals: Pick<Approvals, 'list' | 'standingOf'>
  readonly reading: Pick<IncidentReading, 'list'>
  readonly signing: Pick<Signing, 'status'>
  readonly pushCertificates: Pick<PushCertificates, 'status'>
  readonly clock: Clock
}

const counted = 50

const doings: readonly { href: string; text: TextKey; icon: IconName; right: Right }[] = [
  { href: '/hand-out', text: 'start.do.hand-out', icon: 'hand-out', right: 'loans.write' },
  { href: '/returns', text: 'start.do.return', icon: 'returns', right: 'loans.write' },
  { href: '/theft', text: 'start.do.report', icon: 'theft', right: 'incidents.report' },
  { href: '/costs', text: 'start.do.costs', icon: 'costs', right: 'costs.read' },
  { href: '/people', text: 'start.do.people', icon: 'people', right: 'people.write' },
  { href: '/audit', text: 'start.do.audit', icon: 'clock', right: 'audit.read' },
]

/** The first page: what waits for this role, the usual doings, the fleet; in an empty installation the first steps. */
export function startPages({
  devices,
  bodies,
  people,
  loans,
  approvals,
  reading,
  signing,
  pushCertificates,
  clock,
}: StartPagesDeps): ServerRoute[] {
  async function approvalsWaiting({ actor, may }: Reader): Promise<Waiting[]> {
    if (!may('approvals.decide')) return []
    const { items, next } = await approvals.list(actor, { state: 'waiting', limit: counted })
    const standing = await approvals.standingOf(actor)
    const count = items.filter(one => standing(one) === 'may').length
    return [
      {
        count,
        isMore: next !== null,
        text: 'start.approvals',
        href: '/approvals',
        icon: 'approvals',
        tone: 'warning',
      },
    ]
  }

  async function casesOpen({ actor, may }: Reader): Promise<Waiting[]> {
    if (!may('incidents.read')) return []
    const queue = async (line?: Line): Promise<Waiting> => {
      const { items, next } = await reading.list(actor, { open: true, limit: counted, ...(line && { line }) })
      return {
        count: items.length,
        isMore: next !== null,
        text: line ? `start.cases.${line}` : 'start.cases',
        href: line ? `/theft/cases?state=open&line=${line}` : '/theft',
        icon: 'theft',
        tone: 'danger',
      }
    }
    // Whoever only reads has no queue.
    if (!may('incidents.work')) return [await queue()]
    return may('incidents.decide') ? [await queue('second'), await queue('first')] : [await queue('first')]
  }

  async function loansWaiting({ actor, may }: Reader): Promise<Waiting[]> {
    if (!may('loans.read')) return []
    const begun = (await loans.counts(actor)).filter(
      ({ state }) => state === 'reserved' || state === 'terms-shown',
    )
    const unsigned = begun.reduce((sum, { count }) => sum + count, 0)
    const late = await loans.list(actor, { overdue: true, limit: counted })
    const isMore = late.next !== null
    const desk = may('loans.write')
    return [
      {
        count: unsigned,
        isMore: false,
        text: 'start.unsigned',
        href: desk ? '/hand-out' : '/devices?lifecycle=reserved',
        icon: 'pen',
        tone: 'info',
      },
      {
        count: late.items.length,
        isMore,
        text: 'start.overdue',
        href: '/loans?state=overdue',
        icon: 'clock',
        tone: 'warning',
      },
    ]
  }

  async function silentDevices({ actor }: Reader): Promise<Waiting> {
    const oldest = await devices.list(actor, {
      management: 'enrolled',
      sort: 'lastSeenAt',
      descending: false,
      limit: counted,
    })
    const silent = oldest.items.filter(device => isSilent(device, clock.now()))
    const isMore = silent.length === counted
    return {
      count: silent.length,
      isMore,
      text: 'start.silent',
      href: '/devices?management=enrolled&sort=lastSeenAt',
      icon: 'tablet',
      tone: 'plain',
    }
  }

  async function signingEnds({ actor, may }: Reader): Promise<Waiting[]> {
    if (!may('organisation.write')) return []
    const { warning } = await signing.status(actor)
    if (warning === undefined) return []
    const text = warning === 0 ? 'start.signing-over' : 'start.signing-ends'
    const tone = warning > 7 ? 'warning' : 'danger'
    return [{ count: 1, isMore: false, text, href: '/settings/signing', icon: 'paper', tone }]
  }

  /** Whether iPads are woken through Apple; undefined for who cannot change it, and where a stand-in is pushed to. */
  async function pushes({ may }: Reader): Promise<boolean | undefined> {
    if (!may('organisation.write')) return undefined
    const { mode, expired } = await pushCertificates.status()
    return mode === 'trial' ? undefined : mode === 'apple' && !expired
  }

  return [
    {
      method: 'GET',
      path: '/',
      handler: async (request, h) => {
        const reader = readerOf(request)
        const { actor, say, may } = reader
        const counts = await devices.counts(actor)
        const waiting = [
          ...(await approvalsWaiting(reader)),
          ...(await casesOpen(reader)),
          ...(await loansWaiting(reader)),
          await silentDevices(reader),
          ...(await signingEnds(reader)),
        ]
        const knowsPeople = may('people.read') && (await people.any(actor))
        const begun = {
          bodies: may('bodies.read') && (await bodies.list(actor)).length > 0,
          people: knowsPeople,
          devices: sumOf(counts) > 0,
          enrolled: managed(counts, 'enrolled') > 0,
          push: await pushes(reader),
        }
        return showPage(request, h, 'start/start', {
          title: say('start.title'),
          hello: say('start.hello', { name: actor.name.split(' ')[0] ?? actor.name }),
          tiles: tiles(waiting, say),
          doings: doings
            .filter(({ right }) => may(right))
            .map(({ text, ...doing }) => ({ ...doing, text: say(text) })),
          fleet: fleet(counts, say),
          steps: may('people.write') && may('devices.write') ? firstSteps(begun, say) : undefined,
        })
      },
    },
  ]
}
