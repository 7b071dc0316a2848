import { connect } from 'node:net'
import test from 'ava'
import Hapi from '@hapi/hapi'
import { createCallOrigins } from '../../../server/call-origin.ts'
import { openFront } from '../../../server/http/front.ts'
import { newUuid } from '../../../server/ids.ts'

const bare = { tls: undefined, trustedProxies: [], origins: createCallOrigins(), newId: newUuid }

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

test('a door that this process does not serve has no routes here', async t => {
  const front = await openFront({ host: '127.0.0.1', port: 0, patienceMs: 1000, ...bare })
  t.teardown(() => front.close(0))
  t.is((await fetch(`${front.url}/sign-in`)).status, 503)
  front.serve({ device: undefined, staff: undefined })
  t.is((await fetch(`${front.url}/sign-in`)).status, 404)
})
