import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import test from 'ava'
import { deviceSerialOf } from '../../../mdm/certificates/authority.ts'
import { writeSigningRequest } from '../../../mdm/certificates/certificate-signing-request.ts'
import { encodeName } from '../../../mdm/certificates/distinguished-name.ts'
import { isIssuedBy } from '../../../mdm/device-identity.ts'
import {
  messageType,
  nonceAttribute,
  nonceOf,
  textAttribute,
  textOf,
} from '../../../mdm/scep/scep-attributes.ts'
import { askForCertificate, readReply } from '../../../mdm/scep/scep-client.ts'
import { readEnvelope, ScepMessageError } from '../../../mdm/scep/scep-request.ts'
import {
  answerPkiOperation,
  type RenewalAttempt,
  type ScepAnswer,
  type ScepNeeds,
} from '../../../mdm/scep/scep-server.ts'
import { printableString } from '../../../profiles/cms/der-writer.ts'
import { readCertsOnly } from '../../../profiles/cms/certs-only.ts'
import { decryptEnveloped, encryptFor } from '../../../profiles/cms/enveloped-data.ts'
import { oid } from '../../../profiles/cms/object-identifiers.ts'
import { readAsn1 } from '../../../profiles/cms/asn1-reader.ts'
import { readOid } from '../../../profiles/cms/asn1-values.ts'
import { signData, signedAttribute, type Signer } from '../../../profiles/cms/sign-data.ts'
import { readSignedData } from '../../../profiles/cms/signed-data.ts'
import { verifySignedData } from '../../../profiles/cms/verify-signed-data.ts'
import { aDeviceSigner, anAuthority, aSelfSigner, today } from '../../support/a-signer.ts'
import { flipped, toIndefinite } from '../../support/ber.ts'
import { aDesEnvelope } from '../../support/des-envelope.ts'
import { ecKey, pemOf, rsaKey } from '../../support/keys.ts'
import { anAsking, oneChallenge, type RecordingChallenges } from '../../support/scep.ts'
import { aFolder, hasTool, runTool } from '../../support/tools.ts'
import { beside } from '../../support/beside.ts'

const authority = anAuthority().issuing
const serialNumber = 'DMPX00000001'

interface World {
  readonly needs: ScepNeeds
  readonly challenges: RecordingChallenges
  readonly renewals: RenewalAttempt[]
}

function world(changes: Partial<ScepNeeds> = {}, mayRenew = true): World {
  const challenges = oneChallenge('hemlig', serialNumber)
  const asked: RenewalAttempt[] = []
  const renewals = {
    mayRenew(attempt: RenewalAttempt) {
      asked.push(attempt)
      return Promise.resolve(mayRenew)
    },
  }
  const needs: ScepNeeds = {
    authority,
    challenges,
    renewals,
    singleDes: 'refused',
    now: today,
    randomBytes,
    ...changes,
  }
  return { needs, challenges, renewals: asked }
}

const refusal = (answer: ScepAnswer): string => (answer.outcome === 'refused' ? answer.failInfo : 'issued')

test('a first request with its challenge gets a certificate for its own key and the serial number of the challenge', async t => {
  const { needs, challenges } = world()
  const pending = askForCertificate(anAsking(authority))
  const answer = await answerPkiOperation(pending.message, needs)
  const reply = readReply(answer.reply, pending)
  if (answer.outcome !== 'issued' || reply.status !== 'issued') throw new Error('Nothing was issued')
  t.deepEqual(reply.certificate.raw, answer.certificate.raw)
  t.is(answer.serialNumber, serialNumber)
  t.is(deviceSerialOf(reply.certificate), serialNumber)
  t.is(answer.kind, 'pkcsReq')
  t.is(answer.fingerprint, reply.certificate.fingerprint256.replaceAll(':', '').toLowerCase())
  t.true(isIssuedBy(reply.certificate, authority.certificate))
  t.true(reply.certificate.checkPrivateKey(rsaKey('asking')))
  t.deepEqual(challenges.attempts, [
    {
      challenge: 'hemlig',
      publicKeyFingerprint: pending.publicKeyFingerprint,
      transactionId: pending.transactionId,
      now: today,
    },
  ])
})

test('the answer comes in the cipher of the request, with its digest or a better one', async t => {
  for (const cipher of ['des-ede3-cbc', 'aes-128-cbc', 'aes-256-cbc'] as const) {
    for (const digest of ['sha1', 'sha256', 'sha512'] as const) {
      const pending = askForCertificate(anAsking(authority, { cipher, digest }))
      const { reply } = await answerPkiOperation(pending.message, world().needs)
      const message = verifySignedData(reply)
      t.is(message.digest, digest === 'sha1' ? 'sha256' : digest)
      t.is(decryptEnveloped(message.content, { ...pending.signer, singleDes: 'refused' }).cipher, cipher)
    }
  }
})

test('the answer names the request, has a nonce of its own, hands out the issued certificate first and alone', async t => {
  const pending = askForCertificate(anAsking(authority))
  const { reply } = await answerPkiOperation(pending.message, world().needs)
  const { attributes, content, certificate } = verifySignedData(reply)
  t.is(textOf(attributes, 'messageType'), '3')
  t.is(textOf(attributes, 'pkiStatus'), '0')
  t.is(textOf(attributes, 'failInfo'), undefined)
  t.is(textOf(attributes, 'transactionId'), pending.transactionId)
  t.deepEqual(Buffer.from(nonceOf(attributes, 'recipientNonce') ?? []), Buffer.from(pending.senderNonce))
  t.is(nonceOf(attributes, 'senderNonce')?.length, 16)
  t.deepEqual(certificate.raw, authority.certificate.raw)
  const handedOut = readCertsOnly(
    decryptEnveloped(content, { ...pending.signer, singleDes: 'refused' }).content,
  )
  t.deepEqual(
    handedOut.map(each => deviceSerialOf(each)),
    [serialNumber],
  )
})

test('the signature of an answer is named rsaEncryption, which strongSwan insists on', async t => {
  const pending = askForCertificate(anAsking(authority))
  const { reply } = await answerPkiOperation(pending.message, world().needs)
  const signerInfo = readAsn1(reply).children[1]?.children[0]?.children.at(-1)?.children[0]
  t.is(readOid(signerInfo?.children[4]?.children[0]), oid.rsaEncryption)
})

test('a wrong challenge and a missing one are refused as badRequest and nothing is issued', async t => {
  for (const challenge of ['fel', undefined]) {
    const { needs } = world()
    const pending = askForCertificate(anAsking(authority, { challenge }))
    const answer = await answerPkiOperation(pending.message, needs)
    t.is(refusal(answer), 'badRequest')
    t.deepEqual(readReply(answer.reply, pending), { status: 'refused', failInfo: 'badRequest' })
    t.is(readSignedData(answer.reply).content, undefined)
    t.is(textOf(verifySignedData(answer.reply).attributes, 'pkiStatus'), '2')
    t.is(textOf(verifySignedData(answer.reply).attributes, 'failInfo'), '2')
  }
})

test('a challenge does not open twice for another key, but does for the same key whose answer was lost', async t => {
  const { needs } = world()
  const first = askForCertificate(anAsking(authority))
  t.is(refusal(await answerPkiOperation(first.message, needs)), 'issued')
  const thief = askForCertificate(anAsking(authority, { key: rsaKey('thief') }))
  t.is(refusal(await answerPkiOperation(thief.message, needs)), 'badRequest')
  const again = askForCertificate(anAsking(authority))
  t.is(refusal(await answerPkiOperation(again.message, needs)), 'issued')
  t.is(refusal(await answerPkiOperation(first.message, needs)), 'issued', 'the very same bytes')
  const late = { ...needs, now: new Date(today.getTime() + 25 * 3_600_000) }
  t.is(refusal(await answerPkiOperation(again.message, late)), 'badRequest')
})

test('a request that is wrong in anything else leaves the challenge unspent', async t => {
  const { needs, challenges } = world()
  const small = anAsking(authority, { key: rsaKey('small', 1024) })
  t.is(refusal(await answerPkiOperation(askForCertificate(small).message, needs)), 'badAlg')
  const huge = anAsking(authority, { key: rsaKey('huge', 5120) })
  t.is(refusal(await answerPkiOperation(askForCertificate(huge).message, needs)), 'badAlg')
  t.is(refusal(await answerPkiOperation(handMade({ csrKey: ecKey('ec') }), needs)), 'badAlg')
  t.is(refusal(await answerPkiOperation(handMade({ signer: aSelfSigner(ecKey('ec')) }), needs)), 'badAlg')
  t.is(refusal(await answerPkiOperation(handMade({ csr: Buffer.from('no request') }), needs)), 'badRequest')
  const { message } = askForCertificate(anAsking(authority))
  t.is(refusal(await answerPkiOperation(flipped(message, message.length - 1), needs)), 'badMessageCheck')
  t.deepEqual(challenges.attempts, [])
  t.is(refusal(await answerPkiOperation(message, needs)), 'issued')
})

test('a request whose own key did not sign it is refused', async t => {
  const csr = writeSigningRequest({ subject: encodeName([]), key: rsaKey('asking'), challenge: 'hemlig' })
  const { needs, challenges } = world()
  t.is(
    refusal(await answerPkiOperation(handMade({ csr: flipped(csr, csr.length - 1) }), needs)),
    'badRequest',
  )
  t.deepEqual(challenges.attempts, [])
})

test('a request for another authority, and other message types, are refused', async t => {
  const { needs, challenges } = world()
  const elsewhere = askForCertificate(anAsking(anAuthority('other').issuing))
  t.is(refusal(await answerPkiOperation(elsewhere.message, needs)), 'badMessageCheck')
  for (const type of ['20', '21', '22', '3', 'x']) {
    t.is(refusal(await answerPkiOperation(handMade({ type }), needs)), 'badRequest', type)
  }
  t.deepEqual(challenges.attempts, [])
})

test("the request of Apple's client, with the challenge as a signed attribute too, is answered", async t => {
  const { needs } = world()
  const challenge = signedAttribute('1.2.840.113549.1.9.7', printableString('hemlig'))
  t.is(refusal(await answerPkiOperation(handMade({ more: [challenge] }), needs)), 'issued')
})

test('a challenge that only stands in the open, outside the envelope, does not count', async t => {
  const { needs, challenges } = world()
  const challenge = signedAttribute('1.2.840.113549.1.9.7', printableString('hemlig'))
  const csr = writeSigningRequest({ subject: encodeName([]), key: rsaKey('asking'), challenge: undefined })
  t.is(refusal(await answerPkiOperation(handMade({ csr, more: [challenge] }), needs)), 'badRequest')
  t.deepEqual(challenges.attempts, [])
})

test('a request in BER with indefinite lengths is answered', async t => {
  const { message, signer } = askForCertificate(anAsking(authority))
  const isDer = (bytes: Uint8Array): boolean => Buffer.compare(bytes, signer.certificate.raw) === 0
  const answer = await answerPkiOperation(
    toIndefinite(message, element => isDer(element.bytes)),
    world().needs,
  )
  t.is(refusal(answer), 'issued')
})

test('single DES is refused, and where it is accepted the answer comes in triple DES', async t => {
  const csr = writeSigningRequest({ subject: encodeName([]), key: rsaKey('asking'), challenge: 'hemlig' })
  const signer = aSelfSigner(rsaKey('asking'))
  const message = handMade({ signer, content: aDesEnvelope(csr, authority.certificate) })
  t.is(refusal(await answerPkiOperation(message, world().needs)), 'badAlg')
  const { reply } = await answerPkiOperation(message, world({ singleDes: 'accepted' }).needs)
  const opened = decryptEnveloped(verifySignedData(reply).content, { ...signer, singleDes: 'refused' })
  t.is(opened.cipher, 'des-ede3-cbc')
})

test('a device certificate that is still valid renews itself, with a new key and without a challenge', async t => {
  const { needs, renewals, challenges } = world()
  const old = aDeviceSigner(authority, serialNumber)
  const pending = askForCertificate(
    anAsking(authority, { key: rsaKey('new'), challenge: undefined, renew: old }),
  )
  const answer = await answerPkiOperation(pending.message, needs)
  const reply = readReply(answer.reply, pending)
  if (answer.outcome !== 'issued' || reply.status !== 'issued') throw new Error('Nothing was issued')
  t.is(answer.kind, 'renewalReq')
  t.is(deviceSerialOf(reply.certificate), serialNumber)
  t.true(reply.certificate.checkPrivateKey(rsaKey('new')))
  const certificateFingerprint = old.certificate.fingerprint256.replaceAll(':', '').toLowerCase()
  t.deepEqual(renewals, [{ certificateFingerprint, serialNumber, now: today }])
  t.deepEqual(challenges.attempts, [])
})

test('a certificate that is expired, of a stranger, of no device or withdrawn renews nothing', async t => {
  const old = aDeviceSigner(authority, serialNumber)
  const renewWith = (renew: Signer): Uint8Array =>
    askForCertificate(anAsking(authority, { key: rsaKey('new'), challenge: 'hemlig', renew })).message
  const { needs, renewals, challenges } = world()
  const expired = { ...needs, now: new Date(old.certificate.validToDate.getTime() + 11 * 60_000) }
  t.is(refusal(await answerPkiOperation(renewWith(old), expired)), 'badTime')
  const stranger = aDeviceSigner(anAuthority('stranger').issuing, serialNumber)
  t.is(refusal(await answerPkiOperation(renewWith(stranger), needs)), 'badCertId')
  t.is(refusal(await answerPkiOperation(renewWith(aSelfSigner(rsaKey('self'))), needs)), 'badCertId')
  t.deepEqual(renewals, [])
  t.is(refusal(await answerPkiOperation(renewWith(old), world({}, false).needs)), 'badCertId')
  t.deepEqual(challenges.attempts, [], 'a challenge does not help a renewal')
})

test('a renewal within ten minutes after the end is still answered, since clocks differ', async t => {
  const old = aDeviceSigner(authority, serialNumber)
  const { message } = askForCertificate(
    anAsking(authority, { key: rsaKey('new'), challenge: undefined, renew: old }),
  )
  const now = new Date(old.certificate.validToDate.getTime() + 9 * 60_000)
  t.is(refusal(await answerPkiOperation(message, world({ now }).needs)), 'issued')
})

test('bytes that are no SCEP message are an error of their own, since there is nothing to answer to', async t => {
  const self = aSelfSigner(rsaKey('asking'))
  const plain = signData(Buffer.from('x'), self, {
    digest: 'sha256',
    content: 'attached',
    attributes: [],
    signingTime: today,
  })
  const strange = [
    Buffer.alloc(0),
    Buffer.from('junk'),
    plain,
    handMade({ transactionId: 'x'.repeat(300) }),
    handMade({ transactionId: '' }),
    handMade({ nonce: new Uint8Array() }),
    handMade({ nonce: new Uint8Array(65) }),
  ]
  const { needs, challenges } = world()
  for (const bytes of strange)
    await t.throwsAsync(answerPkiOperation(bytes, needs), { instanceOf: ScepMessageError })
  t.deepEqual(challenges.attempts, [])
})

test('a fault of the challenge store is no refusal', async t => {
  const broken = { redeem: () => Promise.reject(new Error('The store is away')) }
  const { message } = askForCertificate(anAsking(authority))
  await t.throwsAsync(answerPkiOperation(message, world({ challenges: broken }).needs), {
    message: 'The store is away',
  })
})

test('a thousand mutants of a request issue nothing but to the right key, and fail only in typed ways', async t => {
  const { needs } = world()
  const { message } = askForCertificate(anAsking(authority))
  for (let at = 0; at < message.length; at += Math.ceil(message.length / 1_000)) {
    try {
      const answer = await answerPkiOperation(flipped(message, at), needs)
      if (answer.outcome === 'issued') t.true(answer.certificate.checkPrivateKey(rsaKey('asking')))
    } catch (error) {
      t.true(error instanceof ScepMessageError, String(error))
    }
  }
})

test('openssl verifies and opens an answer', async t => {
  if (!hasTool(t, 'openssl')) return
  const pending = askForCertificate(anAsking(authority, { cipher: 'aes-128-cbc' }))
  const { reply } = await answerPkiOperation(pending.message, world().needs)
  const folder = await aFolder(t, {
    'reply.p7': reply,
    'own.pem': pending.signer.certificate.toString(),
    'key.pem': pemOf(pending.signer.key),
  })
  const verify = [
    'cms',
    '-verify',
    '-noverify',
    '-binary',
    '-inform',
    'der',
    '-in',
    'reply.p7',
    '-out',
    'enveloped.p7',
  ]
  const verified = await runTool(folder, 'openssl', verify)
  t.is(verified.code, 0, verified.stderr)
  const decrypt = [
    'cms',
    '-decrypt',
    '-inform',
    'der',
    '-in',
    'enveloped.p7',
    '-recip',
    'own.pem',
    '-inkey',
    'key.pem',
    '-out',
    'certs.p7',
  ]
  const opened = await runTool(folder, 'openssl', decrypt)
  t.is(opened.code, 0, opened.stderr)
  const printed = await runTool(folder, 'openssl', [
    'pkcs7',
    '-inform',
    'der',
    '-in',
    'certs.p7',
    '-print_certs',
    '-noout',
  ])
  t.regex(printed.stdout.toString(), /DMPX00000001/)
})

const theirs = beside('samples/commandment/mdmclient-PKIOperation.der')

theirs.test(
  "a request that Apple's client made is read, and refused since it was meant for another authority",
  async t => {
    const bytes = readFileSync(theirs.path)
    const envelope = readEnvelope(bytes)
    t.is(envelope.messageType, messageType.pkcsReq)
    t.is(envelope.transactionId, '140BC832976B3D0300BE8F5C2E35CEDF66E73D7B')
    t.is(envelope.digest, 'sha512')
    t.notThrows(() => verifySignedData(bytes))
    const answer = await answerPkiOperation(bytes, world().needs)
    t.is(refusal(answer), 'badMessageCheck')
    t.is(answer.transactionId, envelope.transactionId)
  },
)

interface HandMade {
  readonly signer?: Signer
  readonly csrKey?: typeof authority.key
  readonly csr?: Uint8Array
  readonly content?: Uint8Array
  readonly type?: string
  readonly transactionId?: string
  readonly nonce?: Uint8Array
  /** Further signed attributes. */
  readonly more?: readonly Uint8Array[]
}

/** A PKCSReq put together by hand, so that each part can be wrong. */
function handMade(parts: HandMade): Buffer {
  const key = parts.csrKey ?? rsaKey('asking')
  const csr = parts.csr ?? writeSigningRequest({ subject: encodeName([]), key, challenge: 'hemlig' })
  const recipient = authority.certificate
  const content = parts.content ?? encryptFor(csr, { recipient, cipher: 'des-ede3-cbc', randomBytes })
  return signData(content, parts.signer ?? aSelfSigner(rsaKey('asking')), {
    digest: 'sha512',
    content: 'attached',
    signingTime: today,
    attributes: [
      textAttribute('messageType', parts.type ?? messageType.pkcsReq),
      textAttribute('transactionId', parts.transactionId ?? 'T1'),
      nonceAttribute('senderNonce', parts.nonce ?? Buffer.alloc(16, 1)),
      ...(parts.more ?? []),
    ],
  })
}
