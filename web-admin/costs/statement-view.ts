import { central, unattributed } from '../../server/costs/allocation.ts'
import { type AllocationKey } from '../../server/costs/allocation-key.ts'
import { type StatementView } from '../../server/costs/costs.ts'
import { type Borne, type Sums } from '../../server/costs/statement.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { dayAndTime } from '../dates.ts'
import { sayIn, type Say } from '../language.ts'
import { kronor } from '../money.ts'
import { barsOf } from './cost-bars.ts'

const mostBars = 12

/** Who pays a part of a statement: a body, the central office, or nobody. */
interface Bearing extends Borne {
  readonly id: string
  readonly name: string
  readonly costCentre: string
}

/** Bodies in their order, then the central office, then what nobody pays, if there is any. */
export function bearings(statement: StatementView, say: Say): Bearing[] {
  const { bodies, central: office, unattributed: nobody } = statement
  return [
    ...bodies.map(({ bodyId, ...body }) => ({ id: bodyId, ...body })),
    ...(isNothing(office) ? [] : [{ id: central, name: say('costs.central'), costCentre: '', ...office }]),
    ...(isNothing(nobody)
      ? []
      : [{ id: unattributed, name: say('costs.unattributed'), costCentre: '', ...nobody }]),
  ]
}

const isNothing = ({ oneOffOre, annualOre, parts }: Borne) =>
  oneOffOre === 0 && annualOre === 0 && parts.length === 0

/** The cost of each body for a year. One-off and annual amounts are kept apart and never added. */
export function statementView(statement: StatementView, language: Language) {
  const say = sayIn(language)
  const { year, frozen, changedSince, totals, paidBy } = statement
  const all = bearings(statement, say)
  const sums = ({ oneOffOre, annualOre }: Sums) => ({
    oneOff: kronor(oneOffOre, language),
    annual: kronor(annualOre, language),
  })
  const bars = (of: (bearing: Sums) => number) =>
    barsOf(
      all.map(one => ({ name: one.name, ore: of(one) })),
      mostBars,
      language,
    )
  return {
    year,
    isEmpty: all.every(isNothing),
    rows: all.map(one => ({
      href: `/costs/of/${one.id}?year=${year}`,
      name: one.name,
      costCentre: one.costCentre,
      isUnattributed: one.id === unattributed,
      ...sums(one),
    })),
    totals: sums(totals),
    unattributed: isNothing(statement.unattributed)
      ? undefined
      : say('costs.unattributed.text', { amounts: amountWords(statement.unattributed, language) }),
    charts: [
      { id: 'annual', title: say('costs.annual'), bars: bars(({ annualOre }) => annualOre) },
      { id: 'one-off', title: say('costs.one-off'), bars: bars(({ oneOffOre }) => oneOffOre) },
    ].filter(chart => chart.bars.length > 0),
    paidBy: paidBy.map(one => ({
      name: one.payer === central ? say('costs.central') : one.name,
      ...sums(one),
    })),
    agreed:
      frozen &&
      say('costs.agreed.by', { when: dayAndTime(frozen.frozenAt, language), name: frozen.frozenBy.name }),
    changedSince,
  }
}

/** The two amounts in a sentence; what is zero is not named beside what is not. */
function amountWords({ oneOffOre, annualOre }: Sums, language: Language): string {
  const say = sayIn(language)
  const first = say('costs.unattributed.one-off', { amount: kronor(oneOffOre, language) })
  const second = say('costs.unattributed.annual', { amount: kronor(annualOre, language) })
  if (annualOre === 0) return first
  return oneOffOre === 0 ? second : say('costs.and', { first, second })
}

/** What one of them pays, line by line. */
export function partRows(
  { parts }: Borne,
  keys: readonly AllocationKey[],
  { language, href }: { language: Language; href: (costLineId: string) => string },
) {
  const say = sayIn(language)
  return parts.map(({ costLineId, text, category, kind, amountOre, keyId }) => ({
    href: href(costLineId),
    text,
    category: say(`costs.category.${category}`),
    kind: say(`costs.kind.${kind}`),
    key: keys.find(({ id }) => id === keyId)?.name ?? '',
    amount: kronor(amountOre, language),
  }))
}
