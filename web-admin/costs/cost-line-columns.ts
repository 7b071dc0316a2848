import { type CostLine } from '../../server/costs/cost-line.ts'
import { day, span } from '../dates.ts'
import { kronor } from '../money.ts'
import { type Reader } from '../reader.ts'
import { type Column } from '../tables/columns.ts'
import { type CostChoices } from './cost-form.ts'
import { nameOf } from './cost-line-view.ts'

interface CostLineColumnsNeeds {
  readonly known: CostChoices
  readonly today: string
}

/** The columns of the list of costs. An annual amount says that it comes each year; only who may change one is led to it. */
export function costLineColumns(
  { say, language, may }: Reader,
  { known, today }: CostLineColumnsNeeds,
): Column<CostLine>[] {
  const kind = (line: CostLine) => say(`costs.kind.${line.kind}`)
  const isOver = ({ toOn }: CostLine) => toOn !== undefined && toOn < today
  const amount = ({ amountOre, kind }: CostLine) => {
    const note = kind === 'annual' ? say('costs.a-year') : undefined
    return { text: kronor(amountOre, language), isUnbroken: true, note }
  }
  const period = ({ kind, fromOn, toOn }: CostLine) =>
    kind === 'one-off' ? day(fromOn, language) : span(fromOn, toOn, language)
  return [
    {
      key: 'text',
      text: 'costs.text',
      show: line => ({
        text: line.text,
        href: may('costs.write') ? `/costs/lines/${line.id}` : undefined,
        note: say(`costs.category.${line.category}`),
      }),
      file: ({ text }) => text,
    },
    {
      key: 'category',
      text: 'costs.category',
      only: 'file',
      show: () => undefined,
      file: ({ category }) => say(`costs.category.${category}`),
    },
    {
      key: 'amount',
      text: 'costs.amount',
      isNumber: true,
      sort: 'amountOre',
      show: amount,
      file: ({ amountOre }) => ({ ore: amountOre }),
    },
    {
      key: 'vat',
      text: 'costs.vat',
      isNumber: true,
      isSpare: true,
      show: ({ vatOre }) =>
        vatOre === undefined ? undefined : { text: kronor(vatOre, language), isUnbroken: true },
      file: ({ vatOre }) => (vatOre === undefined ? undefined : { ore: vatOre }),
    },
    {
      key: 'kind',
      text: 'costs.kind',
      show: line => {
        const annual = { text: kind(line), tone: 'info', icon: 'refresh' } as const
        return { badges: [line.kind === 'annual' ? annual : { ...annual, tone: 'plain', icon: 'paper' }] }
      },
      file: kind,
    },
    {
      key: 'period',
      text: 'costs.period',
      sort: 'fromOn',
      show: line => ({
        text: period(line),
        badges: isOver(line) ? [{ text: say('costs.over'), tone: 'plain', icon: 'stopped' }] : [],
      }),
      file: ({ fromOn }) => fromOn,
    },
    {
      key: 'to',
      text: 'costs.to',
      only: 'file',
      show: () => undefined,
      file: ({ toOn }) => toOn,
    },
    {
      key: 'bearer',
      text: 'costs.bearer',
      show: ({ bearer }) => {
        const text = nameOf(bearer, known, say)
        return bearer.kind === 'none' ? { badges: [{ text, tone: 'warning', icon: 'warning' }] } : { text }
      },
      file: ({ bearer }) => nameOf(bearer, known, say),
    },
    {
      key: 'payer',
      text: 'costs.payer',
      show: ({ payer }) => nameOf(payer, known, say),
      file: ({ payer }) => nameOf(payer, known, say),
    },
  ]
}
