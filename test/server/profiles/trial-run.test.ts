import test from 'ava'
import { createFleet } from '../../../server/profiles/fleet.ts'
import { tryOut, type ChosenIpad } from '../../../server/profiles/trial-run.ts'
import { anActor, openLending } from '../../support/lending.ts'
import { type LoanState } from '../../../server/loans/loan.ts'

const version = { identifier: 'se.example.mail', uuid: 'AB-2', variables: ['person.email', 'device.tag'] }

const ipad = (assetTag: string, changes: Partial<ChosenIpad> = {}): ChosenIpad => ({
  deviceId: assetTag,
  assetTag,
  values: { 'person.email': 'eva@ekeby.example.se', 'device.tag': assetTag },
  installed: [],
  ...changes,
})
const installed = (uuid: string) => [{ identifier: 'se.example.mail', uuid, name: 'Mail', managed: true }]

test('a trial run says for each iPad whether the profile is new, replaces another, or is there already', t => {
  const run = tryOut(
    version,
    [
      ipad('EK-3', { installed: installed('ab-2') }),
      ipad('EK-2', { installed: installed('AB-1') }),
      ipad('EK-1', { installed: undefined }),
      ipad('EK-4'),
    ],
    [],
  )
  t.deepEqual(run.counts, { added: 2, replaced: 1, 'there-already': 1, stopped: 0 })
  t.deepEqual(
    run.ipads.map(({ assetTag, outcome }) => [assetTag, outcome]),
    [
      ['EK-1', 'added'],
      ['EK-4', 'added'],
      ['EK-2', 'replaced'],
      ['EK-3', 'there-already'],
    ],
  )
})

test('without a municipal mail address an iPad gets no profile, and is named first with what is missing', t => {
  const run = tryOut(
    version,
    [ipad('EK-1'), ipad('EK-2', { values: { 'device.tag': 'EK-2', 'person.email': ' ' } })],
    [],
  )
  t.deepEqual(run.ipads[0], {
    deviceId: 'EK-2',
    assetTag: 'EK-2',
    outcome: 'stopped',
    missing: ['person.email'],
  })
  t.is(run.counts.stopped, 1)
  t.is(run.of, 2)
})

test('an iPad that a roll-out has brought the version to has it, under the mark of its own values', t => {
  const markFor = ({ 'device.tag': tag = '' }) => `MARK-OF-${tag}`
  const run = tryOut(
    { ...version, markFor },
    [
      ipad('EK-1', { installed: installed('mark-of-EK-1') }),
      ipad('EK-2', { installed: installed('mark-of-EK-1') }),
    ],
    [],
  )
  t.deepEqual(
    run.ipads.map(({ assetTag, outcome }) => [assetTag, outcome]),
    [
      ['EK-2', 'replaced'],
      ['EK-1', 'there-already'],
    ],
  )
})

const a = anActor('a')

test('the iPads of a body are those lent for it, with what is known of their holders', async t => {
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
    protectedIdentity: true,
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
  const whole = await fleet.choose(a, {})
  t.deepEqual(
    whole.ipads.map(({ assetTag }) => assetTag),
    ['EK-1', 'EK-2', 'EK-4'],
    'an iPad that is not enrolled gets nothing',
  )
  t.deepEqual(
    whole.facts.map(({ supervised, enrolment }) => [supervised, enrolment]),
    [
      [true, 'device'],
      [false, 'user'],
    ],
    'a borrower’s own iPad is judged as one that a person has enrolled; of one that has not told whether it is supervised nothing is said',
  )
  const { ipads } = await fleet.choose(a, { bodyId: body.id })
  t.is(ipads.length, 1)
  t.deepEqual(ipads[0]?.installed, installed('AB-1'))
  t.like(ipads[0]?.values, {
    'device.tag': 'EK-1',
    'body.name': 'Kulturnämnden',
    'organisation.name': 'Ekeby kommun',
    'person.email': 'eva@ekeby.example.se',
  })
  t.is((await fleet.choose(a, { bodyId: 'other' })).ipads.length, 0)
  state = 'reserved'
  const [reserved] = (await fleet.choose(a, {})).ipads
  t.deepEqual(
    [reserved?.assetTag, reserved?.values['person.email']],
    ['EK-1', undefined],
    'a roll-out would send it nothing of who has only reserved it',
  )
  state = 'active'
  t.is(
    (await fleet.choose(a, { deviceIds: [whole.ipads[1]?.deviceId ?? ''] })).ipads[0]?.values['person.email'],
    undefined,
  )
})
