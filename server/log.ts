import { pino, type Logger } from 'pino'
import { type CallOrigins } from './call-origin.ts'
import { type Config } from './config.ts'

export type Log = Logger

/**
 * Lines of JSON on standard output. Callers log ids, codes and times: never bodies, tokens, names or addresses of
 * people. What a dependency might put under these names is removed all the same. A line that is written for a request or
 * a job carries its id.
 */
export function createLog(level: Config['logLevel'], origins: Pick<CallOrigins, 'current'>): Log {
  return pino({
    level,
    base: null,
    mixin: () => {
      const { requestId: request, job } = origins.current()
      return { ...(request !== undefined && { request }), ...(job !== undefined && { job }) }
    },
    redact: ['*.password', '*.token', '*.pushMagic', '*.unlockToken', '*.challenge', '*.key'],
  })
}
