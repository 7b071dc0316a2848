import test, { type ExecutionContext } from 'ava'
import { systemActor } from '../../../server/staff/actor.ts'
import { created } from '../../support/hand-out.ts'
import { startMailServer } from '../../support/mail-server.ts'
import { startTestServer } from '../../support/server.ts'

const password = 'fyra korta vanliga ord'

/** A server that mails, with people of several roles, and a clock that the test moves. */
async function mailing(t: ExecutionContext, security: 'none' | 'starttls' = 'none') {
  const post = await startMailServer(t, security)
  // Five in the morning in Sweden: no mail of the day is due.
  const time = { now: new Date('2026-11-22T04:00:00Z') }
  // Without the jobs, which would tell in between.
  const env = { ...post.env, ORNKOLL_ROLE: 'staff' }
  const server = await startTestServer(t, { env, clock: { now: () => time.now } })
  const add = (name: string, role: 'second-line' | 'helpdesk' | 'handout', language: 'sv' | 'en') =>
    server.ornkoll.staff.add(systemActor(server.organisationId), {
      name,
      email: `${name.toLowerCase()}@ekeby.example`,
      password,
      language,
      roles: [role],
    })
  const { mail, mailing: outbox } = server.ornkoll.noticing
  if (!outbox) throw new Error('No mail server is set')
  const round = async () => {
    await mail.tellAll()
    await outbox.deliverDue()
  }
  const later = (minutes: number) => (time.now = new Date(time.now.getTime() + minutes * 60_000))
  const second = await server.as('second-line')
  const admin = await server.as('admin')
  const ask = async (serialNumber: string, assetTag: string) => {
    const device = await created<{ id: string }>(admin, '/api/v1/devices', { serialNumber, assetTag })
    const report = { kind: 'theft', deviceId: device.id, description: 'Gone.' }
    const { id } = await created<{ id: string }>(admin, '/api/v1/incidents', report)
    const reason = 'Papers of the committee are on it.'
    await created(second, `/api/v1/incidents/${id}/request-wipe`, { reason, papersChecked: true })
    return id
  }
  return { ...post, server, add, ask, round, later }
}

/** Body and headers as people read them. */
const readable = (letter: string) => letter.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, '%$1')

test('what waits is mailed once, together, to those who can deal with it, without a word of what was written', async t => {
  const { letters, add, ask, round, later } = await mailing(t)
  await add('Eva', 'second-line', 'en')
  await add('Hugo', 'helpdesk', 'sv')
  await ask('MAIL00000001', 'EK-1')
  await ask('MAIL00000002', 'EK-2')
  await round()
  t.is(letters.length, 1)
  const letter = readable(letters[0] ?? '')
  t.regex(letter, /^To: eva@ekeby\.example\r$/m)
  t.regex(letter, /^Auto-Submitted: auto-generated\r$/m)
  t.regex(letter, /2_things_are_waiting_for/)
  t.is(letter.match(/Waiting for your decision: wipe the iPad in case \d{4}-000[12]/g)?.length, 2)
  t.regex(letter, /\/approvals/)
  t.notRegex(letter, /Papers|Gone|EK-1/)
  await round()
  later(60)
  await round()
  t.is(letters.length, 1, 'nothing is new')
  await ask('MAIL00000003', 'EK-3')
  later(1)
  await round()
  t.is(letters.length, 2)
  t.is(readable(letters[1] ?? '').match(/Waiting for your decision/g)?.length, 1)
})

test('a mail server that is busy gets the letter again, and takes it once', async t => {
  const { letters, add, ask, round, later, refuse } = await mailing(t)
  await add('Eva', 'second-line', 'sv')
  await ask('MAIL00000001', 'EK-1')
  refuse(1)
  await round()
  await round()
  t.deepEqual(letters, [])
  later(2)
  await round()
  await round()
  t.is(letters.length, 1)
  t.regex(readable(letters[0] ?? ''), /ntar p/)
})

test('who has left is mailed nothing more', async t => {
  const { letters, server, add, ask, round, later, refuse } = await mailing(t)
  const { id } = await add('Eva', 'second-line', 'sv')
  await ask('MAIL00000001', 'EK-1')
  refuse(1)
  await round()
  const actor = systemActor(server.organisationId)
  const { version } = await server.ornkoll.staff.get(actor, id)
  await server.ornkoll.staffEditing.end({ ...actor, roles: ['admin'] }, id, { version })
  later(2)
  await round()
  t.deepEqual(letters, [])
})

test('a mail server without a certificate that is trusted gets nothing', async t => {
  const { letters, add, ask, round } = await mailing(t, 'starttls')
  await add('Eva', 'second-line', 'sv')
  await ask('MAIL00000001', 'EK-1')
  await round()
  t.deepEqual(letters, [])
})

test('people choose by kind: never, at once, or in the morning', async t => {
  const { letters, server, add, ask, round, later } = await mailing(t)
  const { id } = await add('Eva', 'second-line', 'en')
  const eva = { ...systemActor(server.organisationId), kind: 'staff' as const, id }
  await server.ornkoll.noticing.mail.choose(eva, { approval: 'daily', case: 'never' })
  await ask('MAIL00000001', 'EK-1')
  await round()
  t.deepEqual(letters, [])
  later(2 * 60)
  await round()
  t.is(letters.length, 1, 'seven o’clock')
  await ask('MAIL00000002', 'EK-2')
  later(1)
  await round()
  t.is(letters.length, 1, 'today’s has been')
  later(24 * 60)
  await round()
  t.is(letters.length, 2)
  t.like(await server.ornkoll.noticing.mail.choices(eva), {
    approval: 'daily',
    case: 'never',
    certificate: 'daily',
    webhook: 'daily',
  })
})
