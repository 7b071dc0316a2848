import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ExecutionContext } from 'ava'
import { type Clock } from '../../server/clock.ts'
import { readConfig } from '../../server/config.ts'
import { cryptoRandomBytes, newUuid } from '../../server/ids.ts'
import { systemActor } from '../../server/staff/actor.ts'
import { type Role } from '../../server/staff/rights.ts'
import { startServer, type RunningServer } from '../../server/start.ts'
import { apiClient, type ApiClient } from './api-client.ts'
import { dropDatabase, ownDatabase } from './database.ts'

export interface TestServer extends RunningServer {
  readonly organisationId: string
  readonly dataFolder: string
  /** A program's client with these roles in the first organisation, or in the one named. */
  as(roles: Role | readonly Role[], organisationId?: string): Promise<ApiClient>
}

export interface TestServerOptions {
  readonly clock: Clock
  readonly env: Readonly<Record<string, string>>
  /** Gives the embedded engine its own thread, as `npm start` does: for the journeys, and where much is asked at once. */
  readonly engineThread: boolean
}

/**
 * The whole server on a free port with a data folder of its own, gone when the test ends. With `TEST_MONGODB_URI` set
 * it uses a database of its own there instead of the embedded engine.
 */
export async function startTestServer(
  t: Pick<ExecutionContext, 'teardown'>,
  options: Partial<TestServerOptions> = {},
): Promise<TestServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'ornkoll-test-'))
  t.teardown(() => rm(dataFolder, { recursive: true, force: true }))
  const uri = ownDatabase(process.env['TEST_MONGODB_URI'])
  // After the server has stopped; thousands of tables would make each further one slow.
  t.teardown(() => dropDatabase(uri))
  const config = readConfig({
    PORT: '0',
    ORNKOLL_DATA: dataFolder,
    ORNKOLL_LOG: process.env['TEST_LOG'] ?? 'silent',
    MONGODB_URI: uri ?? '',
    ...options.env,
  })
  const ports = {
    clock: options.clock ?? { now: () => new Date(Date.now()) },
    newId: newUuid,
    randomBytes: cryptoRandomBytes,
  }
  // A thread that starts cold costs more than most tests ask of the engine.
  const server = await startServer(config, ports, { inlineEngine: !options.engineThread })
  t.teardown(() => server.stop())
  const { tokens, firstOrganisation } = server.ornkoll
  return {
    ...server,
    dataFolder,
    organisationId: firstOrganisation.id,
    as: async (roles, organisationId = firstOrganisation.id) => {
      const { token } = await tokens.issue(systemActor(organisationId), {
        name: `test ${String(roles)}`,
        roles: typeof roles === 'string' ? [roles] : roles,
        days: 1,
      })
      return apiClient(server.url, token)
    },
  }
}
