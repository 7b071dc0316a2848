import { type Approval, type ApprovalState } from '../../server/approvals/approval.ts'
import { type Badge, type Tone } from '../badge.ts'
import { type IconName } from '../icons.ts'
import { isText, type Say } from '../language.ts'

interface KindSigns {
  readonly icon: IconName
  /** A yes cannot be taken back. */
  readonly isDanger: boolean
}

/** Kinds with a sign of their own. Their words are `approval.what.`, `approval.then.` and `approval.yes.` with the kind. */
const signsOfKinds: Readonly<Record<string, KindSigns>> = {
  wipe: { icon: 'wipe', isDanger: true },
  'bulk-action': { icon: 'tablet', isDanger: false },
  disposal: { icon: 'stopped', isDanger: true },
  'roll-out': { icon: 'paper', isDanger: false },
}

/** The prefix of the text keys for the variants of a kind. */
const variants: Readonly<Record<string, string>> = {
  'bulk-action': 'bulk.action',
  disposal: 'bulk.action',
  'roll-out': 'rollout.deed',
}

/** Where people read more about what a request is about, by the kind of its subject. */
const pages: Readonly<Record<string, string>> = {
  incident: '/theft',
  job: '/jobs',
  'rollout-request': '/profiles/rollouts/requests',
}

const signs: Readonly<Record<ApprovalState, readonly [Tone, IconName]>> = {
  waiting: ['warning', 'clock'],
  approved: ['done', 'done'],
  refused: ['danger', 'stopped'],
  expired: ['plain', 'clock'],
  withdrawn: ['plain', 'stopped'],
}

export function approvalBadge(state: ApprovalState, say: Say): Badge {
  const [tone, icon] = signs[state]
  return { text: say(`approval.state.${state}`), tone, icon }
}

/** What is asked for, what follows from a yes, and the button that says it. */
export function approvalWords(
  { kind, subject, facts }: Pick<Approval, 'kind' | 'subject' | 'facts'>,
  say: Say,
) {
  const variant = `${variants[kind] ?? 'approval.variant'}.${String(facts?.['variant'] ?? '')}`
  const values = { label: subject.label, ...facts, ...(isText(variant) && { variant: say(variant) }) }
  const words = (part: 'what' | 'then' | 'yes') => {
    const key = `approval.${part}.${kind}`
    const own = `${key}.${String(facts?.['variant'] ?? '')}`
    if (isText(own)) return say(own, values)
    return isText(key) ? say(key, values) : undefined
  }
  return {
    what: words('what') ?? say('approvals.other', { kind, label: subject.label }),
    then: words('then'),
    yes: words('yes') ?? say('approvals.approve'),
    ...(signsOfKinds[kind] ?? { icon: 'approvals' as const, isDanger: false }),
  }
}

/** The page of what the request is about, if there is one. */
export function subjectHref({ subject }: Pick<Approval, 'subject'>): string | undefined {
  const page = pages[subject.kind]
  return page && `${page}/${subject.id}`
}
