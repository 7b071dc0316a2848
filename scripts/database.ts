import { startEmbedded } from '../server/database/embedded/start.ts'
import { asked } from './asked.ts'

/** The embedded engine by itself, for any MongoDB driver: prints its URI and stays until it is told to stop. */
const usage = 'Usage: npm run database -- --data DIR [--port N] [--test-commands]'
const { values } = asked(
  {
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      'test-commands': { type: 'boolean', default: false },
    },
  },
  usage,
)

if (values.data === undefined) {
  console.error(usage)
  process.exit(2)
}

try {
  const engine = await startEmbedded({
    folder: values.data,
    testCommands: values['test-commands'],
    ...(values.port !== undefined && { port: Number(values.port) }),
  })
  console.log(engine.uri)
  // The engine's thread does not keep the process alive by itself.
  const alive = setInterval(() => undefined, 2 ** 30)
  const stop = () => {
    clearInterval(alive)
    engine.stop().catch((error: unknown) => {
      console.error(String(error))
      process.exitCode = 1
    })
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
