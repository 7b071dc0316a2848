import test from 'ava'
import { startTestServer } from '../../support/server.ts'

interface Log {
  readonly items: readonly { readonly id: string; readonly action: string }[]
  readonly next: string | null
}

test('the log is read to its end page by page, also where many things happened at one moment', async t => {
  const now = new Date('2026-03-02T12:00:00Z')
  const admin = await (await startTestServer(t, { clock: { now: () => now } })).as('admin')
  for (const serialNumber of ['DMPAAAA11111', 'DMPAAAA22222', 'DMPAAAA33333'])
    t.is((await admin.post('/api/v1/devices', { serialNumber })).status, 201)
  const { body: whole } = await admin.get<Log>('/api/v1/audit')
  const seen: string[] = []
  for (let after: string | null = ''; after !== null;) {
    const { body: page }: { body: Log } = await admin.get<Log>(
      `/api/v1/audit?limit=1${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`,
    )
    seen.push(...page.items.map(({ id }) => id))
    after = page.next
  }
  t.true(whole.items.length >= 4)
  t.deepEqual(
    seen,
    whole.items.map(({ id }) => id),
  )
})

test('a made-up place in the log is refused', async t => {
  const admin = await (await startTestServer(t)).as('admin')
  for (const after of ['x', '2026-03-02T12:00:00Z', '_id'])
    t.is((await admin.get(`/api/v1/audit?after=${after}`)).status, 422)
})
