import { type Request, type Server } from '@hapi/hapi'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '../domain-error.ts'
import { clientAddress, placeOf } from './client-address.ts'
import { type TrustedProxies } from './trusted-proxies.ts'
import { foreignOrigin, isFromForeignPage } from './same-origin.ts'

/** Refused tries from one address before it has to wait. An open house behind one address makes a few, no more. */
const freeTries = 30
const perSeconds = 15 * 60

/** A try that waits longer for those before it is refused, rather than left without an answer. */
export const longestWaitMs = 20_000

interface Place {
  /** Tries that have begun and are not judged yet. */
  running: number
  readonly waiting: (() => void)[]
}

interface AttemptLimit {
  /** What is sent below these paths is a try; pages are free. */
  readonly forms: readonly string[]
  /** Below these paths the address itself is what is guessed. */
  readonly links: readonly string[]
  readonly trustedProxies: TrustedProxies
  /** Where the own pages are. */
  readonly publicUrl: string
  /** How long a try waits for those before it, in milliseconds. */
  readonly longestWaitMs: number
}

/**
 * Slows the guessing of passwords and links from one address, on top of the lock of each account. Only refused tries
 * count. No more tries run at once than could still be refused: the others wait until one is judged, so that a thousand
 * guesses at one moment are not one, and fifty iPads behind one address still all come in. Each instance counts for
 * itself: the lock of the account is the strict one. What a page of another site makes a browser send is refused before
 * it is a try: no page on the web may close the sign-in for everybody who shares the address of its reader.
 */
export function limitAttempts(
  server: Server,
  { forms, links, trustedProxies, publicUrl, longestWaitMs: waitMs }: AttemptLimit,
): void {
  const limiter = new RateLimiterMemory({ points: freeTries, duration: perSeconds })
  const places = new Map<string, Place>()
  const running = new WeakMap<Request, string>()

  const placeFrom = (request: Request) => placeOf(clientAddress(request, trustedProxies))

  function isTry({ method, path }: Request): boolean {
    const isBelow = (start: string) => path.startsWith(start)
    return links.some(isBelow) || (method === 'post' && forms.some(isBelow))
  }

  /** Whether the request has a place; it has none when its caller hung up, since nobody would give the place back. */
  async function begin(request: Request, address: string): Promise<boolean> {
    let over: AbortSignal | undefined
    for (;;) {
      const refused = (await limiter.get(address))?.consumedPoints ?? 0
      if (!request.active()) return false
      if (refused >= freeTries || over?.aborted) {
        throw new DomainError(
          'too-many',
          'too-many-tries',
          'Too many attempts from here. Wait a quarter of an hour.',
        )
      }
      const place = places.get(address) ?? { running: 0, waiting: [] }
      places.set(address, place)
      if (place.running + refused < freeTries) {
        place.running += 1
        running.set(request, address)
        return true
      }
      const end = (over ??= AbortSignal.timeout(waitMs))
      await new Promise<void>(resolve => {
        place.waiting.push(resolve)
        end.addEventListener('abort', () => resolve(), { once: true })
      })
    }
  }

  async function end(request: Request, isRefused: boolean): Promise<void> {
    const address = running.get(request)
    if (address === undefined) return
    running.delete(request)
    if (isRefused) {
      await limiter.consume(address).catch((full: unknown) => {
        if (!(full instanceof RateLimiterRes)) throw full
      })
    }
    const place = places.get(address)
    if (!place) return
    place.running -= 1
    for (const next of place.waiting.splice(0)) next()
    if (place.running === 0) places.delete(address)
  }

  server.ext('onPreAuth', async (request, h) => {
    if (!isTry(request)) return h.continue
    if (isFromForeignPage(request, publicUrl)) throw foreignOrigin()
    return (await begin(request, placeFrom(request))) ? h.continue : h.abandon
  })

  server.ext('onPreResponse', async (request, h) => {
    const { response } = request
    const status = response instanceof Error ? response.output.statusCode : response.statusCode
    await end(request, status >= 400 && status < 500)
    const thrown: unknown = response
    const waits = thrown instanceof DomainError && thrown.code === 'too-many-tries'
    const left = waits ? await limiter.get(placeFrom(request)) : null
    if (left && response instanceof Error)
      response.output.headers['retry-after'] = Math.ceil(left.msBeforeNext / 1000)
    return h.continue
  })

  // Hapi asks nobody before the answer once the caller has hung up: who does not wait for it has tried all the same.
  server.events.on('response', request => void end(request, true))
}
