import { type DigestName } from '../../profiles/cms/object-identifiers.ts'
import { signData, type Signer } from '../../profiles/cms/sign-data.ts'

/** How iPads sign: iPadOS with signed attributes and signing time, old ones straight over the body with SHA-1. */
export type SignatureStyle = 'attributes' | 'bare'

/** The value of the Mdm-Signature header: base64 of a detached CMS signature over the body. */
export function mdmSignature(body: Uint8Array, signer: Signer, style: SignatureStyle, now: Date): string {
  const digest: DigestName = style === 'bare' ? 'sha1' : 'sha256'
  const attributes = style === 'bare' ? ('none' as const) : []
  return signData(body, signer, { digest, content: 'detached', attributes, signingTime: now }).toString(
    'base64',
  )
}
