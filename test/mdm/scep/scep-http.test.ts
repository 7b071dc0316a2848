import test from 'ava'
import {
  authorityAnswer,
  capabilitiesAnswer,
  messageParameter,
  queryParameter,
} from '../../../mdm/scep/scep-http.ts'
import { anAuthority } from '../../support/a-signer.ts'

const bytes = Buffer.from('fbefbe3fff00', 'hex')

test('a message is read from base64 in either alphabet, with and without padding', t => {
  for (const text of ['++++P/8A', '----P_8A', bytes.toString('base64'), bytes.toString('base64url')]) {
    t.deepEqual(messageParameter(text), bytes, text)
  }
  t.deepEqual(messageParameter('AA'), Buffer.of(0))
  t.deepEqual(messageParameter('AA=='), Buffer.of(0))
})

test('a message that was percent-encoded twice, or whose plus became a blank, is read', t => {
  t.deepEqual(messageParameter('%2B%2B%2B%2BP%2F8A'), bytes)
  t.deepEqual(messageParameter('    P/8A'), bytes)
  const twice = encodeURIComponent(encodeURIComponent('++++P/8A'))
  const once = queryParameter(`operation=PKIOperation&message=${twice}`, 'message')
  t.deepEqual(messageParameter(once ?? ''), bytes)
})

test('a message in lines of 64 characters is read', t => {
  const long = Buffer.alloc(300, 0xfb)
  const lines = long.toString('base64').replace(/.{64}/g, '$&%0A').replaceAll('+', '%2B')
  t.deepEqual(messageParameter(queryParameter(`message=${lines}`, 'message') ?? ''), long)
})

test('what is no base64 is no message', t => {
  for (const text of ['', '<>', 'AA=A', '%', '%zz', 'åäö', 'AA==='])
    t.is(messageParameter(text), undefined, text)
})

test('parameters are found by their whole name, and a plus stays a plus', t => {
  t.is(queryParameter('xmessage=1&message=a+b%20c&operation=GetCACaps', 'message'), 'a+b c')
  t.is(queryParameter('message=a', 'operation'), undefined)
  t.is(queryParameter('message=%', 'message'), undefined)
  t.is(queryParameter('', 'message'), undefined)
})

test('capabilities name AES, SHA-256, SHA-512, POST and renewal, and nothing weak', t => {
  const { contentType, body } = capabilitiesAnswer()
  const lines = Buffer.from(body).toString().trim().split('\n')
  t.is(contentType, 'text/plain')
  for (const needed of ['AES', 'SHA-256', 'SHA-512', 'POSTPKIOperation', 'Renewal', 'SCEPStandard'])
    t.true(lines.includes(needed))
  t.false(lines.includes('SHA-1'))
  t.false(lines.includes('DES'))
})

test('the authority is given as one certificate in DER', t => {
  const { certificate } = anAuthority().issuing
  t.deepEqual(authorityAnswer(certificate), {
    contentType: 'application/x-x509-ca-cert',
    body: certificate.raw,
  })
})
