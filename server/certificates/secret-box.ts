import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'

/** A stored secret cannot be opened: another key, another place, or it was changed. */
export class SecretError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SecretError'
  }
}

/** Seals what must not be readable in the database: push keys, Apple tokens, unlock tokens, escrowed codes. */
export interface SecretBox {
  /**
   * Text that only `openSecret` with the same `place` turns back. `place` says where it is kept, for instance
   * `push/{organisationId}`, so that a sealed value copied to another row does not open there.
   */
  sealSecret(secret: Uint8Array, place: string): string
  /** The secret. Throws `SecretError`. */
  openSecret(sealed: string, place: string): Uint8Array
  /** A key of its own for another use, 43 characters of base64url: HKDF-SHA-256 of the secret key (RFC 5869). */
  keyFor(purpose: string): string
}

const version = 'v1'
const ivBytes = 12
const tagBytes = 16

/** How every sealed value looks, so that none is overlooked when the key changes. */
export const sealedForm = new RegExp(`^${version}\\.[\\w-]{38,}$`)

/**
 * A box with a key of 32 bytes: AES-256-GCM with a fresh random IV for each value (NIST SP 800-38D). What was sealed
 * with one of `olderKeys` opens as well.
 */
export function createSecretBox(
  key: Uint8Array,
  randomBytes: (count: number) => Uint8Array,
  olderKeys: readonly Uint8Array[] = [],
): SecretBox {
  const openWith = (by: Uint8Array, bytes: Buffer, place: string): Buffer | undefined => {
    try {
      const iv = bytes.subarray(0, ivBytes)
      const decipher = createDecipheriv('aes-256-gcm', by, iv, { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(place, 'utf8')).setAuthTag(bytes.subarray(-tagBytes))
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()])
    } catch {
      return undefined
    }
  }
  return {
    sealSecret(secret, place) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place, 'utf8'))
      const sealed = Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
      return `${version}.${sealed.toString('base64url')}`
    },
    openSecret(sealed, place) {
      const bytes = Buffer.from(sealed.slice(version.length + 1), 'base64url')
      if (!sealed.startsWith(`${version}.`) || bytes.length < ivBytes + tagBytes) {
        throw new SecretError('This is not a sealed secret')
      }
      for (const each of [key, ...olderKeys]) {
        const secret = openWith(each, bytes, place)
        if (secret) return secret
      }
      throw new SecretError('The secret does not open: another key, another place, or it was changed')
    },
    keyFor: purpose => Buffer.from(hkdfSync('sha256', key, '', purpose, 32)).toString('base64url'),
  }
}
