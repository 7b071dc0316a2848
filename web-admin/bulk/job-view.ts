import {
  isEnded,
  leftOf,
  type BulkItem,
  type BulkItemState,
  type BulkJob,
  type BulkJobState,
} from '../../server/bulk-jobs/bulk-job.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type Badge, type Tone } from '../badge.ts'
import { dayAndTime } from '../dates.ts'
import { refusalWords } from '../form.ts'
import { type IconName } from '../icons.ts'
import { isText, sayIn, type Say } from '../language.ts'
import { whyNot } from './why-not.ts'

const signs: Readonly<Record<BulkJobState, readonly [Tone, IconName]>> = {
  preparing: ['info', 'clock'],
  waiting: ['warning', 'approvals'],
  running: ['info', 'refresh'],
  done: ['done', 'done'],
  cancelled: ['plain', 'stopped'],
  refused: ['danger', 'stopped'],
}

const itemSigns: Readonly<Record<BulkItemState, readonly [Tone, IconName]>> = {
  waiting: ['plain', 'clock'],
  done: ['done', 'done'],
  refused: ['warning', 'warning'],
  failed: ['danger', 'warning'],
  cancelled: ['plain', 'stopped'],
}

export function jobBadge(state: BulkJobState, say: Say): Badge {
  const [tone, icon] = signs[state]
  return { text: say(`job.state.${state}`), tone, icon }
}

/** What a job does, in words. */
export function jobWords({ variant, undoes }: Pick<BulkJob, 'variant' | 'undoes'>, say: Say): string {
  const key = `bulk.action.${variant}`
  const action = isText(key) ? say(key) : variant
  return undoes === undefined ? action : say('job.undo-of', { action })
}

/** A job as a line of the list, and as the head of its page. */
export function jobView(job: BulkJob, language: Language) {
  const say = sayIn(language)
  const { counts, createdAt, finishedAt, askedBy, endedBy, note, reason } = job
  const left = leftOf(job)
  const isRunning = job.state === 'running' || job.state === 'preparing'
  return {
    id: job.id,
    href: `/jobs/${job.id}`,
    what: jobWords(job, say),
    state: jobBadge(job.state, say),
    reason,
    asked: dayAndTime(createdAt, language),
    askedBy: askedBy.name,
    finished: finishedAt && dayAndTime(finishedAt, language),
    endedBy,
    note,
    counts,
    isRunning,
    isEnded: isEnded(job),
    progress: say('job.progress', { done: counts.total - left, total: counts.total }),
    dealtWith: counts.total - left,
    undoneHref: job.undoneBy === undefined ? undefined : `/jobs/${job.undoneBy}`,
    undoesHref: job.undoes === undefined ? undefined : `/jobs/${job.undoes}`,
  }
}

/** One item with what came of it. */
export function itemView({ number, subject, state, reason, at }: BulkItem, language: Language) {
  const say = sayIn(language)
  const [tone, icon] = itemSigns[state]
  return {
    number,
    href: subject.kind === 'device' && reason?.code !== 'bulk-unknown' ? `/devices/${subject.id}` : undefined,
    label: subject.label,
    state: { text: say(`job.item.${state}`), tone, icon },
    why: reason && (isText(`reason.${reason.code}`) ? whyNot(reason, say) : refusalWords(reason, say)),
    at: at && dayAndTime(at, language),
  }
}
