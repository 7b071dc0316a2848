import { createHmac } from 'node:crypto'

/** How a secret is written, so that people and scanners know one when they see it. */
const prefix = 'whsec_'

export function secretFrom(bytes: Uint8Array): string {
  return prefix + Buffer.from(bytes).toString('base64')
}

interface Signed {
  readonly id: string
  readonly body: string
  readonly at: Date
}

/**
 * The headers of a signed request, by the Standard Webhooks specification (standardwebhooks.com): HMAC-SHA-256 of id,
 * seconds and body, each with a full stop between. A receiver refuses old seconds, so nothing can be played back later.
 * Several secrets sign side by side, with a blank between, while one takes over from another.
 */
export function signatureHeaders(
  secrets: readonly string[],
  { id, body, at }: Signed,
): Record<string, string> {
  const seconds = String(Math.floor(at.getTime() / 1000))
  const signatures = secrets.map(secret => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') }
}
