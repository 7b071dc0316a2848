import { createPublicKey, hash, sign, X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import forge from 'node-forge'
import { readAsn1, type Asn1Element } from '../../../profiles/cms/asn1-reader.ts'
import { certsOnly, readCertsOnly } from '../../../profiles/cms/certs-only.ts'
import { CmsError, type CmsErrorCode } from '../../../profiles/cms/cms-error.ts'
import { contentInfo } from '../../../profiles/cms/content-info.ts'
import {
  context,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
} from '../../../profiles/cms/der-writer.ts'
import { digestOids, oid, type DigestName } from '../../../profiles/cms/object-identifiers.ts'
import {
  nameCertificate,
  signData,
  signedAttribute,
  type Signer,
  type SigningChoices,
} from '../../../profiles/cms/sign-data.ts'
import { verifySignedData } from '../../../profiles/cms/verify-signed-data.ts'
import { aDeviceSigner, anAuthority, aSelfSigned, aSelfSigner, today } from '../../support/a-signer.ts'
import { flipped, swapBytes, toIndefinite } from '../../support/ber.ts'
import { ecKey, pemOf, rsaKey } from '../../support/keys.ts'
import { aFolder, hasTool, runTool } from '../../support/tools.ts'

const body = Buffer.from('<plist><string>Gävle åäö</string></plist>')
const { root, issuing } = anAuthority()
const ipad = aDeviceSigner(issuing)

const choices = (changes: Partial<SigningChoices> = {}): SigningChoices => ({
  digest: 'sha256',
  content: 'detached',
  attributes: [],
  signingTime: today,
  ...changes,
})

const refusal = (act: () => unknown): CmsErrorCode => {
  try {
    act()
  } catch (error) {
    if (error instanceof CmsError) return error.code
    throw error
  }
  throw new Error('It was accepted')
}

const signers: Readonly<Record<string, () => Signer>> = {
  'RSA-2048': () => ipad,
  'RSA-4096': () => aSelfSigner(rsaKey('large', 4096), [['commonName', 'stor']]),
  'P-256': () => aSelfSigner(ecKey('p256')),
  'P-384': () => aSelfSigner(ecKey('p384', 'P-384')),
}
const digests: readonly DigestName[] = ['sha1', 'sha256', 'sha384', 'sha512']

for (const [kind, signer] of Object.entries(signers)) {
  test(`${kind} signatures with every digest are right, attached and detached, with and without attributes`, t => {
    for (const digest of digests) {
      for (const attributes of [[], 'none'] as const) {
        const who = signer()
        const detached = signData(body, who, choices({ digest, attributes }))
        const attached = signData(body, who, choices({ digest, attributes, content: 'attached' }))
        const verified = verifySignedData(detached, body)
        t.deepEqual(verified.certificate.raw, who.certificate.raw)
        t.is(verified.fingerprint, hash('sha256', who.certificate.raw))
        t.is(verified.digest, digest)
        t.deepEqual(Buffer.from(verifySignedData(attached).content), body)
        t.is(
          refusal(() => verifySignedData(detached, flipped(body, 3))),
          attributes === 'none' ? 'signature' : 'digest',
        )
      }
    }
  })
}

test('a certificate with an empty subject and a chain of others beside it is found by issuer and serial', t => {
  const nameless = aSelfSigner(ecKey('nameless'))
  const message = signData(body, { ...nameless, chain: [ipad.certificate, root.certificate] }, choices())
  const verified = verifySignedData(message, body)
  t.is(verified.certificate.subject, undefined as unknown as string)
  t.deepEqual(verified.certificate.raw, nameless.certificate.raw)
  t.is(verified.certificates.length, 3)
})

const isCertificate = (element: Asn1Element): boolean =>
  Buffer.compare(element.bytes, ipad.certificate.raw) === 0

test('BER with indefinite lengths and segmented contents is read like DER', t => {
  for (const attributes of [[], 'none'] as const) {
    for (const content of ['attached', 'detached'] as const) {
      const message = toIndefinite(signData(body, ipad, choices({ attributes, content })), isCertificate)
      t.is(message[1], 0x80)
      t.deepEqual(Buffer.from(verifySignedData(message, body).content), body)
      t.throws(() => verifySignedData(message, flipped(body, 0)), { instanceOf: CmsError })
    }
  }
})

test('attributes in the indefinite form are checked as the DER that was signed', t => {
  const message = toIndefinite(signData(body, ipad, choices()), isCertificate)
  t.true(message.includes(Buffer.from('a080', 'hex')))
  t.notThrows(() => verifySignedData(message, body))
})

test('a right signature over attributes that name another body is refused', t => {
  const message = signData(body, ipad, choices())
  t.is(
    refusal(() => verifySignedData(message, Buffer.from('something else'))),
    'digest',
  )
})

test('attached content that differs from the body is refused although its signature is right', t => {
  const message = signData(body, ipad, choices({ content: 'attached' }))
  t.is(
    refusal(() => verifySignedData(message, Buffer.from('something else'))),
    'content',
  )
})

test('every byte that is part of the signed attributes or the signature is protected', t => {
  const message = signData(body, ipad, choices())
  const { children } =
    readAsn1(message).children[1]?.children[0]?.children.at(-1)?.children[0] ?? readAsn1(message)
  const [, , , attributes, , signature] = children
  for (const part of [attributes, signature]) {
    const at = (part?.bytes.byteOffset ?? 0) - message.byteOffset
    t.true(part !== undefined && part.bytes.length > 100)
    for (let offset = 0; offset < (part?.bytes.length ?? 0); offset += 1) {
      t.throws(() => verifySignedData(flipped(message, at + offset), body), { instanceOf: CmsError })
    }
  }
})

test('a changed certificate of the same issuer and serial does not pass as the signer', t => {
  const stranger = rsaKey('stranger')
  const forged = signData(body, { ...ipad, key: stranger }, choices())
  t.is(
    refusal(() => verifySignedData(forged, body)),
    'signature',
  )
})

test('no signer, two signers and a signer whose certificate is missing are refused', t => {
  t.is(
    refusal(() => verifySignedData(certsOnly([ipad.certificate]), body)),
    'signer',
  )
  t.is(
    refusal(() => verifySignedData(handMade({ signers: 2 }), body)),
    'signer',
  )
  t.is(
    refusal(() => verifySignedData(handMade({ certificates: [root.certificate.raw] }), body)),
    'signer',
  )
  t.notThrows(() => verifySignedData(handMade({}), body))
})

test('digests and signature algorithms that are weak, unknown or of another family are refused', t => {
  const md5 = '1.2.840.113549.2.5'
  const ecdsaSha256 = '1.2.840.10045.4.3.2'
  const sha512Rsa = '1.2.840.113549.1.1.13'
  const pss = '1.2.840.113549.1.1.10'
  t.is(
    refusal(() => verifySignedData(handMade({ digest: md5 }), body)),
    'algorithm',
  )
  for (const algorithm of [ecdsaSha256, sha512Rsa, pss]) {
    t.is(
      refusal(() => verifySignedData(handMade({ algorithm }), body)),
      'algorithm',
      algorithm,
    )
  }
})

test('keys that are too small to trust are refused, to check with and to sign with', t => {
  const key = rsaKey('small', 768)
  const certificate = forge.pki.createCertificate()
  const privateKey = forge.pki.privateKeyFromPem(pemOf(key))
  certificate.publicKey = forge.pki.rsa.setPublicKey(privateKey.n, privateKey.e)
  certificate.sign(privateKey, forge.md.sha256.create())
  const small = { certificate: new X509Certificate(forge.pki.certificateToPem(certificate)), chain: [], key }
  t.is(
    refusal(() => verifySignedData(handMade({ signer: small }), body)),
    'certificate',
  )
  t.is(
    refusal(() => signData(body, small, choices())),
    'certificate',
  )
})

test('a message needs contentType and messageDigest, each once and with one value, when it has attributes', t => {
  const contentType = signedAttribute(oid.contentType, objectIdentifier(oid.data))
  const messageDigest = signedAttribute(oid.messageDigest, octetString(hash('sha256', body, 'buffer')))
  const other = signedAttribute(oid.messageDigest, octetString(hash('sha256', 'another', 'buffer')))
  const twoValues = sequence(
    objectIdentifier(oid.messageDigest),
    setOf([octetString(hash('sha256', body, 'buffer')), octetString(hash('sha256', 'another', 'buffer'))]),
  )
  const verdict = (attributes: readonly Uint8Array[]): CmsErrorCode =>
    refusal(() => verifySignedData(handMade({ attributes }), body))
  t.is(verdict([contentType]), 'structure')
  t.is(verdict([messageDigest]), 'structure')
  t.is(verdict([contentType, messageDigest, other]), 'structure')
  t.is(verdict([contentType, twoValues]), 'structure')
  t.is(
    verdict([signedAttribute(oid.contentType, objectIdentifier(oid.signedData)), messageDigest]),
    'content',
  )
  t.is(verdict([contentType, other]), 'digest')
  t.notThrows(() => verifySignedData(handMade({ attributes: [contentType, messageDigest] }), body))
})

test('attributes that were signed out of order are accepted as they were signed', t => {
  const contentType = signedAttribute(oid.contentType, objectIdentifier(oid.data))
  const messageDigest = signedAttribute(oid.messageDigest, octetString(hash('sha256', body, 'buffer')))
  t.notThrows(() => verifySignedData(handMade({ attributes: [messageDigest, contentType] }), body))
})

test('signed attributes of one message cannot be passed off as the content of another', t => {
  const contentType = signedAttribute(oid.contentType, objectIdentifier(oid.data))
  const messageDigest = signedAttribute(oid.messageDigest, octetString(hash('sha256', body, 'buffer')))
  const signedSet = asSet([contentType, messageDigest])
  const passedOff = signData(signedSet, ipad, choices({ attributes: 'none' }))
  t.is(
    refusal(() => verifySignedData(passedOff, signedSet)),
    'content',
  )
  const text = Buffer.from('1 kap. 1 §')
  t.notThrows(() => verifySignedData(signData(text, ipad, choices({ attributes: 'none' })), text))
})

test('an unsigned content type other than data is refused without attributes', t => {
  t.is(
    refusal(() => verifySignedData(handMade({ contentType: oid.envelopedData }), body)),
    'content',
  )
})

test('another kind of CMS message, and bytes behind it, are refused', t => {
  const message = signData(body, ipad, choices())
  t.is(
    refusal(() => verifySignedData(contentInfo(oid.envelopedData, sequence(integer(0))), body)),
    'structure',
  )
  t.is(
    refusal(() => verifySignedData(Buffer.concat([message, Buffer.of(0)]), body)),
    'asn1',
  )
  t.is(
    refusal(() => verifySignedData(new Uint8Array(), body)),
    'asn1',
  )
})

test('a certificate that is none is refused as such', t => {
  const broken = sequence(readAsn1(ipad.certificate.raw).children[0]?.bytes ?? new Uint8Array())
  t.is(
    refusal(() => verifySignedData(handMade({ certificates: [broken] }), body)),
    'certificate',
  )
})

interface HandMade {
  readonly signer?: Signer
  readonly signers?: number
  readonly certificates?: readonly Uint8Array[]
  readonly digest?: string
  readonly algorithm?: string
  readonly contentType?: string
  /** Members of the signed attributes, in this order. */
  readonly attributes?: readonly Uint8Array[]
}

/** A detached SignedData over `body` put together by hand, so that each part can be wrong. */
function handMade(parts: HandMade): Buffer {
  const signer = parts.signer ?? ipad
  const toSign = parts.attributes === undefined ? body : asSet(parts.attributes)
  const digestAlgorithm = sequence(objectIdentifier(parts.digest ?? digestOids.sha256), nullValue())
  const info = sequence(
    integer(1),
    nameCertificate(signer.certificate),
    digestAlgorithm,
    ...(parts.attributes === undefined ? [] : [context(0, ...parts.attributes)]),
    sequence(objectIdentifier(parts.algorithm ?? oid.rsaEncryption), nullValue()),
    octetString(sign('sha256', toSign, signer.key)),
  )
  return contentInfo(
    oid.signedData,
    sequence(
      integer(1),
      setOf([digestAlgorithm]),
      sequence(objectIdentifier(parts.contentType ?? oid.data)),
      context(0, ...(parts.certificates ?? [signer.certificate.raw])),
      setOf(new Array<Uint8Array>(parts.signers ?? 1).fill(info)),
    ),
  )
}

function asSet(members: readonly Uint8Array[]): Buffer {
  const bytes = context(0, ...members)
  bytes[0] = 0x31
  return bytes
}

test('certificates travel in a message without signers, in their order', t => {
  const message = certsOnly([ipad.certificate, issuing.certificate, root.certificate])
  t.deepEqual(
    readCertsOnly(message).map(certificate => certificate.fingerprint256),
    [ipad, issuing, root].map(({ certificate }) => certificate.fingerprint256),
  )
  t.is(
    refusal(() => readCertsOnly(signData(body, ipad, choices()))),
    'structure',
  )
})

test('a certificate is known by its whole bytes, not by its name', t => {
  const key = ecKey('twin')
  const [one, other] = [aSelfSigned(key), aSelfSigned(key)]
  const first = verifySignedData(signData(body, { certificate: one, chain: [], key }, choices()), body)
  const second = verifySignedData(signData(body, { certificate: other, chain: [], key }, choices()), body)
  t.not(first.fingerprint, second.fingerprint)
  const again = verifySignedData(signData(body, { certificate: one, chain: [], key }, choices()), body)
  t.is(again.certificate, first.certificate)
})

test('a signature cannot be moved to a certificate with the same name and serial but another key', t => {
  const message = signData(body, ipad, choices())
  const ours = createPublicKey(ipad.key).export({ type: 'spki', format: 'der' })
  const theirs = createPublicKey(rsaKey('stranger')).export({ type: 'spki', format: 'der' })
  t.notThrows(() => verifySignedData(message, body))
  t.is(
    refusal(() => verifySignedData(swapBytes(message, ours, theirs), body)),
    'signature',
  )
})

test('openssl accepts what is signed here, RSA and EC, with a chain', async t => {
  if (!hasTool(t, 'openssl')) return
  for (const [name, signer] of Object.entries({
    rsa: { ...ipad, chain: [issuing.certificate] },
    ec: aSelfSigner(ecKey('p256'), [['commonName', 'ec']]),
  })) {
    const trusted = name === 'rsa' ? root.certificate : signer.certificate
    const folder = await aFolder(t, {
      'message.p7': signData(body, signer, choices({ content: 'attached' })),
      'bare.p7': signData(body, signer, choices({ attributes: 'none', digest: 'sha512' })),
      'root.pem': trusted.toString(),
      body,
    })
    const trust = ['-inform', 'der', '-CAfile', 'root.pem', '-purpose', 'any', '-binary', '-no_check_time']
    const attached = await runTool(folder, 'openssl', ['cms', '-verify', '-in', 'message.p7', ...trust])
    t.is(attached.code, 0, attached.stderr)
    t.deepEqual(attached.stdout, body)
    const bare = await runTool(folder, 'openssl', [
      'cms',
      '-verify',
      '-in',
      'bare.p7',
      '-content',
      'body',
      ...trust,
    ])
    t.is(bare.code, 0, bare.stderr)
  }
})

test('what openssl signs is accepted here, in DER and as an indefinite stream', async t => {
  if (!hasTool(t, 'openssl')) return
  for (const key of [rsaKey('openssl'), ecKey('openssl')]) {
    const certificate = aSelfSigned(key, [['commonName', 'openssl']])
    const folder = await aFolder(t, {
      'key.pem': pemOf(key),
      'certificate.pem': certificate.toString(),
      body,
    })
    const sign = [
      'cms',
      '-sign',
      '-binary',
      '-in',
      'body',
      '-signer',
      'certificate.pem',
      '-inkey',
      'key.pem',
      '-outform',
      'der',
    ]
    for (const options of [
      [],
      ['-md', 'sha1'],
      ['-md', 'sha512'],
      ['-noattr'],
      ['-nodetach'],
      ['-nodetach', '-stream'],
      ['-stream', '-indef'],
    ]) {
      const run = await runTool(folder, 'openssl', [...sign, ...options])
      t.is(run.code, 0, run.stderr)
      t.deepEqual(verifySignedData(run.stdout, body).certificate.raw, certificate.raw, options.join(' '))
      t.throws(() => verifySignedData(run.stdout, flipped(body, 1)), { instanceOf: CmsError })
    }
  }
})

test('a signer who is named by the identifier of its key is found by it, and by no other', async t => {
  if (!hasTool(t, 'openssl')) return
  const folder = await aFolder(t, { 'key.pem': pemOf(rsaKey('openssl')), body })
  const run = async (command: string) => {
    const { code, stdout, stderr } = await runTool(folder, 'openssl', command.split(' '))
    t.is(code, 0, stderr)
    return stdout
  }
  const certify = 'req -x509 -key key.pem -subj /CN=openssl -days 2'
  const pem = await run(`${certify} -addext subjectKeyIdentifier=0102030405060708`)
  await writeFile(join(folder, 'certificate.pem'), pem)
  const sign = 'cms -sign -binary -in body -signer certificate.pem -inkey key.pem -outform der -keyid'
  for (const options of ['', ' -nodetach', ' -noattr', ' -stream -indef']) {
    const signed = await run(sign + options)
    t.deepEqual(verifySignedData(signed, body).certificate.raw, new X509Certificate(pem).raw, options)
    t.throws(() => verifySignedData(signed, flipped(body, 1)), { instanceOf: CmsError })
    const at = signed.lastIndexOf(Buffer.from('0102030405060708', 'hex'))
    const other = Buffer.from(signed)
    other[at] = 9
    t.throws(() => verifySignedData(other, body), { message: /certificate is missing/ })
  }
})
