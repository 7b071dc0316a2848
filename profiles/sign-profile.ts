import { signData, type Signer } from './cms/sign-data.ts'

/**
 * The profile as a device wants a signed one: CMS SignedData around the XML bytes as they are, SHA-256, with the
 * signer's chain (Apple, Configuration Profile Reference, "Signing a profile"). `now` becomes the signing time.
 */
export function signProfile(xml: Uint8Array, signer: Signer, now: Date): Uint8Array {
  return signData(xml, signer, { digest: 'sha256', content: 'attached', attributes: [], signingTime: now })
}
