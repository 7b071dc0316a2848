import test from 'ava'
import { createMongoSessionStore } from '../../../server/staff/mongo-session-store.ts'
import { type Session } from '../../../server/staff/session.ts'
import { openTestDatabase } from '../../support/database.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 12, minute))
const session: Session = {
  id: 's',
  staffId: 'p',
  organisationId: 'o',
  createdAt: at(0),
  // Far away: what is over goes by itself.
  expiresAt: new Date('2096-03-02T12:00:00Z'),
  lastSeenAt: at(0),
  confirmedAt: at(0),
  address: '192.0.2.1',
  agent: '',
  methods: ['password'],
}

test('a request that is only noted as seen does not bring back a screen that was lent meanwhile', async t => {
  const { tables } = await openTestDatabase(t)
  const sessions = createMongoSessionStore(tables)
  await tables.prepare()
  await sessions.insert(session)
  await sessions.change('s', { lentFor: 'loan' })
  await sessions.change('s', { lastSeenAt: at(2) })
  t.like(await sessions.find('s'), { lentFor: 'loan', lastSeenAt: at(2), confirmedAt: at(0) })
  await sessions.change('s', { confirmedAt: at(3) }, ['lentFor'])
  const back = await sessions.find('s')
  t.deepEqual(back?.confirmedAt, at(3))
  t.false('lentFor' in (back ?? {}))
})

test('a session that has ended stays ended', async t => {
  const { tables } = await openTestDatabase(t)
  const sessions = createMongoSessionStore(tables)
  await tables.prepare()
  await sessions.insert(session)
  await sessions.delete('s')
  await sessions.change('s', { lastSeenAt: at(2) })
  t.is(await sessions.find('s'), undefined)
})
