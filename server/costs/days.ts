import { dayAfter } from '../calendar-day.ts'

/** Days are `YYYY-MM-DD` throughout, so comparing their text compares them. */
export interface Period {
  readonly fromOn: string
  /** The last day. */
  readonly toOn: string
}

const dayMs = 86_400_000

export function yearOf(year: number): Period {
  const digits = String(year).padStart(4, '0')
  return { fromOn: `${digits}-01-01`, toOn: `${digits}-12-31` }
}

/** Both ends count. */
export function daysIn({ fromOn, toOn }: Period): number {
  return Math.round((Date.parse(toOn) - Date.parse(fromOn)) / dayMs) + 1
}

/** The days that both have, or undefined. A period without an end goes on. */
export function overlap(
  { fromOn, toOn }: { readonly fromOn: string; readonly toOn?: string | undefined },
  within: Period,
): Period | undefined {
  const from = fromOn > within.fromOn ? fromOn : within.fromOn
  const to = toOn !== undefined && toOn < within.toOn ? toOn : within.toOn
  return from <= to ? { fromOn: from, toOn: to } : undefined
}

/** `period` cut before each of the days that lie in it. */
export function cutAt(period: Period, days: Iterable<string>): Period[] {
  const inside = [...new Set(days)].filter(day => day > period.fromOn && day <= period.toOn).sort()
  const starts = [period.fromOn, ...inside]
  return starts.map((fromOn, index) => {
    const next = starts[index + 1]
    return { fromOn, toOn: next === undefined ? period.toOn : dayAfter(next, -1) }
  })
}
