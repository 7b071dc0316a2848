import test from 'ava'
import { startDeviceWorld } from '../../support/device-world.ts'
import { send } from '../../support/protocol-ipad.ts'
import { startTestServer } from '../../support/server.ts'

const token = 'a-token-of-the-monitoring'

test('figures are there for who brings the token, and tell of requests, commands, iPads, pushes and the process', async t => {
  const { server, desk, enrolledIpad } = await startDeviceWorld(t, { env: { ORNKOLL_METRICS: token } })
  const ipad = await enrolledIpad()
  await send(desk, ipad.deviceId, 'SecurityInfo')
  await server.ornkoll.management.pushQueue.idle()
  const read = (authorization?: string) =>
    fetch(`${server.url}/metrics`, authorization === undefined ? {} : { headers: { authorization } })
  for (const wrong of [undefined, 'Bearer ', 'Bearer another-token-of-somebody', token])
    t.is((await read(wrong)).status, 401)
  const answer = await read(`Bearer ${token}`)
  t.regex(answer.headers.get('content-type') ?? '', /^text\/plain; version=/)
  const text = await answer.text()
  t.regex(text, /^ornkoll_open_commands\{state="queued"\} 1$/m)
  t.regex(text, /^ornkoll_open_commands\{state="sent"\} 0$/m)
  t.regex(text, /^ornkoll_devices\{management="enrolled"\} 1$/m)
  t.regex(text, /^ornkoll_pushes_total\{outcome="sent"\} [1-9]/m)
  t.regex(
    text,
    /^ornkoll_requests_total\{door="device",method="put",route="\/mdm\/checkin",status="200"\} 2$/m,
  )
  t.regex(text, /^nodejs_eventloop_lag_seconds /m)
  t.regex(text, /^process_resident_memory_bytes [1-9]/m)
  // Who and what are nobody's business here.
  for (const secret of [ipad.serialNumber, ipad.deviceId, server.organisationId])
    t.false(text.includes(secret))
})

test('figures are closed unless somebody opens them', async t => {
  const closed = await startTestServer(t)
  t.is((await fetch(`${closed.url}/metrics`, { redirect: 'manual' })).status, 404)
})
