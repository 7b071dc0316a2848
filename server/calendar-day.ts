import { DateTime } from 'luxon'

/** Where the municipalities are: their days begin and end here. */
export const zone = 'Europe/Stockholm'

/** The calendar day of an instant, `YYYY-MM-DD`, in Sweden. */
export function dayOf(instant: Date): string {
  return DateTime.fromJSDate(instant, { zone }).toFormat('yyyy-MM-dd')
}

/** Whether `text` is a day that exists, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid
}
