import { mustBeActive, normalTarget, type Assignment, type Target } from '../assignments/assignment.ts'
import { type AssignmentStore } from '../assignments/assignment-store.ts'
import { type ContentRef } from '../assignments/content.ts'
import { allAtOnce, type WavePlan } from '../assignments/wave-plan.ts'
import { enrolmentProfileIdentifier } from '../../profiles/enrolment-profile.ts'
import { type Audit } from '../audit/audit.ts'
import { type Bodies } from '../bodies/bodies.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { againWhenStale } from '../stale.ts'
import { answerableId, systemActor, type Actor } from '../staff/actor.ts'
import { type Conducting } from './conducting.ts'
import { type Rehearsal } from './rehearsal.ts'
import { type AboutContent } from './rolled-content.ts'
import { type Rollout } from './rollout.ts'
import { type RolloutStore } from './rollout-store.ts'
import { type Settling } from './settling.ts'
import { type Start, type Starting } from './starting.ts'
import { type Contents } from './versions.ts'

export interface AssigningDeps {
  readonly assignments: AssignmentStore
  readonly rollouts: RolloutStore
  readonly starting: Starting
  readonly conducting: Conducting
  readonly settling: Pick<Settling, 'push' | 'devices'>
  readonly contents: Contents
  readonly devices: Pick<Devices, 'brief' | 'many'>
  readonly bodies: Pick<Bodies, 'get'>
  /** Work that the caller does not wait for; what it leaves undone is taken up again. */
  readonly inBackground: (work: () => Promise<void>) => void
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
}

export interface NewAssignment {
  readonly content: ContentRef
  readonly target: Target
  readonly excludedDeviceIds?: readonly string[] | undefined
  /** Always this version; without it always the newest approved one. */
  readonly pinned?: number | undefined
  readonly plan: WavePlan
}

export interface Begun {
  readonly assignment: Assignment
  readonly rollout: Rollout
}

/** What should be on which iPads; each change of it is a roll-out. */
export function createAssigning(deps: AssigningDeps) {
  const { assignments, rollouts, starting, conducting, settling, contents } = deps
  const { devices, inBackground, audit, transaction, clock, newId } = deps

  /** @throws {DomainError} not-found `assignment-unknown` */
  async function assignmentOf(actor: Actor, id: string): Promise<Assignment> {
    const found = await assignments.find(actor.organisationId, id)
    if (!found) throw new DomainError('not-found', 'assignment-unknown', 'There is no such assignment.')
    return found
  }

  const about = (actor: Actor, { kind, id }: ContentRef) => contents.of(kind).about(actor.organisationId, id)

  /** The version meant, which must be approved. */
  async function numberOf(actor: Actor, content: ContentRef, known: AboutContent, pinned?: number) {
    const number = pinned ?? known.newestApproved
    if (number === undefined)
      throw new DomainError(
        'conflict',
        'content-not-approved',
        'Only an approved version is rolled out. Let a second person approve it first.',
      )
    await contents.of(content.kind).version(actor.organisationId, content.id, number)
    return number
  }

  /** @throws {DomainError} conflict `device-foreign`; not-found `device-unknown`, `body-unknown` */
  async function checkReach(actor: Actor, target: Target, excluded: readonly string[]): Promise<void> {
    if (target.kind === 'body') await deps.bodies.get(actor, target.bodyId)
    const named = [...new Set([...(target.kind === 'devices' ? target.deviceIds : []), ...excluded])]
    const found = new Set((await devices.many(actor, named)).map(({ id }) => id))
    const missing = named.find(id => !found.has(id))
    if (missing === undefined) return
    const own = { path: target.kind === 'devices' ? 'target' : 'excludedDeviceIds' }
    const message = 'One of the iPads is not yours: it is unknown, or belongs to another organisation.'
    throw new DomainError('conflict', 'device-foreign', message, [{ ...own, message }])
  }

  async function startOf(actor: Actor, input: NewAssignment): Promise<Start> {
    const { content, pinned, plan, excludedDeviceIds = [] } = input
    const target = normalTarget(input.target)
    const known = await about(actor, content)
    refuseReserved(known)
    const to = await numberOf(actor, content, known, pinned)
    await checkReach(actor, target, excludedDeviceIds)
    const assignment: Assignment = {
      ...{ id: newId(), organisationId: actor.organisationId, content, target, plan },
      ...{ excludedDeviceIds: [...new Set(excludedDeviceIds)], state: 'active', createdAt: clock.now() },
      ...{ createdBy: { id: answerableId(actor), name: actor.name }, version: 1 },
      ...(pinned !== undefined && { pinned }),
    }
    return { assignment, isNew: true, name: known.name, kind: 'install', to, plan }
  }

  async function begin(actor: Actor, start: Start): Promise<Begun> {
    const begun = await starting.begin(actor, start)
    const { organisationId, id } = begun.rollout
    inBackground(async () => {
      await conducting.reach(begun.rollout)
      await conducting.advance(organisationId, id)
    })
    return begun
  }

  /** What goes on by itself meanwhile is no refusal for somebody who named no version. */
  const fromWhatStands = (actor: Actor, start: () => Promise<Start>): Promise<Begun> =>
    againWhenStale(async () => begin(actor, await start()))

  /** @throws {DomainError} conflict `rollout-running` while waves of one are still to come */
  async function mustBeFree({ organisationId, rolloutId }: Assignment): Promise<void> {
    const rollout = rolloutId === undefined ? undefined : await rollouts.find(organisationId, rolloutId)
    if (rollout?.state !== 'running' || rollout.wave >= rollout.waves - 1) return
    throw new DomainError(
      'conflict',
      'rollout-running',
      'A roll-out of this is in the middle of its waves. Let it finish, or stop it first.',
    )
  }

  async function nextStart(
    actor: Actor,
    id: string,
    { pinned, plan }: { readonly pinned?: number | undefined; readonly plan?: WavePlan | undefined },
  ): Promise<Start> {
    const before = await assignmentOf(actor, id)
    mustBeActive(before)
    await mustBeFree(before)
    const known = await about(actor, before.content)
    const to = await numberOf(actor, before.content, known, pinned)
    const copy: { -readonly [K in keyof Assignment]: Assignment[K] } = { ...before }
    delete copy.pinned
    const assignment = {
      ...copy,
      ...(pinned !== undefined && { pinned }),
      version: before.version + 1,
    }
    return { assignment, isNew: false, name: known.name, kind: 'install', to, plan: plan ?? before.plan }
  }

  async function removal(
    actor: Actor,
    id: string,
    { reason, plan = allAtOnce }: { readonly reason: string; readonly plan?: WavePlan | undefined },
  ): Promise<Start> {
    const before = await assignmentOf(actor, id)
    mustBeActive(before)
    await mustBeFree(before)
    const { name } = await about(actor, before.content)
    const assignment = { ...before, version: before.version + 1 }
    return { assignment, isNew: false, name, kind: 'remove', plan, reason }
  }

  async function backwards(actor: Actor, id: string, reason: string): Promise<Start> {
    const rollout = await conducting.get(actor.organisationId, id)
    if (rollout.to === undefined)
      throw new DomainError('conflict', 'rollout-removal', 'A removal is not rolled back. Assign it again.')
    const before = await assignmentOf(actor, rollout.assignmentId)
    const isLast = before.rolloutId === undefined ? before.stable === rollout.to : before.rolloutId === id
    if (before.state === 'ended' || !isLast || rollout.state === 'rolled-back')
      throw new DomainError(
        'conflict',
        'rollout-overtaken',
        'Another roll-out has come after this one, or it was rolled back already.',
      )
    const { from } = rollout
    const shared = {
      isNew: false,
      name: rollout.name,
      plan: allAtOnce,
      reason,
      rollsBack: id,
    } as const
    const assignment: Assignment = { ...before, version: before.version + 1 }
    const start: Start =
      from === undefined
        ? { ...shared, assignment, kind: 'remove' }
        : { ...shared, assignment: { ...assignment, pinned: from }, kind: 'roll-back', to: from }
    return start
  }

  return {
    /** What an assignment would do, before anything is sent. @throws {DomainError} as `assign` */
    async rehearse(actor: Actor, input: NewAssignment): Promise<Rehearsal> {
      return starting.rehearse(actor, await startOf(actor, input))
    },

    /**
     * The content on these iPads from now on, brought there in waves.
     * @throws {DomainError} not-found for a content, version or body that is not there; conflict `content-not-approved`,
     * `assigned-already`, `device-foreign`, `identifier-reserved`; invalid `target-empty`
     */
    assign: async (actor: Actor, input: NewAssignment): Promise<Begun> =>
      begin(actor, await startOf(actor, input)),

    assignment: assignmentOf,

    /** Those that stand, oldest first. */
    assigned: (actor: Actor): Promise<Assignment[]> => assignments.active(actor.organisationId),

    /** Also ended ones, newest first. */
    assignmentsOf: (actor: Actor, content: ContentRef): Promise<Assignment[]> =>
      assignments.ofContent(actor.organisationId, content),

    /** What `rollOut` would do. */
    async rehearseVersion(...asked: Parameters<typeof nextStart>): Promise<Rehearsal> {
      return starting.rehearse(asked[0], await nextStart(...asked))
    },

    /**
     * Another version where something is assigned; without `pinned` the newest approved, now and later.
     * @throws {DomainError} not-found `assignment-unknown`; conflict `assignment-ended`, `rollout-running`,
     * `content-not-approved`
     */
    rollOut: async (...asked: Parameters<typeof nextStart>): Promise<Begun> =>
      fromWhatStands(asked[0], () => nextStart(...asked)),

    /** What `endAssignment` would do. */
    async rehearseEnd(actor: Actor, id: string): Promise<Rehearsal> {
      return starting.rehearse(actor, await removal(actor, id, { reason: '' }))
    },

    /**
     * Takes the content off the iPads where nothing wider keeps it.
     * @throws {DomainError} not-found `assignment-unknown`; conflict `assignment-ended`, `rollout-running`
     */
    endAssignment: async (...asked: Parameters<typeof removal>): Promise<Begun> =>
      fromWhatStands(asked[0], () => removal(...asked)),

    /**
     * The assignment with other iPads left out; what was put on them goes, and comes back when they are let in again.
     * @throws {DomainError} not-found `assignment-unknown`; conflict `stale`, `assignment-ended`, `device-foreign`
     */
    async exclude(
      actor: Actor,
      id: string,
      { version, deviceIds }: { readonly version: number; readonly deviceIds: readonly string[] },
    ): Promise<Assignment> {
      const before = await assignmentOf(actor, id)
      mustBeActive(before)
      if (before.version !== version)
        throw new DomainError('conflict', 'stale', 'Somebody changed this assignment meanwhile. Look again.')
      await checkReach(actor, { kind: 'organisation' }, deviceIds)
      const after = { ...before, excludedDeviceIds: [...new Set(deviceIds)], version: version + 1 }
      await transaction(async () => {
        await assignments.save(after)
        await audit.record(actor, {
          action: 'assignments.exclude',
          on: { kind: 'assignment', id },
          before: { excludedDeviceIds: before.excludedDeviceIds },
          after: { excludedDeviceIds: after.excludedDeviceIds },
        })
      })
      const changed = [...before.excludedDeviceIds, ...after.excludedDeviceIds]
      inBackground(() => settling.devices(actor.organisationId, [...new Set(changed)]))
      return after
    },

    /**
     * Everybody back to the version that they had before it; where there was none the content goes. The assignment stays
     * with that version, until somebody rolls out another.
     * @throws {DomainError} not-found `rollout-unknown`; conflict `rollout-overtaken`, `rollout-removal`
     */
    rollBack: (...asked: Parameters<typeof backwards>): Promise<Begun> =>
      fromWhatStands(asked[0], () => backwards(...asked)),

    /** The newest approved version where that is what is wanted, and nothing else is under way. */
    async followNewest(organisationId: string): Promise<void> {
      const actor = systemActor(organisationId)
      for (const assignment of await assignments.active(organisationId)) {
        if (assignment.pinned !== undefined) continue
        const rollout =
          assignment.rolloutId === undefined
            ? undefined
            : await rollouts.find(organisationId, assignment.rolloutId)
        if (rollout?.state === 'running' && rollout.wave < rollout.waves - 1) continue
        if (rollout && rollout.to === undefined) continue
        const { newestApproved = 0 } = await about(actor, assignment.content)
        if (newestApproved > (rollout?.to ?? assignment.stable ?? 0))
          await fromWhatStands(actor, () => nextStart(actor, assignment.id, {}))
      }
    },
  }
}

/** @throws {DomainError} conflict `identifier-reserved`: it would take the place of the management itself */
function refuseReserved({ identifier }: AboutContent): void {
  const lower = identifier.toLowerCase()
  if (lower !== enrolmentProfileIdentifier && !lower.startsWith(`${enrolmentProfileIdentifier}.`)) return
  throw new DomainError(
    'conflict',
    'identifier-reserved',
    'This identifier is that of the management itself; on an iPad it would take its place.',
  )
}
