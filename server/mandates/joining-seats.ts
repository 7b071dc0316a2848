import { DomainError } from '../domain-error.ts'
import { type Mandate } from './mandate.ts'
import { overlap } from './mandate-input.ts'

interface JoinedSeats {
  /** Seats that only change hands. */
  readonly moved: readonly Mandate[]
  /** Seats that were held twice: what each is now, and which others it has taken in. */
  readonly joined: readonly { readonly mandate: Mandate; readonly takenIn: readonly Mandate[] }[]
}

/**
 * What becomes of the seats of somebody whose row turns out to be `keptId`'s. A seat that both hold on the same days, in
 * the same role and with the same weight, is one seat over all of their days; it was counted twice.
 * @throws {DomainError} conflict `merge-seats` when role or weight differ: then somebody has to know which is true
 */
export function joinSeats(kept: readonly Mandate[], gone: readonly Mandate[], keptId: string): JoinedSeats {
  const moved: Mandate[] = []
  const joined = new Map<string, { mandate: Mandate; takenIn: Mandate[] }>()
  let seats = [...kept]
  for (const seat of gone) {
    const met = seats.filter(other => other.bodyId === seat.bodyId && overlap(other, seat))
    const [first, ...more] = met
    if (!first) {
      moved.push({ ...seat, personId: keptId, version: seat.version + 1 })
      continue
    }
    if (met.some(other => other.role !== seat.role || other.costWeight !== seat.costWeight)) throw twoWays()
    const earlier = joined.get(first.id)
    const mandate = {
      ...spanOf(first, [seat, ...more]),
      version: earlier ? first.version : first.version + 1,
    }
    const before = more.flatMap(other => [other, ...(joined.get(other.id)?.takenIn ?? [])])
    for (const other of more) joined.delete(other.id)
    joined.set(first.id, { mandate, takenIn: [...(earlier?.takenIn ?? []), seat, ...before] })
    seats = [...seats.filter(other => !met.includes(other)), mandate]
  }
  return { moved, joined: [...joined.values()] }
}

/** The seat over its own days and those of the others. */
function spanOf(seat: Mandate, others: readonly Mandate[]): Mandate {
  const all = [seat, ...others]
  const startsOn = all.map(each => each.startsOn).reduce((a, b) => (a < b ? a : b))
  const ends = all.map(each => each.endsOn)
  const last = ends.reduce((a, b) => (a === undefined || b === undefined ? undefined : a > b ? a : b))
  const { id, organisationId, personId, bodyId, role, costWeight, version } = seat
  const same = { id, organisationId, personId, bodyId, role, costWeight, version }
  return { ...same, startsOn, ...(last !== undefined && { endsOn: last }) }
}

function twoWays(): DomainError {
  return new DomainError(
    'conflict',
    'merge-seats',
    'Both have a mandate in the same body on the same days, but with a different role or weight. Correct one of them first.',
  )
}
