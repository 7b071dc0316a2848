import { contentKey, type ContentRef } from '../assignments/content.ts'
import { type Clock } from '../clock.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { pageOf, type Page } from '../http/paging.ts'
import { type NewId } from '../ids.ts'
import { accountOf, type Actor } from '../staff/actor.ts'
import { createAssigning, type AssigningDeps } from './assigning.ts'
import { type Conducting } from './conducting.ts'
import { maySendAgain, type Placement } from './placement.ts'
import { sentAgain, toBeMadeAnew } from './placement-course.ts'
import { type Holding } from './holding.ts'
import { type Members } from './members.ts'
import { placeOfPlacement, type PlacementQuery, type PlacementStore } from './placement-store.ts'
import {
  failuresIn,
  isEnded,
  mustGoOn,
  resume,
  type Rollout,
  type RolloutFigures,
  type Stopped,
} from './rollout.ts'
import { placeOfRollout, type RolloutQuery } from './rollout-store.ts'

export interface RolloutsDeps extends AssigningDeps {
  readonly placements: PlacementStore
  readonly members: Pick<Members, 'meantFor'>
  readonly conducting: Conducting
  readonly holding: Pick<Holding, 'holds'>
  readonly devices: Pick<Devices, 'brief'>
  readonly clock: Clock
  readonly newId: NewId
}

/** How far versions of a content have come over all iPads that it is meant for. */
export interface Coverage {
  /** All that it is meant for, enrolled or not. */
  readonly of: number
  /** Of those: how many have proved the newest version there is. */
  readonly percent: number
  /** Those that are on iPads or on their way, the newest first; `of` counts the iPads that are to have just it. */
  readonly versions: readonly {
    readonly number: number
    readonly of: number
    readonly proven: number
    readonly percent: number
  }[]
}

export type Rollouts = ReturnType<typeof createRollouts>

/** What should be on which iPads, and how it gets there. */
export function createRollouts(deps: RolloutsDeps) {
  const { rollouts, placements, members, conducting, requesting, settling, contents } = deps
  const { devices, inBackground, audit, transaction, clock, newId } = deps

  /** Saves what the actor wanted for the iPad of `before`, with that in the log. */
  async function saveAgain(actor: Actor, before: Placement, next: Placement): Promise<void> {
    const { deviceId, content, number, want } = before
    await transaction(async () => {
      if (next !== before) await placements.save(next)
      await audit.record(actor, {
        action: 'rollouts.send-again',
        on: { kind: 'device', id: deviceId },
        after: { content, number, want },
      })
    })
  }

  async function sendAgain(actor: Actor, some: readonly Placement[]): Promise<number> {
    const sent: Placement[] = []
    for (const placement of some) {
      const next = sentAgain(placement, { newId, now: clock.now() })
      await saveAgain(actor, placement, next)
      sent.push(next)
    }
    await settling.push(sent)
    return sent.length
  }

  /** What stood against it may be gone by now. */
  async function tryAnew(actor: Actor, blocked: Placement): Promise<boolean> {
    const { organisationId, id, deviceId, content } = blocked
    if (await deps.holding.holds(organisationId, { deviceId, content }))
      throw new DomainError(
        'conflict',
        'placement-held',
        'A second person has not agreed to this change. See the request.',
      )
    await saveAgain(actor, blocked, toBeMadeAnew(blocked))
    await settling.devices(organisationId, [deviceId], content)
    return (await placements.find(organisationId, id))?.state !== 'blocked'
  }

  async function coverageOf(
    organisationId: string,
    content: ContentRef,
    meant: ReadonlyMap<string, number>,
  ): Promise<Coverage> {
    const of = meant.get(contentKey(content)) ?? 0
    const share = (proven: number) => (of === 0 ? 0 : Math.min(100, Math.floor((proven * 100) / of)))
    const { newestApproved } = await contents.of(content.kind).about(organisationId, content.id)
    const counted = await placements.byVersion(organisationId, content)
    const versions = counted.map(version => ({ ...version, percent: share(version.proven) }))
    const percent = versions.find(({ number }) => number === newestApproved)?.percent ?? 0
    return { of, percent, versions }
  }

  return {
    ...createAssigning(deps),
    ...requesting.reading,
    askAgain: (...asked: Parameters<typeof requesting.askAgain>) => requesting.askAgain(...asked),

    /** @throws {DomainError} not-found `rollout-unknown` */
    get: (actor: Actor, id: string): Promise<Rollout> => conducting.get(actor.organisationId, id),

    /** One page, newest first. */
    async list(actor: Actor, query: RolloutQuery): Promise<Page<Rollout>> {
      return pageOf(await rollouts.page(actor.organisationId, query), query.limit, placeOfRollout)
    },

    /** Those that stopped by themselves and wait for a person, newest first. */
    async stoppedByFailures(actor: Actor): Promise<(Rollout & { readonly stopped: Stopped })[]> {
      const open = await rollouts.page(actor.organisationId, { open: true, limit: atOnce })
      return open.flatMap(rollout =>
        rollout.state === 'stopped' && rollout.stopped?.because === 'failures'
          ? [{ ...rollout, stopped: rollout.stopped }]
          : [],
      )
    },

    /** Contents that stay on iPads where nothing assigns them, for the iPad would be stranded without. */
    kept: (actor: Actor, limit: number): Promise<Placement[]> => placements.kept(actor.organisationId, limit),

    /** Profiles that are not as they were proven, or were sent again by themselves for that since `since`. */
    strayed: (actor: Actor, since: Date, limit: number): Promise<Placement[]> =>
      placements.strayed(actor.organisationId, since, limit),

    /** Those that stay so on one iPad by the present assignments, even before a round has looked at it. */
    async keptOn(actor: Actor, deviceId: string): Promise<Placement[]> {
      await devices.brief(actor, deviceId)
      return settling.keptOn(actor.organisationId, deviceId)
    },

    /** How its iPads stand: as they are while it is under way, as they were when it ended. */
    async figures(rollout: Rollout): Promise<RolloutFigures> {
      return rollout.figures ?? (await conducting.progressOf(rollout)).figures
    },

    /** How many iPads took it an hour ago or more and have said nothing since; none of one that is over. */
    silent: async (rollout: Rollout): Promise<number> =>
      isEnded(rollout) ? 0 : (await conducting.progressOf(rollout)).silent,

    /** On how many iPads a content is, and how far. */
    where: (actor: Actor, content: ContentRef): Promise<RolloutFigures> =>
      placements.figuresOf(actor.organisationId, content),

    /** How many assignments of a content stand, and on how many iPads it is, may be or is to be. */
    async useOf(organisationId: string, content: ContentRef) {
      const all = await deps.assignments.ofContent(organisationId, content)
      return {
        assignments: all.filter(({ state }) => state === 'active').length,
        ipads: await placements.onIpads(organisationId, content),
      }
    },

    /** How far the newest version has come; see `coverages`. */
    coverage: async (actor: Actor, content: ContentRef): Promise<Coverage> =>
      coverageOf(actor.organisationId, content, await members.meantFor(actor.organisationId, [content])),

    /**
     * For each content how many of all iPads that it is meant for, enrolled or not, have proved the newest version there
     * is, also while that one waits for a second person.
     */
    async coverages(actor: Actor, some: readonly ContentRef[]): Promise<Coverage[]> {
      const meant = await members.meantFor(actor.organisationId, some)
      return Promise.all(some.map(content => coverageOf(actor.organisationId, content, meant)))
    },

    /** As it is called now. @throws {DomainError} not-found */
    nameOf: async (actor: Actor, content: ContentRef): Promise<string> =>
      (await contents.of(content.kind).about(actor.organisationId, content.id)).name,

    /** Contents on iPads, by tag. @throws {DomainError} not-found `device-unknown`; invalid `bad-cursor` */
    async placements(actor: Actor, query: PlacementQuery): Promise<Page<Placement>> {
      if (query.deviceId !== undefined) await devices.brief(actor, query.deviceId)
      return pageOf(await placements.page(actor.organisationId, query), query.limit, placeOfPlacement)
    },

    /** @throws {DomainError} not-found `rollout-unknown`; conflict `rollout-ended` */
    stop: (actor: Actor, id: string, reason?: string): Promise<Rollout> =>
      conducting.stopIt(actor, id, {
        at: clock.now(),
        because: 'person',
        by: accountOf(actor),
        ...(reason !== undefined && { reason }),
      }),

    /**
     * Ends a roll-out whose waves are all open though iPads are still under way; those are followed up without it.
     * @throws {DomainError} not-found `rollout-unknown`; conflict `rollout-ended`, `rollout-stopped`, `rollout-waves-left`
     */
    close: (actor: Actor, id: string, reason: string): Promise<Rollout> =>
      conducting.closeIt(actor, id, { by: accountOf(actor), reason }),

    /**
     * Lets a stopped roll-out go on; the failures so far are accepted, and only further ones stop it again.
     * @throws {DomainError} not-found `rollout-unknown`; conflict `rollout-ended`, `rollout-running`
     */
    async resume(actor: Actor, id: string): Promise<Rollout> {
      const resumed = await transaction(async () => {
        const before = await conducting.get(actor.organisationId, id)
        const failures = failuresIn(await conducting.progressOf(before))
        const next = resume(before, failures, clock.now())
        await rollouts.save(next)
        await audit.record(actor, { action: 'rollouts.resume', on: { kind: 'rollout', id } })
        return next
      })
      inBackground(() => conducting.reach(resumed))
      return resumed
    },

    /**
     * Opens the next wave now.
     * @param after the wave that was open when the actor decided it
     * @throws {DomainError} not-found `rollout-unknown`; conflict `rollout-ended`, `rollout-stopped`,
     * `rollout-last-wave`, `rollout-wave-open`
     */
    async openWave(actor: Actor, id: string, after?: number): Promise<Rollout> {
      const opened = await conducting.openWave(actor, id, after)
      inBackground(() => conducting.reach(opened))
      return opened
    },

    /**
     * Sends one content to its iPad once more, whatever came of it before; what was blocked is checked again, and sent
     * if nothing prevents it any more. False if something still does.
     * @throws {DomainError} not-found `placement-unknown`; conflict `placement-waits`, `placement-held`
     */
    async sendAgain(actor: Actor, deviceId: string, content: ContentRef): Promise<boolean> {
      await devices.brief(actor, deviceId)
      const own = await placements.ofDevices(actor.organisationId, [deviceId])
      const placement = own.find(each => each.content.kind === content.kind && each.content.id === content.id)
      if (!placement)
        throw new DomainError('not-found', 'placement-unknown', 'This is not assigned to the iPad.')
      if (!maySendAgain(placement))
        throw new DomainError(
          'conflict',
          'placement-waits',
          'It cannot be sent now: its wave has not come, or its roll-out is stopped.',
        )
      if (placement.state === 'blocked') return tryAnew(actor, placement)
      await sendAgain(actor, [placement])
      return true
    },

    /**
     * Sends it once more to every iPad of the roll-out where it failed or drifted; how many those are.
     * @throws {DomainError} not-found `rollout-unknown`; conflict `rollout-stopped`, `rollout-ended` for one that
     * another has overtaken
     */
    async sendFailedAgain(actor: Actor, id: string): Promise<number> {
      const rollout = await conducting.get(actor.organisationId, id)
      if (rollout.state === 'stopped')
        throw new DomainError('conflict', 'rollout-stopped', 'This roll-out is stopped. Resume it first.')
      if (rollout.state !== 'completed') mustGoOn(rollout)
      let count = 0
      for (const state of ['failed', 'drifted'] as const) {
        // Each iPad once: one that fails again meanwhile stands behind the place where the next page begins.
        let after: string | undefined
        do {
          const page = await placements.page(actor.organisationId, {
            rolloutId: id,
            state,
            limit: atOnce,
            after,
          })
          const some = page.slice(0, atOnce)
          count += await sendAgain(actor, some)
          const last = some.at(-1)
          after = page.length > atOnce && last ? placeOfPlacement(last) : undefined
        } while (after !== undefined)
      }
      return count
    },
  }
}

const atOnce = 200
