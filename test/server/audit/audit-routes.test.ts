import test from 'ava'
import { systemActor } from '../../../server/staff/actor.ts'
import { startDeviceWorld } from '../../support/device-world.ts'
import { eventually } from '../../support/eventually.ts'
import { send } from '../../support/protocol-ipad.ts'
import { startTestServer } from '../../support/server.ts'

interface Verified {
  readonly checked: number
  readonly head: { readonly sequence: number; readonly hash: string }
  readonly faults: readonly unknown[]
}

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

test('nothing secret gets into the log, whatever is done', async t => {
  const { server, desk, enrolledIpad } = await startDeviceWorld(t)
  const ipad = await enrolledIpad()
  const unlock = 'planted-unlock-token'
  const bootstrap = 'planted-bootstrap-token'
  await ipad.tokenUpdate({ UnlockToken: Buffer.from(unlock) })
  await ipad.checkIn({ MessageType: 'SetBootstrapToken', BootstrapToken: Buffer.from(bootstrap) })
  const { body: made } = await desk.post<{ token: string }>('/api/v1/tokens', {
    name: 'printer',
    roles: ['handout'],
    days: 1,
  })
  const { body: link } = await desk.post<{ url: string }>(`/api/v1/devices/${ipad.deviceId}/enrolment-link`)
  const password = 'planterat lösenord som ingen gissar'
  const person = { name: 'Asta Lind', email: 'asta@example.se', language: 'sv', roles: ['admin'] } as const
  await server.ornkoll.staff.add(systemActor(server.organisationId), { ...person, password })
  await send(desk, ipad.deviceId, 'ClearPasscode')
  await ipad.idle()
  const { body } = await desk.get<{ items: unknown[] }>('/api/v1/audit?limit=200')
  t.true(body.items.length >= 5)
  const log = JSON.stringify(await server.ornkoll.connected.db.collection('audit').find({}).toArray())
  const secrets = [unlock, bootstrap, made.token, link.url.split('/').at(-1) ?? '', password]
  for (const secret of [...secrets, ipad.token.toString('hex'), ipad.token.toString('base64')]) {
    t.true(secret.length > 8)
    for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')])
      t.false(log.includes(form))
  }
  t.regex(log, /"requestId":/)
  t.regex(log, /"address":"127\.0\.0\.1"/)
})

test('the API tells whether the log is untouched, to those who may read it', async t => {
  const server = await startTestServer(t)
  const auditor = await server.as('auditor')
  const check = async () => (await auditor.get<Verified>('/api/v1/audit/verification')).body
  const sound = await eventually(check, ({ checked }) => checked > 0, 20)
  t.deepEqual(sound.faults, [])
  const { sequence, hash } = sound.head
  const known = await auditor.get<Verified>(`/api/v1/audit/verification?sequence=${sequence}&hash=${hash}`)
  t.deepEqual(known.body.faults, [])
  const other = `/api/v1/audit/verification?sequence=${sequence}&hash=${'0'.repeat(64)}`
  t.is((await auditor.get<Verified>(other)).body.faults.length, 1)
  t.is((await auditor.get(`/api/v1/audit/verification?sequence=1`)).status, 400)
  t.is((await (await server.as('helpdesk')).get('/api/v1/audit/verification')).status, 403)
})
