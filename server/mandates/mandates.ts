import { type Audit, type AuditReader } from '../audit/audit.ts'
import { type Bodies } from '../bodies/bodies.ts'
import { dayAfter, dayOf } from '../calendar-day.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError, invalid } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { type PointsAtPeople } from '../people/merge.ts'
import { type People } from '../people/people.ts'
import { type Actor } from '../staff/actor.ts'
import { againWhenStale, stale } from '../stale.ts'
import { joinSeats } from './joining-seats.ts'
import { type Mandate } from './mandate.ts'
import { mandateErrors, refuseOverlap, type MandateChanges, type NewMandate } from './mandate-input.ts'
import { type MandateFilter, type MandateStore } from './mandate-store.ts'
import { endBefore } from './taking-back.ts'

interface MandatesDeps {
  readonly mandates: MandateStore
  readonly people: Pick<People, 'hold'>
  readonly bodies: Pick<Bodies, 'get'>
  readonly audit: Audit & AuditReader
  readonly transaction: Transaction
  readonly newId: NewId
  readonly clock: Clock
}

export function createMandates(deps: MandatesDeps) {
  const { mandates, people, bodies, audit, transaction, newId, clock } = deps

  /** @throws {DomainError} not-found `mandate-unknown` */
  async function get(actor: Actor, id: string): Promise<Mandate> {
    const found = await mandates.find(actor.organisationId, id)
    if (!found) throw new DomainError('not-found', 'mandate-unknown', 'There is no such mandate.')
    return found
  }

  /** All that fit, by first day. */
  async function list(actor: Actor, filter: MandateFilter): Promise<Mandate[]> {
    return mandates.list(actor.organisationId, filter)
  }

  /**
   * A seat for a person whom the organisation knows, in one of its bodies.
   * @throws {DomainError} not-found `person-unknown`, `body-unknown`; invalid `mandate-invalid`; conflict
   * `mandate-overlap`
   */
  async function add(actor: Actor, input: NewMandate): Promise<Mandate> {
    const { personId, bodyId, role = 'member', startsOn, endsOn, costWeight = 1 } = input
    const bare = { personId, bodyId, role, startsOn, costWeight, ...(endsOn && { endsOn }) }
    return transaction(async () => {
      await people.hold(actor, personId)
      const mandate: Mandate = { ...bare, id: newId(), organisationId: actor.organisationId, version: 1 }
      await check(actor, mandate)
      await mandates.insert(mandate)
      await audit.record(actor, { action: 'mandates.add', on: on(mandate), after: { ...mandate } })
      return mandate
    })
  }

  /**
   * The mandate with another role, period or weight; `version` is the one that was seen.
   * @throws {DomainError} as `add`, and conflict `stale`
   */
  async function edit(
    actor: Actor,
    id: string,
    { version, ...input }: MandateChanges & { version: number },
  ): Promise<Mandate> {
    return transaction(async () => {
      const before = await get(actor, id)
      // Two desks that change two seats of one person take turns, as in `add`.
      await people.hold(actor, before.personId)
      const after = { ...withChanges(before, input), version: version + 1 }
      await check(actor, after)
      if (!(await mandates.save(after))) throw stale('mandate')
      await audit.record(actor, {
        action: 'mandates.edit',
        on: on(after),
        before: { ...before },
        after: { ...after },
      })
      return after
    })
  }

  /**
   * The mandate, ended with yesterday; one that began today or later lasts its first day, since a seat that never was
   * cannot be kept. To end it as it is now, name no version.
   * @throws {DomainError} as `edit`, not `stale`
   */
  async function endNow(actor: Actor, id: string): Promise<Mandate> {
    return againWhenStale(() =>
      transaction(async () => {
        const { version, startsOn } = await get(actor, id)
        const yesterday = dayAfter(dayOf(clock.now()), -1)
        return edit(actor, id, { version, endsOn: yesterday < startsOn ? startsOn : yesterday })
      }),
    )
  }

  /** Whether the mandate was ended just now and nothing else of it was changed since, so that `resume` takes it back. */
  async function isJustEnded(actor: Actor, mandate: Mandate): Promise<boolean> {
    return (await endedFrom(actor, mandate)) !== undefined
  }

  async function endedFrom(actor: Actor, mandate: Mandate) {
    const wanted = { kind: 'mandate', id: mandate.id, limit: 1 }
    const [newest] = await audit.list(actor.organisationId, wanted)
    return endBefore(mandate, newest, clock.now())
  }

  /**
   * Takes back that a mandate was ended just now: it lasts as long as the log says it did.
   * @throws {DomainError} as `edit`; conflict `stale` when it was not ended just now
   */
  async function resume(actor: Actor, id: string, version: number): Promise<Mandate> {
    return transaction(async () => {
      const was = await endedFrom(actor, await get(actor, id))
      if (!was) throw stale('mandate')
      return edit(actor, id, { version, endsOn: was.endsOn })
    })
  }

  async function check(actor: Actor, mandate: Mandate): Promise<void> {
    const wrong = mandateErrors(mandate, await bodies.get(actor, mandate.bodyId))
    if (wrong.length > 0) throw invalid('mandate-invalid', wrong)
    refuseOverlap(mandate, await mandates.list(actor.organisationId, { personId: mandate.personId }))
  }

  const pointer: PointsAtPeople = {
    kind: 'mandates',
    count: async (organisationId, personId) => (await mandates.list(organisationId, { personId })).length,
    async move(actor, from, to) {
      const { organisationId } = actor
      const kept = await mandates.list(organisationId, { personId: to })
      const gone = await mandates.list(organisationId, { personId: from })
      const { moved, joined } = joinSeats(kept, gone, to)
      for (const mandate of moved) await saveMoved(mandate)
      for (const { mandate, takenIn } of joined) {
        for (const { id } of takenIn) await mandates.remove(organisationId, id)
        await saveMoved(mandate)
        const before = {
          ...kept.find(({ id }) => id === mandate.id),
          takenIn: takenIn.map(one => ({ ...one })),
        }
        const after = { ...mandate }
        await audit.record(actor, { action: 'mandates.join', on: on(mandate), before, after })
      }
      return [
        ...moved,
        ...joined.flatMap(({ takenIn }) => takenIn.filter(({ personId }) => personId === from)),
      ].map(({ id }) => id)
    },
  }

  async function saveMoved(mandate: Mandate): Promise<void> {
    if (await mandates.save(mandate)) return
    throw stale('mandate')
  }

  return { get, list, add, edit, endNow, isJustEnded, resume, pointer }
}

export type Mandates = ReturnType<typeof createMandates>

function withChanges(mandate: Mandate, input: MandateChanges): Mandate {
  const { role = mandate.role, startsOn = mandate.startsOn, costWeight = mandate.costWeight } = input
  const { endsOn: before, ...rest } = mandate
  const endsOn = input.endsOn === undefined ? before : input.endsOn
  return { ...rest, role, startsOn, costWeight, ...(endsOn && { endsOn }) }
}

function on(mandate: Mandate) {
  return { kind: 'mandate', id: mandate.id } as const
}
