import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { isIP } from 'node:net'
import { type Answer, type Deliver } from '../webhooks/delivery.ts'
import { addressesOf, lookUpHere, type LookUp } from './host-addresses.ts'
import { isPrivateAddress } from './private-address.ts'

interface WebhookDeliveryOptions {
  readonly privateAllowed: boolean
  /** For the look-up of the name and the delivery together. */
  readonly timeoutMs: number
  readonly lookUp?: LookUp
}

/**
 * Delivery by HTTP POST. The name is looked up here and the connection goes to just that address, so a name that points
 * elsewhere after the check changes nothing. Redirects are not followed; the answer's body is not read.
 */
export function createWebhookDelivery({
  privateAllowed,
  timeoutMs,
  lookUp = lookUpHere,
}: WebhookDeliveryOptions): Deliver {
  async function addressOf(url: URL, signal: AbortSignal): Promise<string | undefined> {
    const all = await addressesOf(url, lookUp, signal)
    // One private address among them is enough to mistrust the name.
    return !privateAllowed && all.some(isPrivateAddress) ? undefined : all[0]
  }

  return async ({ url: text, body, headers }) => {
    const url = new URL(text)
    const signal = AbortSignal.timeout(timeoutMs)
    let address: string | undefined
    try {
      address = await addressOf(url, signal)
    } catch {
      return { fault: signal.aborted ? 'no-answer' : 'not-reached' }
    }
    if (address === undefined) return { fault: 'private-address' }
    const to = address
    return new Promise<Answer>(resolve => {
      const sent = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, {
        method: 'POST',
        agent: false,
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
        signal,
        lookup: (_name, options, found) => {
          const family = isIP(to)
          if (options.all) found(null, [{ address: to, family }])
          else found(null, to, family)
        },
      })
      sent.on('response', response => {
        response.on('error', () => undefined)
        const retryAfter = response.headers['retry-after']
        resolve({ status: response.statusCode ?? 0, ...(retryAfter !== undefined && { retryAfter }) })
        response.destroy()
      })
      sent.on('error', error => resolve({ fault: error.name === 'AbortError' ? 'no-answer' : 'not-reached' }))
      sent.end(body)
    })
  }
}
