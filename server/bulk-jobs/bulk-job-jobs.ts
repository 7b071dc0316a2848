import { type Job } from '../jobs/agenda.ts'
import { type BulkRunning } from './bulk-running.ts'

/** A job that a crash has left is taken up again. */
export function bulkJobJobs(running: Pick<BulkRunning, 'resume'>): Job[] {
  return [{ name: 'jobs.resume', every: '1 minute', run: () => running.resume() }]
}
