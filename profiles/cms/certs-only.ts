import { X509Certificate } from 'node:crypto'
import { CmsError } from './cms-error.ts'
import { contentInfo } from './content-info.ts'
import { context, integer, objectIdentifier, sequence, setOf } from './der-writer.ts'
import { oid } from './object-identifiers.ts'
import { readSignedData } from './signed-data.ts'

/** A SignedData without signers that only carries certificates, in the given order (RFC 5652 section 5, "degenerate"). */
export function certsOnly(certificates: readonly X509Certificate[]): Buffer {
  return contentInfo(
    oid.signedData,
    sequence(
      integer(1),
      setOf([]),
      sequence(objectIdentifier(oid.data)),
      context(0, ...certificates.map(certificate => certificate.raw)),
      setOf([]),
    ),
  )
}

/** The certificates of such a message, in its order. Throws `CmsError`. */
export function readCertsOnly(bytes: Uint8Array): X509Certificate[] {
  const { certificates, signers } = readSignedData(bytes)
  if (signers.length > 0)
    throw new CmsError('structure', 'A message that only carries certificates has no signer')
  return certificates.map(({ bytes: der }) => {
    try {
      return new X509Certificate(der)
    } catch (cause) {
      throw new CmsError('certificate', 'A certificate cannot be read', { cause })
    }
  })
}
