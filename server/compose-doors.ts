import { type Plugin } from '@hapi/hapi'
import { type Audit } from './audit/audit.ts'
import { type Certificates } from './certificates/open-certificates.ts'
import { type Clock } from './clock.ts'
import { type Config } from './config.ts'
import { type Transaction } from './database/transaction.ts'
import { createBareDoor } from './http/bare-door.ts'
import { createDeviceDoor } from './http/device-door.ts'
import { type Doors } from './http/front.ts'
import { type Idempotency } from './http/idempotency.ts'
import { logRefusedDeeds } from './http/refused-deeds.ts'
import { type StaffAuthDeps } from './http/staff-auth.ts'
import { createStaffDoor } from './http/staff-door.ts'
import { type Log } from './log.ts'
import { type Metrics } from './metrics/metrics.ts'
import { errorPage } from '../web-admin/errors/error-page.ts'

interface DoorNeeds extends Pick<StaffAuthDeps, 'signIn' | 'tokens'> {
  readonly config: Config
  readonly publicUrl: string
  readonly clock: Clock
  readonly log: Log
  readonly certificates: Certificates
  readonly audit: Audit
  readonly transaction: Transaction
  readonly idempotency: Idempotency
  readonly metrics: Metrics | undefined
  readonly devicePlugins: readonly Plugin<void>[]
  /** Health and figures, which every role of a process has. */
  readonly operationPlugins: readonly Plugin<void>[]
  readonly staffPlugins: readonly Plugin<void>[]
}

/** The part of `compose` that opens the doors which this process has by its role. */
export async function composeDoors(needs: DoorNeeds): Promise<Doors> {
  const { config, publicUrl, log, certificates, audit, transaction, metrics, operationPlugins } = needs
  const { trustedProxies } = config
  const serves = (role: Config['role']) => config.role === 'all' || config.role === role
  const device = serves('device')
    ? await createDeviceDoor({ plugins: needs.devicePlugins, log, publicUrl, trustedProxies })
    : undefined
  const staff = serves('staff')
    ? await createStaffDoor({
        signIn: needs.signIn,
        tokens: needs.tokens,
        clock: needs.clock,
        cookieKey: certificates.keyFor('staff-cookie'),
        secure: publicUrl.startsWith('https:'),
        publicUrl,
        trustedProxies,
        log,
        plugins: [...operationPlugins, ...needs.staffPlugins],
        rememberAnswers: needs.idempotency.remember,
        logRefusals: door => logRefusedDeeds(door, { audit, transaction, log }),
        errorPage,
      })
    : await createBareDoor({ plugins: operationPlugins, log })
  if (device) metrics?.watch('device', device)
  metrics?.watch('staff', staff)
  return { device, staff }
}
