import { isReachable } from '../devices/device.ts'
import { type Assignment, type Target } from '../assignments/assignment.ts'
import { type ContentRef } from '../assignments/content.ts'
import { wavesOf } from '../assignments/wave-plan.ts'
import { type Actor } from '../staff/actor.ts'
import { type Member, type Members } from './members.ts'
import { outcomeOn, rehearsalOf, strandedIn, type Rehearsal, type RehearsedIpad } from './rehearsal.ts'
import { inOrder, type Start } from './starting.ts'
import { type Contents } from './versions.ts'

export type Rehearsing = ReturnType<typeof createRehearsing>

interface RehearsingDeps {
  readonly members: Members
  readonly contents: Contents
}

/** What would happen; nothing does. */
export function createRehearsing({ members, contents }: RehearsingDeps) {
  /** Keys of a version that some of these iPads do not know, with how many. */
  async function unknownOn(
    actor: Actor,
    { content: { kind, id }, number }: { readonly content: ContentRef; readonly number: number },
    some: readonly Member[],
  ) {
    const version = await contents.of(kind).anyVersion(actor.organisationId, id, number)
    const ipads = some.map(({ ipad }) => ipad.device)
    return (await version.unavailableOn?.(actor, ipads)) ?? []
  }

  return {
    /** By a roll-out. */
    async rehearse(actor: Actor, start: Pick<Start, 'assignment' | 'to' | 'plan'>): Promise<Rehearsal> {
      // Of an iPad that somebody means in particular they want to know that it cannot be reached.
      const which = start.assignment.target.kind === 'organisation' ? 'enrolled' : 'all'
      const all = await members.under(actor, start, which)
      const enrolled = all.filter(({ ipad }) => isReachable(ipad.device))
      const waves = wavesOf(inOrder(enrolled), start.plan)
      return rehearsalOf(
        all.map(rehearsed),
        waves.map(({ length }) => length),
      )
    },

    /** Keys that some of the iPads of a roll-out do not know, with how many of just those. */
    async unavailable(actor: Actor, { assignment, to }: Pick<Start, 'assignment' | 'to'>) {
      if (to === undefined) return []
      const reached = await members.under(actor, { assignment, to }, 'enrolled')
      return unknownOn(actor, { content: assignment.content, number: to }, reached)
    },

    /** By this version alone, approved or not, on the iPads that all of the targets reach; in no waves. */
    async tryOut(
      actor: Actor,
      version: { readonly content: ContentRef; readonly number: number },
      targets: readonly Target[],
    ): Promise<Rehearsal> {
      const all = await members.trying(actor, version, targets)
      const enrolled = all.filter(({ ipad }) => isReachable(ipad.device))
      return {
        ...rehearsalOf(all.map(rehearsed), []),
        unavailable: await unknownOn(actor, version, enrolled),
      }
    },

    /** By letting these iPads have what is assigned to them. */
    async rehearseAmong(actor: Actor, content: ContentRef, deviceIds: readonly string[]): Promise<Rehearsal> {
      const all = await members.among(actor, { content }, deviceIds)
      return rehearsalOf(all.map(rehearsed), [all.length])
    },

    /** By the assignment as it is to stand, on these iPads alone. */
    async rehearseUnder(
      actor: Actor,
      assignment: Assignment,
      deviceIds: readonly string[],
    ): Promise<Rehearsal> {
      const { content } = assignment
      const all = await members.among(actor, { content, assignment }, deviceIds)
      return rehearsalOf(all.map(rehearsed), [all.length])
    },

    /** How many of these iPads would be stranded by the assignment as it is to stand, by why. */
    async strandedUnder(
      actor: Actor,
      assignment: Assignment,
      deviceIds: readonly string[],
    ): Promise<Rehearsal['stranded']> {
      const { content } = assignment
      return strandedIn(await members.among(actor, { content, assignment }, deviceIds))
    },
  }
}

const rehearsed = ({ ipad, placement, wish, stranding }: Member): RehearsedIpad => ({
  deviceId: ipad.deviceId,
  assetTag: ipad.device.assetTag,
  outcome: outcomeOn(placement, wish),
  ...(wish?.hindrance && { hindrance: wish.hindrance }),
  ...(stranding && !wish?.hindrance && { stranding }),
})
