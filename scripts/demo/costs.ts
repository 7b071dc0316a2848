import { type Ornkoll } from '../../server/compose.ts'
import { type WrittenCostLine } from '../../server/costs/cost-line.ts'
import { type Actor } from '../../server/staff/actor.ts'

/**
 * The costs of section 2 of the requirements: 383 iPads once, 1 450 260 kr a year, of which the central office bears
 * its frame of 120 000 kr and the committees the rest in equal parts. How the rest is split over its four purposes is
 * invented; the sum is the source's.
 */
export async function addCosts({ costs }: Ornkoll, finance: Actor, year: number): Promise<void> {
  const validFrom = `${year}-01-01`
  const equal = await costs.addKey(finance, {
    name: 'Lika per nämnd',
    basis: 'equal',
    bodyTypes: ['committee'],
    validFrom,
  })
  await costs.addKey(finance, { name: 'Per utlånad iPad', basis: 'per-device', validFrom })
  await costs.addKey(finance, { name: 'Per uppdrag', basis: 'per-mandate', validFrom })

  const central = { kind: 'central' } as const
  const shared = { kind: 'key', keyId: equal.id } as const
  const annual = { kind: 'annual', fromOn: validFrom, payer: central } as const
  const lines: readonly WrittenCostLine[] = [
    {
      kind: 'one-off',
      fromOn: validFrom,
      amountOre: 197_972_700,
      payer: central,
      // Not by iPad: when they were bought none was on loan yet.
      bearer: shared,
      text: '383 iPads à 5 169 kr',
      category: 'device',
    },
    { ...annual, amountOre: 72_600_000, bearer: shared, text: 'Mobilt bredband', category: 'subscription' },
    {
      ...annual,
      amountOre: 37_926_000,
      bearer: shared,
      text: 'Support, IT-kundservice',
      category: 'support',
    },
    {
      ...annual,
      amountOre: 22_500_000,
      bearer: shared,
      text: 'Underhåll av mötesappen',
      category: 'licence',
    },
    {
      ...annual,
      amountOre: 12_000_000,
      bearer: central,
      text: 'Hantering av iPads (MDM)',
      category: 'management',
    },
  ]
  for (const line of lines) await costs.addLine(finance, line)
}
