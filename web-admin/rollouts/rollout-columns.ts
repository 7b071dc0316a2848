import { type Language } from '../../server/organisations/organisation.ts'
import { type Rollout, type RolloutFigures } from '../../server/rollouts/rollout.ts'
import { dayAndTime, stamp } from '../dates.ts'
import { sayIn } from '../language.ts'
import { type Column } from '../tables/columns.ts'
import { progressOf, rolloutBadge, whereTo } from './rollout-view.ts'

export interface ListedRollout {
  readonly rollout: Rollout
  readonly figures: RolloutFigures
}

/** The columns of the list of roll-outs. */
export function rolloutColumns(language: Language): Column<ListedRollout>[] {
  const say = sayIn(language)
  const none = () => undefined
  return [
    {
      key: 'name',
      text: 'profile.name',
      show: ({ rollout }) => ({
        text: rollout.name,
        href: `/profiles/rollouts/${rollout.id}`,
        note: whereTo(rollout, say),
      }),
      file: ({ rollout }) => rollout.name,
    },
    {
      key: 'to',
      text: 'profile.newest',
      only: 'file',
      show: none,
      file: ({ rollout }) => whereTo(rollout, say),
    },
    {
      key: 'state',
      text: 'device.state',
      show: ({ rollout }) => ({ badges: [rolloutBadge(rollout, say)] }),
      file: ({ rollout }) => rolloutBadge(rollout, say).text,
    },
    {
      key: 'wave',
      text: 'rollout.wave-head',
      show: ({ rollout: { wave, waves } }) => ({
        text: say('rollout.wave-of', { wave: wave + 1, of: waves }),
        isUnbroken: true,
      }),
      file: ({ rollout: { wave, waves } }) => say('rollout.wave-of', { wave: wave + 1, of: waves }),
    },
    {
      key: 'progress',
      text: 'rollout.progress',
      show: ({ figures }) => ({
        text: progressOf(figures, say).text,
        isUnbroken: true,
        note: figures.failed > 0 ? say('rollout.failed-count', { count: figures.failed }) : undefined,
      }),
      file: ({ figures }) => progressOf(figures, say).text,
    },
    {
      key: 'failed',
      text: 'placement.failed',
      isNumber: true,
      isSpare: true,
      show: ({ figures }) => String(figures.failed),
      file: ({ figures }) => figures.failed,
    },
    {
      key: 'started',
      text: 'rollout.started',
      show: ({ rollout: { startedAt, startedBy } }) =>
        say('profile.saved-by', { when: dayAndTime(startedAt, language), name: startedBy.name }),
      file: ({ rollout }) => stamp(rollout.startedAt),
    },
    {
      key: 'startedBy',
      text: 'rollout.starter',
      only: 'file',
      show: none,
      file: ({ rollout }) => rollout.startedBy.name,
    },
    {
      key: 'reason',
      text: 'rollout.reason',
      isSpare: true,
      show: ({ rollout }) => rollout.reason,
      file: ({ rollout }) => rollout.reason,
    },
  ]
}
