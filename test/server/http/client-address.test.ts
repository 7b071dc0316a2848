import test from 'ava'
import { clientAddress } from '../../../server/http/client-address.ts'

const request = (remoteAddress: string, forwarded?: string) => ({
  info: { remoteAddress },
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
})

test('without a trusted proxy the header is only a claim', t => {
  t.is(clientAddress(request('203.0.113.7', '198.51.100.1'), []), '203.0.113.7')
})

test('a trusted proxy names its client', t => {
  t.is(clientAddress(request('10.0.0.1', '198.51.100.1'), ['10.0.0.1']), '198.51.100.1')
})

test('a client cannot put words into the mouth of a proxy', t => {
  t.is(clientAddress(request('10.0.0.1', '1.1.1.1, 198.51.100.1'), ['10.0.0.1']), '198.51.100.1')
})

test('an IPv4 address written as IPv6 is the same address', t => {
  t.is(clientAddress(request('::ffff:10.0.0.1', '198.51.100.1'), ['10.0.0.1']), '198.51.100.1')
})
