import { randomBytes } from 'node:crypto'
import test from 'ava'
import { createChallenges } from '../../../server/staff/challenges.ts'
import { createMongoChallengeStore } from '../../../server/staff/mongo-challenge-store.ts'
import { relyingPartyOf } from '../../../server/staff/relying-party.ts'
import { openTestDatabase } from '../../support/database.ts'

test('a challenge is good once, for its purpose, for five minutes, and only when it is ours', async t => {
  const { tables } = await openTestDatabase(t)
  const time = { now: new Date('2026-11-22T09:00:00Z') }
  const deps = { spent: createMongoChallengeStore(tables), clock: { now: () => time.now }, randomBytes }
  const ours = createChallenges({ ...deps, key: 'ours' })
  const theirs = createChallenges({ ...deps, key: 'theirs' })
  const issue = (from = ours) => from.issue('sign-in').toString('base64url')
  const one = issue()
  t.false(await ours.take('register x', one))
  t.true(await ours.take('sign-in', one))
  t.false(await ours.take('sign-in', one))
  t.false(await ours.take('sign-in', issue(theirs)))
  for (const wrong of ['', 'AAAA', one.slice(0, -4), `${one}AAAA`])
    t.false(await ours.take('sign-in', wrong), wrong)
  const late = issue()
  time.now = new Date('2026-11-22T09:05:00Z')
  t.false(await ours.take('sign-in', late))
  const both = issue()
  const takes = await Promise.all([ours.take('sign-in', both), ours.take('sign-in', both)])
  t.deepEqual(takes.sort(), [false, true])
})

test('passkeys are bound to a name, over TLS or on this machine', t => {
  t.deepEqual(relyingPartyOf('https://ipad.example.se'), {
    id: 'ipad.example.se',
    origin: 'https://ipad.example.se',
  })
  t.deepEqual(relyingPartyOf('http://localhost:8080'), { id: 'localhost', origin: 'http://localhost:8080' })
  for (const url of [
    'http://127.0.0.1:8080',
    'https://192.0.2.7',
    'https://[::1]:8443',
    'http://ipad.example.se',
    'http://2130706433',
  ])
    t.is(relyingPartyOf(url), undefined, url)
})
