import { type Job } from '../jobs/agenda.ts'
import { type AuditSealing } from './audit-sealing.ts'

/** Gives events their place in the chain that a crash left without one. */
export function auditJobs(sealing: Pick<AuditSealing, 'sealAll'>): Job[] {
  return [{ name: 'audit.seal', every: '1 minute', run: () => sealing.sealAll() }]
}
