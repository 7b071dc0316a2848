import { type Job } from '../jobs/agenda.ts'
import { type Mailing } from './mailing.ts'

/** Sends what waits in the outbox of mail. */
export function mailJobs(mailing: Pick<Mailing, 'deliverDue'>): Job[] {
  return [{ name: 'mail.deliver', every: '15 seconds', run: () => mailing.deliverDue() }]
}
