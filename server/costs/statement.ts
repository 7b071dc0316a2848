import { type BodyType } from '../bodies/body.ts'
import { central, createAllocation, unattributed, type AllocationBase, type Recipient } from './allocation.ts'
import { type AllocationKey } from './allocation-key.ts'
import { costInYear, type CostCategory, type CostKind, type CostLine } from './cost-line.ts'
import { overlap, yearOf } from './days.ts'

/**
 * The cost of each body for a year, in öre without VAT. One-off and annual amounts stand apart, each with its own sum:
 * they are never added (requirement R51).
 */
export interface Statement {
  readonly year: number
  /** Bodies that existed during the year, and those that bear something of it. */
  readonly bodies: readonly BodyStatement[]
  readonly central: Borne
  /** What nobody bears: it is shown until somebody does (requirement R48). */
  readonly unattributed: Borne
  readonly totals: Sums
  /** The same costs by whose money it was. */
  readonly paidBy: readonly (Sums & { readonly payer: Recipient; readonly name: string })[]
  /** The keys as they were when this was reckoned (requirement R49). */
  readonly keys: readonly AllocationKey[]
}

export interface Sums {
  readonly oneOffOre: number
  readonly annualOre: number
}

export interface Borne extends Sums {
  readonly parts: readonly StatementPart[]
}

interface BodyStatement extends Borne {
  readonly bodyId: string
  readonly name: string
  readonly costCentre: string
  readonly type: BodyType
}

interface StatementPart {
  readonly costLineId: string
  readonly kind: CostKind
  readonly category: CostCategory
  readonly text: string
  readonly amountOre: number
  /** The key it was split by. */
  readonly keyId?: string
}

/** The statement of a year, reckoned from what is known now. */
export function statementOf(year: number, lines: readonly CostLine[], base: AllocationBase): Statement {
  const allocation = createAllocation(base)
  const borne = new Map<Recipient, StatementPart[]>()
  const paid = new Map<Recipient, StatementPart[]>()
  const put = (to: Map<Recipient, StatementPart[]>, who: Recipient, part: StatementPart) =>
    void to.set(who, [...(to.get(who) ?? []), part])
  const all: StatementPart[] = []

  for (const line of lines) {
    const cost = costInYear(line, year)
    if (!cost || cost.amountOre === 0) continue
    const { id: costLineId, kind, category, text, bearer, payer } = line
    const part = {
      costLineId,
      kind,
      category,
      text,
      ...(bearer.kind === 'key' && { keyId: bearer.keyId }),
    }
    all.push({ ...part, amountOre: cost.amountOre })
    put(paid, payer.kind === 'body' ? payer.bodyId : central, { ...part, amountOre: cost.amountOre })
    for (const [recipient, amountOre] of allocation.allocate(cost.amountOre, bearer, cost.period)) {
      put(borne, recipient, { ...part, amountOre })
    }
  }

  const of = (recipient: Recipient): Borne => {
    const parts = borne.get(recipient) ?? []
    return { ...sumsOf(parts), parts }
  }
  const existed = ({ startsOn, endsOn }: { startsOn: string; endsOn?: string }) =>
    overlap({ fromOn: startsOn, toOn: endsOn }, yearOf(year)) !== undefined
  return {
    year,
    bodies: base.bodies
      .filter(body => existed(body) || borne.has(body.id))
      .map(({ id, name, costCentre, type }) => ({ bodyId: id, name, costCentre, type, ...of(id) })),
    central: of(central),
    unattributed: of(unattributed),
    totals: sumsOf(all),
    paidBy: [...paid].map(([payer, parts]) => ({
      payer,
      name: base.bodies.find(({ id }) => id === payer)?.name ?? '',
      ...sumsOf(parts),
    })),
    keys: keysBehind(all, base.keys),
  }
}

/** The keys that lines name, and those of the same names that were valid before or after. */
function keysBehind(parts: readonly StatementPart[], keys: readonly AllocationKey[]): AllocationKey[] {
  const names = new Set(
    keys.filter(({ id }) => parts.some(({ keyId }) => keyId === id)).map(({ name }) => name),
  )
  return keys.filter(({ name }) => names.has(name))
}

function sumsOf(parts: readonly StatementPart[]): Sums {
  const sum = (kind: CostKind) =>
    parts.filter(part => part.kind === kind).reduce((total, { amountOre }) => total + amountOre, 0)
  return { oneOffOre: sum('one-off'), annualOre: sum('annual') }
}
