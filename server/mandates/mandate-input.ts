import { type Body } from '../bodies/body.ts'
import { isDay } from '../calendar-day.ts'
import { DomainError, type FieldError } from '../domain-error.ts'
import { because, type Reason } from '../reason.ts'
import { type Mandate, type MandateRole } from './mandate.ts'

export interface NewMandate {
  readonly personId: string
  readonly bodyId: string
  readonly role?: MandateRole | undefined
  readonly startsOn: string
  readonly endsOn?: string | null | undefined
  readonly costWeight?: number | undefined
}

/** What may change about a mandate: whose it is and in which body never does. */
export type MandateChanges = Partial<Pick<NewMandate, 'role' | 'startsOn' | 'endsOn' | 'costWeight'>>

/** What is wrong with a mandate in `body`, in words for the one who wrote it; empty when nothing is. */
export function mandateErrors(
  mandate: Pick<Mandate, 'startsOn' | 'endsOn' | 'costWeight'>,
  body: Body,
): FieldError[] {
  const { startsOn, endsOn, costWeight } = mandate
  const checks: [path: string, ok: boolean, reason: Reason][] = [
    ['startsOn', isDay(startsOn), because('first-day', 'The first day is written as 2026-01-01.')],
    [
      'endsOn',
      endsOn === undefined || isDay(endsOn),
      because('last-day', 'The last day is written as 2026-12-31.'),
    ],
    [
      'endsOn',
      endsOn === undefined || endsOn >= startsOn,
      because('days-in-order', 'The last day cannot be before the first.'),
    ],
    [
      'costWeight',
      Number.isSafeInteger(costWeight) && costWeight >= 0 && costWeight <= 1000,
      because('cost-weight', 'A cost weight is a whole number from 0 to 1000.'),
    ],
    [
      'startsOn',
      body.endsOn === undefined || startsOn <= body.endsOn,
      because('body-ended', '{body} has ended by then.', { body: body.name }),
    ],
  ]
  return checks.filter(([, ok]) => !ok).map(([path, , reason]) => ({ path, ...reason }))
}

/** Whether two periods share a day. */
export function overlap(
  one: Pick<Mandate, 'startsOn' | 'endsOn'>,
  other: Pick<Mandate, 'startsOn' | 'endsOn'>,
): boolean {
  return startsBeforeEndOf(one, other) && startsBeforeEndOf(other, one)
}

function startsBeforeEndOf(one: Pick<Mandate, 'startsOn'>, other: Pick<Mandate, 'endsOn'>): boolean {
  return other.endsOn === undefined || one.startsOn <= other.endsOn
}

/** @throws {DomainError} conflict `mandate-overlap` when one of `others` in the same body shares a day with it */
export function refuseOverlap(mandate: Mandate, others: readonly Mandate[]): void {
  const clash = others.some(
    other => other.id !== mandate.id && other.bodyId === mandate.bodyId && overlap(mandate, other),
  )
  if (!clash) return
  throw new DomainError(
    'conflict',
    'mandate-overlap',
    'The person already has a mandate there on some of those days.',
  )
}
