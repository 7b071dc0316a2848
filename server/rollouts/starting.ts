import { type Stranding } from '../../profiles/stranding.ts'
import { type Assignment } from '../assignments/assignment.ts'
import { type AssignmentStore } from '../assignments/assignment-store.ts'
import { contentKey } from '../assignments/content.ts'
import { type StandingIpad, type Standings } from '../assignments/standings.ts'
import { wavesOf, type WavePlan } from '../assignments/wave-plan.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type NewId } from '../ids.ts'
import { answerableId, type Actor } from '../staff/actor.ts'
import { decide, prevailing, type Assigned } from './deciding.ts'
import { type Placement } from './placement.ts'
import { begin, type Decision, type Wish } from './placement-wish.ts'
import { type PlacementStore } from './placement-store.ts'
import { outcomeOn, rehearsalOf, strandedIn, type Rehearsal, type RehearsedIpad } from './rehearsal.ts'
import { end, isEnded, type Rollout, type RolloutKind } from './rollout.ts'
import { type RolloutStore } from './rollout-store.ts'
import { fittingFor, type Settling } from './settling.ts'
import { sentProfiles, strandedBy, versionsOf } from './stranded.ts'
import { createVersions, type Contents } from './versions.ts'

export interface StartingDeps {
  readonly assignments: AssignmentStore
  readonly rollouts: RolloutStore
  readonly placements: PlacementStore
  readonly standings: Standings
  readonly settling: Pick<Settling, 'assignedIn'>
  readonly contents: Contents
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
}

/** What is to be rolled out: the assignment as it will stand, and where it leads. */
export interface Start {
  readonly assignment: Assignment
  readonly isNew: boolean
  readonly name: string
  readonly kind: RolloutKind
  /** Missing: off the iPads. */
  readonly to?: number | undefined
  readonly plan: WavePlan
  readonly reason?: string | undefined
  /** The roll-out that is taken back with it; otherwise it takes the place of the one under way. */
  readonly rollsBack?: string
}

/** A roll-out that is written down; nothing of it is sent yet. */
export interface Begun {
  readonly assignment: Assignment
  readonly rollout: Rollout
}

interface Member {
  readonly ipad: StandingIpad
  readonly placement: Placement | undefined
  /** What would hold once every wave is open. */
  readonly wish: Wish | undefined
  /** Why it would be stranded then. */
  readonly stranding: Stranding | undefined
}

export type Starting = ReturnType<typeof createStarting>

const atOnce = 200

/** Which iPads a roll-out is about, and its beginning: everybody's wave is written down before anything is sent. */
export function createStarting(deps: StartingDeps) {
  const {
    assignments,
    rollouts,
    placements,
    standings,
    settling,
    contents,
    audit,
    transaction,
    clock,
    newId,
  } = deps

  /** The iPads for which the assignment decides. */
  async function* membersOf(
    actor: Actor,
    { assignment, to }: Pick<Start, 'assignment' | 'to'>,
    which: 'enrolled' | 'all',
  ): AsyncGenerator<Member[]> {
    const { organisationId } = actor
    const assigned = withAssignment(await settling.assignedIn(organisationId), assignment)
    const after = withAssignment(assigned, finished(assignment, to))
    const versions = createVersions(organisationId, contents)
    await versions.load(stableNumbers(after, assignment))
    for await (const ipads of standings.everybody(actor, which)) {
      const own = ipads.filter(
        ipad => prevailing(assignment.content, ipad, assigned)[0]?.id === assignment.id,
      )
      const there = await placements.ofDevices(
        organisationId,
        own.map(({ deviceId }) => deviceId),
      )
      await versions.load(versionsOf(sentProfiles(there)))
      yield own.map(ipad => {
        const placed = there.filter(({ deviceId }) => deviceId === ipad.deviceId)
        const placement = placed.find(each => contentKey(each.content) === contentKey(assignment.content))
        const isEnrolled = ipad.device.management === 'enrolled'
        const on = { standing: ipad, isEnrolled, placement }
        const { now: wish } = decide(assignment.content, on, after, fittingFor(ipad, placed, versions))
        const stranding = strandedBy(assignment.content, wish?.number, { own: placed, versions })
        return { ipad, placement, wish, stranding }
      })
    }
  }

  async function everyMember(...asked: Parameters<typeof membersOf>): Promise<Member[]> {
    const all: Member[] = []
    for await (const some of membersOf(...asked)) all.push(...some)
    return all
  }

  return {
    /** What would happen; nothing does. */
    async rehearse(actor: Actor, start: Pick<Start, 'assignment' | 'to' | 'plan'>): Promise<Rehearsal> {
      // Of an iPad that somebody means in particular they want to know that it cannot be reached.
      const which = start.assignment.target.kind === 'organisation' ? 'enrolled' : 'all'
      const members = await everyMember(actor, start, which)
      const waves = wavesOf(
        inOrder(members.filter(({ ipad }) => ipad.device.management === 'enrolled')),
        start.plan,
      )
      return rehearsalOf(
        members.map(({ ipad, placement, wish, stranding }): RehearsedIpad => ({
          ...{ deviceId: ipad.deviceId, assetTag: ipad.device.assetTag },
          outcome: outcomeOn(placement, wish),
          ...(wish?.hindrance && { hindrance: wish.hindrance }),
          ...(stranding && !wish?.hindrance && { stranding }),
        })),
        waves.map(({ length }) => length),
      )
    },

    /** How many of these iPads would be stranded by the assignment as it is to stand, by why. */
    async strandedUnder(
      actor: Actor,
      assignment: Assignment,
      deviceIds: readonly string[],
    ): Promise<Rehearsal['stranded']> {
      const { organisationId } = actor
      const { content } = assignment
      const after = withAssignment(await settling.assignedIn(organisationId), assignment)
      const versions = createVersions(organisationId, contents)
      await versions.load(stableNumbers(after, assignment))
      const there = await placements.ofDevices(organisationId, deviceIds)
      await versions.load(versionsOf(sentProfiles(there)))
      const standing = await standings.of(actor, deviceIds)
      return strandedIn(
        standing.map(ipad => {
          const own = there.filter(({ deviceId }) => deviceId === ipad.deviceId)
          const placement = own.find(each => contentKey(each.content) === contentKey(content))
          const on = { standing: ipad, isEnrolled: ipad.device.management === 'enrolled', placement }
          const { now: wish } = decide(content, on, after, fittingFor(ipad, own, versions))
          return { stranding: strandedBy(content, wish?.number, { own, versions }) }
        }),
      )
    },

    /**
     * Writes down the roll-out with the wave of every iPad; then somebody has to let the first wave reach them.
     * @param alongside what stands or falls with it
     */
    async begin(
      actor: Actor,
      start: Start,
      alongside: (rollout: Rollout) => Promise<void> = () => Promise.resolve(),
    ): Promise<Begun> {
      const { organisationId } = actor
      const members = await everyMember(actor, start, 'enrolled')
      const waves = wavesOf(inOrder(members), start.plan)
      const now = clock.now()
      const rollout: Rollout = {
        ...{ id: newId(), organisationId, assignmentId: start.assignment.id },
        ...{ content: start.assignment.content, name: start.name, kind: start.kind, plan: start.plan },
        ...{ waves: waves.length, wave: 0, waveOpenedAt: now, state: 'running', bornFailures: 0 },
        ...{ startedAt: now, startedBy: { id: answerableId(actor), name: actor.name }, version: 1 },
        ...(start.to !== undefined && { to: start.to }),
        ...(start.assignment.stable !== undefined && { from: start.assignment.stable }),
        ...(start.reason !== undefined && { reason: start.reason }),
      }
      // With one wave the version is everybody's at once.
      const isOpen = waves.length === 1 && start.to !== undefined
      const assignment: Assignment = {
        ...start.assignment,
        rolloutId: rollout.id,
        plan: start.plan,
        ...(isOpen && { stable: start.to }),
      }
      const byDevice = new Map(members.map(member => [member.ipad.deviceId, member]))
      await transaction(async () => {
        await endBefore(start)
        await rollouts.insert(rollout)
        await alongside(rollout)
        if (start.isNew) await assignments.insert(assignment)
        else await assignments.save(assignment)
        for (const [wave, deviceIds] of waves.entries()) {
          const own = deviceIds.flatMap(id => byDevice.get(id) ?? [])
          const next = { rolloutId: rollout.id, wave }
          await addPlanned(own, rollout, next)
          await placements.plan(
            organisationId,
            own.flatMap(({ placement }) => placement?.id ?? []),
            next,
          )
        }
        await audit.record(actor, {
          action: `rollouts.${start.kind === 'install' ? 'start' : start.kind}`,
          on: { kind: 'rollout', id: rollout.id },
          ...(start.reason !== undefined && { reason: start.reason }),
          after: {
            ...{ content: rollout.content, name: rollout.name, target: assignment.target },
            ...(rollout.to !== undefined && { to: rollout.to }),
            ...(rollout.from !== undefined && { from: rollout.from }),
            ...{ ipads: members.length, waves: waves.map(({ length }) => length) },
          },
        })
      })
      return { assignment, rollout }
    },
  }

  async function endBefore({ assignment: { organisationId, id }, isNew, rollsBack }: Start): Promise<void> {
    if (isNew) return
    const under = rollsBack ?? (await assignments.find(organisationId, id))?.rolloutId
    const rollout = under === undefined ? undefined : await rollouts.find(organisationId, under)
    if (!rollout) return
    const state = rollsBack === undefined ? 'superseded' : 'rolled-back'
    if (!isEnded(rollout)) {
      const { figures } = await placements.progress(organisationId, rollout.id, rollout.wave)
      await rollouts.save(end(rollout, state, figures, clock.now()))
    } else if (rollsBack !== undefined)
      await rollouts.save({ ...rollout, state, version: rollout.version + 1 })
  }

  async function addPlanned(
    members: readonly Member[],
    { organisationId, content, to }: Rollout,
    next: { readonly rolloutId: string; readonly wave: number },
  ): Promise<void> {
    if (to === undefined) return
    const fresh = members.flatMap(({ ipad, placement, wish }) => {
      if (placement || !wish) return []
      const decision: Decision = { later: { wish, next }, isEnrolled: true }
      const { assetTag: tag, id: deviceId } = ipad.device
      const around = { organisationId, deviceId, tag, content, newId, now: clock.now() }
      return begin(decision, around) ?? []
    })
    for (let from = 0; from < fresh.length; from += atOnce)
      await placements.insert(...fresh.slice(from, from + atOnce))
  }
}

/** Who gets it first: those that can have it, of these those that were heard of last. */
function inOrder(members: readonly Member[]): string[] {
  const hindered = ({ wish }: Member) => (wish?.hindrance ? 1 : 0)
  const seen = ({ ipad }: Member) => ipad.device.lastSeenAt?.getTime() ?? 0
  return members
    .toSorted((a, b) => hindered(a) - hindered(b) || seen(b) - seen(a))
    .map(({ ipad }) => ipad.deviceId)
}

/** The assignment when its roll-out to `to` has come to its end. */
function finished(assignment: Assignment, to: number | undefined): Assignment {
  const copy: { -readonly [K in keyof Assignment]: Assignment[K] } = { ...assignment }
  delete copy.rolloutId
  delete copy.stable
  return to === undefined ? copy : { ...copy, stable: to }
}

function withAssignment(assigned: Assigned, assignment: Assignment): Assigned {
  const others = assigned.assignments.filter(({ id }) => id !== assignment.id)
  return { ...assigned, assignments: [...others, assignment] }
}

/** Versions of the same content that may hold on these iPads afterwards. */
function stableNumbers({ assignments, rollouts }: Assigned, { content }: Assignment) {
  return assignments
    .filter(each => contentKey(each.content) === contentKey(content))
    .flatMap(each => {
      const rollout = rollouts.get(each.rolloutId ?? '')
      return [each.stable, rollout?.to, rollout?.from]
    })
    .flatMap(number => (number === undefined ? [] : [[content, number] as const]))
}
