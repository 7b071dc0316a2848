import { addressesOf, lookUpHere } from './host-addresses.ts'
import { isPrivateAddress } from './private-address.ts'

/**
 * `fetch` that stays out of the own network unless that is allowed: an organisation that names an address must not make
 * the server ask what only the server can reach. Redirects are not followed. A name that leads elsewhere a moment later
 * is met by TLS: what answers there has no certificate of that name.
 * @throws {TypeError} for an address in the own network, as for one that is not reached
 */
export function createOutwardFetch(privateAllowed: boolean): typeof fetch {
  if (privateAllowed) return fetch
  return async (resource, init) => {
    const url = new URL(resource instanceof Request ? resource.url : resource)
    const all = await addressesOf(url, lookUpHere, init?.signal)
    if (url.protocol !== 'https:' || all.some(isPrivateAddress))
      throw new TypeError('leads into the own network')
    return fetch(resource, { ...init, redirect: 'manual' })
  }
}
