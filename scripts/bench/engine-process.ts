import { startEmbedded } from '../../server/database/embedded/start.ts'

/** An engine on the folder of the first argument, until the process is killed: nothing else is loaded here. */
const engine = await startEmbedded({ folder: process.argv[2] ?? '' })
process.send?.(engine.uri)
setInterval(() => undefined, 60_000)
