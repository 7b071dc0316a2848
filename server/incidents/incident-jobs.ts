import { type Job } from '../jobs/agenda.ts'
import { type IncidentEffects } from './incident-effects.ts'

/** A lock or an erase that a crash left undone is taken up again. */
export function incidentJobs(effects: Pick<IncidentEffects, 'resume'>): Job[] {
  return [{ name: 'incidents.resume', every: '1 minute', run: () => effects.resume() }]
}
