import { createPublicKey, randomBytes, type KeyObject, type X509Certificate } from 'node:crypto'
import { type Signer } from '../../profiles/cms/sign-data.ts'
import {
  issueDeviceCertificate,
  makeIssuingAuthority,
  makeRoot,
  type Authority,
} from '../../mdm/certificates/authority.ts'
import { randomSerial, writeCertificate } from '../../mdm/certificates/certificate-writer.ts'
import { encodeName, type NamePart } from '../../mdm/certificates/distinguished-name.ts'
import { ecKey, rsaKey } from './keys.ts'

export const today = new Date('2026-11-22T09:00:00Z')
export const issuing = { now: today, randomBytes }

/** A root with P-256 and an issuing authority with RSA-2048, as an installation has. */
export function anAuthority(
  name = 'ours',
  now = today,
): { readonly root: Authority; readonly issuing: Authority } {
  const at = { now, randomBytes }
  const root = makeRoot(ecKey(`root of ${name}`), at)
  return { root, issuing: makeIssuingAuthority(root, rsaKey(`authority of ${name}`), at) }
}

/** An iPad's certificate and key, issued by `authority` for `serialNumber`. */
export function aDeviceSigner(
  authority: Authority,
  serialNumber = 'DMPX00000001',
  key = rsaKey(serialNumber),
): Signer {
  const publicKey = createPublicKey(key)
  return {
    certificate: issueDeviceCertificate(authority, { serialNumber, publicKey }, issuing),
    chain: [],
    key,
  }
}

/** A self-signed certificate with the given name; without parts it has an empty subject, as many iPads do. */
export function aSelfSigned(
  key: KeyObject,
  parts: readonly NamePart[] = [],
  at: Date = today,
): X509Certificate {
  const name = encodeName(parts)
  return writeCertificate({
    subject: name,
    issuer: name,
    issuerKey: key,
    publicKey: createPublicKey(key),
    serialNumber: randomSerial(randomBytes),
    notBefore: at,
    notAfter: new Date(at.getTime() + 365 * 86_400_000),
    extensions: [],
  })
}

/** A signer with a self-signed certificate. */
export const aSelfSigner = (key: KeyObject, parts: readonly NamePart[] = []): Signer => ({
  certificate: aSelfSigned(key, parts),
  chain: [],
  key,
})
