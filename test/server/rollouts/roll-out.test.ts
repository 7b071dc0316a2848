import test from 'ava'
import { clipIdentifier, profileDesk, webClip } from '../../support/approved-profile.ts'
import { eventually } from '../../support/eventually.ts'
import { created } from '../../support/hand-out.ts'
import { anEnrolled, contentsOf, has, rolloutOnce, type BegunAnswer } from '../../support/roll-out.ts'
import { fewKeys, startSimulation } from '../../support/simulation.ts'

test('an approved profile comes to every iPad in waves, and each proves that it has it', async t => {
  t.timeout(180_000)
  const simulation = await startSimulation(t)
  const { admin, profile } = await profileDesk(simulation.server)
  const ipads = []
  for (const number of [1, 2, 3, 4])
    ipads.push(await anEnrolled(simulation, admin, `DMPQ0000000${number}`, { keys: fewKeys }))
  const id = await profile('Intranät', webClip('Intranät'))
  const asked = {
    content: { id },
    target: { kind: 'organisation' },
    plan: { waves: [{ kind: 'count', count: 1 }] },
  }
  const rehearsed = await admin.post<{ counts: Record<string, number>; waves: number[] }>(
    '/api/v1/assignments?dryRun=true',
    asked,
  )
  t.is(rehearsed.status, 200)
  t.is(rehearsed.body.counts['added'], 4)
  t.deepEqual(rehearsed.body.waves, [1, 3])
  t.deepEqual(
    (await admin.get<{ items: unknown[] }>('/api/v1/assignments')).body.items,
    [],
    'nothing is saved',
  )

  const { rollout } = await created<BegunAnswer>(admin, '/api/v1/assignments', asked)
  const first = await rolloutOnce(admin, rollout.id, ({ figures }) => figures['proven'] === 1)
  t.is(first.state, 'running')
  t.is(first.figures['waiting'], 3)
  t.is(ipads.filter(ipad => has(ipad, clipIdentifier)).length, 1, 'only the first wave has it')

  t.is((await admin.post(`/api/v1/rollouts/${rollout.id}/next-wave`)).status, 200)
  const done = await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  t.is(done.figures['proven'], 4)
  t.true(ipads.every(ipad => has(ipad, clipIdentifier)))
  for (const { deviceId } of ipads)
    t.deepEqual(
      (await contentsOf(admin, deviceId)).map(({ state, number }) => [state, number]),
      [['proven', 1]],
    )

  const late = await anEnrolled(simulation, admin, 'DMPQ00000009', { keys: fewKeys })
  const seen = await eventually(
    () => contentsOf(admin, late.deviceId),
    ([one]) => one?.state === 'proven',
  )
  t.is(seen.length, 1, 'an iPad that enrols later gets what is assigned to it')
})
