import { DomainError } from '../domain-error.ts'
import { type Actor } from '../staff/actor.ts'
import { rightsHeld } from '../staff/rights.ts'
import { masked, type Person } from './person.ts'
import { type PersonStore } from './person-store.ts'

/** The person as an answer may show them: masked where that is needed, and without the other organisations. */
export function shownTo(actor: Actor, person: Person): Person {
  return { ...masked(person, actor.language), organisationIds: [actor.organisationId] }
}

/** Whether the actor may know who somebody with a protected identity is. */
export function mayReveal(actor: Actor): boolean {
  return rightsHeld(actor).includes('people.reveal')
}

/** @throws {DomainError} forbidden `person-protected` */
export function refuseWithoutReveal(actor: Actor): void {
  if (mayReveal(actor)) return
  throw new DomainError('forbidden', 'person-protected', 'This person has a protected identity.')
}

/** Of somebody whom another organisation knows, and this one by their address alone. */
export function notYoursYet(): DomainError {
  const message = 'Another organisation knows this person. Give them a mandate or a loan here first.'
  return new DomainError('conflict', 'person-not-yours-yet', message)
}

/** Whoever types an address has nothing to do with the person yet, and is told and changes nothing about them. */
export async function refuseNew(people: Pick<PersonStore, 'newTo'>, actor: Actor, id: string): Promise<void> {
  if ((await people.newTo(actor.organisationId, [id])).has(id)) throw notYoursYet()
}
