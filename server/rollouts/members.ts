import { type Stranding } from '../../profiles/stranding.ts'
import { reaches, type Assignment, type Target } from '../assignments/assignment.ts'
import { contentKey, type ContentRef } from '../assignments/content.ts'
import { type StandingIpad, type Standings } from '../assignments/standings.ts'
import { allAtOnce } from '../assignments/wave-plan.ts'
import { isGone, isReachable } from '../devices/device.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { decide, prevailing, type Assigned } from './deciding.ts'
import { type Placement } from './placement.ts'
import { type Wish } from './placement-wish.ts'
import { type PlacementStore } from './placement-store.ts'
import { fittingFor } from './settled.ts'
import { type Settling } from './settling.ts'
import { strandedBy, versionsOn } from './stranded.ts'
import { createVersions, type Contents, type Versions } from './versions.ts'

interface MembersDeps {
  readonly placements: Pick<PlacementStore, 'ofDevices'>
  readonly standings: Standings
  readonly settling: Pick<Settling, 'assignedIn'>
  readonly contents: Contents
}

/** An iPad that a roll-out is about, and what would become of it. */
export interface Member {
  readonly ipad: StandingIpad
  readonly placement: Placement | undefined
  /** What would hold once every wave is open. */
  readonly wish: Wish | undefined
  /** Why it would be stranded then. */
  readonly stranding: Stranding | undefined
}

export type Members = ReturnType<typeof createMembers>

/** The iPads that an assignment decides for, as they would be once it is saved. */
export function createMembers({ placements, standings, settling, contents }: MembersDeps) {
  async function seen(
    content: ContentRef,
    ipads: readonly StandingIpad[],
    { assigned, versions }: { readonly assigned: Assigned; readonly versions: Versions },
  ): Promise<Member[]> {
    const [first] = ipads
    if (!first) return []
    const deviceIds = ipads.map(({ deviceId }) => deviceId)
    const there = await placements.ofDevices(first.device.organisationId, deviceIds)
    await versions.load(versionsOn(there))
    return ipads.map(ipad => {
      const own = there.filter(({ deviceId }) => deviceId === ipad.deviceId)
      const placement = own.find(each => contentKey(each.content) === contentKey(content))
      const on = { standing: ipad, isEnrolled: isReachable(ipad.device), placement }
      const { now: wish } = decide(content, on, assigned, fittingFor(ipad, own, versions))
      return { ipad, placement, wish, stranding: strandedBy(content, wish?.number, { own, versions }) }
    })
  }

  return {
    /** Those for which `assignment` decides, once its roll-out to `to` has come to its end; off them without `to`. */
    async under(
      actor: Actor,
      { assignment, to }: { readonly assignment: Assignment; readonly to?: number | undefined },
      which: 'enrolled' | 'all',
    ): Promise<Member[]> {
      const { content, id } = assignment
      const assigned = withAssignment(await settling.assignedIn(actor.organisationId), assignment)
      const after = withAssignment(assigned, finished(assignment, to))
      const versions = createVersions(actor.organisationId, contents)
      await versions.load(numbersOf(content, after))
      const all: Member[] = []
      for await (const ipads of standings.everybody(actor, which)) {
        const own = ipads
          .filter(({ device }) => !isGone(device.lifecycle) && (which === 'all' || isReachable(device)))
          .filter(ipad => prevailing(content, ipad, assigned)[0]?.id === id)
        all.push(...(await seen(content, own, { assigned: after, versions })))
      }
      return all
    },

    /**
     * Those that every one of the targets reaches, as they would be if just this version were assigned to them; nobody
     * need have approved it. Gone ones are left out, and without a target those that are not enrolled.
     * @throws {DomainError} not-found when there is no such version
     */
    async trying(
      actor: Actor,
      { content, number }: { readonly content: ContentRef; readonly number: number },
      targets: readonly Target[],
    ): Promise<Member[]> {
      const versions = createVersions(actor.organisationId, contents, { unapproved: true })
      await versions.load([[content, number]])
      const assigned = { assignments: [alone(actor.organisationId, content, number)], rollouts: new Map() }
      const all: Member[] = []
      for await (const ipads of standings.everybody(actor, targets.length === 0 ? 'enrolled' : 'all')) {
        const own = ipads
          .filter(({ device }) => !isGone(device.lifecycle))
          .filter(ipad => targets.every(target => reaches({ target, excludedDeviceIds: [] }, ipad)))
        all.push(...(await seen(content, own, { assigned, versions })))
      }
      return all
    },

    /**
     * How many iPads each content is meant for, by `contentKey`: also those that are not enrolled or whose wave has not
     * come, and none that it is being taken off.
     */
    async meantFor(
      organisationId: string,
      wanted: readonly ContentRef[],
    ): Promise<ReadonlyMap<string, number>> {
      const assigned = await settling.assignedIn(organisationId)
      const staying = assigned.assignments.filter(({ rolloutId = '' }) => {
        const rollout = assigned.rollouts.get(rolloutId)
        return rollout === undefined || rollout.to !== undefined
      })
      const counts = new Map<string, number>()
      const some = wanted.filter(content =>
        staying.some(each => contentKey(each.content) === contentKey(content)),
      )
      if (some.length === 0) return counts
      for await (const ipads of standings.everybody(systemActor(organisationId), 'all'))
        for (const ipad of ipads.filter(({ device }) => !isGone(device.lifecycle)))
          for (const content of some) {
            if (prevailing(content, ipad, { ...assigned, assignments: staying }).length === 0) continue
            const key = contentKey(content)
            counts.set(key, (counts.get(key) ?? 0) + 1)
          }
      return counts
    },

    /** These iPads, as decided with `assignment` where one is given, and otherwise by the present assignments. */
    async among(
      actor: Actor,
      { content, assignment }: { readonly content: ContentRef; readonly assignment?: Assignment | undefined },
      deviceIds: readonly string[],
    ): Promise<Member[]> {
      const standingNow = await settling.assignedIn(actor.organisationId)
      const assigned = assignment ? withAssignment(standingNow, assignment) : standingNow
      const versions = createVersions(actor.organisationId, contents)
      await versions.load(numbersOf(content, assigned))
      return seen(content, await standings.of(actor, deviceIds), { assigned, versions })
    },
  }
}

/** An assignment of this version to everybody that is never saved. */
const alone = (organisationId: string, content: ContentRef, number: number): Assignment => ({
  id: 'trial',
  organisationId,
  content,
  target: { kind: 'organisation' },
  excludedDeviceIds: [],
  stable: number,
  plan: allAtOnce,
  state: 'active',
  createdAt: new Date(0),
  createdBy: { id: '', name: '' },
  version: 1,
})

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

/** Versions of the content that may hold on these iPads. */
function numbersOf(content: ContentRef, { assignments, rollouts }: Assigned) {
  return assignments
    .filter(each => contentKey(each.content) === contentKey(content))
    .flatMap(each => {
      const rollout = rollouts.get(each.rolloutId ?? '')
      return [each.stable, rollout?.to, rollout?.from]
    })
    .flatMap(number => (number === undefined ? [] : [[content, number] as const]))
}
