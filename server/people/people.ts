import { type Audit, type AuditEntry } from '../audit/audit.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError, invalid } from '../domain-error.ts'
import { orderFrom, placeOfOrder, placeWithin } from '../http/list-order.ts'
import { pageOf, type Page } from '../http/paging.ts'
import { type NewId } from '../ids.ts'
import { because } from '../reason.ts'
import { type Actor } from '../staff/actor.ts'
import { rightsHeld } from '../staff/rights.ts'
import { stale } from '../stale.ts'
import { type MergeStore } from './merge-store.ts'
import { handleOf, isNamedAs, masked, toldOfChange, type Person } from './person.ts'
import { personErrors, writtenPerson, type NewPerson, type PersonInput } from './person-input.ts'
import { personPlaceText, type PersonQuery } from './person-search.ts'
import { type PersonStore } from './person-store.ts'
import { type ListAsked } from './personal-read.ts'
import { type PersonalReads } from './personal-reads.ts'
import { tellOthers, tellOthersOfChange } from './telling-others.ts'

/** Whom somebody means who types a person; the address in lower case. */
type Typed = Pick<Person, 'givenName' | 'familyName' | 'email'>

interface PeopleDeps {
  readonly people: PersonStore
  readonly merges: Pick<MergeStore, 'keptOf' | 'byFormerEmails' | 'forgetEmail'>
  readonly personalReads: PersonalReads
  readonly audit: Audit
  readonly transaction: Transaction
  readonly newId: NewId
}

/**
 * Those who hold mandates and borrow iPads. What these functions answer shows neither which other organisations know
 * the person, nor who somebody with a protected identity is; `reveal` alone does that, and leaves a trace.
 */
export function createPeople(deps: PeopleDeps) {
  const { people, merges, personalReads, audit, transaction, newId } = deps

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
   * A new person. When another organisation knows somebody with this e-mail address it is the same person: this one
   * knows them too from now on, and what stands about them is left as it is. It sees their phone number, changes them and
   * learns who somebody protected is when it has something to do with them: a mandate, a loan. Somebody protected is only
   * taken over by whoever knows their name too, or a guessed address would tell who they are. The others are told.
   * @throws {DomainError} invalid `person-invalid`; conflict `person-exists` when this organisation knows them already,
   * `person-named-otherwise` when they are protected elsewhere and have another name
   */
  async function register(actor: Actor, input: NewPerson): Promise<Person> {
    refuseErrors(input)
    const { written } = writtenPerson(input)
    const person = newPerson(newId(), actor.organisationId, { ...input, ...written })
    if ((await guessed(actor, [person])).size > 0) throw namedOtherwise()
    return transaction(async () => {
      const [known] = await people.findByEmails([person.email])
      if (known?.organisationIds.includes(actor.organisationId)) {
        throw new DomainError(
          'conflict',
          'person-exists',
          'Somebody with this e-mail address is here already.',
          [{ path: 'email', message: 'It is taken.' }],
        )
      }
      if (known) {
        await people.share(known.id, actor.organisationId)
        await tellOthers(audit, actor, known, { action: 'people.shared-elsewhere' })
      } else await people.insert(person)
      const { id, email } = known ?? person
      // Whoever writes the address of somebody who was merged away means somebody else, or knows better.
      await merges.forgetEmail(actor.organisationId, email)
      await audit.record(actor, {
        action: known ? 'people.share' : 'people.register',
        on: { kind: 'person', id },
      })
      return get(actor, id)
    })
  }

  /**
   * Those of the addresses, in lower case, that stand for somebody whom other organisations protect, under another name.
   * Those organisations are told; called inside a transaction that is taken back, they would not be.
   */
  async function guessed(actor: Actor, typed: readonly Typed[]): Promise<ReadonlySet<string>> {
    const byEmail = new Map(typed.map(each => [each.email, each]))
    const known = await people.findByEmails([...byEmail.keys()])
    const wrong = known.filter(person => {
      const names = byEmail.get(person.email)
      const isElsewhere = !person.organisationIds.includes(actor.organisationId)
      return names && person.protectedIdentity && isElsewhere && !isNamedAs(person, names)
    })
    await transaction(async () => {
      for (const person of wrong)
        await tellOthers(audit, actor, person, { action: 'people.guessed-elsewhere' })
    })
    return new Set(wrong.map(({ email }) => email))
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
      await refuseNew(actor, id)
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
        await noteReveal(actor, before, { reason })
      await tellOthersOfChange(audit, actor, before, after)
      return shownTo(actor, after)
    })
  }

  /** Whoever types an address has nothing to do with the person yet, and is told and changes nothing about them. */
  async function refuseNew(actor: Actor, id: string): Promise<void> {
    if ((await people.newTo(actor.organisationId, [id])).has(id)) throw notYoursYet()
  }

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
    await refuseNew(actor, id)
    await noteReveal(actor, person, { reason })
    return { ...person, organisationIds: [actor.organisationId] }
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

  return {
    get,
    open,
    many,
    list,
    forFile,
    any,
    register,
    guessed,
    edit,
    reveal,
    withEmails,
    hold,
    forPaper,
    protectedAmong,
    revealedOnPaper,
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

/** The person that `input` describes, with what was not said filled in. */
export function newPerson(id: string, organisationId: string, input: NewPerson): Person {
  const { written } = writtenPerson(input)
  return {
    language: 'sv',
    protectedIdentity: false,
    ...written,
    givenName: written.givenName ?? '',
    familyName: written.familyName ?? '',
    email: written.email ?? '',
    id,
    organisationIds: [organisationId],
    version: 1,
  }
}

function namedOtherwise(): DomainError {
  const message = 'Another organisation knows somebody with this e-mail address under another name.'
  return new DomainError('conflict', 'person-named-otherwise', message, [
    { path: 'familyName', message: 'Ask the person how the name is written, and whose the address is.' },
  ])
}

/** Of somebody whom another organisation knows, and this one by their address alone. */
export function notYoursYet(): DomainError {
  const message = 'Another organisation knows this person. Give them a mandate or a loan here first.'
  return new DomainError('conflict', 'person-not-yours-yet', message)
}

/** Whether the actor may know who somebody with a protected identity is. */
export function mayReveal(actor: Actor): boolean {
  return rightsHeld(actor).includes('people.reveal')
}

const isProtected = ({ protectedIdentity }: Person) => protectedIdentity

/** The person as an answer may show them: masked where that is needed, and without the other organisations. */
export function shownTo(actor: Actor, person: Person): Person {
  return { ...masked(person, actor.language), organisationIds: [actor.organisationId] }
}

function change(input: PersonInput) {
  const { written, emptied } = writtenPerson(input)
  return { set: written, emptied }
}

function refuseWithoutReveal(actor: Actor): void {
  if (mayReveal(actor)) return
  throw new DomainError('forbidden', 'person-protected', 'This person has a protected identity.')
}

function refuseWithoutReason(reason: string | undefined): void {
  if (reason) return
  const message = 'Give a reason: this person has a protected identity.'
  throw new DomainError('invalid', 'person-reason', message, [{ path: 'reason', message: 'Say why.' }])
}

/** A form that was filled from a masked row holds the code in place of the name; saved, it would be the name. */
function refuseHandle(id: string, { familyName }: PersonInput): void {
  if (familyName?.trim() !== handleOf({ id })) return
  const wrong = because('family-name-handle', 'This is the code shown instead of the name. Write the name.')
  throw invalid('person-invalid', [{ path: 'familyName', ...wrong }])
}

function refuseErrors(input: PersonInput): void {
  const wrong = personErrors(input)
  if (wrong.length > 0) throw invalid('person-invalid', wrong)
}
