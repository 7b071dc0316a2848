import { once } from 'node:events'
import http2, { type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session } from 'node:http2'
import { type AddressInfo } from 'node:net'
import { type TLSSocket } from 'node:tls'
import { randomUUID } from 'node:crypto'

/** One push as an iPad gets it: the magic of its enrolment, nothing else. */
export interface LocalPush {
  readonly token: string
  readonly magic: string
  readonly at: Date
}

/** What the service saw of one request, answered or not. */
interface ApnsRequest {
  /** The `apns-id`: the same for every try of one push. */
  readonly id: string
  readonly token: string
  readonly topic: string
  readonly pushType: string
  readonly priority: string
  /** Seconds since 1970. */
  readonly expiration: number
  readonly body: string
  readonly at: Date
  /** 0 when it was never answered. */
  readonly status: number
}

/** How the service can misbehave, in Apple's own way. */
type ApnsFault =
  | { readonly kind: 'unregistered' } // 410
  | { readonly kind: 'bad-device-token' } // 400
  | { readonly kind: 'too-many-requests'; readonly retryAfterSeconds: number } // 429
  | { readonly kind: 'unavailable' } // 503
  | { readonly kind: 'goaway' } // the session ends with the push in flight
  | { readonly kind: 'silence' } // never answered

export interface LocalApns {
  readonly host: string
  readonly port: number
  /** Calls back on each push to `token` (lower-case hex), at once for one that waited. Returns how to stop. */
  subscribe(token: string, listener: (push: LocalPush) => void): () => void
  /** The newest push of a token, delivered or not; older ones are gone, as at Apple. */
  newest(token: string): LocalPush | undefined
  /** The newest 10,000 requests, oldest first. */
  readonly requests: readonly ApnsRequest[]
  /** Misbehaves from now on: for one token or for all, `times` times or until `heal`. */
  misbehave(fault: ApnsFault, limits?: { readonly token?: string; readonly times?: number }): void
  heal(): void
  close(): Promise<void>
}

interface LocalApnsOptions {
  /** PEM of the service's own TLS certificate (with its chain) and key; the pusher must trust its authority. */
  readonly certificate: string
  readonly key: string
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default: a free one. */
  readonly port?: number
}

const requestsKept = 10_000
const acceptedPath = /^\/3\/device\/((?:[0-9a-f]{2})+)$/

/** A push service on this machine that speaks APNs over HTTP/2 with client certificates, for tests and simulation. */
export async function startLocalApns({
  certificate,
  key,
  host = '127.0.0.1',
  port = 0,
}: LocalApnsOptions): Promise<LocalApns> {
  const listeners = new Map<string, Set<(push: LocalPush) => void>>()
  const newest = new Map<string, LocalPush>()
  const waiting = new Set<string>()
  const requests: ApnsRequest[] = []
  const sessions = new Set<ServerHttp2Session>()
  let faults: { readonly fault: ApnsFault; readonly token: string | undefined; left: number }[] = []

  const server = http2.createSecureServer({
    cert: certificate,
    key,
    requestCert: true,
    rejectUnauthorized: false,
    settings: { maxConcurrentStreams: 1000 },
  })
  server.on('session', session => {
    sessions.add(session)
    session.on('close', () => sessions.delete(session))
    session.on('error', () => undefined)
  })
  server.on('sessionError', () => undefined)
  server.on('request', (request, response) => {
    // A client that gives up in the middle of its request has asked for nothing.
    serve(request, response).catch(() => response.stream.destroy())
  })
  server.listen(port, host)
  await once(server, 'listening')

  async function serve(request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    const token = acceptedPath.exec(request.url)?.[1] ?? ''
    const fault = takeFault(token)
    const answer = fault ? answerOf(fault) : (refusalOf(request, token, body) ?? { status: 200 })
    record(request, { token, body, status: answer.status })
    if (fault?.kind === 'goaway') {
      const session = request.stream.session as ServerHttp2Session | undefined
      session?.goaway(http2.constants.NGHTTP2_NO_ERROR, 0)
      session?.destroy()
    }
    if (answer.status === 0) return
    response.writeHead(answer.status, {
      'apns-id': headerOf(request, 'apns-id') || randomUUID(),
      ...(answer.retryAfterSeconds !== undefined && { 'retry-after': String(answer.retryAfterSeconds) }),
    })
    response.end(answer.reason ? JSON.stringify({ reason: answer.reason, ...answer.more }) : '')
    if (answer.status === 200) deliver({ token, magic: magicOf(body), at: new Date() })
  }

  function record(request: Http2ServerRequest, seen: Pick<ApnsRequest, 'token' | 'body' | 'status'>): void {
    requests.push({
      ...seen,
      id: headerOf(request, 'apns-id'),
      topic: headerOf(request, 'apns-topic'),
      pushType: headerOf(request, 'apns-push-type'),
      priority: headerOf(request, 'apns-priority'),
      expiration: Number(headerOf(request, 'apns-expiration')),
      at: new Date(),
    })
    if (requests.length > requestsKept) requests.splice(0, requests.length - requestsKept)
  }

  function takeFault(token: string): ApnsFault | undefined {
    const found = faults.find(each => each.token === undefined || each.token === token)
    if (found) found.left -= 1
    faults = faults.filter(each => each.left > 0)
    return found?.fault
  }

  function deliver(push: LocalPush): void {
    newest.set(push.token, push)
    const awake = listeners.get(push.token)
    if (awake?.size) for (const listener of awake) listener(push)
    else waiting.add(push.token)
  }

  return {
    host,
    port: (server.address() as AddressInfo).port,
    requests,
    newest: token => newest.get(token),
    subscribe(token, listener) {
      const awake = listeners.get(token) ?? new Set()
      listeners.set(token, awake.add(listener))
      const kept = newest.get(token)
      if (kept && waiting.delete(token)) listener(kept)
      return () => void awake.delete(listener)
    },
    misbehave(fault, { token, times = Infinity } = {}) {
      faults.push({ fault, token, left: times })
    },
    heal() {
      faults = []
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const session of sessions) session.destroy()
      await closed
    },
  }
}

async function bodyOf(request: Http2ServerRequest): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}

function headerOf(request: Http2ServerRequest, name: string): string {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}

interface Answer {
  /** 0: none at all. */
  readonly status: number
  readonly reason?: string
  readonly more?: object
  readonly retryAfterSeconds?: number
}

function answerOf(fault: ApnsFault): Answer {
  switch (fault.kind) {
    case 'silence':
    case 'goaway':
      return { status: 0 }
    case 'too-many-requests':
      return { status: 429, reason: 'TooManyRequests', retryAfterSeconds: fault.retryAfterSeconds }
    case 'unavailable':
      return { status: 503, reason: 'ServiceUnavailable' }
    case 'unregistered':
      return { status: 410, reason: 'Unregistered', more: { timestamp: Date.now() } }
    case 'bad-device-token':
      return { status: 400, reason: 'BadDeviceToken' }
  }
}

/** Apple's own refusals of a request that is wrong in itself. */
function refusalOf(request: Http2ServerRequest, token: string, body: string): Answer | undefined {
  if (request.method !== 'POST') return { status: 405, reason: 'MethodNotAllowed' }
  if (!request.url.startsWith('/3/device/')) return { status: 404, reason: 'BadPath' }
  if (!token) return { status: 400, reason: 'BadDeviceToken' }
  const topic = headerOf(request, 'apns-topic')
  if (!topic) return { status: 400, reason: 'MissingTopic' }
  if (topicOfClient(request) !== topic) return { status: 400, reason: 'TopicDisallowed' }
  if (headerOf(request, 'apns-push-type') !== 'mdm') return { status: 400, reason: 'InvalidPushType' }
  if (!body) return { status: 400, reason: 'PayloadEmpty' }
  return undefined
}

const topics = new WeakMap<object, string>()

/** What the client's certificate may push to: its UID, as in a push certificate of Apple. */
function topicOfClient({ stream }: Http2ServerRequest): string | undefined {
  const { session } = stream
  if (!session) return undefined
  const known = topics.get(session)
  if (known !== undefined) return known
  const { subject } = (session.socket as TLSSocket).getPeerCertificate() as {
    subject?: Record<string, unknown>
  }
  const topic = typeof subject?.['UID'] === 'string' ? subject['UID'] : ''
  topics.set(session, topic)
  return topic
}

function magicOf(body: string): string {
  const payload = JSON.parse(body) as { mdm?: unknown }
  return typeof payload.mdm === 'string' ? payload.mdm : ''
}
