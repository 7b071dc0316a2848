import { type Plugin } from '@hapi/hapi'
import { type Approvals } from './approvals/approvals.ts'
import { type Audit } from './audit/audit.ts'
import { bulkActionRoutes } from './bulk-actions/bulk-action-routes.ts'
import { createBulkActions } from './bulk-actions/bulk-actions.ts'
import { bulkDeviceWorks } from './bulk-actions/bulk-device-works.ts'
import { bulkJobJobs } from './bulk-jobs/bulk-job-jobs.ts'
import { bulkJobRoutes } from './bulk-jobs/bulk-job-routes.ts'
import { createBulkJobs } from './bulk-jobs/bulk-asking.ts'
import { createBulkPurging } from './bulk-jobs/bulk-purging.ts'
import { createBulkRunning } from './bulk-jobs/bulk-running.ts'
import { createBulkWorks } from './bulk-jobs/bulk-work.ts'
import { createMongoBulkJobStore } from './bulk-jobs/mongo-bulk-job-store.ts'
import { type Commands } from './commands/commands.ts'
import { type Database } from './database/database.ts'
import { type Devices } from './devices/devices.ts'
import { faultOf } from './fault.ts'
import { type Log } from './log.ts'
import { type Organisations } from './organisations/organisations.ts'
import { type TallyStore } from './rollouts/tally-store.ts'
import { createTallying } from './rollouts/tallying.ts'
import { type MayStill } from './staff/standing.ts'
import { type Ports } from './start.ts'

interface BulkNeeds extends Database {
  readonly ports: Ports
  readonly log: Log
  readonly audit: Audit
  readonly approvals: Approvals
  readonly organisations: Organisations
  readonly devices: Devices
  readonly commands: Commands
  readonly tallies: TallyStore
  /** Whether a case is open in which the iPad may be looked for. */
  readonly isLookedFor: (organisationId: string, deviceId: string) => Promise<boolean>
  readonly mayStill: MayStill
  /** Told when a job has something new to show. */
  readonly changed: (organisationId: string, subject: `job:${string}`) => void
}

/** The part of `compose` for one deed on many things. */
export function composeBulk(needs: BulkNeeds) {
  const { tables, transaction, ports, log, audit, approvals, organisations, devices, commands } = needs
  const { clock, newId } = ports
  const works = createBulkWorks()
  const shared = {
    jobs: createMongoBulkJobStore(tables),
    works,
    audit,
    clock,
    newId,
    transaction,
    changed: (organisationId: string, id: string) => needs.changed(organisationId, `job:${id}`),
  }
  const running = createBulkRunning({
    ...shared,
    mayStill: needs.mayStill,
    noteFault: (error, job) => log.error({ job, err: faultOf(error) }, 'item of a job failed'),
    lanes: 16,
  })
  const bulkJobs = createBulkJobs({ ...shared, running, approvals })
  for (const work of bulkDeviceWorks({ devices, commands })) bulkJobs.register(work)
  const bulkActions = createBulkActions({
    devices,
    organisations,
    jobs: bulkJobs,
    tallying: createTallying({ tallies: needs.tallies, organisations, limit: 'bulkLimit', clock }),
    isLookedFor: needs.isLookedFor,
  })

  const staffPlugins: Plugin<void>[] = [bulkJobRoutes(bulkJobs), bulkActionRoutes(bulkActions, clock)]
  return {
    bulkJobs,
    bulkActions,
    running,
    staffPlugins,
    jobs: bulkJobJobs(running, createBulkPurging(shared)),
    /** Takes up what the last process left. */
    start: () => running.resume(),
    stop: () => running.stop(),
  }
}
