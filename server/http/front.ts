import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { type Server as HapiServer } from '@hapi/hapi'
import { type CallOrigins } from '../call-origin.ts'
import { type NewId } from '../ids.ts'
import { bareAddress, clientAddress } from './client-address.ts'
import { type TlsPair } from './tls-files.ts'
import { type TrustedProxies } from './trusted-proxies.ts'

/** Where iPads knock; everything else is for people and programs. */
const devicePaths = ['/mdm/', '/scep', '/enroll/', '/guides/']

/** How often a closing front looks for connections that have been answered, in milliseconds. */
const sweepMs = 50

export interface Doors {
  readonly device: HapiServer | undefined
  readonly staff: HapiServer | undefined
}

interface FrontOptions {
  readonly host: string
  readonly port: number
  readonly tls: TlsPair | undefined
  /** How long a request may take to arrive, headers and body; then it gets 408 and its connection is closed. */
  readonly patienceMs: number
  /** Whose `X-Request-Id` is taken over; everybody else's is replaced. */
  readonly trustedProxies: TrustedProxies
  readonly origins: Pick<CallOrigins, 'run'>
  readonly newId: NewId
}

export interface Front {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  readonly url: string
  /** From now on requests are answered; before, each got 503. */
  serve(doors: Doors): void
  /**
   * New connections get this certificate; open ones go on. Without TLS it does nothing.
   * @throws when the pair cannot be used; then the previous one stays
   */
  renew(pair: TlsPair): void
  /** No new connections; resolves when the requests under way have been answered, at the latest after `graceMs`. */
  close(graceMs: number): Promise<void>
}

/**
 * One port for both doors. Each door is a Hapi server without a listener of its own; the path of a request decides
 * which one gets it, so no cookie, CSRF or view code ever runs for an iPad. The port is taken before anything else is
 * opened: a second start fails at once and touches nothing.
 * @throws when the port is taken or may not be opened
 */
export async function openFront(options: FrontOptions): Promise<Front> {
  let doors: Doors | undefined
  const listener: RequestListener = (request, response) => {
    if (!isAddressed(request)) return void response.writeHead(400, { connection: 'close' }).end()
    const forDevices = isDevicePath(request.url ?? '/')
    const requestId = requestIdOf(request, options)
    request.headers[requestIdHeader] = requestId
    response.setHeader(requestIdHeader, requestId)
    const door = forDevices ? doors?.device : doors?.staff
    if (!door) return void response.writeHead(doors ? 404 : 503, { 'retry-after': '1' }).end()
    const address = forDevices ? undefined : addressOf(request, options)
    const origin = { requestId, ...(address !== undefined && { address }) }
    options.origins.run(origin, () => door.listener.emit('request', request, response))
  }
  const { tls, patienceMs } = options
  // Hapi reads a late body to its end before it refuses it, so the one who trickles is stopped here.
  const patience = {
    requestTimeout: patienceMs,
    headersTimeout: Math.min(20_000, patienceMs),
    connectionsCheckingInterval: Math.min(5000, patienceMs),
    keepAliveTimeout: 65_000,
  }
  const secure: TlsServer | undefined = tls && createTlsServer({ ...patience, ...contextOf(tls) }, listener)
  const server: Server = secure ?? createServer(patience, listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => resolve())
  })
  return {
    url: urlOf(server, options),
    serve: opened => (doors = opened),
    renew: pair => secure?.setSecureContext(contextOf(pair)),
    close: graceMs =>
      new Promise(resolve => {
        const force = setTimeout(() => server.closeAllConnections(), graceMs)
        // What was answered just now is kept open by its caller, who would else be waited for.
        const sweep = setInterval(() => server.closeIdleConnections(), sweepMs)
        server.close(() => {
          clearTimeout(force)
          clearInterval(sweep)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

function contextOf({ certificate, key }: TlsPair) {
  return { cert: certificate, key, minVersion: 'TLSv1.2' } as const
}

function urlOf(server: Server, { host, port, tls }: FrontOptions): string {
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${bound}`
}

/** Under this header a trusted proxy names a request, the doors find its name, and the caller reads it. */
export const requestIdHeader = 'x-request-id'

function requestIdOf(request: IncomingMessage, { trustedProxies, newId }: FrontOptions): string {
  const given = request.headers[requestIdHeader]
  const from = bareAddress(request.socket.remoteAddress ?? '')
  const isGood = typeof given === 'string' && /^[\w.:-]{8,100}$/.test(given)
  return isGood && trustedProxies.has(from) ? given : newId()
}

function addressOf({ headers, socket }: IncomingMessage, { trustedProxies }: FrontOptions): string {
  return clientAddress({ headers, info: { remoteAddress: socket.remoteAddress ?? '' } }, trustedProxies)
}

/** Whether it names a path here, and a host that can be one: whatever else there is, no browser and no iPad sends it. */
function isAddressed({ url = '', headers: { host = '' } }: IncomingMessage): boolean {
  // Probes by HTTP/1.0 name no host.
  return url.startsWith('/') && (host === '' || URL.canParse(`http://${host}`))
}

function isDevicePath(url: string): boolean {
  return devicePaths.some(path => url.startsWith(path))
}
