import { because, type Reason } from '../reason.ts'
import { isDay } from '../calendar-day.ts'
import { type FieldError, invalid } from '../domain-error.ts'
import { overlap, yearOf, daysIn, type Period } from './days.ts'
import { proportion } from './split.ts'

/** One cost: who paid the bill, and who it is for. The two are seldom the same (contradiction C8 of the sources). */
export interface CostLine {
  readonly id: string
  readonly organisationId: string
  /** `one-off`: `amountOre` on the day `fromOn`. `annual`: `amountOre` a year, from `fromOn` to `toOn`. */
  readonly kind: CostKind
  readonly fromOn: string
  /** The last day of an annual cost; it goes on when missing. */
  readonly toOn?: string
  /** Integer öre without VAT; negative for a credit. */
  readonly amountOre: number
  readonly vatOre?: number
  readonly payer: Payer
  readonly bearer: Bearer
  readonly text: string
  readonly category: CostCategory
  readonly version: number
}

export const costKinds = ['one-off', 'annual'] as const
export type CostKind = (typeof costKinds)[number]

export const costCategories = [
  'device',
  'accessory',
  'subscription',
  'support',
  'licence',
  'management',
  'replacement',
  'labour',
  'other',
] as const
export type CostCategory = (typeof costCategories)[number]

/** Whose money it was: a body's, or the central office's. */
export type Payer = { readonly kind: 'central' } | { readonly kind: 'body'; readonly bodyId: string }

/** Who it is for: a body, the central office, the bodies after a key, or nobody yet (requirement R48 shows that). */
export type Bearer = Payer | { readonly kind: 'key'; readonly keyId: string } | { readonly kind: 'none' }

export type WrittenCostLine = Omit<CostLine, 'id' | 'organisationId' | 'version'>

/** What a line costs in a year, and over which of its days it is spread; undefined when it lies outside. */
export function costInYear(
  line: Pick<CostLine, 'kind' | 'fromOn' | 'toOn' | 'amountOre'>,
  year: number,
): { readonly amountOre: number; readonly period: Period } | undefined {
  const whole = yearOf(year)
  const { kind, fromOn, toOn, amountOre } = line
  const period = overlap({ fromOn, toOn: kind === 'one-off' ? fromOn : toOn }, whole)
  if (!period) return undefined
  // By days, not months: bodies begin and end on any day, and a whole year is then exactly the yearly amount.
  return {
    period,
    amountOre: kind === 'one-off' ? amountOre : proportion(amountOre, daysIn(period), daysIn(whole)),
  }
}

/** Far above any municipality, and far below where integers end. */
const largestOre = 1_000_000_000_000

/** @throws {DomainError} invalid `cost-line-invalid` with the wrong fields */
export function checkCostLine({ kind, fromOn, toOn, amountOre, vatOre, text }: WrittenCostLine): void {
  const checks: readonly (readonly [path: string, ok: boolean, reason: Reason])[] = [
    ['fromOn', isDay(fromOn), because('day-form', 'A day is written as 2026-03-02.')],
    ['toOn', toOn === undefined || isDay(toOn), because('day-form', 'A day is written as 2026-03-02.')],
    [
      'toOn',
      toOn === undefined || kind === 'annual',
      because('one-off-one-day', 'A one-off cost has only one day.'),
    ],
    [
      'toOn',
      toOn === undefined || toOn >= fromOn,
      because('days-in-order', 'The last day cannot be before the first.'),
    ],
    [
      'amountOre',
      isOre(amountOre) && amountOre !== 0,
      because('amount-not-zero', 'The amount is a whole number of öre, and not 0.'),
    ],
    [
      'vatOre',
      vatOre === undefined || isOre(vatOre),
      because('vat-whole', 'The VAT is a whole number of öre.'),
    ],
    ['text', text.trim() !== '', because('cost-text', 'Write what the cost is for.')],
  ]
  const fields: FieldError[] = checks.filter(([, ok]) => !ok).map(([path, , reason]) => ({ path, ...reason }))
  if (fields.length > 0) throw invalid('cost-line-invalid', fields)
}

function isOre(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= largestOre
}
