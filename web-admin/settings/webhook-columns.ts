import { dayOf } from '../../server/calendar-day.ts'
import { type ShownWebhook } from '../../server/webhooks/webhooks.ts'
import { day } from '../dates.ts'
import { type Reader } from '../reader.ts'
import { type Column } from '../tables/columns.ts'
import { webhookBadge } from './webhook-view.ts'

/** The columns of the list of webhooks. */
export function webhookColumns({ say, language }: Reader): Column<ShownWebhook>[] {
  const events = (webhook: ShownWebhook) => webhook.events.map(event => say(`event.${event}`)).join(', ')
  return [
    {
      key: 'url',
      text: 'webhooks.url',
      sort: 'url',
      show: ({ id, url }) => ({ text: url, href: `/settings/webhooks/${id}`, isAnywhere: true }),
      file: ({ url }) => url,
    },
    {
      key: 'events',
      text: 'webhooks.events',
      show: webhook => ({
        text: say('webhooks.events.count', { count: webhook.events.length }),
        note: events(webhook),
      }),
      file: events,
    },
    {
      key: 'state',
      text: 'webhooks.state',
      sort: 'state',
      show: webhook => ({ badges: [webhookBadge(webhook, say)] }),
      file: webhook => webhookBadge(webhook, say).text,
    },
    {
      key: 'made',
      text: 'webhooks.made',
      sort: 'made',
      show: ({ createdAt }) => ({ text: day(dayOf(createdAt), language), isUnbroken: true }),
      file: ({ createdAt }) => dayOf(createdAt),
    },
  ]
}
