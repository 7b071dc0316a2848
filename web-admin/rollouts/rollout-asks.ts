import { wayBack, type Openings } from '../../server/rollouts/giving-way.ts'
import { isEnded, type Rollout } from '../../server/rollouts/rollout.ts'
import { formView, withPrefix, type Fields } from '../form.ts'
import { type Shown } from '../form-handler.ts'
import { type Say } from '../language.ts'

export const reasonFields = {
  reason: { label: 'rollout.reason', hint: 'rollout.reason.hint' },
} as const satisfies Fields

const asks = {
  stop: { icon: 'stopped', isDanger: false },
  close: { icon: 'done', isDanger: false },
  'roll-back': { icon: 'returns', isDanger: true },
  remove: { icon: 'wipe', isDanger: true },
} as const

/** What is done with a roll-out for a reason. */
export type Ask = keyof typeof asks

interface Sent extends Shown {
  readonly ask?: Ask
}

/** The refused form in words of the page: its errors lead to the field of the deed that was sent. */
export function sentView({ typed, errors, ask = 'stop' }: Sent, say: Say) {
  return withPrefix(formView(reasonFields, typed, say, errors), ask)
}

/** The deeds that can be done with the roll-out now, each with its form; the one that was refused is open. */
export function askViews(
  rollout: Rollout,
  { openings, sent }: { readonly openings: Openings; readonly sent: Sent },
  say: Say,
) {
  const offered = offeredFor(rollout, openings)
  return (Object.keys(asks) as Ask[])
    .filter(name => offered[name])
    .map(name => ({
      name,
      ...asks[name],
      title: say(`rollout.${name}`),
      text: textOf(name, rollout, say),
      isOpen: sent.ask === name,
      form: sentView({ ...(sent.ask === name ? sent : { typed: {} }), ask: name }, say),
    }))
}

/** What it would do, in words. */
function textOf(name: Ask, rollout: Rollout, say: Say): string {
  if (name !== 'roll-back') return say(`rollout.${name}.text`)
  const number = wayBack(rollout)
  return number === undefined ? say('rollout.roll-back.off') : say('rollout.roll-back.to', { number })
}

function offeredFor(rollout: Rollout, openings: Openings): Readonly<Record<Ask, boolean>> {
  const { state } = rollout
  const brings = rollout.to !== undefined
  const isRunning = state === 'running'
  const isLast = isRunning && rollout.wave >= rollout.waves - 1
  return {
    stop: isRunning,
    close: isLast,
    'roll-back': openings.rollBack && (!isEnded(rollout) || state === 'completed'),
    remove: openings.remove && brings && (state === 'completed' || state === 'stopped' || isLast),
  }
}
