import { type Job } from '../jobs/agenda.ts'
import { type PushQueue } from './push-queue.ts'

/** Wakes iPads again that have something to fetch and did not come. */
export function pushJobs(queue: PushQueue): Job[] {
  return [{ name: 'push.sweep', every: '1 minute', run: () => queue.sweep() }]
}
