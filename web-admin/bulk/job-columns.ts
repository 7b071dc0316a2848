import { type BulkJob } from '../../server/bulk-jobs/bulk-job.ts'
import { dayAndTime, stamp } from '../dates.ts'
import { type Reader } from '../reader.ts'
import { type Column } from '../tables/columns.ts'
import { jobBadge, jobWords } from './job-view.ts'

/** The columns of the list of jobs. */
export function jobColumns({ say, language }: Pick<Reader, 'say' | 'language'>): Column<BulkJob>[] {
  const counted = (key: keyof BulkJob['counts']) => ({
    key,
    isNumber: true,
    show: ({ counts }: BulkJob) => String(counts[key]),
    file: ({ counts }: BulkJob) => counts[key],
  })
  const time = (at: Date | undefined) =>
    at && { text: dayAndTime(at, language), isSoft: true, isUnbroken: true }
  return [
    {
      key: 'what',
      text: 'job.what',
      show: job => ({ text: jobWords(job, say), href: `/jobs/${job.id}` }),
      file: job => jobWords(job, say),
    },
    {
      key: 'state',
      text: 'job.state',
      show: ({ state }) => ({ badges: [jobBadge(state, say)] }),
      file: ({ state }) => say(`job.state.${state}`),
    },
    { ...counted('total'), text: 'job.count.total' },
    { ...counted('done'), text: 'job.item.done' },
    { ...counted('refused'), text: 'job.item.refused' },
    { ...counted('failed'), text: 'job.item.failed', isSpare: true },
    {
      key: 'by',
      text: 'job.asked-by',
      show: ({ askedBy }) => askedBy.name,
      file: ({ askedBy }) => askedBy.name,
    },
    {
      key: 'asked',
      text: 'job.asked',
      sort: 'createdAt',
      show: ({ createdAt }) => time(createdAt),
      file: ({ createdAt }) => stamp(createdAt),
    },
    {
      key: 'finished',
      text: 'job.finished',
      sort: 'finishedAt',
      isSpare: true,
      show: ({ finishedAt }) => time(finishedAt),
      file: ({ finishedAt }) => finishedAt && stamp(finishedAt),
    },
    {
      key: 'reason',
      text: 'bulk.reason',
      isSpare: true,
      show: ({ reason }) => reason,
      file: ({ reason }) => reason,
    },
  ]
}
