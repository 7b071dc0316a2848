import { hash, X509Certificate, type KeyObject } from 'node:crypto'
import { CmsError } from './cms-error.ts'
import { type SignatureKind } from './object-identifiers.ts'

/** A certificate with what checking its signatures needs, worked out once. */
export interface KnownCertificate {
  readonly certificate: X509Certificate
  readonly publicKey: KeyObject
  readonly kind: SignatureKind
  /** SHA-256 of the DER form, lower-case hex. */
  readonly fingerprint: string
}

// A device signs every message with the same certificate; reading its key anew costs more than checking the
// signature. About 10 kB each, so the memo stays below 20 MB.
const capacity = 2_000
const known = new Map<string, KnownCertificate>()

const curves: ReadonlySet<string | undefined> = new Set(['prime256v1', 'secp384r1', 'secp521r1'])

/**
 * The certificate in `der`, read or remembered. Only keys that check signatures in bounded time are accepted: RSA of
 * 1024 to 8192 bits, P-256, P-384, P-521. Throws `CmsError('certificate')`. Says nothing about who issued it.
 */
export function knowCertificate(der: Uint8Array): KnownCertificate {
  const name = Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1')
  const found = known.get(name)
  const entry = found ?? read(der)
  // Map keeps insertion order: moving what was used to the end makes the first key the least recently used.
  if (found !== undefined) known.delete(name)
  known.set(name, entry)
  if (known.size > capacity) forgetOldest()
  return entry
}

function forgetOldest(): void {
  for (const name of known.keys()) {
    known.delete(name)
    return
  }
}

function read(der: Uint8Array): KnownCertificate {
  try {
    const certificate = new X509Certificate(der)
    const { publicKey } = certificate
    return { certificate, publicKey, kind: kindOf(publicKey), fingerprint: hash('sha256', der) }
  } catch (cause) {
    if (cause instanceof CmsError) throw cause
    throw new CmsError('certificate', 'The certificate cannot be read', { cause })
  }
}

const kinds = new WeakMap<KeyObject, SignatureKind>()

/** Family of a key that may sign or check signatures here. Throws `CmsError('certificate')` for any other. */
export function kindOf(key: KeyObject): SignatureKind {
  const kind = kinds.get(key) ?? judge(key)
  kinds.set(key, kind)
  return kind
}

function judge(key: KeyObject): SignatureKind {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= 1024 && modulusLength <= 8192) return 'rsa'
  if (key.asymmetricKeyType === 'ec' && curves.has(namedCurve)) return 'ec'
  throw new CmsError('certificate', 'The key is of a kind or size that is not accepted')
}
