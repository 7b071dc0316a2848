import { type Lifecycle, type Management } from '../../server/devices/device.ts'
import { type DeviceCount } from '../../server/devices/device-search.ts'
import { type Tone } from '../badge.ts'
import { type IconName } from '../icons.ts'
import { type Say } from '../language.ts'
import { type TextKey } from '../texts/texts.ts'

/** A number that waits for somebody, with the place where it is dealt with. */
export interface Waiting {
  readonly count: number
  /** There are more than were counted. */
  readonly isMore: boolean
  readonly text: TextKey
  readonly href: string
  readonly icon: IconName
  readonly tone: Tone
}

/** Only what waits, as tiles; nothing is shown as a row of noughts. */
export function tiles(waiting: readonly Waiting[], say: Say) {
  return waiting
    .filter(({ count }) => count > 0)
    .map(({ count, isMore, text, ...tile }) => ({
      ...tile,
      count: isMore ? say('start.more', { count }) : String(count),
      text: say(text, { count }),
    }))
}

const ofInterest: readonly Lifecycle[] = [
  'on-loan',
  'in-stock',
  'prepared',
  'reserved',
  'returned',
  'stolen',
  'lost',
  'broken',
  'in-repair',
]

/** The fleet in a row of counts, as links into the list. */
export function fleet(counts: readonly DeviceCount[], say: Say) {
  const total = (lifecycle: Lifecycle) => sumOf(counts.filter(one => one.lifecycle === lifecycle))
  return ofInterest
    .map(lifecycle => ({
      href: `/devices?lifecycle=${lifecycle}`,
      text: say(`lifecycle.${lifecycle}`),
      count: total(lifecycle),
    }))
    .filter(({ count }) => count > 0)
}

/** How many iPads stand in a management state. */
export function managed(counts: readonly DeviceCount[], management: Management): number {
  return sumOf(counts.filter(one => one.management === management))
}

export function sumOf(counts: readonly DeviceCount[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}

/**
 * The first things to do in an empty installation, in the order in which they need each other, until all are done. The
 * push certificate is told of but not waited for: simulated iPads do without it. Undefined: it is left out.
 */
export function firstSteps(
  {
    bodies,
    people,
    devices,
    enrolled,
    push,
  }: Readonly<Record<'bodies' | 'people' | 'devices' | 'enrolled', boolean>> & {
    readonly push: boolean | undefined
  },
  say: Say,
) {
  const steps = [
    { isDone: bodies, key: 'bodies', href: '/bodies/add' },
    { isDone: people, key: 'people', href: '/import/people' },
    { isDone: devices, key: 'devices', href: '/import/devices' },
    ...(push === undefined ? [] : [{ isDone: push, key: 'push', href: '/settings/push' } as const]),
    { isDone: enrolled, key: 'enrol', href: '/devices' },
  ] as const
  if (bodies && people && devices && enrolled) return undefined
  return steps.map(({ isDone, key, href }) => ({
    isDone,
    href,
    title: say(`start.step.${key}`),
    text: say(`start.step.${key}.text`),
    action: say(isDone ? 'start.step.done' : 'start.step.do'),
  }))
}
