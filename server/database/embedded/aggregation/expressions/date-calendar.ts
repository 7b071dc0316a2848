import { DateTime, type DateTimeUnit } from 'luxon'
import { atLocation, failedToParse } from '../../errors.ts'
import { asNumber, isNumber } from '../../values/numbers.ts'
import { type Value } from '../../values/value.ts'
import { type Given, isNothing, type MaybeValue, named } from './arguments.ts'
import { type OperatorTable } from './scope.ts'

const units = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const

type Unit = (typeof units)[number]

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

type DateTimeOf = (value: Value, timezone: MaybeValue) => DateTime

function unitOf(value: Value): Unit {
  const unit = units.find(known => known === value)
  if (!unit)
    throw failedToParse(`unknown time unit value: ${typeof value === 'string' ? value : 'not a string'}`)
  return unit
}

/** 1 for Monday to 7 for Sunday, which is also where weeks begin when nothing is said. */
function weekStart(value: MaybeValue): number {
  if (value === undefined) return 7
  const index =
    typeof value === 'string'
      ? days.findIndex(day => day === value.toLowerCase() || day.slice(0, 3) === value.toLowerCase())
      : -1
  if (index < 0) throw failedToParse('parameter startOfWeek value is not a day of the week')
  return index + 1
}

const startOfWeek = (at: DateTime, first: number) =>
  at.startOf('day').minus({ days: (at.weekday - first + 7) % 7 })

/** Steps that a unit counts as its own: months, days or milliseconds, which luxon treats differently at clock changes. */
const steps = (unit: Unit, amount: number) => ({ [`${unit}s`]: amount })

const number = (name: string, value: Value): number => {
  if (!isNumber(value) || !Number.isInteger(asNumber(value)))
    throw atLocation(5166405, `${name} expects integer amount of time units`)
  return asNumber(value)
}

/** The number of boundaries of the unit that lie between the two instants. */
function boundariesBetween(start: DateTime, end: DateTime, unit: Unit, first: number): number {
  switch (unit) {
    case 'year':
      return end.year - start.year
    case 'quarter':
      return (end.year - start.year) * 4 + end.quarter - start.quarter
    case 'month':
      return (end.year - start.year) * 12 + end.month - start.month
    case 'week':
      return wholeDays(startOfWeek(start, first), startOfWeek(end, first)) / 7
    case 'day':
      return wholeDays(start, end)
    default: {
      const length = lengths[unit]
      return (
        Math.floor((end.toMillis() + end.offset * 60000) / length) -
        Math.floor((start.toMillis() + end.offset * 60000) / length)
      )
    }
  }
}

const lengths = { hour: 3600000, minute: 60000, second: 1000, millisecond: 1 } as const

const dayNumber = (at: DateTime) => Math.round(Date.UTC(at.year, at.month - 1, at.day) / 86400000)

const wholeDays = (start: DateTime, end: DateTime) => dayNumber(end) - dayNumber(start)

/** The beginning of the bin that holds the instant; bins are counted from 2000-01-01 in the zone. */
function truncate(at: DateTime, unit: Unit, size: number, first: number): DateTime {
  if (size === 1) return unit === 'week' ? startOfWeek(at, first) : at.startOf(unit satisfies DateTimeUnit)
  const origin = DateTime.fromObject({ year: 2000 }, { zone: at.zone })
  const reference = unit === 'week' ? startOfWeek(origin.plus({ days: 6 }), first) : origin
  const passed = isClockUnit(unit)
    ? Math.floor((at.toMillis() - reference.toMillis()) / lengths[unit])
    : boundariesBetween(reference, at, unit, first)
  return reference.plus(steps(unit, Math.floor(passed / size) * size))
}

const isClockUnit = (unit: Unit): unit is keyof typeof lengths => unit in lengths

/** `$dateAdd`, `$dateSubtract`, `$dateDiff`, `$dateTrunc`: computing in a zone's calendar. */
export function calendar(dateTimeOf: DateTimeOf): OperatorTable {
  const shift = (name: string, sign: 1 | -1) =>
    named(name, { required: ['startDate', 'unit', 'amount'], optional: ['timezone'] }, given => {
      const [start, unit, amount] = ['startDate', 'unit', 'amount'].map(given)
      if (isNothing(start) || isNothing(unit) || isNothing(amount)) return null
      return dateTimeOf(start, given('timezone'))
        .plus(steps(unitOf(unit), number(name, amount) * sign))
        .toJSDate()
    })
  return {
    $dateAdd: shift('$dateAdd', 1),
    $dateSubtract: shift('$dateSubtract', -1),
    $dateDiff: named(
      '$dateDiff',
      { required: ['startDate', 'endDate', 'unit'], optional: ['timezone', 'startOfWeek'] },
      given => {
        const [start, end, unit] = ['startDate', 'endDate', 'unit'].map(given)
        if (isNothing(start) || isNothing(end) || isNothing(unit)) return null
        const zone = given('timezone')
        return BigInt(
          boundariesBetween(
            dateTimeOf(start, zone),
            dateTimeOf(end, zone),
            unitOf(unit),
            weekStart(given('startOfWeek')),
          ),
        )
      },
    ),
    $dateTrunc: named(
      '$dateTrunc',
      { required: ['date', 'unit'], optional: ['binSize', 'timezone', 'startOfWeek'] },
      given => truncated(given, dateTimeOf),
    ),
  }
}

function truncated(given: Given, dateTimeOf: DateTimeOf): MaybeValue {
  const [date, unit] = [given('date'), given('unit')]
  if (isNothing(date) || isNothing(unit)) return null
  const binSize = given('binSize')
  const size = isNothing(binSize) ? 1 : number('$dateTrunc', binSize)
  if (size < 1) throw atLocation(5439017, '$dateTrunc requires binSize to be greater than 0')
  return truncate(
    dateTimeOf(date, given('timezone')),
    unitOf(unit),
    size,
    weekStart(given('startOfWeek')),
  ).toJSDate()
}
