import { X509Certificate, type KeyObject } from 'node:crypto'
import { maySignData } from '../../mdm/certificates/key-usage.ts'
import { roundsOfOneFile } from '../../mdm/certificates/pkcs12-rounds.ts'
import { Pkcs12Error, readPkcs12 } from '../../mdm/certificates/pkcs12.ts'
import { isIssuedBy } from '../../mdm/device-identity.ts'
import { DomainError } from '../domain-error.ts'
import { type GivenCertificate } from './signing-certificate.ts'

/** A certificate with its key, ready to sign profiles. */
interface SigningIdentity {
  readonly certificate: X509Certificate
  /** From the one that issued it upwards. */
  readonly chain: readonly X509Certificate[]
  readonly key: KeyObject
  /** When the first of the certificate and its issuers ends: from then on iPads show its profiles as unverified. */
  readonly expiresAt: Date
}

/**
 * The identity in a file, checked: the key fits, it is strong enough, the chain is whole up to its root or to one of
 * `publicRoots` (PEM), it is for signing, and it is valid now.
 * @throws {DomainError} invalid `signing-form`, `signing-rounds`, `signing-password`, `signing-key-missing`, `signing-key-other`,
 * `signing-key-weak`, `signing-purpose`, `signing-chain`, `signing-chain-expired`, `signing-expired`,
 * `signing-early`
 */
export function readSigningIdentity(
  { file, password }: GivenCertificate,
  now: Date,
  publicRoots: readonly string[],
): SigningIdentity {
  const { key, certificates } = opened(file, password)
  const certificate = certificates.find(each => each.checkPrivateKey(key))
  if (certificate === undefined) throw refused('key-other', 'No certificate in this file fits its key.')
  checkStrength(key)
  checkPurpose(certificate)
  if (now < certificate.validFromDate) throw refused('early', 'The certificate is not valid yet.')
  if (now >= certificate.validToDate) throw refused('expired', 'The certificate has expired.')
  const chain = chainOf(certificate, certificates, publicRoots)
  if (chain.some(each => now < each.validFromDate || now >= each.validToDate))
    throw refused('chain-expired', 'An issuer of the certificate has expired or is not valid yet.')
  const expiresAt = new Date(Math.min(...[certificate, ...chain].map(each => each.validToDate.getTime())))
  return { certificate, key, chain, expiresAt }
}

function opened(file: Uint8Array, password: string): ReturnType<typeof readPkcs12> {
  try {
    return readPkcs12(file, password, { left: roundsOfOneFile })
  } catch (error) {
    if (!(error instanceof Pkcs12Error)) throw error
    if (error.fault === 'passphrase') throw refused('password', 'The password does not open the file.')
    if (error.fault === 'key-missing') throw refused('key-missing', 'The file contains no private key.')
    if (error.fault === 'rounds')
      throw refused('rounds', 'The password of the file goes through too many rounds to be tried.')
    throw refused('form', 'This is not a PKCS#12 file (.p12 or .pfx).')
  }
}

type Fault =
  | 'form'
  | 'rounds'
  | 'password'
  | 'key-missing'
  | 'key-other'
  | 'key-weak'
  | 'purpose'
  | 'chain'
  | 'chain-expired'
  | 'expired'
  | 'early'

function refused(fault: Fault, message: string): DomainError {
  const code = `signing-${fault}`
  return new DomainError('invalid', code, message, [
    { path: fault === 'password' ? 'password' : 'file', code, message },
  ])
}

const curves = new Set(['prime256v1', 'secp384r1', 'secp521r1'])

/** RSA from 2048 bits, or a curve that iPads know. */
function checkStrength({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): void {
  const isStrong =
    (type === 'rsa' && (details?.modulusLength ?? 0) >= 2048) ||
    (type === 'ec' && curves.has(details?.namedCurve ?? ''))
  if (!isStrong)
    throw refused('key-weak', 'The key must be RSA of at least 2048 bits, or EC P-256, P-384 or P-521.')
}

/** Any use; code signing; e-mail; a server's. Public authorities issue no certificate just for profiles. */
const fitting = new Set(['2.5.29.37.0', '1.3.6.1.5.5.7.3.3', '1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.1'])

function checkPurpose(certificate: X509Certificate): void {
  const uses = certificate.keyUsage as readonly string[] | undefined
  const fits = uses === undefined || uses.length === 0 || uses.some(use => fitting.has(use))
  if (!fits || certificate.ca || !maySignData(certificate))
    throw refused('purpose', 'The certificate is not for signing: its use forbids it, or it is an authority.')
}

/**
 * The issuers that came along, in order, up to a root or to one that a public root has issued. Our public roots are
 * Mozilla's; Apple publishes its own list as pages alone, so that the page says what an iPad may judge otherwise.
 */
function chainOf(
  certificate: X509Certificate,
  among: readonly X509Certificate[],
  publicRoots: readonly string[],
): X509Certificate[] {
  const chain: X509Certificate[] = []
  let last = certificate
  while (!isIssuedBy(last, last)) {
    const of = last
    const issuer = among.find(each => each !== of && !chain.includes(each) && isIssuedBy(of, each))
    if (issuer === undefined) break
    chain.push(issuer)
    last = issuer
  }
  const isWhole = isIssuedBy(last, last) || (chain.length > 0 && isOfOneOf(publicRoots, last))
  if (isWhole) return chain
  throw refused(
    'chain',
    'An issuer of the certificate is not in the file. Export it again with the whole chain.',
  )
}

const isOfOneOf = (roots: readonly string[], certificate: X509Certificate): boolean =>
  roots.some(pem => isIssuedBy(certificate, new X509Certificate(pem)))
