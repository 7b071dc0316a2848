import { dayOf } from '../../server/calendar-day.ts'
import { type IncidentView } from '../../server/incidents/incident-view.ts'
import { type Step } from '../../server/incidents/timeline.ts'
import { type Position } from '../../server/incidents/position.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type Tone } from '../badge.ts'
import { dayAndTime, day, timeToTheSecond } from '../dates.ts'
import { type IconName } from '../icons.ts'
import { isText, sayIn, type Say } from '../language.ts'
import { kronor } from '../money.ts'

/** What happened, in words: a deed has its own, a command says its task and how far it has come. */
export function stepWords(what: Step['what'], say: Say): string {
  const deed = `step.${what}`
  if (isText(deed)) return say(deed)
  const [task = '', ...rest] = what.split('-')
  const [taskKey, phaseKey] = [`task.${task}`, `phase.${rest.join('-')}`]
  if (!isText(taskKey) || !isText(phaseKey)) return what
  return say('step.task', { task: say(taskKey), phase: say(phaseKey) })
}

const taskIcons: Readonly<Record<string, IconName>> = {
  lock: 'lock',
  locate: 'place',
  sound: 'sound',
  unlock: 'unlock',
  erase: 'wipe',
  wipe: 'wipe',
  reported: 'theft',
  recovered: 'done',
  police: 'paper',
  decided: 'pen',
  closed: 'stopped',
}

function toneOf(what: string): Tone {
  if (what.endsWith('-done') || what === 'recovered') return 'done'
  if (/-(failed|not-enrolled|refused|expired)$/.test(what)) return 'danger'
  if (what.endsWith('-not-now')) return 'warning'
  return /-(queued|pushed|fetched|asked)$/.test(what) ? 'info' : 'plain'
}

/** One line of the timeline, to the second. */
export function stepView(step: Step, language: Language) {
  const say = sayIn(language)
  const { error, reason, number, outcome, amountOre, note } = step.detail ?? {}
  const outcomeKey = `case.outcome.${String(outcome)}`
  return {
    what: stepWords(step.what, say),
    tone: toneOf(step.what),
    icon: taskIcons[step.what.split('-')[0] ?? ''] ?? 'info',
    when: say('step.by', {
      when: `${day(dayOf(step.at), language)} ${timeToTheSecond(step.at)}`,
      name: step.by.name,
    }),
    error: typeof error === 'string' ? error : undefined,
    detail: [
      ...[reason, number, note].filter(part => typeof part === 'string'),
      ...(isText(outcomeKey) ? [say(outcomeKey)] : []),
      ...(typeof amountOre === 'number' ? [kronor(amountOre, language)] : []),
    ].join(' · '),
  }
}

interface Stage {
  readonly text: string
  readonly time: string
  readonly isDone: boolean
}

/** How far a missing iPad has come, as a row of stages with their times; nothing for damages and faults. */
export function stagesOf(incident: IncidentView, say: Say): Stage[] {
  if (incident.kind !== 'theft' && incident.kind !== 'loss') return []
  const { wipe, timeline } = incident
  // What is erased is no longer locked, but it was.
  const wasLockedAt = wipe?.erasedAt && timeline.find(({ what }) => what === 'lock-done')?.at
  const stage = (
    key: 'reported' | 'locked' | 'wipe-asked' | 'wipe-approved' | 'wiped',
    at: Date | undefined,
  ) => ({
    text: say(`case.stage.${key}`),
    time: at ? timeToTheSecond(at) : say('case.stage.waiting'),
    isDone: at !== undefined,
  })
  return [
    stage('reported', incident.reportedAt),
    stage('locked', incident.lockedAt ?? wasLockedAt),
    ...(wipe
      ? [
          stage('wipe-asked', wipe.requestedAt),
          stage('wipe-approved', wipe.approvedAt),
          stage('wiped', wipe.erasedAt),
        ]
      : []),
  ]
}

/** A fetched position as people pass it on to the police. */
export function positionView({ latitude, longitude, accuracyMetres, at }: Position, language: Language) {
  const say = sayIn(language)
  return {
    at: dayAndTime(at, language),
    where: `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`,
    within:
      accuracyMetres === undefined ? '' : say('case.position.metres', { count: Math.round(accuracyMetres) }),
  }
}
