import { DateTime } from 'luxon'
import { dayOf, zone } from '../server/calendar-day.ts'
import { type Language } from '../server/organisations/organisation.ts'

const months: Record<Language, readonly string[]> = {
  sv: ['jan.', 'feb.', 'mars', 'apr.', 'maj', 'juni', 'juli', 'aug.', 'sep.', 'okt.', 'nov.', 'dec.'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
}

// One formatter for all: making one costs far more than using it.
const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

type Part = 'hour' | 'minute' | 'second'

function read(at: Date): Record<Part, string> {
  return Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value])) as Record<
    Part,
    string
  >
}

/** A day as people read it, `22 nov. 2026`; what is not a day `YYYY-MM-DD` comes back as it was. */
export function day(on: string, language: Language): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(on)
  const month = match && months[language][Number(match[2]) - 1]
  return match && month ? `${Number(match[3])} ${month} ${match[1] ?? ''}` : on
}

/** An instant as local day and 24-hour time, `22 nov. 2026 14:05`. */
export function dayAndTime(at: Date, language: Language): string {
  return `${day(dayOf(at), language)} ${time(at)}`
}

const since: Record<Language, string> = { sv: 'från', en: 'from' }
const unbroken = (text: string): string => text.replaceAll(' ', '\u00A0')

/**
 * From one day to another, `1 jan. 2026 – 31 mars 2026`, and without an end `från 1 jan. 2026`. A narrow cell breaks
 * no day.
 */
export function span(from: string, to: string | undefined, language: Language): string {
  const first = unbroken(day(from, language))
  if (to === undefined) return `${since[language]} ${first}`
  return `${first}\u00A0– ${unbroken(day(to, language))}`
}

/** An instant as `22 nov. 2026 14:05`, where a narrow cell breaks it before the time alone. */
export function dayThenTime(at: Date, language: Language): string {
  return `${unbroken(day(dayOf(at), language))} ${time(at)}`
}

/** An instant as files have it, `2026-11-22 14:05`: in the order of the letters also in that of time. */
export function stamp(at: Date): string {
  return `${dayOf(at)} ${time(at)}`
}

/** The local 24-hour time of an instant, `14:05`. */
export function time(at: Date): string {
  const { hour, minute } = read(at)
  return `${hour}:${minute}`
}

/** With seconds, `14:05:09`, for what is followed while it happens. */
export function timeToTheSecond(at: Date): string {
  const { second } = read(at)
  return `${time(at)}:${second}`
}

/** The instant of a local day and time such as `2026-11-22T14:05`; undefined when it is none. */
export function instantFrom(typed: string): Date | undefined {
  const at = DateTime.fromISO(typed, { zone })
  return at.isValid ? at.toJSDate() : undefined
}
