import { DateTime } from 'luxon'
import { atLocation, MongoError } from '../../errors.ts'
import { typeName } from '../../query/type-alias.ts'
import { asNumber, isNumber } from '../../values/numbers.ts'
import { FarDate, isDocument, ObjectId, Timestamp, type Value } from '../../values/value.ts'
import { isNothing, type Given, type MaybeValue, named } from './arguments.ts'
import { toDateValue } from './conversion.ts'
import { calendar } from './date-calendar.ts'
import { formatDate, parseIsoDate, readDate, weekOfYear, zoneOf } from './date-text.ts'
import { type CompileOperator, type OperatorTable } from './scope.ts'

/** The instant in its zone, or a refusal that names the type found. */
function dateTimeOf(value: Value, timezone: MaybeValue): DateTime {
  if (!(value instanceof Date || value instanceof ObjectId || value instanceof Timestamp)) {
    throw atLocation(16006, `can't convert from BSON type ${typeName(value)} to Date`)
  }
  const date = toDateValue(value)
  if (date instanceof FarDate)
    throw atLocation(16006, 'The date is outside the years that can be computed with')
  return DateTime.fromJSDate(date, { zone: zoneOf(timezone) })
}

/** `{ $year: date }` or `{ $year: { date, timezone } }`. */
function part(name: string, read: (at: DateTime) => Value): CompileOperator {
  const withZone = named(name, { required: ['date'], optional: ['timezone'] }, (given, has) => {
    const date = given('date')
    if (isNothing(date) || (has('timezone') && isNothing(given('timezone')))) return null
    return read(dateTimeOf(date, given('timezone')))
  })
  return (argument, compiler) => {
    if (isDocument(argument) && argument.has('date')) return withZone(argument, compiler)
    const only = Array.isArray(argument) && argument.length === 1 ? (argument[0] ?? null) : argument
    return withZone(new Map([['date', only]]), compiler)
  }
}

function dateToString(given: Given, has: (key: string) => boolean): MaybeValue {
  const date = given('date')
  if (isNothing(date)) return has('onNull') ? given('onNull') : null
  const [timezone, format] = [given('timezone'), given('format')]
  if (has('timezone') && isNothing(timezone)) return null
  const at = dateTimeOf(date, timezone)
  if (!has('format'))
    return formatDate(
      at,
      timezone === undefined || timezone === 'UTC' ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L',
    )
  if (isNothing(format)) return null
  if (typeof format !== 'string') throw atLocation(18533, "$dateToString requires that 'format' be a string")
  return formatDate(at, format)
}

function dateFromString(given: Given, has: (key: string) => boolean): MaybeValue {
  const input = given('dateString')
  if (isNothing(input)) return has('onNull') ? given('onNull') : null
  if (has('timezone') && isNothing(given('timezone'))) return null
  const zone = zoneOf(given('timezone'))
  const format = given('format')
  const date =
    typeof input === 'string'
      ? typeof format === 'string'
        ? readDate(input, format, zone)
        : parseIsoDate(input, zone)
      : undefined
  if (date) return date
  if (has('onError')) return given('onError')
  throw new MongoError(
    241,
    'ConversionFailure',
    `Error parsing date string '${typeof input === 'string' ? input : typeName(input)}'`,
  )
}

const partDefaults = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 } as const

type PartName = keyof typeof partDefaults

const partNames = Object.keys(partDefaults) as PartName[]

function dateFromParts(given: Given, has: (key: string) => boolean): MaybeValue {
  if (has('isoWeekYear')) return dateFromIsoParts(given)
  if (!has('year'))
    throw atLocation(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present")
  const parts = partsOf(given, partNames, partDefaults)
  if (!parts) return null
  // Parts beyond their range carry over, so the date is reached by steps.
  const { year, month, day, hour, minute, second, millisecond } = parts
  return DateTime.fromObject({ year }, { zone: zoneOf(given('timezone')) })
    .plus({ months: month - 1 })
    .plus({ days: day - 1 })
    .plus({ hours: hour, minutes: minute, seconds: second, milliseconds: millisecond })
    .toJSDate()
}

const isoDefaults = {
  isoWeekYear: 1970,
  isoWeek: 1,
  isoDayOfWeek: 1,
  hour: 0,
  minute: 0,
  second: 0,
  millisecond: 0,
} as const

function dateFromIsoParts(given: Given): MaybeValue {
  const names = Object.keys(isoDefaults) as (keyof typeof isoDefaults)[]
  const parts = partsOf(given, names, isoDefaults)
  if (!parts) return null
  return DateTime.fromObject(
    { weekYear: parts.isoWeekYear, weekNumber: 1, weekday: 1 },
    { zone: zoneOf(given('timezone')) },
  )
    .plus({ weeks: parts.isoWeek - 1, days: parts.isoDayOfWeek - 1 })
    .plus({
      hours: parts.hour,
      minutes: parts.minute,
      seconds: parts.second,
      milliseconds: parts.millisecond,
    })
    .toJSDate()
}

function partsOf<Name extends string>(
  given: Given,
  names: readonly Name[],
  defaults: Readonly<Record<Name, number>>,
): Record<Name, number> | undefined {
  const parts: Record<string, number> = {}
  for (const name of names) {
    const value = given(name)
    if (value === undefined) parts[name] = defaults[name]
    else if (value === null) return undefined
    else if (isNumber(value) && Number.isInteger(asNumber(value))) parts[name] = asNumber(value)
    else throw atLocation(40515, `'${name}' must evaluate to an integer`)
  }
  return parts
}

function dateToParts(given: Given): MaybeValue {
  const date = given('date')
  if (isNothing(date)) return null
  const at = dateTimeOf(date, given('timezone'))
  const { weekYear, weekNumber, weekday, year, month, day, hour, minute, second, millisecond } = at
  const head: readonly [string, Value][] =
    given('iso8601') === true
      ? [
          ['isoWeekYear', weekYear],
          ['isoWeek', weekNumber],
          ['isoDayOfWeek', weekday],
        ]
      : [
          ['year', year],
          ['month', month],
          ['day', day],
        ]
  return new Map<string, Value>([
    ...head,
    ['hour', hour],
    ['minute', minute],
    ['second', second],
    ['millisecond', millisecond],
  ])
}

export const dates: OperatorTable = {
  $year: part('$year', at => at.year),
  $month: part('$month', at => at.month),
  $week: part('$week', weekOfYear),
  $dayOfMonth: part('$dayOfMonth', at => at.day),
  $dayOfWeek: part('$dayOfWeek', at => (at.weekday % 7) + 1),
  $dayOfYear: part('$dayOfYear', at => at.ordinal),
  $hour: part('$hour', at => at.hour),
  $minute: part('$minute', at => at.minute),
  $second: part('$second', at => at.second),
  $millisecond: part('$millisecond', at => at.millisecond),
  $isoWeek: part('$isoWeek', at => at.weekNumber),
  $isoWeekYear: part('$isoWeekYear', at => BigInt(at.weekYear)),
  $isoDayOfWeek: part('$isoDayOfWeek', at => at.weekday),
  $dateToString: named(
    '$dateToString',
    { required: ['date'], optional: ['format', 'timezone', 'onNull'] },
    dateToString,
  ),
  $dateFromString: named(
    '$dateFromString',
    { required: ['dateString'], optional: ['format', 'timezone', 'onError', 'onNull'] },
    dateFromString,
  ),
  $dateFromParts: named(
    '$dateFromParts',
    { required: [], optional: [...partNames, 'isoWeekYear', 'isoWeek', 'isoDayOfWeek', 'timezone'] },
    dateFromParts,
  ),
  $dateToParts: named('$dateToParts', { required: ['date'], optional: ['timezone', 'iso8601'] }, dateToParts),
  ...calendar(dateTimeOf),
}
