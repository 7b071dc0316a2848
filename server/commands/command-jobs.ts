import { type Job } from '../jobs/agenda.ts'
import { type Commands } from './commands.ts'

/** Ends commands that nobody wants any more. */
export function commandJobs(commands: Commands): Job[] {
  return [{ name: 'commands.expire', every: '1 minute', run: () => commands.expireOverdue() }]
}
