import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
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
    const { protocol, hostname } = new URL(resource instanceof Request ? resource.url : resource)
    const host = hostname.replace(/^\[|\]$/g, '')
    const all = isIP(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address)
    if (protocol !== 'https:' || all.some(isPrivateAddress)) throw new TypeError('leads into the own network')
    return fetch(resource, { ...init, redirect: 'manual' })
  }
}
