import { dayAfter } from '../calendar-day.ts'
import { isCurrent, type Body } from '../bodies/body.ts'
import { type Mandate } from '../mandates/mandate.ts'
import { keyOn, type AllocationKey } from './allocation-key.ts'
import { type Bearer } from './cost-line.ts'
import { cutAt, daysIn, type Period } from './days.ts'
import { lcm, split } from './split.ts'

/** What costs are split after, as it was day by day. */
export interface AllocationBase {
  /** In the order in which equal remainders are given. */
  readonly bodies: readonly Body[]
  readonly mandates: readonly Pick<Mandate, 'bodyId' | 'startsOn' | 'endsOn' | 'costWeight'>[]
  readonly loans: readonly LoanDays[]
  readonly keys: readonly AllocationKey[]
}

/** The days that an iPad was on loan, and for whom. */
export interface LoanDays {
  readonly bodyIds: readonly string[]
  readonly startsOn: string
  readonly endsOn?: string
}

/** A body's id, or one of the two that are no bodies. */
export type Recipient = string
export const central = 'central'
export const unattributed = 'unattributed'

type Weights = ReadonlyMap<Recipient, bigint>

/**
 * Splits costs day by day: each day of a cost is paid by the bodies that exist that day, by what they have that day.
 * The days are summed as exact fractions and rounded to öre once, so a body that begins in July changes nothing for
 * January, and the shares sum to the cost.
 */
export function createAllocation(base: AllocationBase) {
  const changes = changingDays(base)
  const known = new Map<string, Weights>()

  function weightsOf(bearer: Bearer, period: Period): Weights {
    const name = `${bearer.kind} ${'keyId' in bearer ? bearer.keyId : 'bodyId' in bearer ? bearer.bodyId : ''}`
    const place = `${name} ${period.fromOn} ${period.toOn}`
    const weights = known.get(place) ?? sumOfDays(base, bearer, cutAt(period, changes))
    known.set(place, weights)
    return weights
  }

  return {
    /** Öre by recipient, zero shares left out; what nobody can be found for goes to `unattributed`. */
    allocate(amountOre: number, bearer: Bearer, period: Period): ReadonlyMap<Recipient, number> {
      const weights = [...weightsOf(bearer, period)]
      const shares = split(
        amountOre,
        weights.map(([, weight]) => weight),
      )
      return new Map(
        weights
          .map(([recipient], index) => [recipient, shares[index] ?? 0] as const)
          .filter(([, ore]) => ore !== 0),
      )
    },
  }
}

/** Days on which the answer may be another than on the day before. */
function changingDays({ bodies, mandates, loans, keys }: AllocationBase): Set<string> {
  const periods = [
    ...bodies,
    ...mandates,
    ...loans,
    ...keys.map(({ validFrom: startsOn, validTo: endsOn }) => ({ startsOn, endsOn })),
  ]
  return new Set(
    periods.flatMap(({ startsOn, endsOn }) =>
      endsOn === undefined ? [startsOn] : [startsOn, dayAfter(endsOn, 1)],
    ),
  )
}

/** Whole numbers in the proportion of all days together, in the order of the bodies. */
function sumOfDays(base: AllocationBase, bearer: Bearer, parts: readonly Period[]): Weights {
  const days = parts.map(part => ({
    days: BigInt(daysIn(part)),
    weights: weightsOn(base, bearer, part.fromOn),
  }))
  const sums = days.map(({ weights }) => [...weights.values()].reduce((a, b) => a + b, 0n))
  const common = sums.reduce(lcm, 1n)
  const summed = new Map<Recipient, bigint>()
  days.forEach(({ days: count, weights }, index) => {
    const factor = count * (common / (sums[index] ?? 1n))
    for (const [recipient, weight] of weights) {
      summed.set(recipient, (summed.get(recipient) ?? 0n) + weight * factor)
    }
  })
  const order = [...base.bodies.map(({ id }) => id), central, unattributed]
  return new Map(
    order.flatMap(recipient => {
      const weight = summed.get(recipient)
      return weight === undefined ? [] : [[recipient, weight] as const]
    }),
  )
}

const nobody: Weights = new Map([[unattributed, 1n]])

/** Who pays for a day, and in what proportion; never empty. */
function weightsOn(base: AllocationBase, bearer: Bearer, day: string): Weights {
  switch (bearer.kind) {
    case 'central':
      return new Map([[central, 1n]])
    case 'none':
      return nobody
    case 'body': {
      const exists = base.bodies.some(body => body.id === bearer.bodyId && isCurrent(body, day))
      return exists ? new Map([[bearer.bodyId, 1n]]) : nobody
    }
    case 'key': {
      const key = keyOn(base.keys, bearer.keyId, day)
      const weights = key && weightsOfKey(base, key, day)
      return weights && weights.size > 0 ? weights : nobody
    }
  }
}

function weightsOfKey(base: AllocationBase, key: AllocationKey, day: string): Map<Recipient, bigint> {
  const taking = new Set(
    base.bodies
      .filter(body => isCurrent(body, day) && (key.bodyTypes?.includes(body.type) ?? true))
      .map(({ id }) => id),
  )
  switch (key.basis) {
    case 'equal':
      return new Map([...taking].map(id => [id, 1n]))
    case 'per-mandate':
      return added(
        base.mandates
          .filter(mandate => isCurrent(mandate, day) && taking.has(mandate.bodyId) && mandate.costWeight > 0)
          .map(({ bodyId, costWeight }) => [bodyId, BigInt(costWeight)]),
      )
    case 'per-device':
      return weightsOfLoans(
        base.loans.filter(loan => isCurrent(loan, day)),
        taking,
      )
    case 'shares':
      // The part of a body that is gone is nobody's: an agreement is changed by people, not by arithmetic.
      return added(
        (key.shares ?? []).map(({ bodyId, parts }) => [
          taking.has(bodyId) ? bodyId : unattributed,
          BigInt(parts),
        ]),
      )
  }
}

function weightsOfLoans(loans: readonly LoanDays[], taking: ReadonlySet<string>): Map<Recipient, bigint> {
  const lent = loans
    .map(({ bodyIds }) => bodyIds.filter(id => taking.has(id)))
    .filter(({ length }) => length > 0)
  const whole = lent.map(({ length }) => BigInt(length)).reduce(lcm, 1n)
  return added(lent.flatMap(bodyIds => bodyIds.map(id => [id, whole / BigInt(bodyIds.length)] as const)))
}

function added(entries: readonly (readonly [Recipient, bigint])[]): Map<Recipient, bigint> {
  const sum = new Map<Recipient, bigint>()
  for (const [recipient, weight] of entries) sum.set(recipient, (sum.get(recipient) ?? 0n) + weight)
  return sum
}
