import { type Loans } from '../../server/loans/loans.ts'
import { type People } from '../../server/people/people.ts'
import { fullName } from '../../server/people/person.ts'
import { type Actor } from '../../server/staff/actor.ts'

export interface HoldersDeps {
  readonly loans: Pick<Loans, 'openLoansOf'>
  readonly people: Pick<People, 'many'>
}

export type HoldersOf = (actor: Actor, deviceIds: readonly string[]) => Promise<ReadonlyMap<string, string>>

/** Who holds each of these iPads now: name by device id, masked where the identity is protected. */
export function createHoldersOf({ loans, people }: HoldersDeps): HoldersOf {
  return async (actor, deviceIds) => {
    const open = [...(await loans.openLoansOf(actor, deviceIds)).values()]
    const found = await people.many(
      actor,
      open.map(({ personId }) => personId),
    )
    const names = new Map(found.map(person => [person.id, fullName(person)]))
    return new Map(open.map(({ deviceId, personId }) => [deviceId, names.get(personId) ?? '']))
  }
}
