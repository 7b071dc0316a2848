import { type X509Certificate } from 'node:crypto'
import { CmsError } from './cms/cms-error.ts'
import { isMeantFor } from './cms/enveloped-data.ts'
import { verifySignedData } from './cms/verify-signed-data.ts'
import { maxProfileBytes } from './foreign-profile.ts'
import { PlistError } from './plist/plist-error.ts'
import { isDictionary } from './plist/plist-value.ts'
import { readPlist } from './plist/read-plist.ts'

/**
 * Whether a profile as it is sent, signed last, can be opened with the key of this certificate; undefined when nothing in
 * it is encrypted, or when it is not of our making.
 */
export function isEncryptedFor(sent: Uint8Array, certificate: X509Certificate): boolean | undefined {
  const sealed = encryptedIn(sent)
  return sealed && isMeantFor(sealed, certificate)
}

function encryptedIn(sent: Uint8Array): Uint8Array | undefined {
  try {
    const { content } = verifySignedData(sent, undefined, { maxBytes: maxProfileBytes, maxElements: 20_000 })
    const profile = readPlist(content, { bytes: maxProfileBytes, values: 100_000 })
    const sealed = isDictionary(profile) ? profile['EncryptedPayloadContent'] : undefined
    return sealed instanceof Uint8Array ? sealed : undefined
  } catch (error) {
    if (error instanceof CmsError || error instanceof PlistError) return undefined
    throw error
  }
}
