import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openCertificates } from './certificates/open-certificates.ts'
import { createCallOrigins } from './call-origin.ts'
import { type Clock } from './clock.ts'
import { compose, type Ornkoll } from './compose.ts'
import { type Config } from './config.ts'
import { connectDatabase, type Connected } from './database/connect.ts'
import { openFront, type Front } from './http/front.ts'
import { readTlsFiles, watchTlsFiles, type TlsPair, type TlsWatch } from './http/tls-files.ts'
import { type NewId, type RandomBytes } from './ids.ts'
import { createLog } from './log.ts'
import { migrationsWith } from './migrations/migrations.ts'
import { migrate } from './migrations/mongo-migrations.ts'
import { forgetServingAddress, noteServingAddress } from './serving-address.ts'

/** How long requests under way may take when the server stops, in milliseconds. */
const graceMs = 10_000
/**
 * How long a request may take to arrive: iPads on bad networks need some, and a caller who sends byte by byte gets no
 * more.
 */
const patienceMs = 30_000
/** A renewed certificate is taken into use within twice this time. */
const tlsLookMs = 5000

/** What the outside world gives: tests pass a clock that stands still. */
export interface Ports {
  readonly clock: Clock
  readonly newId: NewId
  readonly randomBytes: RandomBytes
}

interface StartOptions {
  /** Runs the embedded engine in the calling thread: for tests that start hundreds of servers. */
  readonly inlineEngine?: boolean
}

export interface RunningServer {
  /** Where it listens. */
  readonly url: string
  /** What stands in profiles and links. */
  readonly publicUrl: string
  /** The secret of the link that makes the first administrator; undefined once there is one. */
  readonly setUpSecret: string | undefined
  readonly ornkoll: Ornkoll
  /** Requests and jobs under way are finished, then everything is closed. */
  stop(): Promise<void>
}

/**
 * Takes the port, opens the data folder and the database, wires everything and serves. What was opened is closed again
 * when a later step fails.
 * @throws when the port is taken, the folder cannot be written, or the database cannot be opened
 */
export async function startServer(
  config: Config,
  ports: Ports,
  { inlineEngine = false }: StartOptions = {},
): Promise<RunningServer> {
  const origins = createCallOrigins()
  const log = createLog(config.logLevel, origins)
  // In the order of stopping: requests end first, then what answers them, then what that stood on.
  const open: { front?: Front; tls?: TlsWatch; ornkoll?: Ornkoll; connected?: Connected; isNoted?: boolean } =
    {}
  const stop = async () => {
    open.tls?.stop()
    open.ornkoll?.closeStreams()
    await open.front?.close(graceMs)
    await open.ornkoll?.stop()
    if (open.isNoted) await forgetServingAddress(config.dataFolder)
    await open.connected?.stop()
  }
  try {
    const pair = config.tls && (await readTlsFiles(config.tls))
    const front = (open.front = await openFront({
      host: config.host,
      port: config.port,
      tls: pair,
      patienceMs,
      trustedProxies: config.trustedProxies,
      origins,
      newId: ports.newId,
    }))
    if (config.tls && pair) {
      const renew = (renewed: TlsPair) => front.renew(renewed)
      open.tls = watchTlsFiles({ files: config.tls, inUse: pair, renew, log, everyMs: tlsLookMs })
    }
    const publicUrl = config.publicUrl ?? front.url
    await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
    const certificates = await openCertificates({
      folder: config.dataFolder,
      now: () => ports.clock.now(),
      randomBytes: ports.randomBytes,
      secretKey: config.secretKey,
      oldSecretKey: config.oldSecretKey,
    })
    const connected = (open.connected = await connectDatabase({
      uri: config.mongodbUri,
      folder: join(config.dataFolder, 'database'),
      inline: inlineEngine,
    }))
    await migrate({
      db: connected.db,
      clock: ports.clock,
      newId: ports.newId,
      migrations: migrationsWith(certificates),
    })
    const ornkoll = (open.ornkoll = await compose({
      config,
      publicUrl,
      ports,
      log,
      origins,
      certificates,
      connected,
    }))
    await ornkoll.start()
    front.serve(ornkoll.doors)
    if (config.role === 'all' || config.role === 'staff') {
      await noteServingAddress(config.dataFolder, publicUrl)
      open.isNoted = true
    }
    return { url: front.url, publicUrl, setUpSecret: ornkoll.setUpSecret, ornkoll, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
