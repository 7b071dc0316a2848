import test from 'ava'
import { createMongoPlacementStore } from '../../../server/rollouts/mongo-placement-store.ts'
import { type Placement } from '../../../server/rollouts/placement.ts'
import { openTestDatabase } from '../../support/database.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 9, minute))

test('what waits for its time holds up nothing else that a crash left', async t => {
  const { tables } = await openTestDatabase(t)
  const store = createMongoPlacementStore(tables)
  await tables.prepare()
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
