import { type Body } from '../../../server/bodies/body.ts'
import { type AllocationKey } from '../../../server/costs/allocation-key.ts'
import { type AllocationBase } from '../../../server/costs/allocation.ts'
import { type CostLine } from '../../../server/costs/cost-line.ts'

/** A body that has been there for long; the test names what matters. */
export function aBody(id: string, changes: Partial<Body> = {}): Body {
  return {
    id,
    organisationId: 'org',
    name: id,
    type: 'committee',
    costCentre: id.toUpperCase(),
    startsOn: '2000-01-01',
    version: 1,
    ...changes,
  }
}

export const bodies = (count: number): Body[] =>
  Array.from({ length: count }, (_, index) => aBody(`b${String(index + 1).padStart(2, '0')}`))

export function aKey(changes: Partial<AllocationKey> = {}): AllocationKey {
  return {
    id: 'key',
    organisationId: 'org',
    name: 'Lika',
    basis: 'equal',
    validFrom: '2000-01-01',
    version: 1,
    ...changes,
  }
}

/** A yearly cost that is split by the key. */
export function aLine(changes: Partial<CostLine> = {}): CostLine {
  return {
    id: 'line',
    organisationId: 'org',
    kind: 'annual',
    fromOn: '2000-01-01',
    amountOre: 36_500,
    payer: { kind: 'central' },
    bearer: { kind: 'key', keyId: 'key' },
    text: 'Bredband',
    category: 'subscription',
    version: 1,
    ...changes,
  }
}

export function aBase(changes: Partial<AllocationBase> = {}): AllocationBase {
  return { bodies: [aBody('a'), aBody('b')], mandates: [], loans: [], keys: [aKey()], ...changes }
}
