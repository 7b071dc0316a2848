import { type Delivery } from '../../server/webhooks/delivery.ts'
import { eventTypes } from '../../server/webhooks/webhook.ts'
import { type ShownWebhook } from '../../server/webhooks/webhooks.ts'
import { type Badge } from '../badge.ts'
import { dayAndTime } from '../dates.ts'
import { type Say } from '../language.ts'
import { type Reader } from '../reader.ts'

/** The boxes for what a webhook hears of, those in `chosen` ticked; what is sent is not trusted to be events. */
export function eventChoices(chosen: unknown, say: Say) {
  const sent: readonly unknown[] = Array.isArray(chosen) ? chosen : [chosen]
  return eventTypes.map(value => ({
    value,
    text: say(`event.${value}`),
    then: value,
    isChosen: sent.includes(value),
  }))
}

type Standing = Pick<ShownWebhook, 'active' | 'failingSince' | 'goneSince' | 'secretLost'>

/** Whether it sends what happens, rests, or has a receiver that takes nothing. */
export function webhookBadge({ active, failingSince, goneSince, secretLost }: Standing, say: Say): Badge {
  if (goneSince) return { text: say('webhooks.state.gone'), tone: 'warning', icon: 'warning' }
  if (active && secretLost) return { text: say('webhooks.state.lost'), tone: 'warning', icon: 'warning' }
  if (active && failingSince) return { text: say('webhooks.state.failing'), tone: 'warning', icon: 'warning' }
  return active
    ? { text: say('webhooks.state.on'), tone: 'done', icon: 'done' }
    : { text: say('webhooks.state.off'), tone: 'plain', icon: 'clock' }
}

/** What is wrong and what to do, with since when where it is the receiver; undefined when nothing is. */
export function troubleWords(
  { active, failingSince, goneSince, secretLost }: Standing,
  { say, language }: Pick<Reader, 'say' | 'language'>,
): string | undefined {
  if (goneSince) return say('webhooks.gone', { when: dayAndTime(goneSince, language) })
  if (secretLost) return say('webhooks.lost')
  if (!active || !failingSince) return undefined
  return say('webhooks.failing', { when: dayAndTime(failingSince, language) })
}

const states = {
  waiting: { tone: 'info', icon: 'clock' },
  delivered: { tone: 'done', icon: 'done' },
  failed: { tone: 'warning', icon: 'warning' },
} as const satisfies Record<Delivery['state'], Pick<Badge, 'tone' | 'icon'>>

/** What the receiver said to the last attempt, in words; undefined before the first. */
export function answerWords({ outcome }: Pick<Delivery, 'outcome'>, say: Say): string | undefined {
  if (!outcome) return undefined
  return 'status' in outcome
    ? say('webhooks.delivery.status', { status: outcome.status })
    : say(`webhooks.delivery.fault.${outcome.fault}`)
}

/** How far something that was sent has come. */
export function deliveryBadge({ state }: Pick<Delivery, 'state'>, say: Say): Badge {
  return { ...states[state], text: say(`webhooks.delivery.${state}`) }
}
