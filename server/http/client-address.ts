import { type Request } from '@hapi/hapi'
import { type TrustedProxies } from './trusted-proxies.ts'

/**
 * Where a request comes from. `X-Forwarded-For` is read from the right: each trusted proxy names the one before it, and
 * the first that is not trusted is the client. Without a trusted proxy the header is a claim and is left alone.
 */
export function clientAddress(
  request: Pick<Request, 'headers'> & { info: Pick<Request['info'], 'remoteAddress'> },
  trustedProxies: TrustedProxies,
): string {
  const forwarded: unknown = request.headers['x-forwarded-for']
  const named = typeof forwarded === 'string' ? forwarded.split(',') : []
  const hops = [...named.map(hop => hop.trim()), request.info.remoteAddress].filter(Boolean).map(bareAddress)
  return hops.findLast((hop, index) => index === 0 || !trustedProxies.has(hop)) ?? ''
}

/** The address alone: some proxies add the client's port, and an IPv4 address may be written as IPv6. */
export function bareAddress(hop: string): string {
  const [, inBrackets] = /^"?\[([^\]]+)\](?::\d+)?"?$/.exec(hop) ?? []
  const [, beforePort] = /^"?(\d+(?:\.\d+){3}):\d+"?$/.exec(hop) ?? []
  return (inBrackets ?? beforePort ?? hop).replace(/^::ffff:(?=\d+\.)/i, '')
}

/**
 * What counts as one client where tries are counted: an IPv4 address, or the 64-bit network that one connection over
 * IPv6 is given (RFC 6177), in which it may choose any address it likes.
 */
export function placeOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? []
  const groups = (part: string) => part.split(':').filter(Boolean)
  const last = groups(tail ?? '')
  const missing = tail === undefined ? 0 : 8 - groups(head).length - last.length
  const whole = [...groups(head), ...Array<string>(Math.max(0, missing)).fill('0'), ...last]
  const network = whole.slice(0, 4).map(group => group.replace(/^0+(?=.)/, ''))
  return `${network.join(':')}::/64`
}
