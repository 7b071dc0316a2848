import { type CostLine } from '../../server/costs/cost-line.ts'
import { type Say } from '../language.ts'
import { type CostChoices } from './cost-form.ts'

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
