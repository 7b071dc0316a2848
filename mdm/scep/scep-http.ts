import { type X509Certificate } from 'node:crypto'

/** What GetCACaps announces (RFC 8894 section 3.5.2). Single DES and SHA-1 are not, even where they are accepted. */
const capabilities = ['POSTPKIOperation', 'SHA-256', 'SHA-512', 'AES', 'DES3', 'Renewal', 'SCEPStandard']

export interface ScepHttpAnswer {
  /** Exact value of Content-Type: clients compare it whole, so no charset is added. */
  readonly contentType: string
  readonly body: Uint8Array
}

/** Answer to GetCACaps. */
export const capabilitiesAnswer = (): ScepHttpAnswer => ({
  contentType: 'text/plain',
  body: Buffer.from(`${capabilities.join('\n')}\n`, 'latin1'),
})

/** Answer to GetCACert: the one certificate for which requests are encrypted and which signs the answers. */
export const authorityAnswer = (certificate: X509Certificate): ScepHttpAnswer => ({
  contentType: 'application/x-x509-ca-cert',
  body: certificate.raw,
})

/** Answer to a PKIOperation. */
export const messageAnswer = (reply: Uint8Array): ScepHttpAnswer => ({
  contentType: 'application/x-pki-message',
  body: reply,
})

/**
 * Value of one parameter of a raw query string, percent-decoded once; undefined when missing or not decodable. A `+`
 * stays a plus, as in RFC 3986: SCEP puts base64 there, not a form.
 */
export function queryParameter(query: string, name: string): string | undefined {
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=')
    if (equals > 0 && pair.slice(0, equals) === name) return percentDecoded(pair.slice(equals + 1))
  }
  return undefined
}

/**
 * Bytes of the `message` parameter of a GET: base64 in the standard or the URL alphabet, padded or not, perhaps in
 * lines (strongSwan), perhaps percent-encoded a second time. Undefined when it is none of these.
 */
export function messageParameter(value: string): Uint8Array | undefined {
  const once = value.includes('%') ? percentDecoded(value) : value
  // A blank is a plus that a form decoder has been at.
  const text = once?.replace(/[\r\n]/g, '').replaceAll(' ', '+')
  if (text === undefined || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined
  return Buffer.from(text, 'base64')
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
