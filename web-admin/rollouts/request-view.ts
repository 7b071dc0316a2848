import { type Language } from '../../server/organisations/organisation.ts'
import {
  holdsBack,
  isFollow,
  type RolloutRequest,
  type RolloutRequestState,
} from '../../server/rollouts/rollout-request.ts'
import { type Badge } from '../badge.ts'
import { dayAndTime } from '../dates.ts'
import { isText, sayIn, type Say } from '../language.ts'
import { limitText, wavesText } from './rollout-view.ts'

const signs = {
  waiting: { tone: 'warning', icon: 'clock' },
  approved: { tone: 'info', icon: 'clock' },
  begun: { tone: 'done', icon: 'done' },
  refused: { tone: 'danger', icon: 'stopped' },
  expired: { tone: 'plain', icon: 'clock' },
  withdrawn: { tone: 'plain', icon: 'stopped' },
  failed: { tone: 'danger', icon: 'warning' },
} as const satisfies Record<RolloutRequestState, Pick<Badge, 'tone' | 'icon'>>

export const requestBadge = ({ state }: Pick<RolloutRequest, 'state'>, say: Say): Badge => ({
  ...signs[state],
  text: say(`rollout-request.${state}`),
})

/** What is asked for, in a few words: `Ny version: version 3`. */
export function requestWords({ asked, to }: Pick<RolloutRequest, 'asked' | 'to'>, say: Say): string {
  const deed = say(`rollout.deed.${asked.deed}`)
  return to === undefined ? deed : `${deed}: ${say('profile.version', { number: to })}`
}

/** A request as a row of a list. */
export function requestRow(request: RolloutRequest, language: Language) {
  const say = sayIn(language)
  return {
    href: `/profiles/rollouts/requests/${request.id}`,
    name: request.name,
    what: requestWords(request, say),
    badge: requestBadge(request, say),
    count: say('target.devices.count', { count: request.count }),
    asked: say('profile.saved-by', {
      when: dayAndTime(request.askedAt, language),
      name: request.askedBy.name,
    }),
  }
}

/** What stands in the request, for whoever has to decide it. */
export function requestFacts(request: RolloutRequest, whom: string, language: Language) {
  const say = sayIn(language)
  const { asked, reason, lately, askedBy } = request
  const plan = 'plan' in asked.input ? asked.input.plan : undefined
  const row = requestRow(request, language)
  return [
    { label: say('new-rollout.whom'), value: whom },
    { label: say('rollout.ipads'), value: row.count },
    ...(lately === undefined
      ? []
      : [
          {
            label: say('rollout-request.lately'),
            value: say('rollout-request.lately.others', { count: lately }),
          },
        ]),
    ...(plan
      ? [
          { label: say('new-rollout.waves'), value: wavesText(plan) || say('rollout.all-at-once') },
          { label: say('new-rollout.stop'), value: limitText(plan) || '–' },
        ]
      : []),
    { label: say('rollout-request.asked'), value: row.asked },
    ...(asked.deed === 'follow' && askedBy.behind
      ? [{ label: say('rollout-request.behind'), value: askedBy.behind.name }]
      : []),
    { label: say('rollout.reason'), value: reason, isWhole: true },
  ]
}

/** What it means for its iPads that nobody agreed, where they stay as they are; undefined when it means nothing. */
export function staysWords(request: RolloutRequest, say: Say): string | undefined {
  if (!holdsBack(request)) return undefined
  if (request.state === 'expired') return say('rollout-request.follow.silent')
  const isNo = request.state === 'refused' || request.state === 'withdrawn'
  return isNo ? say('rollout-request.follow.refused') : undefined
}

/** Whether the same can be asked for once more. */
export function mayAskAgain(request: RolloutRequest): boolean {
  const isOver = ['refused', 'expired', 'withdrawn', 'failed'].includes(request.state)
  return isOver && (!isFollow(request) || request.asked.input.deviceIds.length > 0)
}

/** Why it could not begin, in words; undefined when it could. */
export function faultWords({ fault }: Pick<RolloutRequest, 'fault'>, say: Say): string | undefined {
  if (!fault) return undefined
  const key = `refusal.${fault.code}`
  return say('rollout-request.fault', { why: isText(key) ? say(key) : fault.message })
}
