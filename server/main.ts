import { systemClock } from './clock.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import { tidyAtRest } from './database/embedded/host/tidy-at-rest.ts'
import { cryptoRandomBytes, newUuid } from './ids.ts'
import { startServer } from './start.ts'

// Everything is closed by then; what Agenda's last timers wait for is nothing.
process.exit(await main())

/** Exit status of the process, once it has been told to stop. */
async function main(): Promise<number> {
  let config: Config
  try {
    config = readConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
  try {
    const server = await startServer(config, {
      clock: systemClock,
      newId: newUuid,
      randomBytes: cryptoRandomBytes,
    })
    process.stdout.write(`Örnkoll is ready at ${server.publicUrl}\n`)
    if (server.setUpSecret) {
      process.stdout.write(`First administrator: ${server.publicUrl}/set-up/${server.setUpSecret}\n`)
    }
    tidyAtRest(globalThis.gc)
    await stopSignal()
    await server.stop()
    return 0
  } catch (error) {
    process.stderr.write(
      `Örnkoll could not start: ${error instanceof Error ? error.message : 'unknown fault'}\n`,
    )
    return 1
  }
}

function stopSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}
