import { DateTime } from 'luxon'

/** Where the municipalities are: their days begin and end here. */
export const zone = 'Europe/Stockholm'

const dayMs = 86_400_000

// One formatter for all: making one costs far more than using it. Sweden writes days as we keep them.
const days = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The calendar day of an instant, `YYYY-MM-DD`, in Sweden. */
export function dayOf(instant: Date): string {
  return days.format(instant).padStart('YYYY-MM-DD'.length, '0')
}

/** The day `count` after (or, negative, before) `on`; both `YYYY-MM-DD`. */
export function dayAfter(on: string, count: number): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10)
}

/** Whole days from `from` to `to`, negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs)
}

/** Whether `text` is a day that exists, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid
}
