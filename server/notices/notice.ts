import { type Approval } from '../approvals/approval.ts'
import { type Incident } from '../incidents/incident.ts'
import { type Placement } from '../rollouts/placement.ts'
import { type Right } from '../staff/rights.ts'

/** What people are told of. */
export const noticeKinds = [
  'approval',
  'answer',
  'case',
  'rollout',
  'certificate',
  'command',
  'overdue',
  'apps',
  'silent',
  'webhook',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/**
 * Something that waits for a person. It is computed from the present state, so it goes away by itself when it is dealt
 * with; the id is the same as long as it is about the same thing. It names no borrower.
 */
export interface Notice {
  readonly id: string
  readonly kind: NoticeKind
  /** What it is about, as people call it: a tag, a case number. */
  readonly label: string
  /** Which words of its kind, where it has several. */
  readonly variant: string
  /** The page where it is dealt with. */
  readonly href: string
  readonly at: Date
  /** A day that the words name: due, expires. */
  readonly on?: string
  readonly count?: number
  /**
   * Set for the kinds `approval`, where it says who may decide, and `answer`, where it says who asked. The other kinds
   * are for everybody with the right of their kind.
   */
  readonly approval?: Approval
}

/** Who is told; an approval also asks who may decide it, for nobody decides what they asked for, and an answer who did. */
const rightOf: Readonly<Record<NoticeKind, Right>> = {
  approval: 'approvals.decide',
  // Everybody who can ask for something can do something with many iPads.
  answer: 'devices.bulk',
  case: 'lost-mode.use',
  rollout: 'rollouts.write',
  certificate: 'organisation.write',
  command: 'commands.send',
  overdue: 'loans.write',
  apps: 'apps.install',
  silent: 'enrolment.write',
  webhook: 'organisation.write',
}

/** Every right that decides who is told. */
export const noticeRights: readonly Right[] = Object.values(rightOf)

/** The kinds that somebody with these rights is told of. */
export function kindsFor(held: readonly Right[]): NoticeKind[] {
  return noticeKinds.filter(kind => held.includes(rightOf[kind]))
}

/** Whether somebody with these rights can do something about it. */
export function concerns(
  { kind, variant }: Pick<Notice, 'kind' | 'variant'>,
  held: readonly Right[],
): boolean {
  const isLast = kind === 'case' && variant !== 'confirm'
  return held.includes(isLast ? 'incidents.decide' : rightOf[kind])
}

/** What a case waits for from a person; undefined while it waits for the iPad, the police, or nothing. */
export function caseVariant({
  state,
  decision,
  escalated,
  taken,
}: Pick<Incident, 'state' | 'decision' | 'escalated' | 'taken'>):
  'escalated' | 'confirm' | 'decide' | 'close' | undefined {
  // Handed up, it waits for somebody of the second line to take it, whatever else it waits for.
  if (escalated && !taken && state !== 'closed') return 'escalated'
  if (state === 'reported') return 'confirm'
  if (state === 'wiped' || state === 'recovered') return decision ? 'close' : 'decide'
  return state === 'decided' ? 'close' : undefined
}

/** What is told of a profile that an iPad does not have as it was proven, or had not. */
export function strayedVariant({
  want,
  state,
}: Pick<Placement, 'want' | 'state'>): 'mended' | 'drifted' | 'came-back' {
  if (want === 'removed') return 'came-back'
  return state === 'drifted' || state === 'failed' ? 'drifted' : 'mended'
}

const certificateDays = 30
const dayMs = 86_400_000

/** The state of a certificate that ends at `expiresAt`; undefined while there is time. */
export function certificateVariant(expiresAt: Date, now: Date): 'soon' | 'over' | undefined {
  if (now >= expiresAt) return 'over'
  return expiresAt.getTime() - now.getTime() < certificateDays * dayMs ? 'soon' : undefined
}

/** Since when the certificate has been so. */
export function certificateSince(expiresAt: Date, variant: 'soon' | 'over'): Date {
  return variant === 'over' ? expiresAt : new Date(expiresAt.getTime() - certificateDays * dayMs)
}

/** The week of an instant, as a number that grows; what lasts is told anew in each. */
export function weekOf(at: Date): number {
  return Math.floor(at.getTime() / (7 * dayMs))
}

/** When the week of an instant began. */
export const weekStart = (at: Date): Date => new Date(weekOf(at) * 7 * dayMs)
