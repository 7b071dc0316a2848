import { createHmac, timingSafeEqual } from 'node:crypto'

const stepSeconds = 30
const digits = 6

/** The number of the half minute of `now`, which codes are counted by (RFC 6238, 4.2). */
export function stepOf(now: Date): number {
  return Math.floor(now.getTime() / 1000 / stepSeconds)
}

/** The code of six digits for one half minute: HOTP with SHA-1 (RFC 4226, 5.3), what every authenticator app speaks. */
export function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0xf
  const number = (mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 10 ** digits
  return String(number).padStart(digits, '0')
}

/**
 * The half minute that this code belongs to, or undefined when it belongs to none. A clock may be half a minute wrong
 * either way; a code of `after` or earlier has been used and is refused (RFC 6238, 5.2).
 */
export function stepOfCode(
  code: string,
  { secret, now, after }: { secret: Uint8Array; now: Date; after: number },
): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const current = stepOf(now)
  return [current - 1, current, current + 1].find(
    step => step > after && timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code)),
  )
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Bytes in base32 without padding (RFC 4648, 6): how a secret is typed into an app. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, byte => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map(group => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)] ?? '').join('')
}

/** What an authenticator app reads from the QR code. */
export function authenticatorUri({ secret, account }: { secret: Uint8Array; account: string }): string {
  const issuer = encodeURIComponent('Örnkoll')
  return `otpauth://totp/${issuer}:${encodeURIComponent(account)}?secret=${base32(secret)}&issuer=${issuer}`
}
