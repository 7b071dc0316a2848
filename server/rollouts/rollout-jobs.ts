import { type Job } from '../jobs/agenda.ts'
import { type Rounds } from './rounds.ts'

/** Keeps true what is assigned, lets roll-outs go on, and takes up what a crash left behind. */
export function rolloutJobs(rounds: Rounds): Job[] {
  return [
    { name: 'rollouts.take-up', every: '1 minute', run: () => rounds.takeUp() },
    { name: 'rollouts.advance', every: '15 seconds', run: () => rounds.advanceAll() },
    { name: 'rollouts.settle', every: '5 minutes', run: () => rounds.settleAll() },
  ]
}
