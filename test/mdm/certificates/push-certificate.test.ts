import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { randomBytes, X509Certificate } from 'node:crypto'
import apn from '@parse/node-apn'
import test from 'ava'
import {
  PushCertificateError,
  pushTopicOf,
  readPemPushCertificate,
} from '../../../mdm/certificates/push-certificate.ts'
import { makeTrialPush, makeTrialPushCertificate } from '../../../mdm/certificates/trial-push.ts'
import { aSelfSigned, issuing } from '../../support/a-signer.ts'
import { ecKey, pemOf, rsaKey } from '../../support/keys.ts'
import { beside } from '../../support/beside.ts'

const topic = 'com.apple.mgmt.External.18a16429-886b-41f1-9c30-2bd04ae4fc37'
const now = new Date(Date.now())
const push = makeTrialPushCertificate(rsaKey('push'), topic, { now, randomBytes })
const pem = `${push.certificate.toString()}${pemOf(push.key)}`

const fault = (act: () => unknown): PushCertificateError['fault'] => {
  try {
    act()
  } catch (error) {
    if (error instanceof PushCertificateError) return error.fault
    throw error
  }
  throw new Error('It was accepted')
}

test('the topic is the UID of the subject', t => {
  t.is(pushTopicOf(push.certificate), topic)
  t.is(
    fault(() => pushTopicOf(aSelfSigned(rsaKey('push'), [['commonName', topic]]))),
    'topic-missing',
  )
  t.is(
    fault(() => pushTopicOf(aSelfSigned(rsaKey('push')))),
    'topic-missing',
  )
})

test('node-apn takes the trial certificate for development and for production', async t => {
  for (const production of [false, true]) {
    const provider = new apn.Provider({ cert: push.certificate.toString(), key: pemOf(push.key), production })
    await provider.shutdown()
    t.pass()
  }
})

test('node-apn refuses a certificate without the marks, so the marks are what it looks at', t => {
  const plain = aSelfSigned(rsaKey('push'), [['userId', topic]], now)
  t.throws(() => new apn.Provider({ cert: plain.toString(), key: pemOf(rsaKey('push')), production: false }))
})

test('certificate and key in PEM are read in either order, with text around them', t => {
  for (const text of [
    pem,
    `${pemOf(push.key)}\n${push.certificate.toString()}`,
    `Bag Attributes\n    a: b\n${pem}`.replaceAll('\n', '\r\n'),
  ]) {
    const read = readPemPushCertificate(text, undefined)
    t.is(read.topic, topic)
    t.is(read.notAfter.getTime(), push.certificate.validToDate.getTime())
  }
})

test('an encrypted key opens with its passphrase only', t => {
  const locked = push.key
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'rätt' })
    .toString()
  const text = `${push.certificate.toString()}${locked}`
  t.is(readPemPushCertificate(text, 'rätt').topic, topic)
  t.is(
    fault(() => readPemPushCertificate(text, 'fel')),
    'passphrase',
  )
  t.is(
    fault(() => readPemPushCertificate(text, undefined)),
    'passphrase',
  )
})

test('what does not belong together or is missing is told apart', t => {
  t.is(
    fault(() => readPemPushCertificate('hello', undefined)),
    'form',
  )
  t.is(
    fault(() => readPemPushCertificate(push.certificate.toString(), undefined)),
    'key-missing',
  )
  t.is(
    fault(() => readPemPushCertificate(`${push.certificate.toString()}${pemOf(rsaKey('other'))}`, undefined)),
    'key-other',
  )
  const other = aSelfSigned(rsaKey('other'), [['commonName', 'a website']])
  t.is(
    fault(() => readPemPushCertificate(`${other.toString()}${pemOf(rsaKey('other'))}`, undefined)),
    'topic-missing',
  )
})

test('the trial set has a server certificate for this machine under its own authority', t => {
  const trial = makeTrialPush(
    { authority: ecKey('a'), push: rsaKey('push'), server: ecKey('s') },
    topic,
    issuing,
  )
  const { certificate, key } = trial.server
  t.truthy(certificate.checkHost('localhost'))
  t.truthy(certificate.checkIP('127.0.0.1'))
  t.truthy(certificate.checkIP('::1'))
  t.falsy(certificate.checkHost('api.push.apple.com'))
  t.true(certificate.verify(trial.authority.publicKey))
  t.is(trial.push.topic, topic)
  t.notThrows(() => createSecureContext({ cert: certificate.toString(), key: pemOf(key) }))
})

const theirs = beside('samples/micromdm/pushcerts')

theirs.test('push certificates of others are read, and one without a UID is refused', t => {
  const read = (name: string): X509Certificate => new X509Certificate(readFileSync(join(theirs.path, name)))
  t.is(
    pushTopicOf(read('mock_push_cert.pem')),
    'com.apple.mgmt.External.18a16429-886b-41f1-9c30-2bd04ae4fc37',
  )
  t.is(
    fault(() => pushTopicOf(read('mock_push_cert_no_uid.pem'))),
    'topic-missing',
  )
})
