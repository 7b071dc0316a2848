import { type Actor } from '../staff/actor.ts'
import { type Statement } from './statement.ts'

/** The statement of a year as it was agreed. What changes afterwards, names of bodies too, does not reach it. */
export interface FrozenStatement {
  readonly id: string
  readonly organisationId: string
  readonly year: number
  readonly frozenAt: Date
  readonly frozenBy: Pick<Actor, 'kind' | 'id' | 'name'>
  readonly statement: Statement
}

/** Whether two statements say the same of who bears what. */
export function saysTheSame(a: Statement, b: Statement): boolean {
  return JSON.stringify(borne(a)) === JSON.stringify(borne(b))
}

function borne({ bodies, central, unattributed, totals }: Statement) {
  const sums = ({ oneOffOre, annualOre }: Statement['totals']) => [oneOffOre, annualOre]
  const costly = bodies.filter(({ oneOffOre, annualOre }) => oneOffOre !== 0 || annualOre !== 0)
  return [
    costly.map(body => [body.bodyId, ...sums(body)]).sort(),
    sums(central),
    sums(unattributed),
    sums(totals),
  ]
}
