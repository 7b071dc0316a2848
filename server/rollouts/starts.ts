import { mustBeActive, normalTarget, type Assignment, type Target } from '../assignments/assignment.ts'
import { type AssignmentStore } from '../assignments/assignment-store.ts'
import { type ContentRef } from '../assignments/content.ts'
import { allAtOnce, type WavePlan } from '../assignments/wave-plan.ts'
import { enrolmentProfileIdentifier } from '../../profiles/enrolment-profile.ts'
import { type Bodies } from '../bodies/bodies.ts'
import { type Clock } from '../clock.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { accountOf, type Actor } from '../staff/actor.ts'
import { type Conducting } from './conducting.ts'
import { mustGiveWay, mustHaveWayBack, openingsOf, wayBack, type Openings } from './giving-way.ts'
import { type AboutContent } from './rolled-content.ts'
import { type Rollout, type RolloutKind } from './rollout.ts'
import { type RolloutStore } from './rollout-store.ts'
import { type Start } from './starting.ts'
import { type Contents } from './versions.ts'

interface StartsDeps {
  readonly assignments: Pick<AssignmentStore, 'find'>
  readonly rollouts: Pick<RolloutStore, 'find'>
  readonly conducting: Pick<Conducting, 'get'>
  readonly contents: Contents
  readonly devices: Pick<Devices, 'many'>
  readonly bodies: Pick<Bodies, 'get'>
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

/** Another version where something is assigned; without `pinned` the newest approved, now and later. */
export interface NextVersion {
  readonly pinned?: number | undefined
  /** Missing: as it was rolled out before. */
  readonly plan?: WavePlan | undefined
}

export interface Removal {
  readonly reason: string
  /** Missing: off all iPads at once. */
  readonly plan?: WavePlan | undefined
}

export type Starts = ReturnType<typeof createStarts>

/** Turns what somebody asked for into a roll-out to begin, or refuses it. */
export function createStarts(deps: StartsDeps) {
  const { assignments, rollouts, conducting, contents, devices, bodies, clock, newId } = deps

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
        'Only an approved version can be rolled out. Let another person approve it first.',
      )
    await contents.of(content.kind).version(actor.organisationId, content.id, number)
    return number
  }

  /** @throws {DomainError} conflict `device-foreign`; not-found `device-unknown`, `body-unknown` */
  async function checkReach(actor: Actor, target: Target, excluded: readonly string[]): Promise<void> {
    if (target.kind === 'body') await bodies.get(actor, target.bodyId)
    const named = [...new Set([...(target.kind === 'devices' ? target.deviceIds : []), ...excluded])]
    const found = new Set((await devices.many(actor, named)).map(({ id }) => id))
    const missing = named.find(id => !found.has(id))
    if (missing === undefined) return
    const own = { path: target.kind === 'devices' ? 'target' : 'excludedDeviceIds' }
    const message = 'One of the iPads is not yours: it is unknown, or belongs to another organisation.'
    throw new DomainError('conflict', 'device-foreign', message, [{ ...own, message }])
  }

  const rolloutOf = async ({ organisationId, rolloutId }: Assignment) =>
    rolloutId === undefined ? undefined : rollouts.find(organisationId, rolloutId)

  /**
   * An assignment that follows the newest version is not brought back to the one that was newest when somebody asked.
   */
  async function refuseOutrun(assignment: Assignment, number: number) {
    const rollout = await rolloutOf(assignment)
    if ((rollout?.to ?? assignment.stable ?? 0) <= number) return
    throw new DomainError(
      'conflict',
      'rollout-outrun',
      'A newer version than the approved one has already been rolled out.',
    )
  }

  /** One that stands, and whose roll-out gives way to the next one. */
  async function freeAssignment(actor: Actor, id: string, next: RolloutKind): Promise<Assignment> {
    const found = await assignmentOf(actor, id)
    mustBeActive(found)
    mustGiveWay(await rolloutOf(found), next)
    return found
  }

  return {
    assignment: assignmentOf,
    about,
    checkReach,

    /** Whether this roll-out can be taken back now, and its content off the iPads. */
    async openings(actor: Actor, rollout: Rollout): Promise<Openings> {
      const assignment = await assignmentOf(actor, rollout.assignmentId)
      return openingsOf(rollout, assignment, await rolloutOf(assignment))
    },

    /**
     * Something new on iPads.
     * @throws {DomainError} not-found for a content, version or body that is not there; conflict `content-not-approved`,
     * `device-foreign`, `identifier-reserved`, `profile-retired`; invalid `target-empty`
     * @param exactly the version to begin with where none is pinned, instead of the newest approved of this moment
     */
    async first(actor: Actor, input: NewAssignment, exactly?: number): Promise<Start> {
      const { content, pinned, plan, excludedDeviceIds = [] } = input
      const target = normalTarget(input.target)
      const known = await about(actor, content)
      refuseReserved(known)
      if (known.isRetired)
        throw new DomainError(
          'conflict',
          'profile-retired',
          'This profile is retired. First bring it back into use.',
        )
      const to = await numberOf(actor, content, known, pinned ?? exactly)
      await checkReach(actor, target, excludedDeviceIds)
      const assignment: Assignment = {
        id: newId(),
        organisationId: actor.organisationId,
        content,
        target,
        plan,
        excludedDeviceIds: [...new Set(excludedDeviceIds)],
        state: 'active',
        createdAt: clock.now(),
        createdBy: accountOf(actor),
        version: 1,
        ...(pinned !== undefined && { pinned }),
      }
      return { assignment, isNew: true, name: known.name, kind: 'install', to, plan }
    },

    /**
     * @param exactly as for `first`
     * @throws {DomainError} not-found `assignment-unknown`; conflict `assignment-ended`, `rollout-running`,
     * `rollout-outrun` when a newer version than `exactly` is there or coming
     */
    async next(actor: Actor, id: string, { pinned, plan }: NextVersion, exactly?: number): Promise<Start> {
      const before = await freeAssignment(actor, id, 'install')
      if (pinned === undefined && exactly !== undefined) await refuseOutrun(before, exactly)
      const known = await about(actor, before.content)
      const to = await numberOf(actor, before.content, known, pinned ?? exactly)
      const copy: { -readonly [K in keyof Assignment]: Assignment[K] } = { ...before }
      delete copy.pinned
      const assignment = {
        ...copy,
        ...(pinned !== undefined && { pinned }),
        version: before.version + 1,
      }
      return { assignment, isNew: false, name: known.name, kind: 'install', to, plan: plan ?? before.plan }
    },

    /** @throws {DomainError} not-found `assignment-unknown`; conflict `assignment-ended`, `rollout-running` */
    async removal(actor: Actor, id: string, { reason, plan = allAtOnce }: Removal): Promise<Start> {
      const before = await freeAssignment(actor, id, 'remove')
      const { name } = await about(actor, before.content)
      const assignment = { ...before, version: before.version + 1 }
      return { assignment, isNew: false, name, kind: 'remove', plan, reason }
    },

    /** @throws {DomainError} not-found `rollout-unknown`; conflict as `mustHaveWayBack` */
    async backwards(actor: Actor, id: string, reason: string): Promise<Start> {
      const rollout = await conducting.get(actor.organisationId, id)
      const before = await assignmentOf(actor, rollout.assignmentId)
      mustHaveWayBack(rollout, before)
      const { name } = rollout
      const from = wayBack(rollout)
      const shared = { isNew: false, name, plan: allAtOnce, reason, rollsBack: id } as const
      const assignment: Assignment = { ...before, version: before.version + 1 }
      return from === undefined
        ? { ...shared, assignment, kind: 'remove' }
        : { ...shared, assignment: { ...assignment, pinned: from }, kind: 'roll-back', to: from }
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
    'This identifier belongs to management itself. On an iPad the profile would replace it.',
  )
}
