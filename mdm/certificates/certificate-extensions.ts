import { hash, type KeyObject } from 'node:crypto'
import { readAsn1 } from '../../profiles/cms/asn1-reader.ts'
import { readWholeBits } from '../../profiles/cms/asn1-values.ts'
import {
  booleanTrue,
  context,
  contextPrimitive,
  der,
  integer,
  objectIdentifier,
  octetString,
  sequence,
} from '../../profiles/cms/der-writer.ts'

/** X.509 extensions (RFC 5280 section 4.2), each as a whole Extension in DER. */

const extension = (type: string, value: Uint8Array, criticality: 'critical' | 'optional'): Buffer =>
  sequence(objectIdentifier(type), ...(criticality === 'critical' ? [booleanTrue()] : []), octetString(value))

/** Says that the certificate belongs to an authority, with at most `pathLength` authorities below it. */
export const authorityConstraint = (pathLength: number): Buffer =>
  extension('2.5.29.19', sequence(booleanTrue(), integer(pathLength)), 'critical')

/** Says that the certificate may issue nothing. */
export const endEntityConstraint = (): Buffer => extension('2.5.29.19', sequence(), 'critical')

const usageBits = { digitalSignature: 0, keyEncipherment: 2, keyCertSign: 5, crlSign: 6 } as const

export function keyUsage(usages: readonly (keyof typeof usageBits)[]): Buffer {
  const bits = usages.map(usage => usageBits[usage])
  const byte = bits.reduce<number>((sum, bit) => sum | (0x80 >> bit), 0)
  const unused = 7 - Math.max(...bits)
  return extension('2.5.29.15', der(0x03, Uint8Array.of(unused, byte)), 'critical')
}

const purposes = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
} as const

export const extendedKeyUsage = (uses: readonly (keyof typeof purposes)[]): Buffer =>
  extension('2.5.29.37', sequence(...uses.map(use => objectIdentifier(purposes[use]))), 'optional')

/** SHA-1 of the key's bits: an identifier here, not a protection (RFC 5280 section 4.2.1.2, method 1). */
function keyIdentifier(publicKey: KeyObject): Buffer {
  const info = readAsn1(publicKey.export({ type: 'spki', format: 'der' }))
  return hash('sha1', readWholeBits(info.children[1]), 'buffer')
}

export const subjectKeyIdentifier = (publicKey: KeyObject): Buffer =>
  extension('2.5.29.14', octetString(keyIdentifier(publicKey)), 'optional')

export const authorityKeyIdentifier = (issuerKey: KeyObject): Buffer =>
  extension('2.5.29.35', sequence(contextPrimitive(0, keyIdentifier(issuerKey))), 'optional')

/** Names and IPv4 addresses (as four bytes) that a TLS server answers to. */
export function subjectAlternativeNames(
  dnsNames: readonly string[],
  addresses: readonly Uint8Array[],
): Buffer {
  const names = dnsNames.map(name => contextPrimitive(2, Buffer.from(name, 'latin1')))
  return extension(
    '2.5.29.17',
    sequence(...names, ...addresses.map(each => contextPrimitive(7, each))),
    'optional',
  )
}

/** The extensions of a certificate or request, as its `[3]` or attribute wants them. */
const extensionList = (extensions: readonly Uint8Array[]): Buffer => sequence(...extensions)

/** `[3] EXPLICIT Extensions` of a certificate. */
export const certificateExtensions = (extensions: readonly Uint8Array[]): Buffer =>
  context(3, extensionList(extensions))
