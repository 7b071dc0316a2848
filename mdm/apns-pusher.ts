import diagnosticsChannel from 'node:diagnostics_channel'
import { type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2'
import { isIP } from 'node:net'
import tls from 'node:tls'
import apn from '@parse/node-apn'
import { outcomeOf, retryDelayMs } from './apns-outcome.ts'
import { type Pusher, type PushOutcome, type PushTarget } from './push.ts'

interface ApnsPusherOptions {
  /** PEM of the push certificate and of its key. */
  readonly certificate: string
  readonly key: string
  /** The certificate's topic. */
  readonly topic: string
  readonly host: string
  readonly port: number
  /** PEM of the service's authority; undefined: the well-known ones. */
  readonly authority: string | undefined
  /** Pushes under way at the same time, 1–1000: above, Apple closes the connection on all of them. */
  readonly inFlight: number
  readonly answerTimeoutMs: number
  readonly now: () => Date
  readonly newId: () => string
  readonly random: () => number
  readonly wait: (ms: number) => Promise<void>
}

const dayS = 86_400

const appleHost = 'api.push.apple.com'

/**
 * Pushes through Apple's service or a stand-in. The library keeps the one HTTP/2 session; how many at once, and when to
 * try again, is decided here: it would repeat at once whatever Apple asks for, and does not repeat what a closed
 * session took down.
 * @throws Error for a certificate that has expired or does not fit its key
 */
export function createApnsPusher(options: ApnsPusherOptions): Pusher {
  const provider = new apn.Provider({
    ...(options.host === appleHost ? toApple(options) : toStandIn(options)),
    connectionRetryLimit: 0,
    requestTimeout: options.answerTimeoutMs,
  })
  const enter = createGate(Math.min(1000, Math.max(1, options.inFlight)))
  const asked = listenForRetryAfter()

  async function once(target: PushTarget, id: string): Promise<PushOutcome> {
    const note = new apn.Notification()
    note.id = id
    note.rawPayload = { mdm: target.pushMagic }
    note.topic = options.topic
    note.pushType = 'mdm'
    note.priority = 10
    note.expiry = Math.floor(options.now().getTime() / 1000) + dayS
    asked.watch(id)
    try {
      const { failed } = await provider.send(note, Buffer.from(target.token).toString('hex'))
      const [failure] = failed
      if (!failure) return { kind: 'sent' }
      return outcomeOf({
        status: failure.status,
        reason: failure.response?.reason ?? failure.error?.message,
        retryAfterSeconds: asked.seconds(id),
      })
    } finally {
      asked.forget(id)
    }
  }

  async function wakeOne(target: PushTarget): Promise<PushOutcome> {
    // One push keeps its id however often it is tried, so that whoever reads a log of it sees one.
    const id = options.newId()
    for (let attempts = 1; ; attempts++) {
      const outcome = await enter(() => once(target, id))
      if (outcome.kind !== 'retry') return outcome
      const delay = retryDelayMs(attempts, outcome.afterSeconds, options.random())
      if (delay === undefined) return outcome
      await options.wait(delay)
    }
  }

  return {
    async wake(targets) {
      const outcomes = await Promise.all(
        targets.map(async target => {
          const outcome = await wakeOne(target).catch(noAnswer)
          return [target.enrolmentId, outcome] as const
        }),
      )
      return new Map(outcomes)
    },
    async close() {
      asked.stop()
      await provider.shutdown()
    },
  }
}

function toApple({ certificate, key, authority }: ApnsPusherOptions): apn.ProviderOptions {
  return { cert: certificate, key, production: true, ...(authority !== undefined && { ca: [authority] }) }
}

/**
 * The library takes any other address for Apple's sandbox and refuses certificates without the sandbox mark. So it gets
 * no key that it could check, and the connection, which it leaves to Node, is made here with the real one.
 */
function toStandIn({ certificate, key, authority, host, port }: ApnsPusherOptions): apn.ProviderOptions {
  const createConnection = () =>
    tls.connect({
      host,
      port,
      cert: certificate,
      key,
      ...(authority !== undefined && { ca: [authority] }),
      ...(!isIP(host) && { servername: host }),
      ALPNProtocols: ['h2'],
    })
  return { cert: certificate, key: certificate, production: true, createConnection } as apn.ProviderOptions
}

function noAnswer(error: unknown): PushOutcome {
  return { kind: 'retry', afterSeconds: undefined, reason: error instanceof Error ? error.name : 'unknown' }
}

/** Lets at most `limit` pieces of work run at once; the others wait in order. */
function createGate(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async work => {
    if (running >= limit) await new Promise<void>(resolve => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      // The place goes straight to the next in line, so nobody can slip in between.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

/** Published by Node when the headers of an answer have come. */
const answerChannel = 'http2.client.stream.finish'

/**
 * Reads `retry-after` where the library loses it: it looks for the header with capitals, which HTTP/2 does not have.
 * Answers are told apart by the apns-id of their request.
 */
function listenForRetryAfter() {
  const seconds = new Map<string, number | undefined>()
  const listen = (message: unknown) => {
    const { stream, headers } = message as { stream: ClientHttp2Stream; headers: IncomingHttpHeaders }
    const id = stream.sentHeaders['apns-id']
    const value = Number(headers['retry-after'])
    if (typeof id === 'string' && seconds.has(id) && value >= 0) seconds.set(id, value)
  }
  diagnosticsChannel.subscribe(answerChannel, listen)
  return {
    watch: (id: string) => void seconds.set(id, undefined),
    seconds: (id: string) => seconds.get(id),
    forget: (id: string) => void seconds.delete(id),
    stop: () => void diagnosticsChannel.unsubscribe(answerChannel, listen),
  }
}
