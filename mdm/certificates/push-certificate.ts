import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readAsn1 } from '../../profiles/cms/asn1-reader.ts'
import { nameOf } from './authority.ts'
import { readNamePart } from './distinguished-name.ts'

type PushCertificateFault = 'form' | 'passphrase' | 'key-missing' | 'key-other' | 'topic-missing'

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
