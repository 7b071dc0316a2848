import { type CostLine } from '../../server/costs/cost-line.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { day } from '../dates.ts'
import { sayIn, type Say } from '../language.ts'
import { kronor } from '../money.ts'
import { type CostChoices } from './cost-form.ts'

/** One cost as a line of the list. An annual amount says that it comes each year. */
export function costRow(
  line: CostLine,
  known: CostChoices,
  { today, language }: { today: string; language: Language },
) {
  const say = sayIn(language)
  const { id, text, kind, category, amountOre, fromOn, toOn, payer, bearer } = line
  const amount = kronor(amountOre, language)
  return {
    href: `/costs/lines/${id}`,
    text,
    category: say(`costs.category.${category}`),
    kind: say(`costs.kind.${kind}`),
    isAnnual: kind === 'annual',
    amount: kind === 'annual' ? say('costs.a-year', { amount }) : amount,
    period:
      kind === 'one-off'
        ? day(fromOn, language)
        : `${day(fromOn, language)} – ${toOn === undefined ? '' : day(toOn, language)}`,
    isOver: toOn !== undefined && toOn < today,
    payer: nameOf(payer, known, say),
    bearer: nameOf(bearer, known, say),
    isBorneByNobody: bearer.kind === 'none',
  }
}

/** Who that is; what is gone has no name. */
export function nameOf(party: CostLine['bearer'], { bodies, keys }: CostChoices, say: Say): string {
  switch (party.kind) {
    case 'central':
      return say('costs.central')
    case 'none':
      return say('costs.bearer.none')
    case 'body':
      return bodies.find(({ id }) => id === party.bodyId)?.name ?? '–'
    case 'key':
      return keys.find(({ id }) => id === party.keyId)?.name ?? '–'
  }
}
