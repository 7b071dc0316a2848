import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type Audit } from '../../server/audit/audit.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { deliveryStates, type Delivery } from '../../server/webhooks/delivery.ts'
import { eventTypes } from '../../server/webhooks/webhook.ts'
import { type Webhooks, type WrittenWebhook } from '../../server/webhooks/webhooks.ts'
import { dayAndTime } from '../dates.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { seenText } from '../meeting-changes.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, type Typed } from '../reader.ts'
import { chosenFor } from '../tables/column-pages.ts'
import { allPages, listFiles, type ListFile } from '../tables/list-file.ts'
import { addressOf, listHref, tableView } from '../tables/table-view.ts'
import { deliveryColumns } from './delivery-columns.ts'
import { webhookListPages } from './webhook-list-pages.ts'
import { answerWords, eventChoices, troubleWords, webhookBadge } from './webhook-view.ts'

export interface WebhookPagesDeps {
  readonly webhooks: Pick<
    Webhooks,
    'list' | 'get' | 'add' | 'edit' | 'remove' | 'renewSecret' | 'tryOut' | 'deliveriesOf' | 'replay'
  >
  readonly audit: Audit
}

const fields = {
  url: { label: 'webhooks.url', hint: 'webhooks.url.hint', autocomplete: 'off' },
  events: { label: 'webhooks.events' },
  active: { label: 'webhooks.active', hint: 'webhooks.active.hint', type: 'checkbox', optional: true },
} as const satisfies Fields

const schema = Joi.object<WrittenWebhook & { version: number }>({
  url: Joi.string().trim().max(2000).required(),
  events: Joi.array()
    .items(Joi.valid(...eventTypes))
    .single()
    .unique()
    .min(1)
    .default([])
    .required(),
  active: Joi.boolean().truthy('on').default(false),
  version: Joi.number().integer().default(0),
})

const pageSize = 30
const fileStep = 500

interface WebhookShown extends Partial<Shown> {
  readonly id?: string
  /** Shown on this answer and never again. */
  readonly secret?: string
  readonly trial?: Delivery
}

/** Other programs that hear what happens: which, a new one, what was sent to one and what it answered. */
export function webhookPages({ webhooks, audit }: WebhookPagesDeps): ServerRoute[] {
  function showNew(request: Request, h: ResponseToolkit, shown: Shown) {
    const { say } = readerOf(request)
    return showPage(request, h, 'settings/webhook-add', {
      title: say('webhooks.add'),
      form: formView(fields, shown.typed, say, shown.errors),
      choices: eventChoices(shown.typed['events'], say),
      status: statusOf(shown),
    })
  }

  async function show(request: Request, h: ResponseToolkit, shown: WebhookShown = {}) {
    const { actor, language, say } = readerOf(request)
    const id = shown.id ?? idOf(request)
    const webhook = await webhooks.get(actor, id)
    const { url, formerSecretUntil: former } = webhook
    const typed: Typed = shown.typed ?? typedWebhook(webhook)
    const { after, state: asked } = addressOf(request.query, ['state', 'after'])
    const state = stateFrom(asked)
    const { items, next } = await webhooks.deliveriesOf(actor, id, { limit: pageSize, after, state })
    const path = `/settings/webhooks/${id}`
    return showPage(request, h, 'settings/webhook', {
      title: new URL(url).host,
      id,
      url,
      badge: webhookBadge(webhook, say),
      trouble: troubleWords(webhook, { say, language }),
      version: typed['version'],
      seen: seenText(typed),
      theirs: shown.theirs,
      secret: shown.secret,
      former: former && say('webhooks.secret.former', { when: dayAndTime(former, language) }),
      trial: shown.trial && trialWords(shown.trial, say),
      form: formView(fields, typed, say, shown.errors),
      choices: eventChoices(typed['events'], say),
      path,
      filters: formView(sentFilter(say), { state }, say).fields,
      isFiltered: state !== undefined,
      table: tableView({
        name: 'deliveries',
        path,
        label: say('webhooks.deliveries'),
        address: { state },
        sort: '',
        say,
        columns: deliveryColumns(language),
        chosen: chosenFor(request, 'deliveries'),
        rows: items,
        idOf: delivery => delivery.id,
        mayTake: true,
      }),
      shown: say('list.showing', { count: items.length }),
      nextHref: next === null ? undefined : listHref(path, { state, after: next }),
      firstHref: after === undefined ? undefined : listHref(path, { state }),
      status: statusOf({ typed, errors: shown.errors ?? [] }),
    })
  }

  /** What was sent to one address; it tells ids alone, of nobody by name. */
  async function collect(request: Request): Promise<ListFile<Delivery>> {
    const { actor, language } = readerOf(request)
    const { state: asked } = addressOf(request.query, ['state'])
    const state = stateFrom(asked)
    const id = idOf(request)
    const rows = await allPages(after => webhooks.deliveriesOf(actor, id, { limit: fileStep, after, state }))
    return { columns: deliveryColumns(language), rows, filter: { webhook: id, state } }
  }

  const options = needs('organisation.write')
  const pathOf = (request: Request) => `/settings/webhooks/${idOf(request)}`
  return [
    ...webhookListPages({ webhooks, audit }),
    {
      method: 'GET',
      path: '/settings/webhooks/add',
      options,
      handler: (request, h) => showNew(request, h, { typed: { active: true } }),
    },
    {
      method: 'POST',
      path: '/settings/webhooks/add',
      options,
      handler: formHandler({
        schema,
        fields,
        show: showNew,
        act: async (request, h, { url, events, active }) => {
          const { id, secret } = await webhooks.add(readerOf(request).actor, { url, events, active })
          return show(request, h, { id, secret })
        },
      }),
    },
    { method: 'GET', path: '/settings/webhooks/{id}', options, handler: (request, h) => show(request, h) },
    ...listFiles({ name: 'deliveries', path: '/settings/webhooks/{id}', options, collect, audit }),
    {
      method: 'POST',
      path: '/settings/webhooks/{id}',
      options,
      handler: formHandler({
        schema,
        fields,
        show,
        current: async request => typedWebhook(await webhooks.get(readerOf(request).actor, idOf(request))),
        act: async (request, h, typed) => {
          await webhooks.edit(readerOf(request).actor, idOf(request), typed)
          return goTo(h, pathOf(request), 'said.webhook-saved')
        },
      }),
    },
    {
      method: 'POST',
      path: '/settings/webhooks/{id}/renew-secret',
      options,
      handler: async (request, h) => {
        const { secret } = await webhooks.renewSecret(readerOf(request).actor, idOf(request))
        return show(request, h, { secret })
      },
    },
    {
      method: 'POST',
      path: '/settings/webhooks/{id}/test',
      options,
      handler: async (request, h) =>
        show(request, h, { trial: await webhooks.tryOut(readerOf(request).actor, idOf(request)) }),
    },
    {
      method: 'POST',
      path: '/settings/webhooks/{id}/deliveries/{deliveryId}/replay',
      options,
      handler: async (request, h) => {
        const { actor } = readerOf(request)
        await webhooks.replay(actor, idOf(request), idOf(request, 'deliveryId'))
        return goTo(h, pathOf(request), 'said.webhook-again')
      },
    },
    {
      method: 'POST',
      path: '/settings/webhooks/{id}/remove',
      options,
      handler: async (request, h) => {
        await webhooks.remove(readerOf(request).actor, idOf(request))
        return goTo(h, '/settings/webhooks', 'said.webhook-removed')
      },
    },
    // The answers to deeds that showed something once, asked for again.
    ...['renew-secret', 'test'].map((deed): ServerRoute => ({
      method: 'GET',
      path: `/settings/webhooks/{id}/${deed}`,
      options,
      handler: (request, h) => goTo(h, pathOf(request)),
    })),
  ]
}

function trialWords(trial: Delivery, say: ReturnType<typeof readerOf>['say']) {
  const isOk = trial.state === 'delivered'
  const answer = answerWords(trial, say) ?? ''
  return {
    words: say(isOk ? 'webhooks.test.ok' : 'webhooks.test.failed', { answer }),
    tone: isOk ? 'done' : 'warning',
    icon: isOk ? 'done' : 'warning',
  }
}

const stateFrom = (text: string | undefined) => deliveryStates.find(one => one === text)

function sentFilter(say: ReturnType<typeof readerOf>['say']) {
  const options = deliveryStates.map(value => ({ value, text: say(`webhooks.delivery.${value}`) }))
  return {
    state: { label: 'webhooks.delivery.state', type: 'select', optional: true, options },
  } as const satisfies Fields
}

/** A webhook as its form holds it. */
function typedWebhook({ url, events, active, version }: WrittenWebhook & { version: number }) {
  return { url, events, active, version }
}
