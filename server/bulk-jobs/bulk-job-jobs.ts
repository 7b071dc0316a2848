import { type Job } from '../jobs/agenda.ts'
import { type BulkPurging } from './bulk-purging.ts'
import { type BulkRunning } from './bulk-running.ts'

/** A job that a crash has left is taken up again; what came of the items of old ones is removed. */
export function bulkJobJobs(running: Pick<BulkRunning, 'resume'>, purging: BulkPurging): Job[] {
  return [
    { name: 'jobs.resume', every: '1 minute', run: () => running.resume() },
    { name: 'jobs.purge', every: '1 day', run: () => purging.purge() },
  ]
}
