import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { type Device } from '../../server/devices/device.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { DomainError } from '../../server/domain-error.ts'
import { needs } from '../../server/http/credentials.ts'
import { identityChecks } from '../../server/liability/liability-form.ts'
import { isOpen, type Loan } from '../../server/loans/loan.ts'
import { type Loans } from '../../server/loans/loans.ts'
import { type Mandates } from '../../server/mandates/mandates.ts'
import { type People } from '../../server/people/people.ts'
import { fullName } from '../../server/people/person.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { type Confirming } from '../../server/staff/confirming.ts'
import { timeToTheSecond } from '../dates.ts'
import { deviceBadges } from '../devices/device-state.ts'
import { formView, refusalWords } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf, type Reader } from '../reader.ts'
import { blockerOf } from './blocker.ts'
import { accessories, beginFields, beginSchema } from './hand-out-form.ts'
import { foundView, handOutHref, personCard, type HandOutAddress } from './hand-out-view.ts'
import { lendScreen } from './lent-screen.ts'

interface HandOutPagesDeps {
  readonly devices: Pick<Devices, 'get' | 'many' | 'list' | 'scan'>
  readonly people: Pick<People, 'open' | 'many' | 'list'>
  readonly mandates: Pick<Mandates, 'list'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly loans: Pick<
    Loans,
    'list' | 'reserve' | 'showTerms' | 'openOfPerson' | 'openLoansOf' | 'undoable' | 'session'
  >
  readonly clock: Clock
  readonly confirming: Pick<Confirming, 'lend'>
}

const shownOfToday = 20
const checklistPath = (loanId: string) => `/hand-out/${loanId}/checklist`

/** One screen to hand out: search or scan, person and iPad, the one next action. */
export function handOutPages(deps: HandOutPagesDeps): ServerRoute[] {
  const { devices, people, loans, clock } = deps

  async function show(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const reader = readerOf(request)
    const { say } = reader
    const sent = { ...(request.query as Record<string, unknown>), ...shown.typed }
    const address = { person: textOf(sent['person']), device: textOf(sent['device']), q: textOf(sent['q']) }
    const scanned = address.q === '' ? undefined : await find(reader, address)
    if (scanned?.chosen) return h.redirect(scanned.chosen).code(303)
    const person = address.person === '' ? undefined : await personOf(reader, address.person)
    const device = address.device === '' ? undefined : await devices.get(reader.actor, address.device)
    const blocker = device && (await blocked(reader, device))
    const typed = { ...shown.typed }
    const chosen = (value: string, name: string) => [typed[name]].flat().includes(value)
    const form = formView(beginFields, typed, say, shown.errors)
    const today = await todayOf(reader)
    const language = textOf(typed['language']) || person?.language
    return showPage(request, h, 'hand-out/desk', {
      title: say('hand-out.title'),
      wide: true,
      address,
      // A refused form has an address without the choice: its parts ask for the page that holds it.
      live: handOutHref(address),
      found: scanned?.found,
      refusal: scanned?.refusal,
      person,
      changePerson: handOutHref({ ...address, person: '', q: '' }),
      device: device && {
        id: device.id,
        tag: device.assetTag,
        model: device.model,
        serialNumber: device.serialNumber,
        badges: deviceBadges(device, clock.now(), say),
        isEnrolled: device.management === 'enrolled',
        blocker,
      },
      changeDevice: handOutHref({ ...address, device: '', q: '' }),
      isReady: person !== undefined && device !== undefined && blocker === undefined,
      needs: blocker ? say('hand-out.need-other') : needWords(reader, { person, device }),
      form,
      accessories: accessories.map(value => ({
        value,
        text: say(`accessory.${value}`),
        // What usually lies in the box.
        isChosen:
          'device' in typed ? chosen(value, 'accessories') : ['charger', 'cable', 'case'].includes(value),
      })),
      identities: identityChecks.map(value => ({
        value,
        text: say(`hand-out.identity.${value}`),
        isChosen: chosen(value, 'identity'),
      })),
      languages: (['sv', 'en'] as const).map(value => ({
        value,
        text: say(`person.language.${value}`),
        isChosen: value === language,
      })),
      queue: await queueOf(reader),
      undoable: await undoableOf(reader, today),
      today,
      status: statusOf(shown),
    })
  }

  /** What keeps the iPad here: said when it is scanned, not when everything else has been filled in. */
  async function blocked({ actor, say, may }: Reader, device: Device) {
    const loan = (await loans.openLoansOf(actor, [device.id])).get(device.id)
    const [holder] = loan ? await people.many(actor, [loan.personId]) : []
    const around = { loan, holder: holder && fullName(holder), mayReadCases: may('incidents.read') }
    return blockerOf(device, around, say)
  }

  /** What a scan or a few letters mean: one iPad or one person is chosen at once, several are shown. */
  async function find({ actor, say }: Reader, address: HandOutAddress) {
    const { q, person } = address
    const byCode = await codeOf(actor, q)
    if ('device' in byCode) return { chosen: handOutHref({ person, device: byCode.device }) }
    const found = (await people.list(actor, { q, limit: 12 })).items
    const [first, second] = found
    const like = (await devices.list(actor, { q, sort: 'assetTag', descending: false, limit: 8 })).items
    if (first && !second && like.length === 0) {
      return { chosen: handOutHref({ person: first.id, device: address.device }) }
    }
    const view = foundView({ people: found, devices: like }, address, { say, now: clock.now() })
    const isNothing = found.length === 0 && like.length === 0
    const refusal = byCode.refusal ? refusalWords(byCode.refusal, say) : say('hand-out.found.none', { q })
    return { found: view, refusal: isNothing ? refusal : undefined }
  }

  async function codeOf(actor: Actor, q: string): Promise<{ device: string } | { refusal?: DomainError }> {
    try {
      return { device: (await devices.scan(actor, q)).id }
    } catch (thrown) {
      if (!(thrown instanceof DomainError)) throw thrown
      return thrown.code === 'device-unknown' ? {} : { refusal: thrown }
    }
  }

  async function personOf({ actor, say }: Reader, id: string) {
    const person = await people.open(actor, id)
    const held = await loans.openOfPerson(actor, id)
    const tags = (
      await devices.many(
        actor,
        held.map(({ deviceId }) => deviceId),
      )
    ).map(({ assetTag }) => assetTag)
    const seats = await deps.mandates.list(actor, { personId: id, on: dayOf(clock.now()) })
    const names = (await deps.bodies.list(actor)).filter(body =>
      seats.some(({ bodyId }) => bodyId === body.id),
    )
    return personCard(
      person,
      tags,
      names.map(({ name }) => name),
      say,
    )
  }

  /** What this desk has just handed out and may still take back, with the way to its checklist where there is one. */
  async function undoableOf({ actor, say }: Reader, today: { readonly counts: readonly string[] }) {
    const found = await loans.undoable(actor)
    const { names, tags } = await wordsFor(
      actor,
      found.map(({ loan }) => loan),
    )
    return found.map(({ loan: { id, personId, deviceId }, until }) => ({
      id,
      text: say('hand-out.undo.of', { name: names.get(personId) ?? '', tag: tags.get(deviceId) ?? '' }),
      until: until.toISOString(),
      untilText: say('hand-out.undo.until', { time: timeToTheSecond(until) }),
      checklistHref: today.counts.length > 0 ? checklistPath(id) : undefined,
    }))
  }

  /** Hand-outs that were begun and are not signed. */
  async function queueOf({ actor }: Reader) {
    const begun = [
      ...(await loans.list(actor, { state: 'terms-shown', limit: 20 })).items,
      ...(await loans.list(actor, { state: 'reserved', limit: 20 })).items,
    ]
    const { names, tags } = await wordsFor(actor, begun)
    return begun.map(({ id, personId, deviceId }) => ({
      id,
      text: names.get(personId) ?? '',
      hint: tags.get(deviceId) ?? '',
    }))
  }

  /** Today's hand-outs, the latest first, with how far the checklist has come. */
  async function todayOf({ actor, say }: Reader) {
    const session = await loans.session(actor)
    const latest = session.loans.slice(0, shownOfToday)
    const { names, tags } = await wordsFor(actor, latest)
    const lines = session.counts.map(({ line }) => line)
    return {
      loans: latest.map(({ id, personId, deviceId, state, checklist = [] }) => ({
        href: checklistPath(id),
        text: names.get(personId) ?? '',
        hint: [
          tags.get(deviceId) ?? '',
          say('checklist.of', {
            done: checklist.length,
            // A line that was taken away since counts while it is ticked, as on its page.
            all: new Set([...lines, ...checklist.map(({ line }) => line)]).size,
          }),
          ...(isOpen(state) ? [] : [say('checklist.returned')]),
        ].join(' · '),
      })),
      count: session.loans.length,
      counts: session.counts.map(({ line, done }) =>
        say('checklist.count', { line, done, all: session.loans.length }),
      ),
    }
  }

  async function wordsFor(actor: Actor, of: readonly Loan[]) {
    const borrowers = await people.many(
      actor,
      of.map(({ personId }) => personId),
    )
    const lent = await devices.many(
      actor,
      of.map(({ deviceId }) => deviceId),
    )
    return {
      names: new Map(borrowers.map(one => [one.id, fullName(one)])),
      tags: new Map(lent.map(one => [one.id, one.assetTag])),
    }
  }

  const options = needs('loans.write')
  return [
    { method: 'GET', path: '/hand-out', options, handler: (request, h) => show(request, h) },
    {
      method: 'POST',
      path: '/hand-out',
      options,
      handler: formHandler({
        schema: beginSchema,
        fields: beginFields,
        show,
        act: async (request, h, { person, device, second, identity, language, ...rest }) => {
          const { actor } = readerOf(request)
          const loan = await loans.reserve(actor, {
            ...rest,
            personId: person,
            deviceId: device,
            confirmSecond: second,
          })
          await loans.showTerms(actor, loan.id, language)
          await lendScreen(deps.confirming, request, loan.id)
          return goTo(h, `/hand-out/${loan.id}/terms?identity=${identity}`)
        },
      }),
    },
  ]
}

function needWords(
  { say }: Reader,
  { person, device }: { person: unknown; device: unknown },
): string | undefined {
  if (person && device) return undefined
  if (person) return say('hand-out.need-device')
  return say(device ? 'hand-out.need-person' : 'hand-out.need-both')
}
