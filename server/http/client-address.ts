import { type Request } from '@hapi/hapi'

/**
 * Where a request comes from. `X-Forwarded-For` is read from the right: each trusted proxy names the one before it, and
 * the first that is not trusted is the client. Without a trusted proxy the header is a claim and is left alone.
 */
export function clientAddress(
  request: Pick<Request, 'headers'> & { info: Pick<Request['info'], 'remoteAddress'> },
  trustedProxies: readonly string[],
): string {
  const forwarded: unknown = request.headers['x-forwarded-for']
  const named = typeof forwarded === 'string' ? forwarded.split(',') : []
  const hops = [...named.map(hop => hop.trim()), request.info.remoteAddress].filter(Boolean)
  const plain = hops.map(hop => hop.replace(/^::ffff:/, ''))
  return plain.findLast((hop, index) => index === 0 || !trustedProxies.includes(hop)) ?? ''
}
