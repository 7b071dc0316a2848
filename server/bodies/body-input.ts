import { isDay } from '../calendar-day.ts'
import { type FieldError } from '../domain-error.ts'
import { because, type Reason } from '../reason.ts'
import { type Body, type BodyType } from './body.ts'

/** What people write about a body. A missing field is left as it is, `null` takes the last day away. */
export interface BodyInput {
  readonly name?: string | undefined
  readonly type?: BodyType | undefined
  readonly costCentre?: string | undefined
  readonly startsOn?: string | undefined
  readonly endsOn?: string | null | undefined
}

export type NewBody = BodyInput & Pick<Body, 'name' | 'type' | 'startsOn'>

/** The body with what was written, without any last day that was taken away. */
export function withWritten(body: Body, input: BodyInput): Body {
  const { name = body.name, type = body.type, costCentre = body.costCentre, startsOn = body.startsOn } = input
  const { endsOn: before, ...rest } = body
  const endsOn = input.endsOn === undefined ? before : (input.endsOn ?? undefined)
  const written = {
    ...rest,
    name: name.trim().replace(/\s+/g, ' '),
    type,
    costCentre: costCentre.trim(),
    startsOn,
  }
  return endsOn ? { ...written, endsOn } : written
}

/** What is wrong with the body, in words for the one who wrote it; empty when nothing is. */
export function bodyErrors({ name, costCentre, startsOn, endsOn }: Body): FieldError[] {
  const checks: [path: string, ok: boolean, reason: Reason][] = [
    ['name', name.length > 0 && name.length <= 120, because('name-length', 'A name has 1–120 characters.')],
    [
      'costCentre',
      costCentre.length <= 20,
      because('cost-centre-length', 'A cost centre has at most 20 characters.'),
    ],
    ['startsOn', isDay(startsOn), because('first-day', 'The first day is written as 2026-01-01.')],
    [
      'endsOn',
      endsOn === undefined || isDay(endsOn),
      because('last-day', 'The last day is written as 2026-12-31.'),
    ],
    [
      'endsOn',
      endsOn === undefined || !isDay(endsOn) || endsOn >= startsOn,
      because('days-in-order', 'The last day cannot be before the first.'),
    ],
  ]
  return checks.filter(([, ok]) => !ok).map(([path, , reason]) => ({ path, ...reason }))
}
