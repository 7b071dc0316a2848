import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type ObjectSchema } from 'joi'
import { type Clock } from '../../server/clock.ts'
import { fitsAction, rightForAction } from '../../server/commands/device-action.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { rightToHold } from '../../server/incidents/case-queue.ts'
import { type Action, type IncidentView } from '../../server/incidents/incident-view.ts'
import { type Incidents } from '../../server/incidents/incidents.ts'
import { type IncidentReading } from '../../server/incidents/incident-reading.ts'
import { type Organisations } from '../../server/organisations/organisations.ts'
import { fullName, type Person } from '../../server/people/person.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { type Right } from '../../server/staff/rights.ts'
import { dayAndTime } from '../dates.ts'
import { lockBadge } from '../devices/device-state.ts'
import { formView, withPrefix, type FormError } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { kronor } from '../money.ts'
import { priceList } from '../settings/price-pages.ts'
import { goTo, ownPath, showPage } from '../page.ts'
import { readerOf, type Reader } from '../reader.ts'
import { type TextKey } from '../texts/texts.ts'
import { caseBadge, kindIcons } from './case-state.ts'
import { stagesOf, stepView } from './case-view.ts'
import { positionsView } from './positions-view.ts'
import * as forms from './theft-form.ts'

interface CasePagesDeps {
  readonly incidents: Incidents
  readonly reading: Pick<IncidentReading, 'open' | 'positions'>
  readonly devices: Pick<Devices, 'get' | 'scan'>
  readonly people: { readonly many: (actor: Actor, ids: readonly string[]) => Promise<Person[]> }
  readonly organisations: Pick<Organisations, 'get'>
  readonly clock: Clock
}

const rightOf: Readonly<Record<Action, Right>> = {
  confirm: 'incidents.decide',
  'police-number': 'incidents.report',
  lock: 'lost-mode.use',
  locate: 'lost-mode.use',
  'play-sound': 'lost-mode.use',
  'request-wipe': 'wipe.request',
  recover: 'lost-mode.use',
  decide: 'incidents.decide',
  replace: 'incidents.decide',
  close: 'incidents.decide',
  take: 'incidents.work',
  'let-go': 'incidents.work',
  escalate: 'incidents.work',
  'hand-back': 'incidents.decide',
}

interface CaseShown extends Shown {
  /** Fetched to be looked at; null when none has come yet. */
  readonly positions?: ReturnType<typeof positionsView> | null
}

/** One case: what happened second by second, and what can be done next. */
export function casePages(deps: CasePagesDeps): ServerRoute[] {
  const { incidents, reading, devices } = deps

  async function show(request: Request, h: ResponseToolkit, shown: CaseShown = { typed: {} }) {
    const reader = readerOf(request)
    const { actor, language, say, may } = reader
    const incident = await reading.open(actor, idOf(request))
    const { settings } = await deps.organisations.get(actor)
    const isHolding = (action: Action) => action === 'take' || action === 'let-go'
    const offered = incident.actions.filter(action =>
      may(isHolding(action) ? rightToHold(incident) : rightOf[action]),
    )
    const facts = await factsOf(reader, incident)
    const mayRemoveManagement =
      facts.isRemovable && may('commands.send') && may(rightForAction('remove-management'))
    const offers = Object.fromEntries(offered.map(action => [action, true]))
    return showPage(request, h, 'theft/case', {
      title: say('case.title', { number: incident.number }),
      id: incident.id,
      kind: { text: say(`case.kind.${incident.kind}`), icon: kindIcons[incident.kind], tone: 'plain' },
      state: caseBadge(incident.state, say),
      queue:
        incident.state === 'closed'
          ? undefined
          : { line: say(`case.line.${incident.line}`), taken: incident.taken?.by.name },
      stages: stagesOf(incident, say),
      reach:
        incident.state === 'closed' || incident.reach === 'answering'
          ? undefined
          : say(`case.reach.${incident.reach}`),
      steps: incident.timeline.map(step => stepView(step, language)).reverse(),
      facts,
      isPoliceMissing: incident.missing.includes('police-number') && may('incidents.report'),
      offers,
      isPersonal: facts.isPersonal,
      mayRemoveManagement,
      hasOffers: offered.length > 0 || mayRemoveManagement,
      positions: shown.positions,
      positionsAsked: shown.positions !== undefined,
      mayLocate:
        may('location.read') &&
        (incident.kind === 'theft' || incident.kind === 'loss') &&
        incident.state !== 'closed',
      fourEyes: settings.fourEyes,
      mayClose: may('incidents.decide'),
      priceList: priceList(settings.prices, language),
      returnHref: may('loans.write') ? returnHref(incident) : undefined,
      forms: formsOf(reader, shown),
      problems: formView({}, {}, say, shown.errors),
      status: statusOf(shown),
    })
  }

  async function factsOf({ actor, language, say, may }: Reader, incident: IncidentView) {
    const device = await devices.get(actor, incident.deviceId)
    const [person] =
      incident.personId && may('people.read') ? await deps.people.many(actor, [incident.personId]) : []
    const { lostModeWords: words, decision } = incident
    const lock = lockBadge(device.lock, say)
    return {
      device: {
        id: device.id,
        href: `/devices/${device.id}`,
        tag: device.assetTag,
        model: device.model,
        serialNumber: device.serialNumber,
      },
      // Said once: a wiped case is about a wiped iPad.
      lock: lock?.text === caseBadge(incident.state, say).text ? undefined : lock,
      isPersonal: device.ownership === 'personal',
      isRemovable: incident.state !== 'closed' && fitsAction('remove-management', device),
      holder: person && { href: `/people/${person.id}`, name: fullName(person) },
      reported: `${dayAndTime(incident.reportedAt, language)}, ${incident.reportedBy.name}`,
      description: incident.description,
      happened: incident.happenedAt && dayAndTime(incident.happenedAt, language),
      place: incident.placeText,
      police: incident.policeNumber,
      words: words && [words.message, words.phone].filter(Boolean).join(' · '),
      warranty: say(`case.warranty.${incident.warranty}`),
      decision:
        decision &&
        [
          say(`case.outcome.${decision.outcome}`),
          ...(decision.amountOre === undefined ? [] : [kronor(decision.amountOre, language)]),
          decision.reason,
        ].join(' · '),
    }
  }

  /** A form of the case: its path, its right, and what it does with what was typed. */
  function deed<T, Done>(
    action: Action,
    form: { schema: ObjectSchema<T>; fields: Parameters<typeof formHandler<T>>[0]['fields'] },
    {
      said,
      act,
    }: {
      said: TextKey | ((typed: T, done: Done) => TextKey)
      act: (actor: Actor, id: string, typed: T) => Promise<Done>
    },
  ): ServerRoute {
    return {
      method: 'POST',
      path: `/theft/{id}/${action}`,
      options: needs(rightOf[action]),
      handler: formHandler({
        ...form,
        show: (request, h, shown) => show(request, h, { ...shown, typed: { ...shown.typed, action } }),
        act: async (request, h, typed) => {
          const done = await act(readerOf(request).actor, idOf(request), typed)
          const { next } = request.payload as { next?: unknown }
          const to = next === undefined ? `/theft/${idOf(request)}` : ownPath(next)
          return goTo(h, to, typeof said === 'function' ? said(typed, done) : said)
        },
      }),
    }
  }

  const bare = { schema: forms.noteSchema, fields: forms.noteFields }
  const moving = { schema: forms.moveSchema, fields: forms.moveFields }
  const saved = 'said.case-saved'
  return [
    {
      method: 'GET',
      path: '/theft/{id}',
      options: needs('incidents.read'),
      handler: (request, h) => show(request, h),
    },
    {
      method: 'POST',
      path: '/theft/{id}/positions',
      options: needs('location.read'),
      handler: async (request, h) => {
        const { actor, language } = readerOf(request)
        const found = await reading.positions(actor, idOf(request))
        const positions = positionsView(found, deps.clock.now(), language) ?? null
        return show(request, h, { typed: {}, positions })
      },
    },
    deed('confirm', bare, { said: saved, act: (actor, id) => incidents.confirm(actor, id) }),
    deed('lock', bare, { said: saved, act: (actor, id) => incidents.lockAgain(actor, id) }),
    deed('locate', bare, { said: saved, act: (actor, id) => incidents.locate(actor, id) }),
    deed('play-sound', bare, { said: saved, act: (actor, id) => incidents.playSound(actor, id) }),
    deed('take', bare, { said: saved, act: (actor, id) => incidents.take(actor, id) }),
    deed('let-go', bare, { said: saved, act: (actor, id) => incidents.letGo(actor, id) }),
    deed('escalate', moving, {
      said: saved,
      act: (actor, id, { reason }) => incidents.escalate(actor, id, reason),
    }),
    deed('hand-back', moving, {
      said: saved,
      act: (actor, id, { reason }) => incidents.handBack(actor, id, reason),
    }),
    deed('close', bare, { said: 'said.case-closed', act: (actor, id) => incidents.close(actor, id) }),
    deed(
      'recover',
      { schema: forms.recoverSchema, fields: forms.recoverFields },
      {
        said: ({ close }) => (close ? 'said.case-recovered' : saved),
        act: (actor, id, typed) => incidents.recover(actor, id, typed),
      },
    ),
    deed(
      'police-number',
      { schema: forms.policeSchema, fields: forms.policeFields },
      {
        said: saved,
        act: (actor, id, { policeNumber }) => incidents.addPoliceNumber(actor, id, policeNumber),
      },
    ),
    deed(
      'request-wipe',
      { schema: forms.wipeSchema, fields: forms.wipeFields },
      {
        act: (actor, id, typed) => incidents.requestWipe(actor, id, typed),
        // Where nobody else has to agree, it is on its way at once.
        said: (_typed, { state }) => (state === 'wipe-requested' ? 'said.wipe-asked' : 'said.wipe-sent'),
      },
    ),
    deed(
      'decide',
      { schema: forms.decideSchema, fields: forms.decideFields },
      { said: saved, act: (actor, id, typed) => incidents.decide(actor, id, typed) },
    ),
    deed(
      'replace',
      { schema: forms.replaceSchema, fields: forms.replaceFields },
      {
        said: saved,
        act: async (actor, id, { code }) =>
          incidents.replace(actor, id, (await devices.scan(actor, code)).id),
      },
    ),
  ]
}

/** Where an iPad that is back, and whose case is over, can be handed in. */
function returnHref({ state, recoveredAt, loanId, deviceId }: IncidentView): string | undefined {
  return state === 'closed' && recoveredAt && loanId !== undefined ? `/returns?device=${deviceId}` : undefined
}

/** Every form of the case; the one that was refused stands open with what was typed and why. */
function formsOf({ say }: Reader, { typed, errors = [] }: Shown) {
  const of = (action: Action, fields: Parameters<typeof formView>[0], first: Shown['typed'] = {}) => {
    const isIt = typed['action'] === action
    const mine: readonly FormError[] = isIt ? errors : []
    return { ...withPrefix(formView(fields, isIt ? typed : first, say, mine), action), isOpen: isIt }
  }
  return {
    escalate: of('escalate', forms.moveFields),
    'hand-back': of('hand-back', forms.moveFields),
    police: of('police-number', forms.policeFields),
    wipe: of('request-wipe', forms.wipeFields),
    recover: of('recover', forms.recoverFields, { close: 'on' }),
    decide: of('decide', forms.decideFields(say)),
    replace: of('replace', forms.replaceFields),
  }
}
