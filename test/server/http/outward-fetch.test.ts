import { once } from 'node:events'
import { createServer } from 'node:http'
import test from 'ava'
import { createOutwardFetch } from '../../../server/http/outward-fetch.ts'

test('nothing inside is asked unless that is allowed', async t => {
  let asked = 0
  const inside = createServer((_request, response) => {
    asked += 1
    response.end('inside')
  }).listen(0, '127.0.0.1')
  t.teardown(() => inside.close())
  await once(inside, 'listening')
  const address = inside.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const outward = createOutwardFetch(false)
  for (const url of [
    ...[`http://127.0.0.1:${port}/`, `https://127.0.0.1:${port}/`, `https://localhost:${port}/`],
    ...[`https://[::1]:${port}/`, 'https://10.0.0.1/', 'http://192.0.2.1/'],
  ])
    await t.throwsAsync(outward(url), { instanceOf: TypeError, message: /own network/ }, url)
  t.is(asked, 0)
  t.is(await (await createOutwardFetch(true)(`http://127.0.0.1:${port}/`)).text(), 'inside')
})
