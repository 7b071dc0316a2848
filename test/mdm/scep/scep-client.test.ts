import { randomBytes } from 'node:crypto'
import test from 'ava'
import { failureReply, successReply, type CertRepContext } from '../../../mdm/scep/cert-rep.ts'
import { askForCertificate, readReply, type ScepPending } from '../../../mdm/scep/scep-client.ts'
import { textOf } from '../../../mdm/scep/scep-attributes.ts'
import { CmsError } from '../../../profiles/cms/cms-error.ts'
import { verifySignedData } from '../../../profiles/cms/verify-signed-data.ts'
import { aDeviceSigner, anAuthority, today } from '../../support/a-signer.ts'
import { flipped } from '../../support/ber.ts'
import { rsaKey } from '../../support/keys.ts'
import { anAsking } from '../../support/scep.ts'

const authority = anAuthority().issuing
const pending = askForCertificate(anAsking(authority))
const issued = aDeviceSigner(authority, 'DMPX00000001', rsaKey('asking')).certificate

const context = (changes: Partial<CertRepContext> = {}): CertRepContext => ({
  authority,
  transactionId: pending.transactionId,
  senderNonce: pending.senderNonce,
  digest: 'sha256',
  now: today,
  randomBytes,
  ...changes,
})
const success = (
  changes: Partial<CertRepContext> = {},
  certificate = issued,
  asked: ScepPending = pending,
): Buffer =>
  successReply({ certificate, requester: asked.signer.certificate, cipher: 'aes-256-cbc' }, context(changes))

test('the transaction is named after the key, so a repeated request is the same transaction', t => {
  t.is(askForCertificate(anAsking(authority)).transactionId, pending.transactionId)
  t.not(askForCertificate(anAsking(authority, { key: rsaKey('other') })).transactionId, pending.transactionId)
  t.notDeepEqual(askForCertificate(anAsking(authority)).senderNonce, pending.senderNonce)
})

test('a first request is type 19, a renewal type 17 and signed with the old certificate', t => {
  const old = aDeviceSigner(authority)
  const renewal = verifySignedData(askForCertificate(anAsking(authority, { renew: old })).message)
  t.is(textOf(renewal.attributes, 'messageType'), '17')
  t.deepEqual(renewal.certificate.raw, old.certificate.raw)
  t.is(textOf(verifySignedData(pending.message).attributes, 'messageType'), '19')
})

test('the authority answering this very request is understood', t => {
  t.is(readReply(success(), pending).status, 'issued')
  t.deepEqual(readReply(failureReply('badTime', context()), pending), {
    status: 'refused',
    failInfo: 'badTime',
  })
})

test('an answer from another authority, to another request or for another key is not', t => {
  const wrong = {
    'another authority': success({ authority: anAuthority('other').issuing }),
    'another transaction': success({ transactionId: 'T2' }),
    'another nonce': success({ senderNonce: Buffer.alloc(16) }),
    'another key': success({}, aDeviceSigner(authority, 'DMPX00000002').certificate),
    'a refusal from elsewhere': failureReply('badTime', context({ authority: anAuthority('other').issuing })),
    'a request': pending.message,
    'a changed answer': flipped(success(), 2_000),
  }
  for (const [name, reply] of Object.entries(wrong)) {
    t.throws(() => readReply(reply, pending), { instanceOf: CmsError }, name)
  }
})
