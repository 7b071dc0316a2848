import { isDay } from '../calendar-day.ts'
import { type DeviceOrigin, type DeviceOwnership } from '../devices/device.ts'
import { type MandateRole } from '../mandates/mandate.ts'
import { because, type Reason } from '../reason.ts'
import { type Language } from '../organisations/organisation.ts'

/** What a cell means, or why it means nothing. */
export type Read<T> = { readonly value: T } | { readonly wrong: Reason }

/**
 * Integer öre of an amount as offices write it: `4 995,50`, `4995.50 kr`, `1.234,50`. A number that could be read in two
 * ways is asked about, never guessed: one wrong sign is a price a hundred times too high.
 */
export function readPrice(cell: string): Read<number> {
  const text = cell
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(/(kr|sek|:-)$/i, '')
    .replace('\u2212', '-')
  const wrong = { wrong: because('no-price', '“{cell}” is not a price. Write it as 4995,50.', { cell }) }
  if (text.startsWith('-')) return { wrong: because('price-negative', 'The price cannot be negative.') }
  if (/^\d{1,3}[.,]\d{3}$/.test(text))
    return {
      wrong: because(
        'price-two-ways',
        '“{cell}” can be read in two ways. Write all digits together, like 4995 or 4995,50.',
        { cell },
      ),
    }
  const [, whole, decimals = ''] =
    /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/.exec(text) ??
    /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/.exec(text) ??
    []
  if (whole === undefined) return wrong
  const ore = Number(`${whole.replace(/[.,]/g, '')}${decimals.padEnd(2, '0')}`)
  return Number.isSafeInteger(ore) ? { value: ore } : wrong
}

/** A day written `2026-03-01`, `20260301` or `2026/03/01`; others are asked about, for their order differs by country. */
export function readDay(cell: string): Read<string> {
  const [, year, month, day] = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})$/.exec(cell) ?? []
  const text = `${year}-${month}-${day}`
  return year !== undefined && isDay(text)
    ? { value: text }
    : { wrong: because('no-day', '“{cell}” is not a day. Write it as 2026-03-01.', { cell }) }
}

/** A whole number from 0 on. */
export function readCount(cell: string): Read<number> {
  return /^\d{1,6}$/.test(cell)
    ? { value: Number(cell) }
    : { wrong: because('no-count', '“{cell}” is not a whole number.', { cell }) }
}

export const readYes = oneOf<boolean>(
  { ja: true, j: true, x: true, yes: true, y: true, true: true, 1: true },
  {
    nej: false,
    n: false,
    no: false,
    false: false,
    0: false,
  },
)

export const readLanguage = oneOf<Language>(
  { sv: 'sv', svenska: 'sv', swedish: 'sv' },
  { en: 'en', engelska: 'en', english: 'en' },
)

export const readRole = oneOf<MandateRole>(
  { ledamot: 'member', member: 'member', 'ordinarie ledamot': 'member' },
  { ersättare: 'substitute', suppleant: 'substitute', substitute: 'substitute', deputy: 'substitute' },
  { ordförande: 'chair', ordf: 'chair', chair: 'chair', chairperson: 'chair' },
  {
    'vice ordförande': 'vice-chair',
    'v ordf': 'vice-chair',
    'vice ordf': 'vice-chair',
    '1:e vice ordförande': 'vice-chair',
    '2:e vice ordförande': 'vice-chair',
    'vice-chair': 'vice-chair',
    'vice chair': 'vice-chair',
  },
)

export const readOrigin = oneOf<DeviceOrigin>(
  { ny: 'new', new: 'new' },
  { omkonfigurerad: 'reconfigured', begagnad: 'reconfigured', reconfigured: 'reconfigured' },
)

export const readOwnership = oneOf<DeviceOwnership>(
  {
    kommunen: 'organisation',
    kommun: 'organisation',
    organisationen: 'organisation',
    organisation: 'organisation',
  },
  { partner: 'partner', samarbetspart: 'partner' },
  { privat: 'personal', egen: 'personal', byod: 'personal', personal: 'personal', private: 'personal' },
)

function oneOf<T>(...words: readonly Readonly<Record<string, T>>[]): (cell: string) => Read<T> {
  const known = new Map(words.flatMap(group => Object.entries(group)))
  return cell => {
    const value = known.get(cell.toLowerCase().replace(/[.]/g, '').replace(/\s+/g, ' ').trim())
    if (value !== undefined) return { value }
    const examples = words.map(group => Object.keys(group)[0]).join(', ')
    return { wrong: because('no-choice', '“{cell}” is not one of {examples}.', { cell, examples }) }
  }
}
