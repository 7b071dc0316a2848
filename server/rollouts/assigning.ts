import { mustBeActive, type Assignment } from '../assignments/assignment.ts'
import { type AssignmentStore } from '../assignments/assignment-store.ts'
import { type ContentRef } from '../assignments/content.ts'
import { type Audit } from '../audit/audit.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { againWhenStale } from '../stale.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { type Conducting } from './conducting.ts'
import { type Rehearsal } from './rehearsal.ts'
import { type Rollout } from './rollout.ts'
import { type RolloutStore } from './rollout-store.ts'
import { type Settling } from './settling.ts'
import { type Begun, type Start, type Starting } from './starting.ts'
import { createStarts, type NewAssignment, type StartsDeps } from './starts.ts'

export interface AssigningDeps extends StartsDeps {
  readonly assignments: AssignmentStore
  readonly rollouts: RolloutStore
  readonly starting: Starting
  readonly conducting: Conducting
  readonly settling: Pick<Settling, 'push' | 'devices'>
  readonly devices: Pick<Devices, 'brief' | 'many'>
  /** Work that the caller does not wait for; what it leaves undone is taken up again. */
  readonly inBackground: (work: () => Promise<void>) => void
  readonly audit: Audit
  readonly transaction: Transaction
}

/** What should be on which iPads; each change of it is a roll-out. */
export function createAssigning(deps: AssigningDeps) {
  const { assignments, rollouts, starting, conducting, settling, inBackground, audit, transaction } = deps
  const starts = createStarts(deps)

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

  /** The newest approved version where an assignment follows it and nothing else is under way. */
  async function bringNewest(actor: Actor, assignment: Assignment): Promise<void> {
    const rollout = await rolloutOf(assignment)
    if (rollout?.state === 'running' && rollout.wave < rollout.waves - 1) return
    if (rollout && rollout.to === undefined) return
    const { newestApproved = 0 } = await starts.about(actor, assignment.content)
    if (newestApproved > (rollout?.to ?? assignment.stable ?? 0))
      await fromWhatStands(actor, () => starts.next(actor, assignment.id, {}))
  }

  const rolloutOf = async ({ organisationId, rolloutId }: Assignment): Promise<Rollout | undefined> =>
    rolloutId === undefined ? undefined : rollouts.find(organisationId, rolloutId)

  return {
    /** What an assignment would do, before anything is sent. @throws {DomainError} as `assign` */
    async rehearse(actor: Actor, input: NewAssignment): Promise<Rehearsal> {
      return starting.rehearse(actor, await starts.first(actor, input))
    },

    /**
     * The content on these iPads from now on, brought there in waves.
     * @throws {DomainError} not-found for a content, version or body that is not there; conflict `content-not-approved`,
     * `assigned-already`, `device-foreign`, `identifier-reserved`; invalid `target-empty`
     */
    assign: async (actor: Actor, input: NewAssignment): Promise<Begun> =>
      begin(actor, await starts.first(actor, input)),

    /** @throws {DomainError} not-found `assignment-unknown` */
    assignment: starts.assignment,

    /** Those that stand, oldest first. */
    assigned: (actor: Actor): Promise<Assignment[]> => assignments.active(actor.organisationId),

    /** Also ended ones, newest first. */
    assignmentsOf: (actor: Actor, content: ContentRef): Promise<Assignment[]> =>
      assignments.ofContent(actor.organisationId, content),

    /** What `rollOut` would do. */
    async rehearseVersion(...asked: Parameters<typeof starts.next>): Promise<Rehearsal> {
      return starting.rehearse(asked[0], await starts.next(...asked))
    },

    /**
     * Another version where something is assigned; without `pinned` the newest approved, now and later.
     * @throws {DomainError} not-found `assignment-unknown`; conflict `assignment-ended`, `rollout-running`,
     * `content-not-approved`
     */
    rollOut: async (...asked: Parameters<typeof starts.next>): Promise<Begun> =>
      fromWhatStands(asked[0], () => starts.next(...asked)),

    /** What `endAssignment` would do. */
    async rehearseEnd(actor: Actor, id: string): Promise<Rehearsal> {
      return starting.rehearse(actor, await starts.removal(actor, id, { reason: '' }))
    },

    /**
     * Takes the content off the iPads where nothing wider keeps it.
     * @throws {DomainError} not-found `assignment-unknown`; conflict `assignment-ended`, `rollout-running`
     */
    endAssignment: async (...asked: Parameters<typeof starts.removal>): Promise<Begun> =>
      fromWhatStands(asked[0], () => starts.removal(...asked)),

    /**
     * The assignment with other iPads left out; what was put on them goes, and comes back when they are let in again.
     * @throws {DomainError} not-found `assignment-unknown`; conflict `stale`, `assignment-ended`, `device-foreign`
     */
    async exclude(
      actor: Actor,
      id: string,
      { version, deviceIds }: { readonly version: number; readonly deviceIds: readonly string[] },
    ): Promise<Assignment> {
      const before = await starts.assignment(actor, id)
      mustBeActive(before)
      if (before.version !== version)
        throw new DomainError('conflict', 'stale', 'Somebody changed this assignment meanwhile. Look again.')
      await starts.checkReach(actor, { kind: 'organisation' }, deviceIds)
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
    rollBack: (...asked: Parameters<typeof starts.backwards>): Promise<Begun> =>
      fromWhatStands(asked[0], () => starts.backwards(...asked)),

    /** The newest approved version where that is what is wanted, and nothing else is under way. */
    async followNewest(organisationId: string): Promise<void> {
      const actor = systemActor(organisationId)
      for (const assignment of await assignments.active(organisationId))
        if (assignment.pinned === undefined) await bringNewest(actor, assignment)
    },
  }
}
