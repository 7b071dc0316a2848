import { SimulationError } from './simulation-error.ts'

export interface TransportAnswer {
  readonly status: number
  /** As it was sent, parameters and all; empty when there was none. */
  readonly contentType: string
  readonly body: Uint8Array
}

/** How an iPad reaches the server. Each call is tried again, as long as the iPad is willing, while nobody answers. */
export interface Transport {
  get(url: string): Promise<TransportAnswer>
  post(url: string, body: Uint8Array, contentType: string): Promise<TransportAnswer>
  /** With the status as it came: a device door answers 4xx to say something. */
  put(url: string, body: Uint8Array, headers: Readonly<Record<string, string>>): Promise<TransportAnswer>
}

interface TransportPorts {
  /** Stops waiting and asking when the iPad is switched off. */
  readonly signal: AbortSignal
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  /** Milliseconds before try number `tries` + 1; undefined when the iPad gives up. */
  readonly retryAfterMs: (tries: number) => number | undefined
}

const firstRetryMs = 250
const longestRetryMs = 8_000
const mostTries = 12

/** Waits longer each time, from a quarter of a second to eight, for about a minute in all. */
export function patience(tries: number): number | undefined {
  return tries >= mostTries ? undefined : Math.min(longestRetryMs, firstRetryMs * 2 ** (tries - 1))
}

/** Requests with the patience of an iPad: again when nobody answers, when the server is at fault, or too busy. */
export function createTransport({ signal, wait, retryAfterMs }: TransportPorts): Transport {
  async function send(
    method: string,
    url: string,
    body?: Uint8Array,
    headers: Readonly<Record<string, string>> = {},
  ) {
    for (let tries = 1; ; tries++) {
      const answer = await once(url, { method, headers, signal, ...(body && { body: Buffer.from(body) }) })
      if (!('fault' in answer)) return answer
      const delay = retryAfterMs(tries)
      if (delay === undefined || signal.aborted)
        throw new SimulationError(`${method} ${new URL(url).pathname}: ${answer.fault}`, {
          cause: answer.cause,
        })
      await wait(delay, signal)
    }
  }
  const refuse = (method: string, url: string, answer: TransportAnswer): TransportAnswer => {
    if (answer.status === 200) return answer
    const words = Buffer.from(answer.body).toString('utf8').slice(0, 300)
    throw new SimulationError(`${method} ${new URL(url).pathname} was answered ${answer.status}: ${words}`)
  }
  return {
    get: async url => refuse('GET', url, await send('GET', url)),
    post: async (url, body, contentType) =>
      refuse('POST', url, await send('POST', url, body, { 'content-type': contentType })),
    put: (url, body, headers) => send('PUT', url, body, headers),
  }
}

type Outcome = TransportAnswer | { readonly fault: string; readonly cause?: unknown }

async function once(url: string, request: RequestInit): Promise<Outcome> {
  try {
    const response = await fetch(url, { redirect: 'manual', ...request })
    const body = new Uint8Array(await response.arrayBuffer())
    if (response.status >= 500 || response.status === 429) return { fault: `answered ${response.status}` }
    return { status: response.status, contentType: response.headers.get('content-type') ?? '', body }
  } catch (cause) {
    return { fault: 'nobody answered', cause }
  }
}
