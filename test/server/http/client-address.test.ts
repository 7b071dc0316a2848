import test from 'ava'
import { clientAddress, placeOf } from '../../../server/http/client-address.ts'
import { readTrustedProxies } from '../../../server/http/trusted-proxies.ts'

const request = (remoteAddress: string, forwarded?: string) => ({
  info: { remoteAddress },
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
})

test('without a trusted proxy the header is only a claim', t => {
  t.is(clientAddress(request('203.0.113.7', '198.51.100.1'), readTrustedProxies([])), '203.0.113.7')
})

test('a trusted proxy names its client', t => {
  t.is(clientAddress(request('10.0.0.1', '198.51.100.1'), readTrustedProxies(['10.0.0.1'])), '198.51.100.1')
})

test('a client cannot put words into the mouth of a proxy', t => {
  t.is(
    clientAddress(request('10.0.0.1', '1.1.1.1, 198.51.100.1'), readTrustedProxies(['10.0.0.1'])),
    '198.51.100.1',
  )
})

test('an IPv4 address written as IPv6 is the same address', t => {
  t.is(
    clientAddress(request('::ffff:10.0.0.1', '198.51.100.1'), readTrustedProxies(['10.0.0.1'])),
    '198.51.100.1',
  )
})

test('proxies are trusted by address and by network, however an address is spelt', t => {
  const trusted = readTrustedProxies(['10.0.0.0/8', '2001:db8::/32', '192.0.2.7'])
  for (const proxy of ['10.200.3.4', '2001:DB8:0::1', '192.0.2.7', '::ffff:10.0.0.9'])
    t.is(clientAddress(request(proxy, '198.51.100.1'), trusted), '198.51.100.1', proxy)
  for (const stranger of ['11.0.0.1', '2001:db9::1', '192.0.2.8'])
    t.is(clientAddress(request(stranger, '198.51.100.1'), trusted), stranger)
})

test('a proxy that is neither address nor network is named, not passed over', t => {
  for (const wrong of ['proxy.local', '10.0.0.0/33', '10.0.0.0/', '::1/129', '10.0.0.1/8/8', '10.0.0'])
    t.throws(() => readTrustedProxies(['10.0.0.1', wrong]), { instanceOf: RangeError, message: wrong })
})

test('the port that some proxies add is no part of the address', t => {
  const trusted = readTrustedProxies(['10.0.0.1'])
  for (const [hop, address] of [
    ['203.0.113.9:51001', '203.0.113.9'],
    ['"203.0.113.9:51002"', '203.0.113.9'],
    ['[2001:db8::5]:443', '2001:db8::5'],
  ] as const)
    t.is(clientAddress(request('10.0.0.1', hop), trusted), address)
})

test('all addresses that one connection over IPv6 may choose are one place', t => {
  t.is(placeOf('203.0.113.9'), '203.0.113.9')
  const same = ['2001:db8:0:7::1', '2001:0DB8:0000:0007:ffff:1:2:3', '2001:db8:0:7::', '2001:db8::7:a:b:c:d']
  t.deepEqual([...new Set(same.map(placeOf))], ['2001:db8:0:7::/64'])
  t.not(placeOf('2001:db8:0:8::1'), placeOf('2001:db8:0:7::1'))
  t.is(placeOf('::1'), '0:0:0:0::/64')
  t.is(placeOf('fe80::1%eth0'), 'fe80:0:0:0::/64')
})
