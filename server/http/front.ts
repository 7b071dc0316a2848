import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type Server as HapiServer } from '@hapi/hapi'

/** Where iPads knock; everything else is for people and programs. */
const devicePaths = ['/mdm/', '/scep', '/enroll/', '/ade/', '/ota/', '/ddm/']

export interface Doors {
  readonly device: HapiServer | undefined
  readonly staff: HapiServer | undefined
}

export interface FrontOptions {
  readonly host: string
  readonly port: number
  readonly tls: { readonly certificate: Buffer; readonly key: Buffer } | undefined
}

export interface Front {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  readonly url: string
  /** From now on requests are answered; before, each got 503. */
  serve(doors: Doors): void
  /** No new connections; resolves when the requests under way have been answered, at the latest after `graceMs`. */
  close(graceMs: number): Promise<void>
}

/**
 * One port for both doors. Each door is a Hapi server without a listener of its own; the path of a request decides
 * which one gets it, so no cookie, CSRF or view code ever runs for an iPad. The port is taken before anything else is
 * opened: a second start fails at once and touches nothing.
 * @throws when the port cannot be had
 */
export async function openFront(options: FrontOptions): Promise<Front> {
  let doors: Doors | undefined
  const listener: RequestListener = (request, response) => {
    const door = isDevicePath(request.url ?? '/') ? doors?.device : doors?.staff
    if (door) door.listener.emit('request', request, response)
    else response.writeHead(doors ? 404 : 503, { 'retry-after': '1' }).end()
  }
  const server: Server = options.tls
    ? createTlsServer({ cert: options.tls.certificate, key: options.tls.key }, listener)
    : createServer(listener)
  // A body that trickles in may not hold a connection for ever; iPads on bad networks need some patience.
  server.requestTimeout = 60_000
  server.headersTimeout = 20_000
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => resolve())
  })
  return {
    url: addressOf(server, options),
    serve: opened => (doors = opened),
    close: graceMs =>
      new Promise(resolve => {
        const force = setTimeout(() => server.closeAllConnections(), graceMs)
        server.close(() => {
          clearTimeout(force)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

function addressOf(server: Server, { host, port, tls }: FrontOptions): string {
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${bound}`
}

function isDevicePath(url: string): boolean {
  return devicePaths.some(path => url.startsWith(path))
}
