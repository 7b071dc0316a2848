import { Agent, get as ask } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import test from 'ava'
import Hapi from '@hapi/hapi'
import { createCallOrigins } from '../../../server/call-origin.ts'
import { refuseLargeBodies } from '../../../server/http/body-limit.ts'
import { openFront } from '../../../server/http/front.ts'
import { newUuid } from '../../../server/ids.ts'
import { readTrustedProxies } from '../../../server/http/trusted-proxies.ts'

const bare = {
  tls: undefined,
  trustedProxies: readTrustedProxies([]),
  origins: createCallOrigins(),
  newId: newUuid,
}

for (const [what, begin] of [
  ['headers', 'PUT /mdm/connect HTTP/1.1\r\nhost: x\r\nslow: '],
  ['a body', 'PUT /mdm/connect HTTP/1.1\r\nhost: x\r\ncontent-length: 5000\r\n\r\n'],
] as const)
  test(`whoever lets ${what} trickle in gets 408 and loses the connection`, async t => {
    const front = await openFront({ host: '127.0.0.1', port: 0, patienceMs: 200, ...bare })
    const device = Hapi.server({ autoListen: false })
    let heard = 0
    device.route({ method: 'PUT', path: '/mdm/connect', handler: () => (heard += 1) })
    await device.initialize()
    front.serve({ device, staff: undefined })
    t.teardown(() => front.close(0))
    const caller = connect(Number(new URL(front.url).port), '127.0.0.1')
    const closed = new Promise(resolve => caller.once('close', resolve))
    let answer = ''
    caller.on('data', (piece: Buffer) => (answer += piece.toString()))
    caller.on('error', () => undefined)
    caller.write(begin)
    const trickle = setInterval(() => caller.write('x'), 20)
    t.teardown(() => clearInterval(trickle))
    await closed
    t.regex(answer, /^HTTP\/1\.1 408 /)
    t.is(heard, 0)
  })

test('a body that says it is too large gets 413 before it is sent, and its sender is cut off', async t => {
  const front = await openFront({ host: '127.0.0.1', port: 0, patienceMs: 600_000, ...bare })
  const device = Hapi.server({ autoListen: false })
  refuseLargeBodies(device, 20)
  device.route({ method: 'PUT', path: '/mdm/connect', handler: () => 'heard' })
  await device.initialize()
  front.serve({ device, staff: undefined })
  t.teardown(() => front.close(0))
  const caller = connect(Number(new URL(front.url).port), '127.0.0.1')
  caller.write('PUT /mdm/connect HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999\r\n\r\n')
  t.regex(await text(caller), /^HTTP\/1\.1 413 /)
  const whole = { method: 'PUT', body: Buffer.alloc(1_048_577) }
  t.is((await fetch(`${front.url}/mdm/connect`, whole)).status, 413)
  const fits = { method: 'PUT', body: Buffer.alloc(1_048_576), headers: { 'content-type': 'text/plain' } }
  t.is((await fetch(`${front.url}/mdm/connect`, fits)).status, 200)
})

test('a connection that was kept open does not hold up the stop, whether it is answered before or meanwhile', async t => {
  const front = await openFront({ host: '127.0.0.1', port: 0, patienceMs: 10_000, ...bare })
  const device = Hapi.server({ autoListen: false })
  let answer = (): void => undefined
  const asked = new Promise<void>(heard => {
    device.route([
      { method: 'GET', path: '/mdm/now', handler: () => 'now' },
      {
        method: 'GET',
        path: '/mdm/later',
        handler: () => new Promise<string>(resolve => (heard(), (answer = () => resolve('later')))),
      },
    ])
  })
  await device.start()
  front.serve({ device, staff: undefined })
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  const now = await get(`${front.url}/mdm/now`, agent)
  t.is(now.connection, 'keep-alive')
  const later = get(`${front.url}/mdm/later`, agent)
  await asked
  let isClosed = false
  // Longer than the test may take: nothing but the answer ends it.
  const closed = front.close(600_000).then(() => (isClosed = true))
  t.false(isClosed)
  answer()
  t.is((await later).body, 'later')
  await closed
})

test('a request that names no path or no possible host is refused before any door hears of it', async t => {
  const front = await openFront({ host: '127.0.0.1', port: 0, patienceMs: 1000, ...bare })
  t.teardown(() => front.close(0))
  front.serve({ device: undefined, staff: undefined })
  const answerTo = (request: string) =>
    text(connect(Number(new URL(front.url).port), '127.0.0.1').end(`${request}\r\nconnection: close\r\n\r\n`))
  for (const request of [
    'OPTIONS * HTTP/1.1\r\nhost: x',
    'GET / HTTP/1.1\r\nhost: a b',
    'GET http://evil.example/mdm/connect HTTP/1.1\r\nhost: evil.example',
  ])
    t.regex(await answerTo(request), /^HTTP\/1\.1 400 /, request)
  t.regex(await answerTo('GET / HTTP/1.1\r\nhost: [::1]:8080'), /^HTTP\/1\.1 404 /)
  t.regex(await answerTo('GET / HTTP/1.0'), /^HTTP\/1\.1 404 /, 'a probe by HTTP/1.0 names no host')
  t.regex(await answerTo('GET / HTTP/1.1'), /^HTTP\/1\.1 400 /, 'by HTTP/1.1 it has to')
})

test('a door that this process does not serve has no routes here', async t => {
  const front = await openFront({ host: '127.0.0.1', port: 0, patienceMs: 1000, ...bare })
  t.teardown(() => front.close(0))
  t.is((await fetch(`${front.url}/sign-in`)).status, 503)
  front.serve({ device: undefined, staff: undefined })
  t.is((await fetch(`${front.url}/sign-in`)).status, 404)
})

function get(url: string, agent: Agent): Promise<{ connection: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    ask(url, { agent }, answer => {
      const { connection } = answer.headers
      text(answer).then(body => resolve({ connection, body }), reject)
    }).on('error', reject)
  })
}
