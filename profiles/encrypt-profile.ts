import { type X509Certificate } from 'node:crypto'
import { encryptFor } from './cms/enveloped-data.ts'
import { type PlistDictionary, type PlistValue } from './plist/plist-value.ts'
import { writePlist } from './plist/write-plist.ts'

/**
 * The profile with its parts encrypted for one iPad: `PayloadContent` as a property list in CMS EnvelopedData, AES-256
 * in CBC mode (Apple, Configuration Profile Reference, "Encrypting a profile"). Sign it afterwards, so that the
 * signature covers what is sent. Throws `CmsError('recipient')` when the iPad's key is not RSA.
 */
export function encryptProfile(
  profile: PlistDictionary,
  recipient: X509Certificate,
  randomBytes: (count: number) => Uint8Array,
): PlistDictionary {
  const { PayloadContent: content, ...rest } = profile
  const parts: PlistValue = content ?? []
  return {
    ...rest,
    IsEncrypted: true,
    EncryptedPayloadContent: encryptFor(writePlist(parts), { recipient, cipher: 'aes-256-cbc', randomBytes }),
  }
}
