import { type Assignment } from '../assignments/assignment.ts'
import { type AssignmentStore } from '../assignments/assignment-store.ts'
import { wavesOf, type WavePlan } from '../assignments/wave-plan.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type NewId } from '../ids.ts'
import { stale } from '../stale.ts'
import { accountOf, type Actor } from '../staff/actor.ts'
import { mayGiveWay } from './giving-way.ts'
import { type Member, type Members } from './members.ts'
import { begin, type Decision } from './placement-wish.ts'
import { type PlacementStore } from './placement-store.ts'
import { end, isEnded, silentBefore, type Rollout, type RolloutKind } from './rollout.ts'
import { type RolloutStore } from './rollout-store.ts'
import { type Contents } from './versions.ts'

interface StartingDeps {
  readonly assignments: AssignmentStore
  readonly rollouts: RolloutStore
  readonly placements: PlacementStore
  readonly members: Members
  readonly contents: Pick<Contents, 'of'>
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

export type Starting = ReturnType<typeof createStarting>

const atOnce = 200

/** Begins roll-outs: the wave of every iPad is saved before anything is sent. */
export function createStarting(deps: StartingDeps) {
  const { assignments, rollouts, placements, contents, audit, transaction, clock, newId } = deps

  /**
   * Where going back leads when the same version stands already: to what the newest of the latest roll-outs that changed
   * the version found. A stopped one that is taken back has changed nothing for everybody, so there is nothing further
   * back; and the first one sent twice is not taken off by going back.
   */
  async function furtherBack({ assignment, to, rollsBack }: Start): Promise<number | undefined> {
    const { organisationId, id, stable } = assignment
    if (to === undefined || stable !== to || rollsBack !== undefined) return undefined
    const latest = await rollouts.page(organisationId, { assignmentId: id, limit: 20 })
    return latest.find(rollout => rollout.to === to && rollout.from !== to)?.from
  }

  return {
    /**
     * Saves the roll-out with the wave of every iPad; the caller then opens the first wave.
     * @param alongside what is saved in the same transaction
     */
    async begin(
      actor: Actor,
      start: Start,
      alongside: (rollout: Rollout) => Promise<void> = () => Promise.resolve(),
    ): Promise<Begun> {
      const { organisationId } = actor
      const members = await deps.members.under(actor, start, 'enrolled')
      const waves = wavesOf(inOrder(members), start.plan)
      const now = clock.now()
      const { stable: from } = start.assignment
      const backTo = await furtherBack(start)
      const rollout: Rollout = {
        id: newId(),
        organisationId,
        assignmentId: start.assignment.id,
        content: start.assignment.content,
        name: start.name,
        kind: start.kind,
        plan: start.plan,
        waves: waves.length,
        wave: 0,
        waveOpenedAt: now,
        state: 'running',
        bornFailures: 0,
        startedAt: now,
        startedBy: accountOf(actor),
        version: 1,
        ...(start.to !== undefined && { to: start.to }),
        ...(from !== undefined && { from }),
        ...(backTo !== undefined && { backTo }),
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
        const { content } = assignment
        if (start.isNew) await contents.of(content.kind).keepOffered?.(organisationId, content.id)
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
            content: rollout.content,
            name: rollout.name,
            target: assignment.target,
            ...(rollout.to !== undefined && { to: rollout.to }),
            ...(rollout.from !== undefined && { from: rollout.from }),
            ipads: members.length,
            waves: waves.map(({ length }) => length),
          },
        })
      })
      return { assignment, rollout }
    },
  }

  async function endBefore({ assignment, kind, isNew, rollsBack }: Start): Promise<void> {
    if (isNew) return
    const rollout = await rolloutBefore(assignment, rollsBack)
    if (!rollout) return
    // It has begun, or goes on again, since it was looked at; looked at anew, that is said.
    if (rollsBack === undefined && !mayGiveWay(rollout, kind)) throw stale('rollout')
    const state = rollsBack === undefined ? 'superseded' : 'rolled-back'
    if (!isEnded(rollout)) {
      const { figures } = await placements.progress(rollout, silentBefore(rollout, clock.now()))
      await rollouts.save(end(rollout, state, figures, clock.now()))
    } else if (rollsBack !== undefined)
      await rollouts.save({ ...rollout, state, version: rollout.version + 1 })
  }

  async function rolloutBefore({ organisationId, id }: Assignment, rollsBack: string | undefined) {
    const under = rollsBack ?? (await assignments.find(organisationId, id))?.rolloutId
    return under === undefined ? undefined : rollouts.find(organisationId, under)
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
export function inOrder(members: readonly Member[]): string[] {
  const hindered = ({ wish }: Member) => (wish?.hindrance ? 1 : 0)
  const seen = ({ ipad }: Member) => ipad.device.lastSeenAt?.getTime() ?? 0
  return members
    .toSorted((a, b) => hindered(a) - hindered(b) || seen(b) - seen(a))
    .map(({ ipad }) => ipad.deviceId)
}
