import { DomainError, invalid } from '../domain-error.ts'
import { orderFrom, placeOfOrder, placeWithin } from '../http/list-order.ts'
import { pageOf, type Page } from '../http/paging.ts'
import { because } from '../reason.ts'
import { type Actor } from '../staff/actor.ts'
import { stale } from '../stale.ts'
import { type MergeStore } from './merge-store.ts'
import { handleOf, toldOfChange, type Person } from './person.ts'
import { refuseErrors, writtenPerson, type PersonInput } from './person-input.ts'
import { personPlaceText, type PersonQuery } from './person-search.ts'
import { type ListAsked } from './personal-read.ts'
import { type PersonalReads } from './personal-reads.ts'
import { createRegistering, type RegisteringDeps } from './registering.ts'
import { createRevealing, type RevealingDeps } from './revealing.ts'
import { mayReveal, refuseNew, refuseWithoutReveal, shownTo } from './shown-person.ts'
import { tellOthersOfChange } from './telling-others.ts'

interface PeopleDeps extends RegisteringDeps, RevealingDeps {
  readonly merges: Pick<MergeStore, 'keptOf' | 'byFormerEmails' | 'forgetEmail'>
  readonly personalReads: PersonalReads
}

/**
 * Those who hold mandates and borrow iPads. What these functions answer shows neither which other organisations know
 * the person, nor who somebody with a protected identity is; `reveal` alone does that, and leaves a trace.
 */
export function createPeople(deps: PeopleDeps) {
  const { people, merges, personalReads, audit, transaction } = deps
  const revealing = createRevealing(deps, stored)

  async function stored(actor: Actor, id: string): Promise<Person> {
    const found = await people.find(actor.organisationId, id)
    if (!found) throw new DomainError('not-found', 'person-unknown', 'There is no such person.')
    return found
  }

  /** For use cases; whoever answers with the person takes `open`. @throws {DomainError} not-found `person-unknown` */
  async function get(actor: Actor, id: string): Promise<Person> {
    return shownTo(actor, await stored(actor, id))
  }

  /** The person for whoever opens their page or row; the log tells of it. @throws {DomainError} not-found `person-unknown` */
  async function open(actor: Actor, id: string): Promise<Person> {
    const person = await get(actor, id)
    await personalReads.opened(actor, person)
    return person
  }

  /** Those of the ids that the organisation knows, in no order. */
  async function many(actor: Actor, ids: readonly string[]): Promise<Person[]> {
    const found = await people.findMany(actor.organisationId, [...new Set(ids)])
    return found.map(person => shownTo(actor, person))
  }

  /**
   * One page, by family name or in the order of `sort`. A protected person is found only by the handle that stands on
   * papers. The log tells of whoever is shown many.
   */
  async function list(actor: Actor, query: PersonQuery): Promise<Page<Person>> {
    const page = await forFile(actor, query)
    await personalReads.listed(actor, page.items.length)
    return page
  }

  /** The same for what stands in the log itself, as a whole. */
  async function forFile(actor: Actor, query: PersonQuery): Promise<Page<Person>> {
    const order = query.sort ?? 'name'
    const after = query.after === undefined ? undefined : placeWithin(order, query.after)
    const found = await people.page(actor.organisationId, { ...query, after })
    const { sort } = orderFrom(order)
    const { items, next } = pageOf(found, query.limit, person =>
      placeOfOrder(order, personPlaceText(person, sort)),
    )
    return { items: items.map(person => shownTo(actor, person)), next }
  }

  /** Whether the organisation knows anybody. */
  async function any(actor: Actor): Promise<boolean> {
    return (await people.page(actor.organisationId, { limit: 1 })).length > 0
  }

  /**
   * The person with other written fields; `version` is the one that was seen. It reaches only those fields, so what
   * other organisations have to do with the person stays. Of somebody with a protected identity it takes a reason, and
   * taking the protection away is a look at who it is.
   * @throws {DomainError} invalid `person-invalid`, `person-reason`; conflict `stale`, `email-taken`,
   * `person-not-yours-yet`; forbidden `person-protected` for someone with a protected identity, unless the actor may see
   * who it is
   */
  async function edit(actor: Actor, id: string, { version, reason, ...input }: PersonEdit): Promise<Person> {
    refuseErrors(input)
    refuseHandle(id, input)
    return transaction(async () => {
      const before = await stored(actor, id)
      await refuseNew(people, actor, id)
      if (before.protectedIdentity) {
        refuseWithoutReveal(actor)
        refuseWithoutReason(reason)
      }
      const after = await people.change(actor.organisationId, id, version, change(input))
      if (!after) throw stale('person')
      await audit.record(actor, {
        action: 'people.edit',
        on: { kind: 'person', id },
        ...(reason !== undefined && { reason }),
        ...toldOfChange(before, after),
      })
      if (before.protectedIdentity && !after.protectedIdentity && reason !== undefined)
        await revealing.noteReveal(actor, before, { reason })
      await tellOthersOfChange(audit, actor, before, after)
      return shownTo(actor, after)
    })
  }

  /**
   * Those whom the organisation knows by one of the addresses, by address in lower case, as they are stored: for
   * imports, which compare. Someone protected is told apart only by that word, unless the actor may know who it is. An
   * address that somebody had before they were merged still means them.
   */
  async function withEmails(
    actor: Actor,
    emails: readonly string[],
  ): Promise<ReadonlyMap<string, Person | 'protected'>> {
    const found = await people.findByEmails([...new Set(emails)])
    // Read anew as this organisation may know them.
    const own = await people.findMany(
      actor.organisationId,
      found.map(({ id }) => id),
    )
    const known = new Map(own.map(person => [person.email, person]))
    const missing = emails.filter(email => !known.has(email))
    const former = await merges.byFormerEmails(actor.organisationId, missing)
    const kept = await people.findMany(actor.organisationId, [...former.values()])
    for (const [email, id] of former) {
      const person = kept.find(one => one.id === id)
      if (person) known.set(email, person)
    }
    const hidden = !mayReveal(actor)
    return new Map(
      [...known].map(([email, person]) => [
        email,
        person.protectedIdentity && hidden ? ('protected' as const) : person,
      ]),
    )
  }

  /**
   * The name as it goes on a paper that the person signs, and only there: nothing of it is shown on a list.
   * For use cases, never for an answer.
   */
  async function forPaper(actor: Actor, id: string): Promise<Person> {
    return stored(actor, id)
  }

  /**
   * The person, whom nobody can merge away while the transaction around it lasts: for whatever will point at them.
   * @throws {DomainError} not-found `person-unknown`
   */
  async function hold(actor: Actor, id: string): Promise<Person> {
    await people.hold(actor.organisationId, id)
    return get(actor, id)
  }

  return {
    get,
    open,
    many,
    list,
    forFile,
    any,
    ...createRegistering(deps, get),
    edit,
    reveal: revealing.reveal,
    revealedOnPaper: revealing.revealedOnPaper,
    protectedAmong: revealing.protectedAmong,
    withEmails,
    hold,
    forPaper,
    /** Those of the ids whom another organisation knows and this one has nothing to do with yet. */
    newAmong: (actor: Actor, ids: readonly string[]) => people.newTo(actor.organisationId, ids),
    wantsProof: (actor: Actor, asked: ListAsked) => personalReads.wantsProof(actor, asked),
  }
}

export type People = ReturnType<typeof createPeople>

/** What is changed of somebody, the version that was seen, and why, where the identity is protected. */
export interface PersonEdit extends PersonInput {
  readonly version: number
  readonly reason?: string | undefined
}

function change(input: PersonInput) {
  const { written, emptied } = writtenPerson(input)
  return { set: written, emptied }
}

/** A form that was filled from a masked row holds the code in place of the name; saved, it would be the name. */
function refuseHandle(id: string, { familyName }: PersonInput): void {
  if (familyName?.trim() !== handleOf({ id })) return
  const wrong = because('family-name-handle', 'This is the code shown instead of the name. Write the name.')
  throw invalid('person-invalid', [{ path: 'familyName', ...wrong }])
}

function refuseWithoutReason(reason: string | undefined): void {
  if (reason) return
  const message = 'Give a reason: this person has a protected identity.'
  throw new DomainError('invalid', 'person-reason', message, [{ path: 'reason', message: 'Say why.' }])
}
