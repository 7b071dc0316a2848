import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net'
import { type Server } from '../commands/call.ts'
import { Cursors } from '../engine/cursors.ts'
import { Engine, type Surroundings } from '../engine/engine.ts'
import { indexFaults } from '../engine/integrity.ts'
import { removeExpired } from '../engine/expiry.ts'
import { openStore } from '../storage/open-store.ts'
import { Sessions, sessionMinutes } from '../transactions/sessions.ts'
import { ObjectId, Timestamp } from '../values/value.ts'
import { BatchRunner } from './batch-runner.ts'
import { ClientConnection } from './client-connection.ts'
import { ClusterClock } from './cluster-clock.ts'
import { type Listening, type ServeOptions, type Serving } from './serving.ts'

const sweepEveryMs = 1000

/**
 * Opens the folder and answers clients in this thread.
 * @throws StoreFault when the folder cannot be used
 */
export async function serve({ folder, listen, testCommands, maxPages }: ServeOptions): Promise<Serving> {
  const opened = openStore(folder, { maxPages })
  try {
    const sockets = new Set<Socket>()
    const server = createEngine(opened.store, testCommands, () => sockets.size)
    const runner = new BatchRunner(server, new ClusterClock(surroundings.now))
    const net = createServer(socket => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      const client = { id: ++connections, applicationName: undefined }
      new ClientConnection({ socket, client, runner, processId: server.identity.processId })
    })
    let connections = 0
    server.identity.address = await listening(net, listen)
    const stopSweeping = sweepRegularly(server, runner)
    const stop = async () => {
      stopSweeping()
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(resolve => net.close(() => resolve()))
      runner.stop()
      opened.close()
    }
    let stopped: Promise<void> | undefined
    return {
      address: server.identity.address,
      indexFaults: () => indexFaults(server.engine),
      stop: () => (stopped ??= stop()),
    }
  } catch (error) {
    opened.close()
    throw error
  }
}

const surroundings: Surroundings = {
  now: () => Date.now(),
  newObjectId: objectIds(),
  newTimestamp: timestamps(),
  random: () => Math.random(),
  newUuid: () => Buffer.from(randomUUID().replaceAll('-', ''), 'hex'),
}

/** Seconds, five bytes of this process, a counter: as drivers make them. */
function objectIds(): () => ObjectId {
  const process = randomBytes(5)
  let counter = randomBytes(3).readUIntBE(0, 3)
  return () => {
    const bytes = Buffer.allocUnsafeSlow(12)
    bytes.writeUInt32BE(Math.floor(Date.now() / 1000), 0)
    process.copy(bytes, 4)
    counter = (counter + 1) & 0xffffff
    bytes.writeUIntBE(counter, 9, 3)
    return new ObjectId(bytes)
  }
}

/** Seconds, and a counter within the second. */
function timestamps(): () => Timestamp {
  let last = 0
  let counter = 0
  return () => {
    const seconds = Math.max(last, Math.floor(Date.now() / 1000))
    counter = seconds === last ? counter + 1 : 1
    last = seconds
    return Timestamp.of(seconds, counter)
  }
}

function createEngine(store: Engine['store'], testCommands: boolean, connections: () => number): Server {
  const engine = new Engine(store, surroundings)
  return {
    engine,
    sessions: new Sessions(engine),
    cursors: new Cursors(surroundings.now, engine.deadline),
    settings: { transactionLifetimeLimitSeconds: 60, ttlMonitorSleepSecs: 60 },
    identity: {
      address: '',
      processId: surroundings.newObjectId(),
      startedAt: surroundings.now(),
      testCommands,
      connections,
    },
    failPoint: undefined,
    operations: 0,
  }
}

async function listening(net: NetServer, listen: Listening): Promise<string> {
  const onSocket = 'socket' in listen
  // The folder is ours alone, so a socket that lies there is left from a process that was killed.
  if (onSocket) rmSync(listen.socket, { force: true })
  await new Promise<void>((resolve, reject) => {
    net.once('error', reject)
    if (onSocket) net.listen(listen.socket, resolve)
    else net.listen(listen.port, '127.0.0.1', resolve)
  })
  if (!onSocket) return `127.0.0.1:${(net.address() as AddressInfo).port}`
  chmodSync(listen.socket, 0o600)
  return listen.socket
}

/** Ends what was left open too long and removes what has expired. */
function sweepRegularly(server: Server, runner: BatchRunner): () => void {
  let nextExpiry = surroundings.now() + server.settings.ttlMonitorSleepSecs * 1000
  const timer = setInterval(() => {
    server.sessions.sweep(server.settings.transactionLifetimeLimitSeconds * 1000)
    server.cursors.sweep()
    const now = surroundings.now()
    nextExpiry = Math.min(nextExpiry, now + server.settings.ttlMonitorSleepSecs * 1000)
    if (now < nextExpiry) return
    nextExpiry = now + server.settings.ttlMonitorSleepSecs * 1000
    try {
      runner.runInternal(() => {
        removeExpired(server.engine)
        server.engine.store.forgetReplies(now - sessionMinutes * 60_000)
      })
    } catch {
      // A full disk or the like: clients are told by their own writes, and the next round tries again.
    }
  }, sweepEveryMs)
  return () => {
    clearInterval(timer)
  }
}
