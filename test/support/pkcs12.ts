import { createPublicKey, randomBytes, type KeyObject, type X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ExecutionContext } from 'ava'
import forge from 'node-forge'
import { nameOf, type Authority } from '../../mdm/certificates/authority.ts'
import {
  endEntityConstraint,
  extendedKeyUsage,
  keyUsage,
} from '../../mdm/certificates/certificate-extensions.ts'
import { randomSerial, writeCertificate } from '../../mdm/certificates/certificate-writer.ts'
import { encodeName } from '../../mdm/certificates/distinguished-name.ts'
import { aFolder, runTool } from './tools.ts'

export const filePassword = 'åtta små ord'

export interface WantedCertificate {
  readonly key: KeyObject
  readonly from: Date
  readonly to: Date
  readonly uses?: Parameters<typeof extendedKeyUsage>[0]
  readonly keyUses?: Parameters<typeof keyUsage>[0]
}

/** A certificate for signing, or for what is wanted instead, issued by `authority`. */
export function aSigningCertificate(
  authority: Authority,
  { key, from, to, uses = ['emailProtection'], keyUses = ['digitalSignature'] }: WantedCertificate,
): X509Certificate {
  return writeCertificate({
    subject: encodeName([
      ['organization', 'Norrby kommun'],
      ['commonName', 'Norrby profiler'],
    ]),
    issuer: nameOf(authority.certificate, 'subject'),
    issuerKey: authority.key,
    publicKey: createPublicKey(key),
    serialNumber: randomSerial(randomBytes),
    notBefore: from,
    notAfter: to,
    extensions: [endEntityConstraint(), keyUsage(keyUses), extendedKeyUsage(uses)],
  })
}

/** A PKCS#12 file as openssl exports it. */
export async function aPkcs12(
  t: ExecutionContext,
  {
    certificate,
    key,
    chain = [],
  }: {
    readonly certificate: X509Certificate
    readonly key?: KeyObject
    readonly chain?: readonly X509Certificate[]
  },
  password = filePassword,
): Promise<Uint8Array> {
  const folder = await aFolder(t, {
    'certificate.pem': certificate.toString(),
    'key.pem': key?.export({ type: 'pkcs8', format: 'pem' }) ?? '',
    'chain.pem': chain.map(String).join('\n'),
  })
  const { code, stderr } = await runTool(folder, 'openssl', [
    ...['pkcs12', '-export', '-in', 'certificate.pem', '-out', 'out.p12', '-passout', `pass:${password}`],
    ...(key ? ['-inkey', 'key.pem'] : ['-nokeys']),
    ...(chain.length > 0 ? ['-certfile', 'chain.pem'] : []),
  ])
  if (code !== 0) throw new Error(stderr)
  return readFile(join(folder, 'out.p12'))
}

/** A PKCS#12 file with one RSA key and its certificate, for where openssl may be missing. */
export function pkcs12Of(key: KeyObject, certificate: X509Certificate, password = filePassword): Buffer {
  const { pki, pkcs12, asn1 } = forge
  const own = pki.privateKeyFromPem(key.export({ type: 'pkcs8', format: 'pem' }).toString())
  const chain = [pki.certificateFromPem(certificate.toString())]
  const file = pkcs12.toPkcs12Asn1(own, chain, password, { algorithm: '3des' })
  return Buffer.from(asn1.toDer(file).getBytes(), 'latin1')
}
