import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { isDangerous, type BulkInput } from '../../server/bulk-actions/bulk-action.ts'
import { type BulkActions, type BulkPlan } from '../../server/bulk-actions/bulk-actions.ts'
import { type Clock } from '../../server/clock.ts'
import { needs } from '../../server/http/credentials.ts'
import { checkFresh } from '../../server/http/fresh-sign-in.ts'
import { noteRefusal } from '../../server/http/refused-deeds.ts'
import { type NewId } from '../../server/ids.ts'
import { type Organisations } from '../../server/organisations/organisations.ts'
import { formView, readForm, refusalErrors } from '../form.ts'
import { statusOf, type Shown } from '../form-handler.ts'
import { type Say } from '../language.ts'
import { count } from '../money.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf, type Typed } from '../reader.ts'
import { whyNot } from './why-not.ts'
import { bulkFields, bulkSchema, deedOf, selectionFields, selectionFrom, type BulkWord } from './bulk-form.ts'

interface BulkPagesDeps {
  readonly bulkActions: Pick<BulkActions, 'plan' | 'start'>
  readonly organisations: Pick<Organisations, 'get'>
  readonly clock: Clock
  readonly newId: NewId
}

/** What would happen with the chosen iPads, and the button that does it. */
export function bulkPages({ bulkActions, organisations, clock, newId }: BulkPagesDeps): ServerRoute[] {
  async function preview(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say, language } = readerOf(request)
    const typed = request.payload as Typed
    const word = textOf(typed['deed'])
    const [deed, selection] = [deedOf(word), selectionFrom(typed)]
    if (!deed || !selection) return goTo(h, '/devices', 'said.bulk-none')
    const { settings } = await organisations.get(actor)
    const isLost = deed.action === 'lost-mode'
    // What is written comes after the look; the plan asks only which iPads would take it.
    const input: BulkInput = {
      ...deed,
      reason: 'plan',
      ...(deed.action === 'edit' && { warrantyEndsOn: null }),
    }
    const plan = await bulkActions.plan(actor, input, selection)
    const words = isLost ? { message: settings.lostModeMessage, phoneNumber: settings.lostModePhone } : {}
    const action = say(`bulk.action.${word as BulkWord}`)
    return showPage(request, h, 'bulk/preview', {
      title: action,
      deed: word,
      attempt: textOf(typed['attempt']) || newId(),
      hidden: selectionFields(selection),
      fields: Object.values(
        formView(bulkFields(deed, say), shown?.typed ?? words, say, shown?.errors).fields,
      ),
      form: formView(bulkFields(deed, say), {}, say, shown?.errors),
      ...planWords(plan, action, say),
      isAsking: plan.needsTwo !== null,
      isDanger: isDangerous(deed),
      mayStart: plan.willAct > 0,
      total: count(plan.total, language),
      status: statusOf(shown ?? { typed: {} }),
    })
  }

  async function start(request: Request, h: ResponseToolkit) {
    const { actor, say } = readerOf(request)
    const typed = request.payload as Typed
    const [deed, selection] = [deedOf(textOf(typed['deed'])), selectionFrom(typed)]
    if (!deed || !selection) return goTo(h, '/devices', 'said.bulk-none')
    if (isDangerous(deed)) checkFresh(request, clock.now())
    const read = readForm(bulkSchema, typed, bulkFields(deed, say), say)
    if ('errors' in read) return preview(request, h, { typed, errors: read.errors })
    const { attempt, ...written } = read.value
    try {
      const job = await bulkActions.start(actor, { ...deed, ...written, id: attempt }, selection)
      return goTo(h, `/jobs/${job.id}`, job.state === 'waiting' ? 'said.job-waiting' : 'said.job-started')
    } catch (thrown) {
      noteRefusal(request, thrown)
      return preview(request, h, { typed, errors: refusalErrors(thrown, say) })
    }
  }

  const options = needs('devices.bulk')
  return [
    { method: 'POST', path: '/devices/bulk', options, handler: (request, h) => preview(request, h) },
    { method: 'POST', path: '/devices/bulk/start', options, handler: start },
  ]
}

function planWords(plan: BulkPlan, action: string, say: Say) {
  const { willAct, refusedCount, refused, reasons, needsTwo, lately, limit } = plan
  return {
    will: willAct === 0 ? say('bulk.will.none') : say('bulk.will.act', { action, count: willAct }),
    two: needsTwo && say(`bulk.two.${needsTwo}`, { limit, count: lately }),
    refusedWords: refusedCount > 0 && say('bulk.refused', { count: refusedCount }),
    reasons: reasons.map(reason => ({ words: whyNot(reason, say), count: reason.count })),
    refused: refused.map(({ deviceId, assetTag, reason }) => ({
      href: reason.code === 'bulk-unknown' ? undefined : `/devices/${deviceId}`,
      tag: assetTag,
      words: whyNot(reason, say),
    })),
    refusedFirst:
      refused.length < refusedCount ? say('bulk.refused.first', { count: refused.length }) : undefined,
  }
}
