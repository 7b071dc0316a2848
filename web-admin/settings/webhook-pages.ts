import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { needs } from '../../server/http/credentials.ts'
import { type Delivery } from '../../server/webhooks/delivery.ts'
import { eventTypes } from '../../server/webhooks/webhook.ts'
import { type Webhooks, type WrittenWebhook } from '../../server/webhooks/webhooks.ts'
import { dayAndTime } from '../dates.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { settingsParts } from './settings-parts.ts'
import { answerWords, deliveryRow, eventChoices, webhookBadge, webhookRow } from './webhook-view.ts'

export interface WebhookPagesDeps {
  readonly webhooks: Pick<
    Webhooks,
    'list' | 'get' | 'add' | 'edit' | 'remove' | 'renewSecret' | 'tryOut' | 'deliveriesOf' | 'replay'
  >
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

interface WebhookShown extends Partial<Shown> {
  readonly id?: string
  /** Shown on this answer and never again. */
  readonly secret?: string
  readonly trial?: Delivery
}

/** Other programs that hear what happens: which, a new one, what was sent to one and what it answered. */
export function webhookPages({ webhooks }: WebhookPagesDeps): ServerRoute[] {
  async function list(request: Request, h: ResponseToolkit) {
    const { actor, language, say } = readerOf(request)
    return showPage(request, h, 'settings/webhooks', {
      title: say('settings.webhooks'),
      parts: settingsParts('webhooks', say),
      rows: (await webhooks.list(actor)).map(webhook => webhookRow(webhook, language)),
    })
  }

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
    const { url, events, active, version, formerSecretUntil: former } = webhook
    const typed = shown.typed ?? { url, events, active, version }
    const before = readPlace(textOf(request.query['before']))
    const sent = await webhooks.deliveriesOf(actor, id, { limit: pageSize + 1, ...(before && { before }) })
    const last = sent.length > pageSize ? sent[pageSize - 1] : undefined
    const path = `/settings/webhooks/${id}`
    return showPage(request, h, 'settings/webhook', {
      title: new URL(url).host,
      id,
      url,
      badge: webhookBadge(webhook, say),
      version: typed['version'],
      secret: shown.secret,
      former: former && say('webhooks.secret.former', { when: dayAndTime(former, language) }),
      trial: shown.trial && trialWords(shown.trial, say),
      form: formView(fields, typed, say, shown.errors),
      choices: eventChoices(typed['events'], say),
      rows: sent.slice(0, pageSize).map(delivery => deliveryRow(delivery, language)),
      shown: say('list.showing', { count: Math.min(sent.length, pageSize) }),
      nextHref: last && `${path}?before=${encodeURIComponent(placeOf(last))}`,
      firstHref: before && path,
      status: statusOf({ typed, errors: shown.errors ?? [] }),
    })
  }

  const options = needs('organisation.write')
  const pathOf = (request: Request) => `/settings/webhooks/${idOf(request)}`
  return [
    { method: 'GET', path: '/settings/webhooks', options, handler: list },
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
    {
      method: 'POST',
      path: '/settings/webhooks/{id}',
      options,
      handler: formHandler({
        schema,
        fields,
        show,
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
        await webhooks.replay(actor, idOf(request), String(request.params['deliveryId']))
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

function placeOf({ createdAt, id }: Delivery): string {
  return `${createdAt.toISOString()}_${id}`
}

function readPlace(text: string): { createdAt: Date; id: string } | undefined {
  const [at = '', id = ''] = text.split('_')
  const createdAt = new Date(at)
  return Number.isNaN(Number(createdAt)) || id === '' ? undefined : { createdAt, id }
}

function idOf(request: Request): string {
  return String(request.params['id'])
}
