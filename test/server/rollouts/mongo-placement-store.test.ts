import test from 'ava'
import { createMongoPlacementStore } from '../../../server/rollouts/mongo-placement-store.ts'
import { type Placement } from '../../../server/rollouts/placement.ts'
import { openTestDatabase } from '../../support/database.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 9, minute))

const left = (id: string, minute: number, changes: Partial<Placement>): Placement => ({
  id,
  organisationId: 'o',
  deviceId: id,
  tag: id,
  content: { kind: 'profile', id: 'p' },
  identifier: 'se.example',
  want: 'installed',
  state: 'delivered',
  number: 1,
  mark: 'M1',
  assignmentId: 'a',
  tries: 1,
  changedAt: at(minute),
  version: 1,
  ...changes,
})

test('what waits for its time holds up nothing else that a crash left', async t => {
  const { tables } = await openTestDatabase(t)
  const store = createMongoPlacementStore(tables)
  await tables.prepare()
  await store.insert(
    left('later', 0, { toProve: true, proveAfter: at(50) }),
    left('later still', 1, { toProve: true, proveAfter: at(55) }),
    left('due', 2, { toProve: true, proveAfter: at(5) }),
    left('never asked', 3, { toProve: true }),
    left('to send', 4, { state: 'pending', toQueue: true }),
    left('fresh', 20, { state: 'pending', toQueue: true }),
    left('done', 0, {}),
  )
  const found = async (now: Date, limit: number) =>
    (await store.unfinished({ before: at(10), now }, limit)).map(({ id }) => id)
  t.deepEqual(await found(at(11), 1), ['to send', 'due'])
  t.deepEqual(await found(at(11), 10), ['to send', 'due', 'never asked'])
  t.deepEqual(await found(at(50), 10), ['to send', 'later', 'due', 'never asked'])
})

test('a wave waits after what failed last, drift included, and not after what went well', async t => {
  const { tables } = await openTestDatabase(t)
  const store = createMongoPlacementStore(tables)
  await tables.prepare()
  const inWave = { rolloutId: 'r', wave: 0 }
  await store.insert(
    left('failed', 10, { ...inWave, state: 'failed' }),
    left('drifted', 30, { ...inWave, state: 'drifted' }),
    left('proven', 40, { ...inWave, state: 'proven' }),
    left('of another', 50, { rolloutId: 'other', wave: 0, state: 'drifted' }),
  )
  const { lastFailureAt, figures } = await store.progress({ organisationId: 'o', id: 'r', wave: 0 }, at(0))
  t.deepEqual([lastFailureAt, figures.drifted, figures.failed], [at(30), 1, 1])
})
