import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type Page } from '../http/paging.ts'
import { type NewId } from '../ids.ts'
import { type Actor } from '../staff/actor.ts'
import { doublesAmong, mostBehindOne, pairKey, placeOfDouble, type Double } from './doubles.ts'
import { checkMerge, takenOver, type Pointing, type PointsAtPeople, type Takeable } from './merge.ts'
import { type MergeStore } from './merge-store.ts'
import { mayReveal, notYoursYet, shownTo } from './shown-person.ts'
import { masked, toldOfChange, type Person } from './person.ts'
import { type PersonStore } from './person-store.ts'
import { type PersonalReads } from './personal-reads.ts'
import { tellOthers, tellOthersOfChange } from './telling-others.ts'

interface MergingDeps {
  readonly people: PersonStore
  readonly merges: MergeStore
  /** Everything that names a person, one for each slice. */
  readonly pointers: readonly PointsAtPeople[]
  readonly personalReads: Pick<PersonalReads, 'opened' | 'listed'>
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
}

export interface MergeInput {
  /** As they were seen. */
  readonly version: number
  readonly goneVersion: number
  /** What the one who stays gets from the other, nothing where the other has nothing. */
  readonly take?: readonly Takeable[] | undefined
  /** Needed when the identity of either is protected. */
  readonly reason?: string | undefined
}

interface Merged {
  readonly person: Person
  /** The ids of what followed, by kind. */
  readonly moved: Readonly<Record<PointsAtPeople['kind'], readonly string[]>>
}

/** Two people side by side, as lists may show them, with how much belongs to each. */
interface Comparison {
  readonly kept: Person
  readonly gone: Person
  readonly points: { readonly kept: Pointing; readonly gone: Pointing }
}

export type Merging = ReturnType<typeof createMerging>

/**
 * Rows that are one human being, found and made one. A merge is the affair of one organisation: its mandates, loans,
 * forms and cases follow, and it knows the other row no longer. Whoever else knows that row keeps it with all they have,
 * and nothing that is answered tells whether anybody does. See docs/decisions/0018.
 */
export function createMerging(deps: MergingDeps) {
  const { people, merges, pointers, personalReads, audit, transaction, clock, newId } = deps

  async function stored(actor: Actor, id: string): Promise<Person> {
    const found = await people.find(actor.organisationId, id)
    if (!found) throw new DomainError('not-found', 'person-unknown', 'There is no such person.')
    return found
  }

  /** Those who share a key with somebody, by key. */
  async function alike({ organisationId }: Actor): Promise<Person[][]> {
    const groups = await people.alike(organisationId, mostBehindOne)
    const known = await people.findMany(organisationId, [...new Set(groups.flat())])
    const byId = new Map(known.map(person => [person.id, person]))
    return groups.map(ids => ids.flatMap(id => byId.get(id) ?? []))
  }

  async function pointing(organisationId: string, personId: string): Promise<Pointing> {
    const counted: [string, number][] = []
    for (const { kind, count } of pointers) counted.push([kind, await count(organisationId, personId)])
    return Object.fromEntries(counted) as unknown as Pointing
  }

  /** Pairs that are probably one human being, the likelier first; nobody with a protected identity among them. */
  async function doubles(
    actor: Actor,
    { limit, after }: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<Page<Double>> {
    const apart = await merges.apart(actor.organisationId)
    const all = doublesAmong(await alike(actor), (one, other) => apart.has(pairKey(one, other)))
    const rest = after === undefined ? all : all.filter(double => placeOfDouble(double) > after)
    const items = rest.slice(0, limit)
    await personalReads.listed(actor, 2 * items.length)
    const last = items.at(-1)
    return {
      items: items.map(({ people: [one, other], ...said }) => ({
        ...said,
        people: [shownTo(actor, one), shownTo(actor, other)],
      })),
      next: rest.length > limit && last ? placeOfDouble(last) : null,
    }
  }

  /**
   * The two as they are, before anything is done.
   * @throws {DomainError} not-found `person-unknown`; invalid `merge-same`
   */
  async function compare(actor: Actor, keptId: string, goneId: string): Promise<Comparison> {
    const [kept, gone] = [await stored(actor, keptId), await stored(actor, goneId)]
    checkMerge(kept, gone, { reason: 'only a look' })
    for (const person of [kept, gone]) await personalReads.opened(actor, person)
    const { organisationId } = actor
    return {
      kept: shownTo(actor, kept),
      gone: shownTo(actor, gone),
      points: {
        kept: await pointing(organisationId, keptId),
        gone: await pointing(organisationId, goneId),
      },
    }
  }

  /**
   * From now on the two are `keptId`: what belonged to the other belongs to them, and the old address leads there. It
   * cannot be undone. Signed papers stay byte for byte as they are.
   * @throws {DomainError} not-found `person-unknown`; invalid `merge-same`, `merge-reason`, `merge-unseen`; conflict `stale`,
   * `merge-seats` when both sit in one body on the same days in different ways, `person-not-yours-yet`; forbidden
   * `person-protected`
   */
  async function merge(actor: Actor, keptId: string, goneId: string, input: MergeInput): Promise<Merged> {
    const { organisationId, kind, id, name } = actor
    const { version, goneVersion, take = [], reason } = input
    return transaction(async () => {
      const before = await stored(actor, keptId)
      const gone = await stored(actor, goneId)
      checkMerge(before, gone, { reason, take })
      if ((await people.newTo(organisationId, [keptId, goneId])).size > 0) throw notYoursYet()
      if ((before.protectedIdentity || gone.protectedIdentity) && !mayReveal(actor))
        throw new DomainError('forbidden', 'person-protected', 'This person has a protected identity.')
      const after = await people.change(organisationId, keptId, version, takenOver(before, gone, take))
      if (!after || gone.version !== goneVersion)
        throw new DomainError('conflict', 'stale', 'Somebody changed one of them meanwhile. Look again.')
      const moved: [string, readonly string[]][] = []
      for (const pointer of pointers) moved.push([pointer.kind, await pointer.move(actor, goneId, keptId)])
      await merges.moveApart(organisationId, goneId, keptId)
      await tellOthersOfChange(audit, actor, before, after)
      await leave(actor, gone, after.protectedIdentity)
      await merges.insert({
        id: newId(),
        organisationId,
        goneId,
        keptId,
        formerEmail: gone.email,
        mergedAt: clock.now(),
        mergedBy: { kind, id, name },
      })
      const told = toldOfMerge(before, after, gone)
      await audit.record(actor, {
        action: 'people.merge',
        on: { kind: 'person', id: keptId },
        ...(reason !== undefined && { reason }),
        before: told.before,
        after: { ...told.after, moved: Object.fromEntries(moved) },
      })
      await audit.record(actor, {
        action: 'people.merged-into',
        on: { kind: 'person', id: goneId },
        after: { person: keptId },
      })
      return { person: shownTo(actor, after), moved: Object.fromEntries(moved) as Merged['moved'] }
    })
  }

  /** Those who know the row still are given the protection that the human being has. */
  async function leave(actor: Actor, gone: Person, isProtected: boolean): Promise<void> {
    const { organisationId } = actor
    const others = gone.organisationIds.length > 1
    if (others && isProtected && !gone.protectedIdentity) {
      const change = { set: { protectedIdentity: true }, emptied: [] } as const
      const after = await people.change(organisationId, gone.id, gone.version, change)
      if (after) await tellOthersOfChange(audit, actor, gone, after)
    }
    await tellOthers(audit, actor, gone, { action: 'people.merged-elsewhere' })
    await people.leave(organisationId, gone.id)
  }

  /** Looked at, and two people: they are not proposed again. @throws {DomainError} as `compare` */
  async function keepApart(actor: Actor, oneId: string, otherId: string): Promise<void> {
    await transaction(async () => {
      checkMerge(await stored(actor, oneId), await stored(actor, otherId), { reason: 'kept apart' })
      await merges.keepApart(actor.organisationId, oneId, otherId)
      await audit.record(actor, {
        action: 'people.keep-apart',
        on: { kind: 'person', id: oneId },
        after: { person: otherId },
      })
    })
  }

  /** Who somebody has become whom the organisation does not know any more; undefined when nobody. */
  async function keptOf(actor: Actor, id: string): Promise<string | undefined> {
    if (await people.find(actor.organisationId, id)) return undefined
    return (await merges.keptOf(actor.organisationId, [id])).get(id)
  }

  return { doubles, compare, merge, keepApart, keptOf }
}

/** What the log says: what changed of the one who stays, and what stood in the other row, unless that is protected. */
function toldOfMerge(before: Person, after: Person, gone: Person) {
  const told = toldOfChange(before, after)
  const isHidden = after.protectedIdentity || before.protectedIdentity
  const { id, givenName, familyName, email, phone, language } = gone
  const row = isHidden
    ? { id, name: masked({ ...gone, protectedIdentity: true }).familyName }
    : { id, givenName, familyName, email, language, ...(phone !== undefined && { phone }) }
  return { before: { ...told.before, merged: row }, after: told.after }
}
