import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { isCurrent } from '../../server/bodies/body.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { idOf } from '../../server/http/asked.ts'
import { type Loans } from '../../server/loans/loans.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Mandates } from '../../server/mandates/mandates.ts'
import { type Merging } from '../../server/people/merging.ts'
import { type People } from '../../server/people/people.ts'
import { fullName } from '../../server/people/person.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { loanRows } from '../loans/loan-rows.ts'
import { readerOf, textOf, type Reader } from '../reader.ts'
import { listHref } from '../tables/table-view.ts'
import { mandateFields, mandateSchema } from './person-form.ts'
import { justEnded, mandateRows } from './person-view.ts'

interface PersonPagesDeps {
  readonly people: Pick<People, 'get' | 'open' | 'reveal' | 'edit' | 'newAmong'>
  readonly merging: Pick<Merging, 'keptOf'>
  readonly mandates: Pick<Mandates, 'list' | 'add' | 'endNow' | 'isJustEnded' | 'resume'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly clock: Clock
  readonly loans: Pick<Loans, 'list' | 'overdue'>
  readonly devices: Pick<Devices, 'many'>
}

const revealFields = {
  reason: { label: 'person.reveal.reason', hint: 'person.reveal.hint' },
} as const satisfies Fields
const revealSchema = Joi.object<{ reason: string }>({
  reason: Joi.string().trim().min(3).max(300).required(),
})

const resumeSchema = Joi.object<{ version: number }>({ version: Joi.number().integer().required() })

/** One person: contact, mandates, loans. */
export function personPages(deps: PersonPagesDeps): ServerRoute[] {
  const { people, merging, mandates, bodies, loans, devices, clock } = deps

  async function loansOf({ actor, language }: Reader, personId: string) {
    const { items } = await loans.list(actor, { personId, limit: 50 })
    const lent = await devices.many(
      actor,
      items.map(({ deviceId }) => deviceId),
    )
    return loanRows(items, { devices: lent, isOverdue: loans.overdue, language })
  }

  async function show(
    request: Request,
    h: ResponseToolkit,
    shown: Shown & { revealed?: string } = { typed: {} },
  ) {
    const reader = readerOf(request)
    const { actor, language, say, may } = reader
    const person = await people.get(actor, idOf(request))
    const today = dayOf(clock.now())
    const all = await bodies.list(actor)
    const first = { role: 'member', startsOn: today, costWeight: '1' }
    const typed = { ...first, ...shown.typed }
    const open = all.filter(body => isCurrent(body, today))
    const held = await mandates.list(actor, { personId: person.id })
    const named = may('people.write') && held.find(({ id }) => id === textOf(request.query['ended']))
    const isNew = (await people.newAmong(actor, [person.id])).has(person.id)
    const ended = named && (await mandates.isJustEnded(actor, named)) ? named : undefined
    return showPage(request, h, 'people/show', {
      title: fullName(person),
      person: { ...person, languageName: say(`person.language.${person.language}`) },
      revealed: shown.revealed,
      reveal: formView(revealFields, shown.typed, say).fields.reason,
      justEnded: ended && justEnded(ended, all, say),
      mandates: mandateRows(held, {
        bodies: all,
        today,
        language,
      }),
      form: formView(mandateFields(say, open), typed, say, shown.errors),
      isRefused: (shown.errors ?? []).length > 0,
      mayReadLoans: may('loans.read'),
      loans: may('loans.read') ? await loansOf(reader, person.id) : [],
      mayWrite: may('people.write'),
      isNew,
      mayEdit: may('people.write') && !isNew,
      mayMerge: may('people.merge'),
      mayReveal: person.protectedIdentity && !isNew && may('people.reveal'),
      mayHandOut: may('loans.write'),
      status: statusOf(shown),
    })
  }

  return [
    {
      method: 'GET',
      path: '/people/{id}',
      options: needs('people.read'),
      handler: async (request, h) => {
        // The old address of somebody who was merged leads to who they are now.
        const [{ actor }, id] = [readerOf(request), idOf(request)]
        const kept = await merging.keptOf(actor, id)
        if (kept !== undefined) return h.redirect(`/people/${kept}`)
        await people.open(actor, id)
        return show(request, h)
      },
    },
    {
      method: 'POST',
      path: '/people/{id}/mandates',
      options: needs('people.write'),
      handler: formHandler({
        schema: mandateSchema,
        fields: mandateFields,
        show,
        act: async (request, h, typed) => {
          const personId = idOf(request)
          await mandates.add(readerOf(request).actor, { personId, ...typed })
          return goTo(h, `/people/${personId}`, 'said.mandate-added')
        },
      }),
    },
    {
      method: 'POST',
      path: '/people/{id}/mandates/{mandateId}/end',
      options: needs('people.write'),
      handler: async (request, h) => {
        const { actor } = readerOf(request)
        const { id } = await mandates.endNow(actor, idOf(request, 'mandateId'))
        return goTo(h, listHref(`/people/${idOf(request)}`, { ended: id }))
      },
    },
    {
      // Sent by the message that a mandate has ended; with a version that is no longer the newest nothing is undone.
      method: 'POST',
      path: '/people/{id}/mandates/{mandateId}/resume',
      options: needs('people.write'),
      handler: formHandler({
        schema: resumeSchema,
        fields: {},
        show,
        act: async (request, h, { version }) => {
          await mandates.resume(readerOf(request).actor, idOf(request, 'mandateId'), version)
          return goTo(h, `/people/${idOf(request)}`, 'said.mandate-resumed')
        },
      }),
    },
    {
      method: 'POST',
      path: '/people/{id}/lift-protection',
      options: needs('people.reveal'),
      handler: formHandler({
        schema: revealSchema,
        fields: revealFields,
        show,
        act: async (request, h, { reason }) => {
          const { actor } = readerOf(request)
          const { id, version } = await people.get(actor, idOf(request))
          const { protectedIdentity } = await people.edit(actor, id, {
            version,
            reason,
            protectedIdentity: false,
          })
          return goTo(
            h,
            `/people/${id}`,
            protectedIdentity ? 'said.protection-kept' : 'said.protection-lifted',
          )
        },
      }),
    },
    {
      method: 'POST',
      path: '/people/{id}/reveal',
      options: needs('people.reveal'),
      handler: formHandler({
        schema: revealSchema,
        fields: revealFields,
        show,
        act: async (request, h, { reason }) => {
          const { actor, say } = readerOf(request)
          const person = await people.reveal(actor, idOf(request), reason)
          const { email, phone = '' } = person
          return show(request, h, {
            typed: {},
            revealed: say('person.revealed', { name: fullName(person), email, phone }),
          })
        },
      }),
    },
  ]
}
