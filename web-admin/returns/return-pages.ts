import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { dayOf, daysBetween } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { type Device } from '../../server/devices/device.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { DomainError } from '../../server/domain-error.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { isStillMissing } from '../../server/incidents/incident.ts'
import { type IncidentReading } from '../../server/incidents/incident-reading.ts'
import { conditions, type Condition, type Loan } from '../../server/loans/loan.ts'
import { type Loans } from '../../server/loans/loans.ts'
import { type People } from '../../server/people/people.ts'
import { fullName } from '../../server/people/person.ts'
import { day, dayAndTime, timeToTheSecond } from '../dates.ts'
import { formView, refusalWords, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { accessoryWords } from '../loans/loan-card.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf, type Reader } from '../reader.ts'

interface ReturnPagesDeps {
  readonly devices: Pick<Devices, 'get' | 'many' | 'scan'>
  readonly people: Pick<People, 'many'>
  readonly loans: Pick<Loans, 'list' | 'get' | 'openLoansOf' | 'giveBack' | 'undoReturn' | 'undoReturnUntil'>
  readonly reading: Pick<IncidentReading, 'list'>
  readonly clock: Clock
}

const fields = {
  loan: { label: 'device.loan' },
  condition: { label: 'returns.condition' },
  accessories: { label: 'returns.accessories' },
  note: { label: 'returns.note', type: 'textarea', rows: 2, optional: true },
} as const satisfies Fields

interface TypedReturn {
  readonly loan: string
  readonly condition: Condition
  readonly accessories: readonly string[]
  readonly note?: string
}

const schema = Joi.object<TypedReturn>({
  loan: Joi.string().max(64).required(),
  condition: Joi.valid(...conditions).required(),
  accessories: Joi.array().items(Joi.string().max(60)).single().default([]),
  note: Joi.string().trim().max(2000).empty(''),
})

/** The desk where iPads come back, and the list of those that should have. */
export function returnPages({ devices, people, loans, reading, clock }: ReturnPagesDeps): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const reader = readerOf(request)
    const { actor, say } = reader
    const query = request.query as Record<string, unknown>
    const q = textOf(query['q'])
    const scanned = q === '' ? undefined : await scan(reader, q)
    if (scanned?.href) return h.redirect(scanned.href).code(303)
    const deviceId = textOf(shown.typed['device']) || textOf(query['device'])
    const back = deviceId === '' ? undefined : await returning(reader, deviceId, shown)
    const form = formView(fields, shown.typed, say, shown.errors)
    const overdue = await loans.list(actor, { overdue: true, limit: 50 })
    return showPage(request, h, 'returns/desk', {
      title: say('returns.title'),
      q,
      refusal: scanned?.refusal,
      ...back,
      done: textOf(query['done']) === '' ? undefined : await doneCard(reader, textOf(query['done'])),
      // Without an iPad there are no fields to lead to.
      form:
        back && 'loan' in back ? form : { ...form, errors: form.errors.map(({ message }) => ({ message })) },
      overdue: await overdueRows(reader, overdue.items),
      hasMoreOverdue: overdue.next !== null,
      status: statusOf(shown),
    })
  }

  async function scan({ actor, say }: Reader, q: string): Promise<{ href?: string; refusal?: string }> {
    try {
      return { href: `/returns?device=${(await devices.scan(actor, q)).id}` }
    } catch (thrown) {
      if (!(thrown instanceof DomainError)) throw thrown
      return { refusal: refusalWords(thrown, say) }
    }
  }

  async function returning(reader: Reader, deviceId: string, { typed }: Shown) {
    const { actor, language, say } = reader
    const device = await devices.get(actor, deviceId)
    const loan = (await loans.openLoansOf(actor, [device.id])).get(device.id)
    const held = !loan || loan.state === 'disputed' ? await heldByCase(reader, device) : undefined
    if (held) return { held }
    if (!loan) return { refusal: say('returns.not-lent', { tag: device.assetTag }) }
    if (loan.state !== 'active') {
      const state = say(`loan.state.${loan.state}`).toLowerCase()
      return { refusal: say('returns.not-active', { tag: device.assetTag, state }) }
    }
    const [person] = await people.many(actor, [loan.personId])
    const isAgain = 'loan' in typed
    return {
      loan: {
        id: loan.id,
        device: { id: device.id, tag: device.assetTag, model: device.model },
        holder: person && fullName(person),
        since: loan.handedOutAt && dayAndTime(loan.handedOutAt, language),
        due: loan.dueOn && day(loan.dueOn, language),
        accessories: loan.accessories.map(value => ({
          value,
          text: accessoryWords(value, say),
          isChosen: !isAgain || [typed['accessories']].flat().includes(value),
        })),
        conditions: conditions.map(value => ({
          value,
          text: say(`returns.condition.${value}`),
          isChosen: typed['condition'] === value,
        })),
      },
    }
  }

  /** The case that an iPad on the desk has to leave before anything else: who finds one may not have heard of it. */
  async function heldByCase({ actor, say, may }: Reader, { id, assetTag: tag }: Device) {
    const { items } = await reading.list(actor, { deviceId: id, limit: 20 })
    const open = items.find(one => one.state !== 'closed') ?? items.find(isStillMissing)
    if (!open) return undefined
    const kind = say(`case.kind.${open.kind}`).toLowerCase()
    return {
      id: open.id,
      number: open.number,
      title: say('returns.case', { tag, kind, number: open.number }),
      text: say(may('incidents.read') ? 'returns.case.text' : 'returns.case.text.ask'),
      isBack: open.recoveredAt !== undefined,
      mayRead: may('incidents.read'),
      mayEnd: may('lost-mode.use') && may('incidents.decide') && open.state !== 'closed' && !open.recoveredAt,
      deviceId: id,
    }
  }

  async function doneCard({ actor, say }: Reader, loanId: string) {
    const loan = await loans.get(actor, loanId)
    if (loan.returnedAt === undefined) return undefined
    const { id, assetTag } = await devices.get(actor, loan.deviceId)
    const until = await loans.undoReturnUntil(actor, loan)
    return {
      id: loan.id,
      ...(until && {
        until: until.toISOString(),
        untilText: say('hand-out.undo.until', { time: timeToTheSecond(until) }),
      }),
      text: say('returns.done', { tag: assetTag }),
      receiptHref: `/api/v1/loans/${loan.id}/return-receipt.pdf`,
      deviceHref: `/devices/${id}`,
    }
  }

  async function overdueRows({ actor, language, say }: Reader, late: readonly Loan[]) {
    const today = dayOf(clock.now())
    const names = new Map(
      (
        await people.many(
          actor,
          late.map(({ personId }) => personId),
        )
      ).map(one => [one.id, fullName(one)]),
    )
    const tags = new Map(
      (
        await devices.many(
          actor,
          late.map(({ deviceId }) => deviceId),
        )
      ).map(one => [one.id, one.assetTag]),
    )
    return late.map(({ deviceId, personId, dueOn = today }) => ({
      href: `/devices/${deviceId}`,
      tag: tags.get(deviceId) ?? '',
      holder: names.get(personId) ?? '',
      due: day(dueOn, language),
      days: say('returns.overdue.days', { count: daysBetween(dueOn, today) }),
    }))
  }

  const options = needs('loans.write')
  return [
    { method: 'GET', path: '/returns', options, handler: (request, h) => show(request, h) },
    {
      method: 'POST',
      path: '/returns',
      options,
      handler: formHandler({
        schema,
        fields,
        show,
        act: async (request, h, { loan, ...typed }) => {
          await loans.giveBack(readerOf(request).actor, loan, typed)
          return goTo(h, `/returns?done=${encodeURIComponent(loan)}`)
        },
      }),
    },
    {
      method: 'POST',
      path: '/returns/{id}/undo',
      options,
      handler: async (request, h) => {
        const { actor, say } = readerOf(request)
        const { deviceId } = await loans.undoReturn(actor, idOf(request), say('hand-out.undo.reason'))
        return goTo(h, `/returns?device=${deviceId}`, 'said.return-undone')
      },
    },
  ]
}
