import test from 'ava'
import { createFleet } from '../../../server/profiles/fleet.ts'
import { anActor, openLending } from '../../support/lending.ts'
import { type LoanState } from '../../../server/loans/loan.ts'

const installed = (uuid: string) => [{ identifier: 'se.example.mail', uuid, name: 'Mail', managed: true }]
const a = anActor('a')

test('the fleet knows what its iPads take, and an example of what variables stand for', async t => {
  const world = await openLending(t)
  const lent = new Set<string>()
  let state: LoanState = 'active'
  const { devices, bodies, people, organisations } = world
  const fleet = createFleet({
    clock: { now: () => new Date('2026-11-22T12:00:00Z') },
    devices,
    bodies,
    people,
    organisations: { get: async () => ({ ...(await organisations.ensureFirst()), name: 'Ekeby kommun' }) },
    loans: {
      openLoansOf: (_actor, ids) =>
        Promise.resolve(
          new Map(ids.filter(id => lent.has(id)).map(id => [id, { ...loan, state, deviceId: id }])),
        ),
    },
  })
  const body = await bodies.add(a, { name: 'Kulturnämnden', type: 'committee', startsOn: '2020-01-01' })
  const person = await people.register(a, {
    givenName: 'Eva',
    familyName: 'Ek',
    email: 'eva@ekeby.example.se',
    language: 'sv',
  })
  const loan = {
    id: 'l',
    organisationId: 'a',
    accessories: [],
    state: 'active',
    reservedAt: world.time.now,
    version: 1,
    personId: person.id,
    bodyIds: [body.id],
    deviceId: '',
  } as const
  for (const number of [1, 2, 3, 4]) {
    const device = await devices.register(a, {
      serialNumber: `DMPX0000000${number}`,
      assetTag: `EK-${number}`,
      model: 'iPad (A16)',
      origin: 'new',
      ownership: number === 2 ? 'personal' : 'organisation',
    })
    if (number === 3) continue
    if (number === 1) lent.add(device.id)
    await devices.setManagement('a', device.id, 'pending')
    await devices.setManagement('a', device.id, 'enrolled')
    await devices.applyInformation('a', device.id, {
      osVersion: '18.1',
      ...(number < 4 && { supervised: number === 1 }),
      profiles: installed('AB-1'),
    })
  }
  t.deepEqual(
    (await fleet.ipads(a)).map(({ supervised, enrolment }) => [supervised, enrolment]),
    [
      [true, 'device'],
      [false, 'user'],
    ],
    'nothing is said of an iPad that is not enrolled, or has not told of itself',
  )
  t.is(await fleet.having(a, 'se.example.mail'), 3)
  t.like(await fleet.example(a), {
    'device.tag': 'EK-1',
    'body.name': 'Kulturnämnden',
    'organisation.name': 'Ekeby kommun',
    'person.email': 'eva@ekeby.example.se',
  })
  state = 'reserved'
  const reserved = await fleet.example(a)
  t.deepEqual(
    [reserved?.['device.tag'], reserved?.['person.email']],
    ['EK-1', undefined],
    'a roll-out would send it nothing of who has only reserved it',
  )
})
