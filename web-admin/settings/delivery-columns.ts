import { type Language } from '../../server/organisations/organisation.ts'
import { type Delivery } from '../../server/webhooks/delivery.ts'
import { dayAndTime, stamp } from '../dates.ts'
import { sayIn } from '../language.ts'
import { type Column } from '../tables/columns.ts'
import { answerWords, deliveryBadge } from './webhook-view.ts'

/** The columns of the list of what was sent to one address, with a button that sends again what is over. */
export function deliveryColumns(language: Language): Column<Delivery>[] {
  const say = sayIn(language)
  const notes = (delivery: Delivery) => {
    const { attempts, nextAt } = delivery
    const said = [
      answerWords(delivery, say),
      attempts > 0 && say('webhooks.delivery.attempts', { count: attempts }),
      nextAt && say('webhooks.delivery.next', { when: dayAndTime(nextAt, language) }),
    ]
    return said.filter(Boolean).join(', ')
  }
  const none = () => undefined
  return [
    {
      key: 'event',
      text: 'webhooks.delivery.event',
      show: ({ event }) => ({
        text: say(`event.${event.type}`),
        note: `${event.subject.kind} ${event.subject.id.slice(0, 8)}`,
      }),
      file: ({ event }) => event.type,
    },
    {
      key: 'subject',
      text: 'webhooks.delivery.subject',
      only: 'file',
      show: none,
      file: ({ event }) => `${event.subject.kind} ${event.subject.id}`,
    },
    {
      key: 'at',
      text: 'webhooks.delivery.at',
      show: ({ event }) => ({ text: dayAndTime(event.at, language), isUnbroken: true }),
      file: ({ event }) => stamp(event.at),
    },
    {
      key: 'state',
      text: 'webhooks.delivery.state',
      show: delivery => ({ badges: [deliveryBadge(delivery, say)] }),
      file: delivery => deliveryBadge(delivery, say).text,
    },
    { key: 'answer', text: 'webhooks.delivery.answer', show: notes, file: notes },
    {
      key: 'attempts',
      text: 'webhooks.delivery.count',
      isNumber: true,
      isSpare: true,
      show: ({ attempts }) => String(attempts),
      file: ({ attempts }) => attempts,
    },
    {
      key: 'tried',
      text: 'webhooks.delivery.tried',
      isSpare: true,
      show: ({ triedAt }) => triedAt && { text: dayAndTime(triedAt, language), isUnbroken: true },
      file: ({ triedAt }) => triedAt && stamp(triedAt),
    },
    {
      key: 'replay',
      text: 'webhooks.replay',
      only: 'page',
      show: ({ id, webhookId, event, state }) =>
        state === 'waiting'
          ? undefined
          : {
              deed: {
                action: `/settings/webhooks/${webhookId}/deliveries/${id}/replay`,
                text: say('webhooks.replay'),
                label: `${say('webhooks.replay')}: ${say(`event.${event.type}`)} ${dayAndTime(event.at, language)}`,
              },
            },
      file: none,
    },
  ]
}
