import { type Stranding } from '../../profiles/stranding.ts'
import { type Assignment, type Target } from '../../server/assignments/assignment.ts'
import { type Wave, type WavePlan } from '../../server/assignments/wave-plan.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { placementStates } from '../../server/rollouts/placement.ts'
import { type Rehearsal, type RehearsalOutcome } from '../../server/rollouts/rehearsal.ts'
import { type WeighedRehearsal } from '../../server/rollouts/requesting.ts'
import {
  notReached,
  type Rollout,
  type RolloutFigures,
  type RolloutState,
} from '../../server/rollouts/rollout.ts'
import { type Badge } from '../badge.ts'
import { sayIn, type Say } from '../language.ts'
import { findingView } from '../profiles/finding-view.ts'
import { hindranceWords, signOf } from './placement-view.ts'

const badges = {
  running: { tone: 'info', icon: 'clock' },
  stopped: { tone: 'danger', icon: 'stopped' },
  completed: { tone: 'done', icon: 'done' },
  'rolled-back': { tone: 'warning', icon: 'returns' },
  superseded: { tone: 'plain', icon: 'refresh' },
} as const satisfies Record<RolloutState, Pick<Badge, 'tone' | 'icon'>>

export const rolloutBadge = (
  { state, closed, figures }: Pick<Rollout, 'state' | 'closed' | 'figures'>,
  say: Say,
): Badge => ({
  ...badges[state],
  text:
    closed && figures
      ? say('rollout.state.closed', { count: notReached(figures) })
      : say(`rollout.state.${state}`),
})

/** What it brings, such as `Version 2`, or that it takes it away. */
export function whereTo({ to, kind }: Pick<Rollout, 'to' | 'kind'>, say: Say): string {
  if (to === undefined) return say('rollout.removal')
  return kind === 'roll-back'
    ? say('rollout.back-to', { number: to })
    : say('profile.version', { number: to })
}

/** Whom it is for, in words. */
export function targetWords(target: Target, bodyNames: ReadonlyMap<string, string>, say: Say): string {
  switch (target.kind) {
    case 'organisation':
      return say('target.organisation.all')
    case 'body':
      return bodyNames.get(target.bodyId) ?? say('target.body.gone')
    case 'role':
      return say(`mandate.role.${target.role}`)
    case 'label':
      return say('target.label.is', { label: target.label })
    case 'devices':
      return say('target.devices.count', { count: target.deviceIds.length })
  }
}

const waveText = (wave: Wave): string => (wave.kind === 'count' ? String(wave.count) : `${wave.percent} %`)

/** The waves before the last as a person writes them: `5, 10 %`. */
export const wavesText = ({ waves }: WavePlan): string => waves.map(waveText).join(', ')

/** How many failures stop it, as a person writes it: `3` or `5 %`. */
export function limitText({ stopAfter }: WavePlan): string {
  if (!stopAfter) return ''
  return stopAfter.kind === 'count' ? String(stopAfter.count) : `${stopAfter.percent} %`
}

/** How far it has come, as a share and in numbers. */
export function progressOf(figures: RolloutFigures, say: Say) {
  const share = figures.of === 0 ? 100 : Math.floor((figures.proven * 100) / figures.of)
  const { proven, of } = figures
  return { share, text: of === 0 ? say('rollout.on-none') : say('rollout.proven-of', { proven, of }) }
}

/** The figures as tiles that lead to their iPads; states without any are left out. */
export function figureTiles(figures: RolloutFigures, path: string, chosen: string, say: Say) {
  const states = ['waiting', ...placementStates.filter(state => state !== 'planned')] as const
  return states
    .filter(state => figures[state] > 0)
    .map(state => ({
      ...signOf(state),
      count: figures[state],
      text: say(`placement.${state}`),
      href: chosen === state ? path : `${path}?state=${state}`,
      isHere: chosen === state,
    }))
}

/** An assignment that stands, as a row. */
export function assignmentRow({ assignment, name, bodyNames }: Named, language: Language) {
  const say = sayIn(language)
  const { pinned, stable, excludedDeviceIds } = assignment
  return {
    id: assignment.id,
    href: `/profiles/rollouts/assignments/${assignment.id}`,
    name,
    whom: targetWords(assignment.target, bodyNames, say),
    excluded: excludedDeviceIds.length > 0 && say('target.excluded', { count: excludedDeviceIds.length }),
    follows: pinned === undefined ? say('assignment.newest') : say('assignment.pinned', { number: pinned }),
    stable: stable === undefined ? undefined : say('profile.version', { number: stable }),
  }
}

interface Named {
  readonly assignment: Assignment
  readonly name: string
  readonly bodyNames: ReadonlyMap<string, string>
}

const outcomeSigns = {
  added: { tone: 'done', icon: 'plus' },
  replaced: { tone: 'info', icon: 'refresh' },
  removed: { tone: 'warning', icon: 'wipe' },
  unchanged: { tone: 'plain', icon: 'done' },
  stopped: { tone: 'danger', icon: 'stopped' },
  cannot: { tone: 'danger', icon: 'warning' },
} as const satisfies Record<RehearsalOutcome, Pick<Badge, 'tone' | 'icon'>>

const mostRows = 200

/** Whether a second person has to agree; missing where nothing is to begin. */
type Weighing = Pick<WeighedRehearsal, 'needsTwo' | 'lately' | 'limit'>

/** What would happen, with those that would not get it by name. */
export function rehearsalView(rehearsal: Rehearsal & Partial<Weighing>, language: Language) {
  const { of, counts, ipads, waves, needsTwo, lately = 0, limit = 0, stranded, unavailable = [] } = rehearsal
  const say = sayIn(language)
  const badge = (outcome: RehearsalOutcome): Badge => ({
    ...outcomeSigns[outcome],
    text: say(`rehearsal.${outcome}`),
  })
  const outcomes = (Object.keys(counts) as RehearsalOutcome[]).filter(outcome => counts[outcome] > 0)
  const named = ipads.filter(({ outcome }) => outcome !== 'unchanged').slice(0, mostRows)
  return {
    of: say('rehearsal.of', { count: of }),
    two: needsTwo && say(`rollout.two.${needsTwo}`, { limit, count: lately }),
    stranded: Object.entries(stranded).map(([why, count]) => say(`stranding.${why as Stranding}`, { count })),
    findings: unavailable.map(finding => findingView(finding, language, say)),
    counts: outcomes.map(outcome => ({ ...badge(outcome), count: counts[outcome] })),
    waves: waves.map((size, index) => say('rehearsal.wave', { wave: index + 1, count: size })).join(' · '),
    rows: named.map(({ deviceId, assetTag, outcome, hindrance, stranding }) => ({
      href: `/devices/${deviceId}`,
      tag: assetTag,
      badge: badge(outcome),
      why: hindrance
        ? hindranceWords(hindrance, language)
        : stranding
          ? say(`stranding.on.${stranding}`)
          : '',
    })),
    shown: ipads.length > mostRows ? say('rehearsal.first', { count: mostRows }) : undefined,
  }
}
