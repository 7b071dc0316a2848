import { type Audit, type AuditEntry } from '../audit/audit.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Actor } from '../staff/actor.ts'
import { type MergeStore } from './merge-store.ts'
import { type Person } from './person.ts'
import { type PersonStore } from './person-store.ts'
import { refuseNew, refuseWithoutReveal, shownTo } from './shown-person.ts'
import { tellOthers } from './telling-others.ts'

export interface RevealingDeps {
  readonly people: PersonStore
  readonly merges: Pick<MergeStore, 'keptOf'>
  readonly audit: Audit
  readonly transaction: Transaction
}

/** Who somebody with a protected identity is: told to those who may know, and never without a trace. */
export function createRevealing(
  { people, merges, audit, transaction }: RevealingDeps,
  stored: (actor: Actor, id: string) => Promise<Person>,
) {
  /** A look at who somebody protected is, in the logs of all who know them; why stands in that of the reader alone. */
  async function noteReveal(
    actor: Actor,
    person: Person,
    why: Pick<AuditEntry, 'reason' | 'after'>,
  ): Promise<void> {
    await transaction(async () => {
      await audit.record(actor, { action: 'people.reveal', on: { kind: 'person', id: person.id }, ...why })
      await tellOthers(audit, actor, person, { action: 'people.revealed-elsewhere' })
    })
  }

  /** Staff see the name of somebody protected on a paper. @throws {DomainError} not-found `person-unknown` */
  async function revealedOnPaper(actor: Actor, id: string, paper: string): Promise<void> {
    await noteReveal(actor, await stored(actor, id), { after: { paper } })
  }

  /**
   * Who somebody with a protected identity is. The look and its reason stand in the log before it is answered.
   * @throws {DomainError} forbidden `person-protected` without the right; conflict `person-not-yours-yet`
   */
  async function reveal(actor: Actor, id: string, reason: string): Promise<Person> {
    const person = await stored(actor, id)
    if (!person.protectedIdentity) return shownTo(actor, person)
    refuseWithoutReveal(actor)
    await refuseNew(people, actor, id)
    await noteReveal(actor, person, { reason })
    return { ...person, organisationIds: [actor.organisationId] }
  }

  /**
   * Those of the ids whose identity is protected, or who have become somebody whose is: for what shows things that were
   * written before.
   */
  async function protectedAmong(
    organisationId: string,
    ids: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const known = await people.findMany(organisationId, ids)
    const gone = ids.filter(id => !known.some(person => person.id === id))
    const keptOf = await merges.keptOf(organisationId, gone)
    const kept = await people.findMany(organisationId, [...new Set(keptOf.values())])
    const hidden = new Set([...known, ...kept].filter(isProtected).map(({ id }) => id))
    return new Set(ids.filter(id => hidden.has(keptOf.get(id) ?? id)))
  }

  return { noteReveal, revealedOnPaper, reveal, protectedAmong }
}

const isProtected = ({ protectedIdentity }: Person) => protectedIdentity
