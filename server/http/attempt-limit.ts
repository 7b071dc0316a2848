import { type Request, type Server } from '@hapi/hapi'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '../domain-error.ts'
import { clientAddress } from './client-address.ts'

/** Refused tries from one address before it has to wait. An open house behind one address makes a few, no more. */
const freeTries = 30
const perSeconds = 15 * 60

/**
 * Slows the guessing of passwords and links from one address, on top of the lock of each account. Only refused tries
 * count. Each instance counts for itself: the lock of the account is the strict one.
 */
export function limitAttempts(
  server: Server,
  { paths, trustedProxies }: { paths: readonly string[]; trustedProxies: readonly string[] },
): void {
  const limiter = new RateLimiterMemory({ points: freeTries, duration: perSeconds })
  const guarded = (request: Request) => paths.some(path => request.path.startsWith(path))
  const addressOf = (request: Request) => clientAddress(request, trustedProxies)

  server.ext('onPreAuth', async (request, h) => {
    if (!guarded(request)) return h.continue
    const tries = await limiter.get(addressOf(request))
    if (tries && tries.consumedPoints >= freeTries) {
      throw new DomainError(
        'too-many',
        'too-many-tries',
        'Too many tries from here. Wait a quarter of an hour.',
      )
    }
    return h.continue
  })

  server.ext('onPreResponse', async (request, h) => {
    const { response } = request
    const status = response instanceof Error ? response.output.statusCode : response.statusCode
    if (guarded(request) && status >= 400 && status < 500 && status !== 429) {
      await limiter.consume(addressOf(request)).catch((full: unknown) => {
        if (!(full instanceof RateLimiterRes)) throw full
      })
    }
    return h.continue
  })
}
