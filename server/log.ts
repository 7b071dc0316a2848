import { pino, type Logger } from 'pino'
import { type Config } from './config.ts'

export type Log = Logger

/**
 * Lines of JSON on standard output. Callers log ids, codes and times: never bodies, tokens, names or addresses of
 * people. What a dependency might put under these names is removed all the same.
 */
export function createLog(level: Config['logLevel']): Log {
  return pino({
    level,
    base: null,
    redact: ['*.password', '*.token', '*.pushMagic', '*.unlockToken', '*.challenge', '*.key'],
  })
}
