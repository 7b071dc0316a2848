import { type Job } from '../jobs/agenda.ts'
import { type Webhooks } from './webhooks.ts'

/** Sends what waits in the outbox, and what failed again when its time has come. */
export function webhookJobs(webhooks: Pick<Webhooks, 'beginDue'>): Job[] {
  return [{ name: 'webhooks.deliver', every: '5 seconds', run: () => webhooks.beginDue() }]
}
