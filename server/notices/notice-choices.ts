import { noticeKinds, type NoticeKind } from './notice.ts'

/** How somebody wants to be mailed of a kind: with each, once in the morning, or not. */
export const rhythms = ['never', 'at-once', 'daily'] as const
type Rhythm = (typeof rhythms)[number]

export type Choices = Readonly<Record<NoticeKind, Rhythm>>

/** Of somebody who has chosen nothing: what somebody else waits for comes at once, the rest is on the page. */
const unchosen: Choices = {
  approval: 'at-once',
  answer: 'at-once',
  case: 'at-once',
  rollout: 'at-once',
  certificate: 'daily',
  command: 'never',
  overdue: 'never',
  apps: 'never',
  silent: 'never',
  webhook: 'daily',
}

export function choicesOf(chosen: Partial<Choices> | undefined): Choices {
  return { ...unchosen, ...chosen }
}

/** The hour from which the mail of the day is sent, in Sweden. */
const morningHour = 7

/** Whether the mail of the day is still to be sent: it is past seven, and today's has not been. */
export function isMorningOf(today: string, hour: number, lastOn: string | undefined): boolean {
  return hour >= morningHour && lastOn !== today
}

/** The kinds that are mailed now. */
export function kindsNow(choices: Choices, isMorning: boolean): NoticeKind[] {
  return noticeKinds.filter(kind => choices[kind] === 'at-once' || (choices[kind] === 'daily' && isMorning))
}
