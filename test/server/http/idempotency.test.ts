import test from 'ava'
import { startTestServer } from '../../support/server.ts'

const body = { name: 'label printer', roles: ['handout'], days: 30 }
const key = { 'idempotency-key': 'desk-2-attempt-17' }

test('a repeated request gets the first answer and acts once', async t => {
  const admin = await (await startTestServer(t)).as('admin')
  const first = await admin.post<{ token: string }>('/api/v1/tokens', body, key)
  const second = await admin.post<{ token: string }>('/api/v1/tokens', body, key)
  t.is(first.status, 201)
  t.is(second.status, 201)
  t.is(second.body.token, first.body.token)
  t.is(second.headers.get('idempotent-replayed'), 'true')
  const { body: list } = await admin.get<{ items: { name: string }[] }>('/api/v1/tokens')
  t.is(list.items.filter(({ name }) => name === body.name).length, 1)
})

test('the same key for another request is refused and does nothing', async t => {
  const admin = await (await startTestServer(t)).as('admin')
  await admin.post('/api/v1/tokens', body, key)
  const other = await admin.post<{ error: { code: string } }>(
    '/api/v1/tokens',
    { ...body, name: 'other' },
    key,
  )
  t.is(other.status, 422)
  t.is(other.body.error.code, 'idempotency-key-reused')
})

test('a refused request may be corrected and sent again with its key', async t => {
  const admin = await (await startTestServer(t)).as('admin')
  t.is((await admin.post('/api/v1/tokens', { ...body, days: 0 }, key)).status, 400)
  t.is((await admin.post('/api/v1/tokens', body, key)).status, 201)
})

test('two at the same moment act once', async t => {
  const admin = await (await startTestServer(t)).as('admin')
  const answers = await Promise.all(Array.from({ length: 6 }, () => admin.post('/api/v1/tokens', body, key)))
  t.true(answers.every(({ status }) => status === 201 || status === 409))
  const { body: list } = await admin.get<{ items: { name: string }[] }>('/api/v1/tokens')
  t.is(list.items.filter(({ name }) => name === body.name).length, 1)
})
