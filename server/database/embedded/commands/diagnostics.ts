import { MongoError, notImplemented, typeMismatch } from '../errors.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, Double, type Value } from '../values/value.ts'
import { maxDocumentBytes } from '../engine/stored-document.ts'
import { type Call, type Settings } from './call.ts'
import { isSet } from './fields.ts'
import { version } from './hello.ts'

export const ping = (): Document => new Map()

export const buildInfo = (): Document =>
  toDocument({
    version,
    gitVersion: 'embedded',
    modules: ['embedded'],
    allocator: 'system',
    javascriptEngine: 'none',
    sysInfo: 'deprecated',
    versionArray: [7, 0, 0, 0],
    bits: 64,
    debug: false,
    maxBsonObjectSize: maxDocumentBytes,
    storageEngines: ['sqlite'],
  })

export const hostInfo = ({ server }: Call): Document =>
  toDocument({
    system: {
      currentTime: new Date(server.engine.surroundings.now()),
      hostname: 'embedded',
      cpuAddrSize: 64,
    },
    os: { type: process.platform, name: 'Node.js', version: process.version },
    extra: {},
  })

export const connectionStatus = (): Document =>
  toDocument({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } })

export const whatsMyUri = (): Document => toDocument({ you: 'embedded' })

export const commandLine = (): Document => toDocument({ argv: ['embedded'], parsed: {} })

/**
 * `fsync`: every answer has been on disk before it left, so there is nothing to write.
 * @throws MongoError 238 for a lock; `backup` copies a committed state without one
 */
export function syncToDisk(call: Call): Document {
  if (isSet(call.command.get('lock'))) throw notImplemented('The lock of fsync is not supported')
  return toDocument({ numFiles: 1 })
}

/** `currentOp`: commands are carried out one after the other, so this one is all that runs. */
export function currentOperations({ server, client, command }: Call): Document {
  const operation = {
    type: 'op',
    host: server.identity.address,
    connectionId: client.id,
    active: true,
    currentOpTime: new Date(server.engine.surroundings.now()).toISOString(),
    op: 'command',
    ns: 'admin.$cmd',
    command,
  }
  return toDocument({ inprog: [operation] })
}

/** `listCommands`: the names that are taken. */
export const listCommands = (names: readonly string[]): Document =>
  toDocument({
    commands: Object.fromEntries(
      names.map(name => [name, { help: '', requiresAuth: false, adminOnly: false }]),
    ),
  })

/** `profile`: nothing is profiled, and only that can be asked for. */
export function profile({ command }: Call): Document {
  const level = command.get('profile')
  if (!isNumber(level))
    throw typeMismatch("BSON field 'profile.profile' is the wrong type, expected type 'int'")
  if (asNumber(level) > 0) throw notImplemented('The profiling of operations is not supported')
  return toDocument({ was: 0, slowms: 100, sampleRate: new Double(1) })
}

const logs = ['global', 'startupWarnings']

/** `getLog`: nothing is logged. */
export function emptyLog({ command }: Call): Document {
  const name = command.get('getLog')
  if (name === '*') return toDocument({ names: logs })
  if (typeof name !== 'string') throw typeMismatch('Argument to getLog must be of type String')
  if (logs.includes(name)) return toDocument({ totalLinesWritten: 0, log: [] })
  throw new MongoError(96, 'OperationFailed', `No log named '${name}'`)
}

export function serverStatus({ server }: Call): Document {
  const { identity, engine, operations, cursors } = server
  const now = engine.surroundings.now()
  const uptimeMs = now - identity.startedAt
  return toDocument({
    host: identity.address,
    version,
    process: 'embedded',
    pid: BigInt(process.pid),
    uptime: Math.floor(uptimeMs / 1000),
    uptimeMillis: BigInt(Math.floor(uptimeMs)),
    localTime: new Date(now),
    connections: { current: identity.connections(), available: 1000 },
    opcounters: { command: BigInt(operations) },
    metrics: { cursor: { open: { total: BigInt(cursors.size) } } },
    mem: { bits: 64, resident: Math.round(process.memoryUsage.rss() / 2 ** 20) },
    storageEngine: { name: 'sqlite', supportsCommittedReads: true, persistent: true },
    transactions: { currentOpen: BigInt(engine.locks.open.size) },
    repl: { setName: 'embedded', isWritablePrimary: true, secondary: false, me: identity.address },
  })
}

export const replicaSetStatus = ({ server }: Call): Document =>
  toDocument({
    set: 'embedded',
    myState: 1,
    members: [
      { _id: 0, name: server.identity.address, health: 1, state: 1, stateStr: 'PRIMARY', self: true },
    ],
  })

const adjustable: readonly (keyof Settings)[] = ['transactionLifetimeLimitSeconds', 'ttlMonitorSleepSecs']

/** `getParameter`: the settings that exist here; `*` for all of them. */
export function getParameter({ server, command }: Call): Document {
  const all: Document = toDocument({
    featureCompatibilityVersion: { version: '7.0' },
    authenticationMechanisms: [],
    requireApiVersion: false,
    enableTestCommands: server.identity.testCommands ? 1 : 0,
    ...server.settings,
  })
  if (command.get('getParameter') === '*') return all
  const asked: Document = new Map([...all].filter(([name]) => isSet(command.get(name))))
  if (asked.size > 0) return asked
  throw new MongoError(72, 'InvalidOptions', 'no option found to get')
}

/** `setParameter` for the settings that can be changed while running. */
export function setParameter({ server, command }: Call): Document {
  const name = adjustable.find(each => command.has(each))
  if (!name)
    throw new MongoError(
      72,
      'InvalidOptions',
      'attempted to set unrecognized parameter, use help:true to see options ',
    )
  const value: Value | undefined = command.get(name)
  if (!isNumber(value) || asNumber(value) < 1)
    throw new MongoError(2, 'BadValue', `Invalid value for parameter ${name}`)
  const was = server.settings[name]
  server.settings[name] = asNumber(value)
  return toDocument({ was })
}
