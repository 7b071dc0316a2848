import { dayOf, daysBetween } from '../../server/calendar-day.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type PushStatus } from '../../server/push/push-certificates.ts'
import { type Badge } from '../badge.ts'
import { day } from '../dates.ts'
import { sayIn, type Say } from '../language.ts'

/** Renewing takes an Apple account that somebody may be on holiday with. */
const soonDays = 30

const badges = {
  apple: { tone: 'done', icon: 'done' },
  trial: { tone: 'info', icon: 'info' },
  off: { tone: 'danger', icon: 'stopped' },
} as const

/** How pushing stands, in words. */
export function pushView(status: PushStatus, now: Date, language: Language) {
  const say = sayIn(language)
  const { mode, topic, certificate, expiresAt } = status
  return {
    badges: [{ ...badges[mode], text: say(`push.mode.${mode}`) }, ...ageBadges(status, now, say)],
    text: say(`push.mode.${mode}.text`),
    expires: day(dayOf(expiresAt), language),
    topic,
    origin: say(`push.origin.${certificate}`),
  }
}

function ageBadges({ expired, expiresAt }: PushStatus, now: Date, say: Say): Badge[] {
  if (expired) return [{ text: say('push.expired'), tone: 'danger', icon: 'warning' }]
  const isSoon = daysBetween(dayOf(now), dayOf(expiresAt)) <= soonDays
  return isSoon ? [{ text: say('push.expires-soon'), tone: 'warning', icon: 'clock' }] : []
}
