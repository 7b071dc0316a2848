import { type Right } from '../staff/rights.ts'

/**
 * Something that changed, and nothing more about it: `kind:id`. A page that follows it asks for itself again, with
 * rights of its own.
 */
export type Subject = `${ChangeKind}:${string}`

/** What can be followed. Any one of its rights lets somebody hear of it. */
const followers = {
  device: ['devices.read'],
  incident: ['incidents.read'],
  approval: ['approvals.read', 'approvals.decide', 'wipe.approve'],
  loan: ['loans.read'],
  import: ['organisation.read'],
  job: ['organisation.read'],
  rollout: ['rollouts.read'],
  'app-set': ['rollouts.read'],
  staff: ['staff.write'],
} as const satisfies Record<string, readonly Right[]>

type ChangeKind = keyof typeof followers

/** The subject of a thing that was changed; undefined for a kind that nobody follows. */
export function subjectOf({ kind, id }: { kind: string; id: string }): Subject | undefined {
  return Object.hasOwn(followers, kind) ? `${kind as ChangeKind}:${id}` : undefined
}

/** A wish to hear of one subject (`device:1`) or of all of a kind (`approval`); undefined when it is neither. */
export function wishOf(text: string): string | undefined {
  const [kind = ''] = text.split(':', 1)
  return Object.hasOwn(followers, kind) && text.length <= 120 ? text : undefined
}

/** Which of `subjects` somebody with these rights hears of who wished for `wishes`. */
export function heard(
  subjects: readonly Subject[],
  { wishes, held }: { wishes: readonly string[]; held: readonly Right[] },
): Subject[] {
  return subjects.filter(subject => {
    const [kind] = subject.split(':', 1) as [ChangeKind]
    const isWished = wishes.includes(subject) || wishes.includes(kind)
    return isWished && followers[kind].some((right: Right) => held.includes(right))
  })
}
