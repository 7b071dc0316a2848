import { losesNetworks } from '../../profiles/stranding.ts'
import { leavingOut, mustBeActive, type Assignment } from '../assignments/assignment.ts'
import { type AssignmentStore } from '../assignments/assignment-store.ts'
import { type ContentRef } from '../assignments/content.ts'
import { type Audit } from '../audit/audit.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { againWhenStale, stale, triesAmongMany } from '../stale.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { type Beginning } from './beginning.ts'
import { type Outcome, type Requesting, type WeighedRehearsal } from './requesting.ts'
import { refuseStranding, type Rehearsal } from './rehearsal.ts'
import { type Rehearsing } from './rehearsing.ts'
import { mayBeOvertaken, type Rollout } from './rollout.ts'
import { type RolloutStore } from './rollout-store.ts'
import { type Settling } from './settling.ts'
import { type Begun, type Start } from './starting.ts'
import { type NewAssignment, type NextVersion, type Removal, type Starts } from './starts.ts'
import { type Tallying } from './tallying.ts'
import { targetsOf, type Selection } from './trial.ts'
import { type Contents } from './versions.ts'

export interface AssigningDeps {
  readonly assignments: AssignmentStore
  readonly rollouts: RolloutStore
  readonly starts: Starts
  readonly contents: Contents
  readonly beginning: Beginning
  readonly requesting: Requesting
  readonly rehearsing: Pick<
    Rehearsing,
    'strandedUnder' | 'rehearse' | 'tryOut' | 'rehearseUnder' | 'unavailable'
  >
  readonly settling: Pick<Settling, 'push' | 'devices' | 'keptOn'>
  readonly tallying: Tallying
  /** Work that the caller does not wait for; what it leaves undone is taken up again. */
  readonly inBackground: (work: () => Promise<void>) => void
  readonly audit: Audit
  readonly transaction: Transaction
}

interface Newer {
  readonly number: number
  /** It takes away every network that the previous one gave, so it does not follow by itself. */
  readonly waitsForPerson: boolean
}

/** A version that waits for a person. */
interface HeldVersion {
  readonly assignmentId: string
  /** Of the content. */
  readonly name: string
  readonly number: number
  readonly since: Date
}

/** All iPads that an assignment is to leave out, and which version of it somebody saw. */
export interface Exclusion {
  readonly version: number
  readonly deviceIds: readonly string[]
}

/** A version that waits for the roll-out of the one before. */
export interface NextInLine {
  readonly number: number
  readonly rolloutId: string
  /** The version that this roll-out brings. */
  readonly behind: number
}

/** What should be on which iPads; each change of it is a roll-out. */
export function createAssigning(deps: AssigningDeps) {
  const { assignments, rollouts, starts, beginning, requesting, settling, tallying } = deps
  const { inBackground, audit, transaction } = deps

  /** What brings the newest approved version to where an assignment follows it; nothing when it is there or coming. */
  async function newestFor(actor: Actor, id: string): Promise<Start | undefined> {
    const assignment = await starts.assignment(actor, id)
    if (assignment.state === 'ended' || assignment.pinned !== undefined) return undefined
    const rollout = await rolloutOf(assignment)
    if (rollout && !mayBeOvertaken(rollout)) return undefined
    const newer = await newerThan(actor, assignment, rollout)
    if (!newer || newer.waitsForPerson) return undefined
    const start = await starts.next(actor, id, {})
    if (start.assignment.version === assignment.version + 1) return start
    throw stale('assignment')
  }

  /** The newest approved version, where it is newer than the one that is there or coming. */
  async function newerThan(
    actor: Actor,
    { content, stable }: Assignment,
    rollout: Rollout | undefined,
  ): Promise<Newer | undefined> {
    const current = rollout?.to ?? stable ?? 0
    const { newestApproved: number = 0 } = await starts.about(actor, content)
    if (number <= current) return undefined
    const footing = async (each: number) =>
      (await deps.contents.of(content.kind).version(actor.organisationId, content.id, each)).footing
    const before = current === 0 ? undefined : await footing(current)
    const after = before && (await footing(number))
    return {
      number,
      waitsForPerson: before !== undefined && after !== undefined && losesNetworks(before, after),
    }
  }

  const rolloutOf = async ({ organisationId, rolloutId }: Assignment): Promise<Rollout | undefined> =>
    rolloutId === undefined ? undefined : rollouts.find(organisationId, rolloutId)

  async function exclusion(actor: Actor, id: string, { version, deviceIds }: Exclusion) {
    const before = await starts.assignment(actor, id)
    mustBeActive(before)
    if (before.version !== version) throw stale('assignment')
    await starts.checkReach(actor, { kind: 'organisation' }, deviceIds)
    return { before, ...leavingOut(before, deviceIds) }
  }

  /** What it would do, and which keys of it the iPads do not know. */
  const dryRun = async (actor: Actor, start: Start): Promise<WeighedRehearsal> => ({
    ...(await requesting.weigh(actor, start)),
    unavailable: await deps.rehearsing.unavailable(actor, start),
  })

  return {
    /**
     * What a version would do on the chosen iPads, also before anybody has approved it.
     * @throws {DomainError} not-found `body-unknown`, and when there is no such version
     */
    async tryOut(
      actor: Actor,
      content: ContentRef,
      { number, selection }: { readonly number: number; readonly selection: Selection },
    ): Promise<Rehearsal> {
      const targets = targetsOf(selection)
      for (const target of targets) if (target.kind === 'body') await starts.checkReach(actor, target, [])
      return deps.rehearsing.tryOut(actor, { content, number }, targets)
    },

    /** What an assignment would do, before anything is sent. @throws {DomainError} as `assign` */
    async rehearse(actor: Actor, input: NewAssignment): Promise<WeighedRehearsal> {
      return dryRun(actor, await starts.first(actor, input))
    },

    /**
     * The content on these iPads from now on, brought there in waves; on many once a second person has agreed.
     * @throws {DomainError} not-found for a content, version or body that is not there; conflict `content-not-approved`,
     * `assigned-already`, `device-foreign`, `identifier-reserved`, `profile-retired`, `rollout-asked-already`; invalid `target-empty`,
     * `rollout-reason`
     */
    async assign(actor: Actor, input: NewAssignment, reason?: string): Promise<Outcome> {
      const asked = { deed: 'assign', input } as const
      return requesting.beginOrAsk(actor, { asked, reason }, () => starts.first(actor, input))
    },

    /** @throws {DomainError} not-found `assignment-unknown` */
    assignment: starts.assignment,

    /** Whether this roll-out can be taken back now, and its content off the iPads. */
    openings: (...asked: Parameters<typeof starts.openings>) => starts.openings(...asked),

    /** Those that stand, oldest first. */
    assigned: (actor: Actor): Promise<Assignment[]> => assignments.active(actor.organisationId),

    /** Also ended ones, newest first. */
    assignmentsOf: (actor: Actor, content: ContentRef): Promise<Assignment[]> =>
      assignments.ofContent(actor.organisationId, content),

    /** What `rollOut` would do. */
    async rehearseVersion(actor: Actor, id: string, input: NextVersion): Promise<WeighedRehearsal> {
      return dryRun(actor, await starts.next(actor, id, input))
    },

    /**
     * Another version where something is assigned; on many iPads once a second person has agreed.
     * @throws {DomainError} not-found `assignment-unknown`; conflict `assignment-ended`, `rollout-running`,
     * `content-not-approved`, `rollout-asked-already`; invalid `rollout-reason`
     */
    async rollOut(actor: Actor, id: string, input: NextVersion, reason?: string): Promise<Outcome> {
      const asked = { deed: 'version', assignmentId: id, input } as const
      return requesting.beginOrAsk(actor, { asked, reason }, () => starts.next(actor, id, input))
    },

    /** What `endAssignment` would do. */
    async rehearseEnd(actor: Actor, id: string): Promise<WeighedRehearsal> {
      return requesting.weigh(actor, await starts.removal(actor, id, { reason: '' }))
    },

    /**
     * Takes the content off the iPads where nothing wider keeps it; off many once a second person has agreed.
     * @throws {DomainError} not-found `assignment-unknown`; conflict `assignment-ended`, `rollout-running`,
     * `rollout-asked-already`
     */
    async endAssignment(actor: Actor, id: string, input: Removal): Promise<Outcome> {
      const asked = { deed: 'end', assignmentId: id, input } as const
      return requesting.beginOrAsk(actor, { asked, reason: input.reason }, () =>
        starts.removal(actor, id, input),
      )
    },

    /** What `exclude` would do on the iPads that it leaves out or lets in. */
    async rehearseExclude(actor: Actor, id: string, input: Exclusion): Promise<WeighedRehearsal> {
      const { after, leftOut, letIn } = await exclusion(actor, id, input)
      const changed = [...leftOut, ...letIn]
      const rehearsal = await deps.rehearsing.rehearseUnder(actor, after, changed)
      const { changing, lately, whyTwo, limit } = await tallying.weigh(actor, changed)
      return { ...rehearsal, willAct: changing.length, lately, needsTwo: whyTwo ?? null, limit }
    },

    /**
     * The assignment with other iPads left out; what was put on them goes, and comes back when they are let in again.
     * @throws {DomainError} not-found `assignment-unknown`; conflict `stale`, `assignment-ended`, `device-foreign`,
     * `exclude-over-limit` where so many in a day take a second person, `rollout-strands`
     */
    async exclude(actor: Actor, id: string, { version, deviceIds }: Exclusion): Promise<Assignment> {
      const { before, after, leftOut, letIn } = await exclusion(actor, id, { version, deviceIds })
      refuseStranding({ stranded: await deps.rehearsing.strandedUnder(actor, after, leftOut) })
      // Others that the same one begins meanwhile are weighed too, and are no refusal.
      await againWhenStale(async () => {
        const weight = await tallying.weigh(actor, [...leftOut, ...letIn])
        if (weight.whyTwo !== undefined)
          throw new DomainError(
            'conflict',
            'exclude-over-limit',
            'With what you have done in the last 24 hours these are so many that a second person is needed. End the assignment and create a new one; then they will be asked.',
          )
        await transaction(async () => {
          await assignments.save(after)
          await weight.count()
          await audit.record(actor, {
            action: 'assignments.exclude',
            on: { kind: 'assignment', id },
            before: { excludedDeviceIds: before.excludedDeviceIds },
            after: { excludedDeviceIds: after.excludedDeviceIds },
          })
        })
      }, triesAmongMany)
      inBackground(() => settling.devices(actor.organisationId, [...leftOut, ...letIn]))
      return after
    },

    /**
     * Everybody back to the version that they had before it; where there was none the content goes. The assignment stays
     * with that version, until somebody rolls out another. It waits for nobody, however many they are.
     * @throws {DomainError} not-found `rollout-unknown`; conflict `rollout-overtaken`, `rollout-removal`, `rollout-strands`
     */
    rollBack: (...asked: Parameters<typeof starts.backwards>): Promise<Begun> =>
      beginning.fromWhatStands(asked[0], async () => {
        const start = await starts.backwards(...asked)
        refuseStranding(await deps.rehearsing.rehearse(asked[0], start))
        return start
      }),

    /**
     * The approved version that does not follow by itself and waits for a person, since it takes away every network
     * that the previous one gave. Undefined when none waits.
     */
    async heldVersion(actor: Actor, assignment: Assignment): Promise<number | undefined> {
      if (assignment.pinned !== undefined) return undefined
      const newer = await newerThan(actor, assignment, await rolloutOf(assignment))
      return newer?.waitsForPerson ? newer.number : undefined
    },

    /**
     * The approved version that follows by itself as soon as the roll-out under way lets it: when its last wave has
     * opened, or when it is stopped. Undefined when none waits so.
     */
    async nextVersion(actor: Actor, assignment: Assignment): Promise<NextInLine | undefined> {
      if (assignment.state === 'ended' || assignment.pinned !== undefined) return undefined
      const rollout = await rolloutOf(assignment)
      if (rollout?.to === undefined || mayBeOvertaken(rollout)) return undefined
      const newer = await newerThan(actor, assignment, rollout)
      return newer && !newer.waitsForPerson
        ? { number: newer.number, rolloutId: rollout.id, behind: rollout.to }
        : undefined
    },

    /** Every version that is held so, with the moment since when. */
    async heldVersions(actor: Actor): Promise<HeldVersion[]> {
      const held: HeldVersion[] = []
      for (const assignment of await assignments.active(actor.organisationId)) {
        if (assignment.pinned !== undefined || assignment.content.kind !== 'profile') continue
        const newer = await newerThan(actor, assignment, await rolloutOf(assignment))
        if (!newer?.waitsForPerson) continue
        const { name, newestSince = assignment.createdAt } = await starts.about(actor, assignment.content)
        held.push({ assignmentId: assignment.id, name, number: newer.number, since: newestSince })
      }
      return held
    },

    /**
     * The newest approved version where that is what is wanted, and nothing else is under way. What one person alone is
     * behind is weighed as theirs.
     */
    async followNewest(organisationId: string): Promise<void> {
      const actor = systemActor(organisationId)
      for (const { id, content, pinned } of await assignments.active(organisationId)) {
        if (pinned !== undefined) continue
        const { name, newestBy: by, newestApproved } = await starts.about(actor, content)
        const start = () => newestFor(actor, id)
        if (!by) await beginning.ifStillWanted(actor, start)
        else
          await requesting.followOrAsk(
            { organisationId, ...by },
            {
              asked: { deed: 'version', assignmentId: id, input: {} },
              reason: `${name}, version ${newestApproved ?? ''} (${by.name})`,
            },
            start,
          )
      }
    },
  }
}
