import { createHmac } from 'node:crypto'
import test from 'ava'
import { isInTrouble, shareOf, troubleAfter } from '../../../server/webhooks/circuit.ts'
import { again, tried, type Delivery } from '../../../server/webhooks/delivery.ts'
import { addressesOf } from '../../../server/http/host-addresses.ts'
import { createWebhookDelivery } from '../../../server/http/webhook-delivery.ts'
import { isPrivateAddress } from '../../../server/http/private-address.ts'
import { secretFrom, signatureHeaders } from '../../../server/webhooks/signature.ts'
import { checkUrl, happeningOf } from '../../../server/webhooks/webhook.ts'

const now = new Date('2026-11-22T08:00:00Z')
const delivery: Delivery = {
  id: 'd',
  organisationId: 'o',
  webhookId: 'w',
  state: 'waiting',
  attempts: 0,
  createdAt: now,
  nextAt: now,
  event: { id: 'e', type: 'test', at: now, organisationId: 'o', subject: { kind: 'webhook', id: 'w' } },
}

test('a receipt ends a delivery; anything else is tried again later and later, and given up after eight times', t => {
  const done = tried(delivery, { status: 204 }, now)
  t.like(done, { state: 'delivered', attempts: 1 })
  t.false('nextAt' in done)
  const waits: number[] = []
  let failing = delivery
  while (failing.state === 'waiting') {
    failing = tried(failing, { status: 302 }, now)
    if (failing.nextAt) waits.push((failing.nextAt.getTime() - now.getTime()) / 60_000)
  }
  t.deepEqual(waits, [1, 5, 30, 120, 360, 720, 1440])
  t.like(failing, { state: 'failed', attempts: 8 })
  t.like(again(failing, now), { state: 'waiting', attempts: 0, nextAt: now })
})

test('410 is final, and a receiver that asks for a rest gets it: in seconds or until a date, for a day at most', t => {
  const minutes = ({ nextAt }: Delivery) => nextAt && (nextAt.getTime() - now.getTime()) / 60_000
  const gone = tried(delivery, { status: 410, retryAfter: '60' }, now)
  t.like(gone, { state: 'failed', attempts: 1 })
  t.false('nextAt' in gone)
  for (const status of [408, 425, 429, 500, 503]) {
    const later = tried(delivery, { status, retryAfter: '600' }, now)
    t.is(minutes(later), 10, String(status))
    t.deepEqual(later.outcome, { status }, 'what it asked for is not shown as its answer')
  }
  const asked = (retryAfter: string) => minutes(tried(delivery, { status: 503, retryAfter }, now))
  t.is(asked('Sun, 22 Nov 2026 08:30:00 GMT'), 30)
  t.is(asked('99999999'), 1440)
  for (const none of ['5', '-1', 'soon', '', 'Sun, 22 Nov 2026 07:00:00 GMT']) t.is(asked(none), 1, none)
  const taken = troubleAfter(undefined, { wasTaken: true, restMs: 600_000, now })
  t.false(isInTrouble(taken))
  t.is(shareOf(taken, new Date(now.getTime() + 599_000)), 0)
  t.is(shareOf(taken, new Date(now.getTime() + 600_000)), 5)
  const refused = troubleAfter(taken, { wasTaken: false, restMs: 0, now })
  t.like(refused, { failures: 1, since: now })
})

test('a request is signed as Standard Webhooks says', t => {
  // The example of the specification.
  const headers = signatureHeaders(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    body: '{"test": 2432232314}',
    at: new Date(1_614_265_330_000),
  })
  t.deepEqual(headers, {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
  const key = Buffer.alloc(32, 7)
  const mine = signatureHeaders([secretFrom(key)], { id: 'a', body: 'b', at: now })
  const mac = createHmac('sha256', key)
    .update(`a.${String(now.getTime() / 1000)}.b`)
    .digest('base64')
  t.is(mine['webhook-signature'], `v1,${mac}`)
})

test('addresses of this machine, the own network and nobody are told from those of the internet', t => {
  const inside = [
    ...['127.0.0.1', '10.1.2.3', '172.31.255.255', '192.168.0.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...['255.255.255.255', '224.0.0.1', '::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', '::ffff:127.0.0.1'],
    ...['::ffff:7f00:1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'ff02::1', 'not an address', ''],
  ]
  for (const address of inside) t.true(isPrivateAddress(address), address)
  for (const address of ['8.8.8.8', '172.32.0.1', '193.10.1.1', '2a00:1450::1', '2606:4700::1111'])
    t.false(isPrivateAddress(address), address)
})

test('a private address is not reached by any of its names', async t => {
  const deliver = createWebhookDelivery({ privateAllowed: false, timeoutMs: 1000 })
  const disguises = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '[::1]',
    '[::ffff:127.0.0.1]',
    'localhost',
  ]
  for (const host of disguises)
    t.deepEqual(
      await deliver({ url: `https://${host}:1/x`, body: '', headers: {} }),
      { fault: 'private-address' },
      host,
    )
})

test('a name that nobody looks up in time is not waited for', async t => {
  const never = new Promise<never>(() => undefined)
  // The deadline alone does not keep a process alive, as a look-up under way does.
  const alive = setInterval(() => undefined, 60_000)
  t.teardown(() => {
    clearInterval(alive)
  })
  const lookUp = () => never
  const deliver = createWebhookDelivery({ privateAllowed: false, timeoutMs: 20, lookUp })
  t.deepEqual(await deliver({ url: 'https://silent.example/x', body: '', headers: {} }), {
    fault: 'no-answer',
  })
  const missing = createWebhookDelivery({
    privateAllowed: false,
    timeoutMs: 5000,
    lookUp: () => Promise.reject(new Error('no such name')),
  })
  t.deepEqual(await missing({ url: 'https://silent.example/x', body: '', headers: {} }), {
    fault: 'not-reached',
  })
  const signal = AbortSignal.abort(new Error('over'))
  await t.throwsAsync(addressesOf({ hostname: 'silent.example' }, lookUp, signal), { message: 'over' })
})

test('an address is encrypted, carries no password and names nobody’s network', t => {
  const strict = { privateAllowed: false }
  t.notThrows(() => checkUrl('https://example.se/hook?a=1', strict))
  for (const url of ['http://example.se', 'ftp://example.se', 'https://a:b@example.se', 'example.se', ''])
    t.throws(() => checkUrl(url, strict), { code: 'webhook-url' }, url)
  for (const host of ['169.254.169.254', '10.0.0.1', '127.1', '0x7f000001', '[::1]', '[::ffff:10.0.0.1]'])
    t.throws(() => checkUrl(`https://${host}/hook`, strict), { code: 'webhook-url' }, host)
  for (const host of ['localhost', 'LOCALHOST.', 'a.localhost', 'printer.local', 'metadata.google.internal'])
    t.throws(() => checkUrl(`https://${host}/hook`, strict), { code: 'webhook-url' }, host)
  t.notThrows(() => checkUrl('https://local.example.se/hook', strict))
  t.notThrows(() => checkUrl('https://192.0.1.1/hook', strict))
  for (const port of ['443', '80', '8443', '9000'])
    t.notThrows(() => checkUrl(`https://example.se:${port}/hook`, strict), port)
  for (const port of ['22', '25', '0', '6667', '2049'])
    t.throws(() => checkUrl(`https://example.se:${port}/hook`, strict), { code: 'webhook-port' }, port)
  for (const url of ['https://example.se/hook#a', 'https://example.se/hook#', 'https://example.se#/hook'])
    t.throws(() => checkUrl(url, strict), { code: 'webhook-fragment' }, url)
  t.notThrows(() => checkUrl('http://127.0.0.1:8080', { privateAllowed: true }))
  t.throws(() => checkUrl('http://127.0.0.1:22', { privateAllowed: true }), { code: 'webhook-port' })
  t.throws(() => checkUrl('file:///etc/passwd', { privateAllowed: true }), { code: 'webhook-url' })
})

test('others hear ids, never what the log knows beside', t => {
  const on = { kind: 'loan', id: 'l1' }
  const entry = { action: 'loans.sign', on, reason: 'hemligt', after: { receiptNumber: '7', name: 'Alva' } }
  t.deepEqual(happeningOf(entry), { type: 'loan.signed', subject: on })
  const device = { kind: 'device', id: 'd1' }
  const after = { commandId: 'c1', requestType: 'EraseDevice' }
  t.deepEqual(happeningOf({ action: 'devices.obeyed', on: device, after }), {
    type: 'device.wiped',
    subject: device,
    ...after,
  })
  t.is(happeningOf({ action: 'devices.refused', on: device, after }), undefined)
  t.is(
    happeningOf({ action: 'people.edit', on: { kind: 'person', id: 'p' }, after: { email: 'x' } }),
    undefined,
  )
})

test('a receiver is left alone from the third round that failed, longer each time, at most an hour', t => {
  const now = new Date('2026-11-22T08:00:00Z')
  const minutes: number[] = []
  let trouble = troubleAfter(undefined, { wasTaken: true, restMs: 0, now })
  t.is(trouble, undefined)
  t.is(shareOf(trouble, now), 5)
  for (let round = 0; round < 8; round += 1) {
    trouble = troubleAfter(trouble, { wasTaken: false, restMs: 0, now })
    t.is(isInTrouble(trouble), round >= 2)
    if (!trouble) return t.fail()
    minutes.push((trouble.until.getTime() - now.getTime()) / 60_000)
    t.is(shareOf(trouble, trouble.until), round >= 2 ? 1 : 5)
    t.is(shareOf(trouble, new Date(trouble.until.getTime() - 1)), 0)
  }
  t.deepEqual(minutes, [0, 0, 5, 10, 20, 40, 60, 60])
  t.is(trouble?.since, now)
  t.is(troubleAfter(trouble, { wasTaken: true, restMs: 0, now }), undefined)
})
