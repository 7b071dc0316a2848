import test from 'ava'
import { type Incident } from '../../../server/incidents/incident.ts'
import { createMongoIncidentStore } from '../../../server/incidents/mongo-incident-store.ts'
import { openTestDatabase } from '../../support/database.ts'

const at = new Date('2026-03-02T12:00:00Z')
const maja = { kind: 'staff', id: 'maja', name: 'Maja' } as const

const stolen = (id: string, organisationId: string): Incident => ({
  id,
  organisationId,
  number: `2026-${id}`,
  kind: 'theft',
  deviceId: `ipad-${id}`,
  state: 'reported',
  reportedAt: at,
  reportedBy: maja,
  reportedVia: 'organisation',
  description: 'Gone',
  tasks: [{ id: `lock-${id}`, kind: 'lock', state: 'waiting', cause: 'report', askedAt: at, askedBy: maja }],
  timeline: [],
  version: 1,
})

test('what waits is read page by page to the end, in every organisation, each case once', async t => {
  const { tables } = await openTestDatabase(t)
  const store = createMongoIncidentStore(tables)
  await tables.prepare()
  for (const [index, id] of ['0001', '0002', '0003', '0004', '0005'].entries())
    await store.insert(stolen(id, index % 2 ? 'a' : 'b'))
  await store.insert({ ...stolen('0006', 'a'), tasks: [] })
  const first = await store.withPendingTasks(2)
  const second = await store.withPendingTasks(2, first.at(-1)?.id)
  const last = await store.withPendingTasks(2, second.at(-1)?.id)
  t.deepEqual(
    [...first, ...second, ...last].map(({ id }) => id),
    ['0001', '0002', '0003', '0004', '0005'],
  )
  t.deepEqual(await store.withPendingTasks(2, last.at(-1)?.id), [])
})
