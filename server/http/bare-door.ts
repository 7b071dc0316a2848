import Hapi, { type Plugin, type Server } from '@hapi/hapi'
import { type Log } from '../log.ts'
import { answerRefusals } from './domain-errors.ts'
import { logAnswers } from './request-log.ts'

/** Takes the place of the staff door in a process that does not serve staff: health and figures only. */
export async function createBareDoor({
  plugins,
  log,
}: {
  readonly plugins: readonly Plugin<void>[]
  readonly log: Log
}): Promise<Server> {
  const server = Hapi.server({
    autoListen: false,
    // Hapi would print faults with their words, which can quote what people typed.
    debug: false,
    // The front ends the connections; Hapi has seen none of them begin.
    operations: { cleanStop: false },
    routes: { state: { parse: false, failAction: 'ignore' } },
  })
  logAnswers(server, log.child({ door: 'bare' }))
  answerRefusals(server, log)
  for (const plugin of plugins) await server.register(plugin)
  return server
}
