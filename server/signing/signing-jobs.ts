import { type Job } from '../jobs/agenda.ts'
import { type Signing } from './signing.ts'

/** Once a day: who must renew a signing certificate is told in good time. */
export const signingJobs = (signing: Pick<Signing, 'warn'>): Job[] => [
  { name: 'signing.warn', every: '1 day', run: () => signing.warn() },
]
