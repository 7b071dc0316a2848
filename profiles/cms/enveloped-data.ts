import {
  constants,
  createCipheriv,
  createDecipheriv,
  privateDecrypt,
  publicEncrypt,
  type KeyObject,
  type X509Certificate,
} from 'node:crypto'
import { type Asn1Element, type Asn1Limits } from './asn1-reader.ts'
import {
  asn1Tag,
  definiteBytes,
  expectTag,
  member,
  readOctets,
  readOid,
  readSmallInteger,
} from './asn1-values.ts'
import { CmsError } from './cms-error.ts'
import { contentInfo, openContentInfo } from './content-info.ts'
import {
  contextPrimitive,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
} from './der-writer.ts'
import { oid } from './object-identifiers.ts'
import { nameCertificate } from './sign-data.ts'

export type EnvelopeCipher = 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'des-ede3-cbc'

interface CipherForm {
  readonly oid: string
  readonly keyBytes: number
  readonly blockBytes: number
}

const ciphers = {
  'aes-128-cbc': { oid: '2.16.840.1.101.3.4.1.2', keyBytes: 16, blockBytes: 16 },
  'aes-192-cbc': { oid: '2.16.840.1.101.3.4.1.22', keyBytes: 24, blockBytes: 16 },
  'aes-256-cbc': { oid: '2.16.840.1.101.3.4.1.42', keyBytes: 32, blockBytes: 16 },
  'des-ede3-cbc': { oid: '1.2.840.113549.3.7', keyBytes: 24, blockBytes: 8 },
} as const satisfies Record<EnvelopeCipher, CipherForm>

const singleDes: CipherForm = { oid: '1.3.14.3.2.7', keyBytes: 8, blockBytes: 8 }

export interface Opened {
  readonly content: Uint8Array
  /** `des-cbc` never comes out of `encryptFor`: it is read for old clients only. */
  readonly cipher: EnvelopeCipher | 'des-cbc'
}

export interface Opener {
  readonly certificate: X509Certificate
  /** RSA private key of `certificate`. */
  readonly key: KeyObject
  /** Single DES can be broken in a day; whoever opens it must say so. */
  readonly singleDes: 'refused' | 'accepted'
}

interface Enveloping {
  readonly recipient: X509Certificate
  readonly cipher: EnvelopeCipher
  readonly randomBytes: (count: number) => Uint8Array
}

/**
 * An EnvelopedData message (RFC 5652 section 6) in DER: `content` encrypted under a fresh key, and that key under the
 * recipient's RSA key (PKCS#1 v1.5, the only way SCEP and profiles know). Throws `CmsError('recipient')` when the
 * recipient has no RSA key.
 */
export function encryptFor(content: Uint8Array, { recipient, cipher, randomBytes }: Enveloping): Buffer {
  const form = ciphers[cipher]
  const key = randomBytes(form.keyBytes)
  const iv = randomBytes(form.blockBytes)
  const encryptor = createCipheriv(cipher, key, iv)
  const encrypted = Buffer.concat([encryptor.update(content), encryptor.final()])
  const recipientInfo = sequence(
    integer(0),
    nameCertificate(recipient),
    sequence(objectIdentifier(oid.rsaEncryption), nullValue()),
    octetString(wrapKey(key, recipient)),
  )
  const encryptedContent = sequence(
    objectIdentifier(oid.data),
    sequence(objectIdentifier(form.oid), octetString(iv)),
    contextPrimitive(0, encrypted),
  )
  return contentInfo(oid.envelopedData, sequence(integer(0), setOf([recipientInfo]), encryptedContent))
}

function wrapKey(key: Uint8Array, { publicKey }: X509Certificate): Buffer {
  if (publicKey.asymmetricKeyType !== 'rsa') throw new CmsError('recipient', 'The recipient has no RSA key')
  return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, key)
}

/**
 * Opens an EnvelopedData message with 3DES, AES-128, 192 or 256 in CBC mode, its key wrapped for the opener's
 * certificate with RSA PKCS#1 v1.5. Throws `CmsError`: `recipient` when it is meant for somebody else, `algorithm`
 * for another cipher, `decryption` for everything that goes wrong with the key or the text, without saying which
 * (a sender who learns the difference could decrypt what others sent).
 */
export function decryptEnveloped(bytes: Uint8Array, opener: Opener, limits?: Asn1Limits): Opened {
  const enveloped = openContentInfo(bytes, oid.envelopedData, limits)
  readSmallInteger(enveloped.children[0])
  const encrypted = expectTag(
    enveloped.children.slice(1).find(part => part.tag === asn1Tag.sequence),
    asn1Tag.sequence,
  )
  const wrapped = wrappedKey(recipientsOf(enveloped), opener.certificate)
  const algorithm = member(encrypted, 1, asn1Tag.sequence)
  const { name, form } = cipherOf(readOid(algorithm.children[0]), opener.singleDes)
  const iv = readOctets(algorithm.children[1])
  const text = readOctets(encrypted.children[2], 0x80)
  if (iv.length !== form.blockBytes)
    throw new CmsError('structure', 'The initial vector has the wrong length')
  return { cipher: name, content: decrypt(text, { name, form, iv, wrapped, key: opener.key }) }
}

/** Whether an EnvelopedData message is meant for the certificate. Throws `CmsError` for what is no such message. */
export function isMeantFor(bytes: Uint8Array, certificate: X509Certificate, limits?: Asn1Limits): boolean {
  const recipients = recipientsOf(openContentInfo(bytes, oid.envelopedData, limits))
  return recipients.children.some(recipient => isRecipient(recipient, certificate))
}

const recipientsOf = (enveloped: Asn1Element): Asn1Element =>
  expectTag(
    enveloped.children.slice(1).find(part => part.tag === asn1Tag.set),
    asn1Tag.set,
  )

function isRecipient(recipient: Asn1Element, certificate: X509Certificate): boolean {
  const name = recipient.children[1]
  if (recipient.tag !== asn1Tag.sequence || name?.tag !== asn1Tag.sequence) return false
  return Buffer.compare(definiteBytes(name), nameCertificate(certificate)) === 0
}

interface Chosen {
  readonly name: Opened['cipher']
  readonly form: CipherForm
}

function cipherOf(dotted: string, desAllowed: Opener['singleDes']): Chosen {
  for (const [name, form] of Object.entries(ciphers)) {
    if (form.oid === dotted) return { name: name as EnvelopeCipher, form }
  }
  if (dotted === singleDes.oid && desAllowed === 'accepted') return { name: 'des-cbc', form: singleDes }
  throw new CmsError('algorithm', 'The cipher is not accepted')
}

function wrappedKey(recipients: Asn1Element, certificate: X509Certificate): Uint8Array {
  for (const recipient of recipients.children) {
    if (!isRecipient(recipient, certificate)) continue
    if (readOid(member(recipient, 2, asn1Tag.sequence).children[0]) !== oid.rsaEncryption) {
      throw new CmsError('algorithm', 'The key is wrapped in a way that is not accepted')
    }
    return readOctets(recipient.children[3])
  }
  throw new CmsError('recipient', 'The message is meant for another certificate')
}

interface Sealed extends Chosen {
  readonly iv: Uint8Array
  readonly wrapped: Uint8Array
  readonly key: KeyObject
}

function decrypt(text: Uint8Array, { name, form, iv, wrapped, key }: Sealed): Buffer {
  try {
    // With bad padding OpenSSL answers made-up bytes (implicit rejection), so this fails like any wrong key does.
    const contentKey = privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, wrapped)
    if (contentKey.length !== form.keyBytes)
      throw new CmsError('decryption', 'The content cannot be decrypted')
    const decryptor =
      name === 'des-cbc' ? desDecryptor(contentKey, iv) : createDecipheriv(name, contentKey, iv)
    return Buffer.concat([decryptor.update(text), decryptor.final()])
  } catch {
    throw new CmsError('decryption', 'The content cannot be decrypted')
  }
}

/** OpenSSL 3 keeps DES in its legacy provider, but triple DES with one key three times is the same function. */
function desDecryptor(key: Uint8Array, iv: Uint8Array): ReturnType<typeof createDecipheriv> {
  return createDecipheriv('des-ede3-cbc', Buffer.concat([key, key, key]), iv)
}
