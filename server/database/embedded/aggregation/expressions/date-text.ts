import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon'
import { atLocation } from '../../errors.ts'
import { type Value } from '../../values/value.ts'

/** The zone that a name (`Europe/Stockholm`) or offset (`+02`, `-0330`, `+05:30`) means; UTC for none. Throws 40485. */
export function zoneOf(timezone: Value | undefined): Zone {
  if (timezone === undefined || timezone === null) return FixedOffsetZone.utcInstance
  if (typeof timezone !== 'string') throw atLocation(40517, 'timezone must evaluate to a string')
  const offset = /^([+-])(\d{2}):?(\d{2})?$/.exec(timezone)
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
    return FixedOffsetZone.instance(offset[1] === '-' ? -minutes : minutes)
  }
  if (/^(UTC|GMT|Z)$/.test(timezone)) return FixedOffsetZone.utcInstance
  if (!IANAZone.isValidZone(timezone))
    throw atLocation(40485, `unrecognized time zone identifier: "${timezone}"`)
  return IANAZone.create(timezone)
}

/** Reads ISO 8601 text, in the zone where it names none; undefined when it is no date. */
export function parseIsoDate(text: string, zone: Zone | undefined): Date | undefined {
  const parsed = DateTime.fromISO(text.trim().replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T'), {
    zone: zone ?? 'utc',
  })
  return parsed.isValid ? parsed.toJSDate() : undefined
}

const pad = (value: number, width: number) => String(value).padStart(width, '0')

/** Weeks that begin on Sunday; the days before the first Sunday are week 0. */
export const weekOfYear = (at: DateTime) => Math.floor((at.ordinal + 6 - (at.weekday % 7)) / 7)

function offsetText(at: DateTime) {
  const minutes = Math.abs(at.offset)
  return `${at.offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`
}

const specifiers: Readonly<Record<string, (at: DateTime) => string>> = {
  '%': () => '%',
  b: at => at.setLocale('en-US').toFormat('LLL'),
  B: at => at.setLocale('en-US').toFormat('LLLL'),
  d: at => pad(at.day, 2),
  G: at => pad(at.weekYear, 4),
  H: at => pad(at.hour, 2),
  j: at => pad(at.ordinal, 3),
  L: at => pad(at.millisecond, 3),
  m: at => pad(at.month, 2),
  M: at => pad(at.minute, 2),
  S: at => pad(at.second, 2),
  u: at => String(at.weekday),
  U: at => pad(weekOfYear(at), 2),
  V: at => pad(at.weekNumber, 2),
  w: at => String((at.weekday % 7) + 1),
  Y: at => pad(at.year, 4),
  z: offsetText,
  Z: at => String(at.offset),
}

/** A date written out as `$dateToString` does. Throws `MongoError` 18536 for an unknown format character. */
export function formatDate(at: DateTime, format: string): string {
  return format.replace(/%([\s\S]?)/g, (_, letter: string) => {
    const write = specifiers[letter]
    if (!write) throw atLocation(18536, `Invalid format character '%${letter}' in format string`)
    return write(at)
  })
}

/** The parts of a format as luxon names them, for reading. */
const tokens: Readonly<Record<string, string>> = {
  '%': "'%'",
  b: 'LLL',
  B: 'LLLL',
  d: 'dd',
  G: 'kkkk',
  H: 'HH',
  j: 'ooo',
  L: 'SSS',
  m: 'MM',
  M: 'mm',
  S: 'ss',
  u: 'E',
  V: 'WW',
  Y: 'yyyy',
  z: 'ZZZ',
}

/** Reads text in a format of `$dateFromString`; undefined when it does not fit. */
export function readDate(text: string, format: string, zone: Zone): Date | undefined {
  const pattern = format.replace(/%([\s\S]?)|[^%]+/g, (part, letter: string | undefined) => {
    if (letter === undefined) return part.replace(/[A-Za-z']+/g, words => `'${words.replaceAll("'", '')}'`)
    const token = tokens[letter]
    if (!token) throw atLocation(18536, `Invalid format character '%${letter}' in format string`)
    return token
  })
  const parsed = DateTime.fromFormat(text, pattern, { zone, locale: 'en-US' })
  return parsed.isValid ? parsed.toJSDate() : undefined
}
