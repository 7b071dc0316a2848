import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto'
import test from 'ava'
import { CmsError, type CmsErrorCode } from '../../../profiles/cms/cms-error.ts'
import { contentInfo } from '../../../profiles/cms/content-info.ts'
import {
  context,
  contextPrimitive,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
} from '../../../profiles/cms/der-writer.ts'
import {
  decryptEnveloped,
  encryptFor,
  type EnvelopeCipher,
  type Opener,
} from '../../../profiles/cms/enveloped-data.ts'
import { oid } from '../../../profiles/cms/object-identifiers.ts'
import { nameCertificate } from '../../../profiles/cms/sign-data.ts'
import { anAuthority, aSelfSigner } from '../../support/a-signer.ts'
import { flipped, toIndefinite } from '../../support/ber.ts'
import { ecKey, pemOf, rsaKey } from '../../support/keys.ts'
import { aFolder, hasTool, runTool } from '../../support/tools.ts'

const secret = Buffer.from('<plist>Hemlig nyckel 🗝</plist>')
const ciphers: readonly EnvelopeCipher[] = ['des-ede3-cbc', 'aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc']
const authority = anAuthority().issuing
const opener: Opener = { ...authority, singleDes: 'refused' }

const seal = (cipher: EnvelopeCipher, content: Uint8Array = secret): Buffer =>
  encryptFor(content, { recipient: authority.certificate, cipher, randomBytes })

const refusal = (bytes: Uint8Array, who: Opener = opener): CmsErrorCode => {
  try {
    decryptEnveloped(bytes, who)
  } catch (error) {
    if (error instanceof CmsError) return error.code
    throw error
  }
  throw new Error('It was opened')
}

test('every cipher opens again, whatever the length of the content', t => {
  for (const cipher of ciphers) {
    for (const length of [0, 1, 7, 8, 15, 16, 17, 4_096]) {
      const content = randomBytes(length)
      const opened = decryptEnveloped(seal(cipher, content), opener)
      t.is(opened.cipher, cipher)
      t.deepEqual(opened.content, content)
    }
  }
})

test('two envelopes of the same content have nothing in common but their form', t => {
  t.notDeepEqual(seal('aes-256-cbc').subarray(-48), seal('aes-256-cbc').subarray(-48))
})

test('BER with segments is opened like DER', t => {
  for (const cipher of ciphers)
    t.deepEqual(decryptEnveloped(toIndefinite(seal(cipher)), opener).content, secret)
})

test('an envelope with its content in segments under an implicit tag is opened', t => {
  const message = handMade({ segments: 3 })
  t.deepEqual(decryptEnveloped(message, opener).content, secret)
})

test('another certificate, even with the same key, is told that the message is not for it', t => {
  const other = aSelfSigner(authority.key, [['commonName', 'other']])
  t.is(refusal(seal('aes-128-cbc'), { ...other, singleDes: 'refused' }), 'recipient')
})

test('among several recipients the own one is found', t => {
  const other = aSelfSigner(rsaKey('other'), [['commonName', 'other']])
  const message = handMade({ alsoFor: other.certificate })
  t.deepEqual(decryptEnveloped(message, opener).content, secret)
})

test('the wrong private key and a changed wrapped key fail in the same way as a changed text', t => {
  const message = seal('aes-256-cbc')
  t.is(refusal(message, { ...opener, key: rsaKey('other') }), 'decryption')
  const wrapped = message.indexOf(Buffer.from('04820100', 'hex'))
  t.true(wrapped > 0)
  for (const at of [wrapped + 4, wrapped + 130, wrapped + 259])
    t.is(refusal(flipped(message, at)), 'decryption')
})

test('a content key of the wrong length fails like any other', t => {
  for (const keyBytes of [0, 8, 15, 17, 32]) t.is(refusal(handMade({ keyBytes })), 'decryption')
})

test('a text that is no whole number of blocks is refused', t => {
  t.is(refusal(handMade({ cut: 1 })), 'decryption')
  t.is(refusal(handMade({ cut: 48 })), 'decryption')
})

test('single DES is refused unless it was asked for', t => {
  const message = handMade({ cipher: 'des' })
  t.is(refusal(message), 'algorithm')
  const opened = decryptEnveloped(message, { ...opener, singleDes: 'accepted' })
  t.is(opened.cipher, 'des-cbc')
  t.deepEqual(opened.content, secret)
})

test('an unknown cipher, another way to wrap the key and a wrong initial vector are refused', t => {
  t.is(refusal(handMade({ cipherOid: '1.2.840.113549.3.2' })), 'algorithm')
  t.is(refusal(handMade({ wrapOid: '1.2.840.113549.1.1.7' })), 'algorithm')
  t.is(refusal(handMade({ ivBytes: 8 })), 'structure')
})

test('nothing is encrypted for a key that cannot decrypt', t => {
  const { certificate } = aSelfSigner(ecKey('ec'))
  const error = t.throws(
    () => encryptFor(secret, { recipient: certificate, cipher: 'aes-256-cbc', randomBytes }),
    {
      instanceOf: CmsError,
    },
  )
  t.is(error.code, 'recipient')
})

interface HandMade {
  readonly cipher?: 'aes' | 'des'
  readonly keyBytes?: number
  readonly ivBytes?: number
  readonly cut?: number
  readonly segments?: number
  readonly cipherOid?: string
  readonly wrapOid?: string
  readonly alsoFor?: typeof authority.certificate
}

/** An envelope put together by hand, so that each part can be wrong. */
function handMade(parts: HandMade): Buffer {
  const des = parts.cipher === 'des'
  const key = randomBytes(des ? 8 : 16)
  const iv = randomBytes(des ? 8 : 16)
  const encryptor = des
    ? createCipheriv('des-ede3-cbc', Buffer.concat([key, key, key]), iv)
    : createCipheriv('aes-128-cbc', key, iv)
  const text = Buffer.concat([encryptor.update(secret), encryptor.final()])
  const wrapped = parts.keyBytes === undefined ? key : randomBytes(parts.keyBytes)
  const recipients = [parts.alsoFor, authority.certificate].flatMap(certificate =>
    certificate === undefined
      ? []
      : [recipientInfo(certificate, wrapped, parts.wrapOid ?? oid.rsaEncryption)],
  )
  const cipherOid = parts.cipherOid ?? (des ? '1.3.14.3.2.7' : '2.16.840.1.101.3.4.1.2')
  const shortened = text.subarray(0, text.length - (parts.cut ?? 0))
  return contentInfo(
    oid.envelopedData,
    sequence(
      integer(0),
      Buffer.from(setOf(recipients)),
      sequence(
        objectIdentifier(oid.data),
        sequence(objectIdentifier(cipherOid), octetString(iv.subarray(0, parts.ivBytes ?? iv.length))),
        parts.segments === undefined ? contextPrimitive(0, shortened) : inSegments(shortened, parts.segments),
      ),
    ),
  )
}

function recipientInfo(certificate: typeof authority.certificate, key: Uint8Array, wrapOid: string): Buffer {
  return sequence(
    integer(0),
    nameCertificate(certificate),
    sequence(objectIdentifier(wrapOid), nullValue()),
    octetString(publicEncrypt({ key: certificate.publicKey, padding: constants.RSA_PKCS1_PADDING }, key)),
  )
}

function inSegments(text: Buffer, count: number): Buffer {
  const size = Math.ceil(text.length / count)
  const starts = Array.from({ length: count }, (_, index) => index * size)
  return context(0, ...starts.map(start => octetString(text.subarray(start, start + size))))
}

const opensslCiphers = {
  'des-ede3-cbc': '-des3',
  'aes-128-cbc': '-aes128',
  'aes-192-cbc': '-aes192',
  'aes-256-cbc': '-aes256',
}

test('openssl opens what is sealed here, and the other way round, in DER and as a stream', async t => {
  if (!hasTool(t, 'openssl')) return
  const folder = await aFolder(t, {
    'certificate.pem': authority.certificate.toString(),
    'key.pem': pemOf(authority.key),
    secret,
  })
  const own = ['-recip', 'certificate.pem', '-inkey', 'key.pem']
  for (const cipher of ciphers) {
    const theirs = ['cms', '-encrypt', '-binary', '-in', 'secret', opensslCiphers[cipher], '-outform', 'der']
    for (const form of [[], ['-stream', '-indef']]) {
      const sealed = await runTool(folder, 'openssl', [...theirs, ...form, 'certificate.pem'])
      t.is(sealed.code, 0, sealed.stderr)
      const opened = decryptEnveloped(sealed.stdout, opener)
      t.deepEqual(opened.content, secret)
      t.is(opened.cipher, cipher)
    }
    const ours = await aFolder(t, {
      'message.p7': seal(cipher),
      'certificate.pem': authority.certificate.toString(),
      'key.pem': pemOf(authority.key),
    })
    const read = await runTool(ours, 'openssl', [
      'cms',
      '-decrypt',
      '-inform',
      'der',
      '-in',
      'message.p7',
      ...own,
    ])
    t.is(read.code, 0, read.stderr)
    t.deepEqual(read.stdout, secret)
  }
})
