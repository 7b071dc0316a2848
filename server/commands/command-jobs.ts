import { type Job } from '../jobs/agenda.ts'
import { type Commands } from './commands.ts'

/** Ends commands that nobody wants any more, and asks iPads how they are. */
export function commandJobs(commands: Commands, refreshInventory: () => Promise<void>): Job[] {
  return [
    { name: 'commands.expire', every: '1 minute', run: () => commands.expireOverdue() },
    { name: 'commands.refresh-inventory', every: '10 minutes', run: refreshInventory },
  ]
}
