import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { type Costs } from '../../server/costs/costs.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { formView, withPrefix, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { seenText } from '../meeting-changes.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, type Typed } from '../reader.ts'
import { costFields, costSchema, typedCost, writtenFrom } from './cost-form.ts'

export interface CostLinePagesDeps {
  readonly costs: Pick<Costs, 'line' | 'addLine' | 'editLine' | 'removeLine' | 'keys'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly clock: Clock
}

const removeFields = { reason: { label: 'costs.remove.reason' } } as const satisfies Fields
const removeSchema = Joi.object<{ reason: string; version: number }>({
  reason: Joi.string().trim().max(500).required(),
  version: Joi.number().integer().min(1).required(),
})

/** What iPads cost: one more, a correction, an end. */
export function costLinePages({ costs, bodies, clock }: CostLinePagesDeps): ServerRoute[] {
  const today = () => dayOf(clock.now())

  async function choices(actor: Actor) {
    return { bodies: await bodies.list(actor), keys: await costs.keys(actor) }
  }

  async function showNew(request: Request, h: ResponseToolkit, shown: Shown) {
    const { actor, say } = readerOf(request)
    return showPage(request, h, 'costs/line', {
      title: say('costs.add'),
      form: formView(costFields(say, await choices(actor)), shown.typed, say, shown.errors),
      status: statusOf(shown),
    })
  }

  async function showKnown(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say } = readerOf(request)
    const line = await costs.line(actor, idOf(request))
    const typed: Typed = shown?.typed ?? typedCost(line)
    return showPage(request, h, 'costs/line', {
      title: line.text,
      id: line.id,
      version: typed['version'],
      seen: seenText(typed),
      theirs: shown?.theirs,
      form: formView(costFields(say, await choices(actor)), typed, say, shown?.errors),
      remove: withPrefix(formView(removeFields, {}, say), 'remove').fields.reason,
      status: statusOf(shown ?? { typed }),
    })
  }

  const write = needs('costs.write')
  return [
    {
      method: 'GET',
      path: '/costs/lines/add',
      options: write,
      handler: (request, h) =>
        showNew(request, h, { typed: { kind: 'annual', payer: 'central', fromOn: today() } }),
    },
    {
      method: 'POST',
      path: '/costs/lines/add',
      options: write,
      handler: formHandler({
        schema: costSchema,
        fields: costFields,
        show: showNew,
        act: async (request, h, typed) => {
          await costs.addLine(readerOf(request).actor, writtenFrom(typed))
          return goTo(h, '/costs/lines', 'said.cost-saved')
        },
      }),
    },
    {
      method: 'GET',
      path: '/costs/lines/{id}',
      options: write,
      handler: (request, h) => showKnown(request, h),
    },
    {
      method: 'POST',
      path: '/costs/lines/{id}',
      options: write,
      handler: formHandler({
        schema: costSchema,
        fields: costFields,
        show: showKnown,
        current: async request => typedCost(await costs.line(readerOf(request).actor, idOf(request))),
        meetIn: async request => {
          const { actor, say } = readerOf(request)
          return costFields(say, await choices(actor))
        },
        act: async (request, h, typed) => {
          const { version = 0 } = typed
          await costs.editLine(readerOf(request).actor, idOf(request), { ...writtenFrom(typed), version })
          return goTo(h, '/costs/lines', 'said.cost-saved')
        },
      }),
    },
    {
      // The answer to a refused form, asked for again.
      method: 'GET',
      path: '/costs/lines/{id}/remove',
      options: write,
      handler: (request, h) => goTo(h, `/costs/lines/${idOf(request)}`),
    },
    {
      method: 'POST',
      path: '/costs/lines/{id}/remove',
      options: write,
      handler: formHandler({
        schema: removeSchema,
        fields: removeFields,
        show: (request, h, { errors = [] }) => showRefusedRemoval(request, h, errors),
        act: async (request, h, removal) => {
          await costs.removeLine(readerOf(request).actor, idOf(request), removal)
          return goTo(h, '/costs/lines', 'said.cost-removed')
        },
      }),
    },
  ]

  /** The cost as it is, with the question for a reason open. */
  async function showRefusedRemoval(
    request: Request,
    h: ResponseToolkit,
    errors: NonNullable<Shown['errors']>,
  ) {
    const { actor, say } = readerOf(request)
    const line = await costs.line(actor, idOf(request))
    const remove = withPrefix(formView(removeFields, {}, say, errors), 'remove')
    const form = formView(costFields(say, await choices(actor)), typedCost(line), say)
    return showPage(request, h, 'costs/line', {
      title: line.text,
      id: line.id,
      version: line.version,
      seen: seenText(typedCost(line)),
      form: { ...form, errors: remove.errors },
      remove: remove.fields.reason,
      isRemoving: true,
      status: 422,
    })
  }
}
