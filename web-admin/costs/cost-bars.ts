import { type Language } from '../../server/organisations/organisation.ts'
import { sayIn } from '../language.ts'
import { kronor } from '../money.ts'

interface Bar {
  readonly name: string
  readonly amount: string
  /** Of the longest bar, 0 to 100. */
  readonly percent: number
  /** Money that came back. */
  readonly isCredit: boolean
}

interface Amount {
  readonly name: string
  readonly ore: number
}

/**
 * The largest amounts as bars, the largest first, those beyond `most` together as one. Nothing has no bar: the table
 * beside the picture has it.
 */
export function barsOf(amounts: readonly Amount[], most: number, language: Language): Bar[] {
  const say = sayIn(language)
  const sorted = amounts.filter(({ ore }) => ore !== 0).sort((a, b) => Math.abs(b.ore) - Math.abs(a.ore))
  const rest = sorted.slice(most)
  const restOre = rest.reduce((sum, { ore }) => sum + ore, 0)
  const shown =
    rest.length > 0
      ? [...sorted.slice(0, most), { name: say('costs.bars.rest', { count: rest.length }), ore: restOre }]
      : sorted
  const longest = Math.max(...shown.map(({ ore }) => Math.abs(ore)), 1)
  return shown.map(({ name, ore }) => ({
    name,
    amount: kronor(ore, language),
    percent: Math.round((Math.abs(ore) / longest) * 1000) / 10,
    isCredit: ore < 0,
  }))
}
