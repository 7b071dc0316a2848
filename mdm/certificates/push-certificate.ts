import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import forge from 'node-forge'
import { readAsn1 } from '../../profiles/cms/asn1-reader.ts'
import { nameOf } from './authority.ts'
import { readNamePart } from './distinguished-name.ts'

export type PushCertificateFault = 'form' | 'passphrase' | 'key-missing' | 'key-other' | 'topic-missing'

/** What was given as push certificate cannot be used; the message is for the administrator who gave it. */
export class PushCertificateError extends Error {
  readonly fault: PushCertificateFault

  constructor(fault: PushCertificateFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PushCertificateError'
    this.fault = fault
  }
}

export interface PushCertificate {
  readonly certificate: X509Certificate
  readonly key: KeyObject
  /** Goes into every enrolment profile and must never change for an enrolled iPad. */
  readonly topic: string
  readonly notAfter: Date
}

/**
 * The push topic: the UID in the certificate's subject (Apple, "Setting Up Push Notifications for Your MDM
 * Customers"), for instance `com.apple.mgmt.External.…`. Throws `PushCertificateError('topic-missing')`.
 */
export function pushTopicOf(certificate: X509Certificate): string {
  const topic = readNamePart(readAsn1(nameOf(certificate, 'subject')), 'userId')
  if (topic === undefined || topic === '') {
    throw new PushCertificateError('topic-missing', 'The certificate names no push topic (UID).')
  }
  return topic
}

/** Certificate and key in PEM, the key encrypted or not, in any order. Throws `PushCertificateError`. */
export function readPemPushCertificate(pem: string, passphrase: string | undefined): PushCertificate {
  const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem)?.[0]
  const key = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[^-]+-----END \1-----/.exec(headersKept(pem))?.[0]
  if (certificate === undefined)
    throw new PushCertificateError('form', 'There is no certificate in this file.')
  if (key === undefined)
    throw new PushCertificateError('key-missing', 'There is no private key in this file.')
  return together(certificate, key, passphrase)
}

/** Old encrypted keys carry `Proc-Type: 4,ENCRYPTED` and `DEK-Info: AES-256-CBC,…`, whose dashes end nothing. */
const headersKept = (pem: string): string => pem.replace(/\r\n/g, '\n')

/**
 * Certificate and key out of a PKCS#12 file (.p12), as Keychain Access exports them. Throws `PushCertificateError`;
 * a wrong passphrase is told apart from a file that is something else.
 */
export function readPkcs12PushCertificate(file: Uint8Array, passphrase: string): PushCertificate {
  const bags = openPkcs12(file, passphrase)
  const key = bags.find(bag => bag.key)?.key
  if (!key) throw new PushCertificateError('key-missing', 'There is no private key in this file.')
  const certificates = bags.flatMap(bag => (bag.cert ? [forge.pki.certificateToPem(bag.cert)] : []))
  const keyPem = forge.pki.privateKeyToPem(key)
  const own = certificates.find(pem => new X509Certificate(pem).checkPrivateKey(createPrivateKey(keyPem)))
  if (own === undefined)
    throw new PushCertificateError('key-other', 'No certificate in this file fits its key.')
  return together(own, keyPem, undefined)
}

const maxFileBytes = 65_536

function openPkcs12(file: Uint8Array, passphrase: string): forge.pkcs12.Bag[] {
  if (file.length > maxFileBytes)
    throw new PushCertificateError('form', 'The file is too large for a certificate.')
  try {
    const parsed = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(file).toString('latin1')))
    return forge.pkcs12.pkcs12FromAsn1(parsed, passphrase).safeContents.flatMap(content => content.safeBags)
  } catch (cause) {
    // forge says so in words only: "PKCS#12 MAC could not be verified. Invalid password?"
    if (cause instanceof Error && /password/i.test(cause.message)) {
      throw new PushCertificateError('passphrase', 'The passphrase does not open this file.', { cause })
    }
    throw new PushCertificateError('form', 'This is not a PKCS#12 file with an RSA key.', { cause })
  }
}

function together(certificatePem: string, keyPem: string, passphrase: string | undefined): PushCertificate {
  const certificate = readCertificate(certificatePem)
  const key = readKey(keyPem, passphrase)
  if (!certificate.checkPrivateKey(key)) {
    throw new PushCertificateError('key-other', 'The key belongs to another certificate.')
  }
  return { certificate, key, topic: pushTopicOf(certificate), notAfter: certificate.validToDate }
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (cause) {
    throw new PushCertificateError('form', 'The certificate cannot be read.', { cause })
  }
}

function readKey(pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) })
  } catch (cause) {
    throw new PushCertificateError('passphrase', 'The passphrase does not open the private key.', { cause })
  }
}
