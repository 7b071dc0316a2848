import { type Job } from '../jobs/agenda.ts'
import { type Approvals } from './approvals.ts'

/** Requests that nobody decided run out by themselves. */
export function approvalJobs(approvals: Pick<Approvals, 'expireOverdue'>): Job[] {
  return [{ name: 'approvals.expire', every: '1 minute', run: () => approvals.expireOverdue() }]
}
