import { randomBytes } from 'node:crypto'
import test from 'ava'
import { valuesOf } from '../../../server/profiles/fleet.ts'
import { type Placement } from '../../../server/rollouts/placement.ts'
import { enrolledAnew, foundHindered, toBeMadeAnew } from '../../../server/rollouts/placement-course.ts'
import { follow } from '../../../server/rollouts/placement-wish.ts'
import { createRolledProfile, type RolledProfileDeps } from '../../../server/rollouts/rolled-profile.ts'
import { createSender, type SenderDeps } from '../../../server/rollouts/sender.ts'
import { createSettling, type SettlingDeps } from '../../../server/rollouts/settling.ts'
import { stale } from '../../../server/stale.ts'
import { aSelfSigner, today as now } from '../../support/a-signer.ts'
import { ecKey } from '../../support/keys.ts'

const content = { kind: 'profile', id: 'p' } as const

const later = new Date(now.getTime() + 60_000)

const waiting = (deviceId: string, changes: Partial<Placement> = {}): Placement => ({
  id: `of ${deviceId}`,
  organisationId: 'o',
  deviceId,
  tag: deviceId,
  content,
  identifier: 'se.example',
  want: 'installed',
  state: 'pending',
  number: 1,
  mark: 'M1',
  assignmentId: 'a',
  tries: 1,
  commandId: `for ${deviceId}`,
  toQueue: true,
  pendingAt: now,
  changedAt: now,
  version: 1,
  ...changes,
})

/** A sender of which `command` makes what goes to an iPad, and what it did. */
function aSender(
  command: (deviceId: string) => object,
  queue: (deviceId: string, command: { madeFor?: unknown }) => unknown = () => undefined,
) {
  const queued: string[] = []
  const saved: Placement[] = []
  const faults: string[] = []
  const version = {
    markFor: ({ mark = 'M1' }: { mark?: string }) => mark,
    hindrance: () => undefined,
    command: async ({ device }: { device: { id: string } }) => Promise.resolve(command(device.id)),
  }
  const contents = {
    of: () => ({
      about: () => Promise.resolve({ identifier: 'se.example' }),
      version: () => Promise.resolve(version),
    }),
  }
  const sender = createSender({
    placements: {
      queued: () => Promise.resolve(true),
      asked: () => Promise.resolve(),
      save: (each: Placement) => Promise.resolve(void saved.push(each)),
    },
    commands: {
      async queue(_: unknown, command: { deviceId: string; madeFor?: unknown }) {
        const { deviceId } = command
        await queue(deviceId, command)
        queued.push(deviceId)
      },
    },
    contents,
    pace: { turn: () => Promise.resolve(true) },
    clock: { now: () => now },
    noteFault: (_: unknown, organisationId: string) => faults.push(organisationId),
  } as unknown as SenderDeps)
  return { sender, contents, queued, saved, faults }
}

const install = { requestType: 'InstallProfile', parameters: {} }

/** What settles with this sender, where every iPad is as it says. */
const settlingWith = ({ sender, contents, faults }: ReturnType<typeof aSender>, more: object = {}) =>
  createSettling({
    sender,
    contents,
    standings: {
      of: ({ organisationId }: { organisationId: string }, deviceIds: readonly string[]) =>
        organisationId === 'ill'
          ? Promise.reject(new TypeError('a row that nobody can read'))
          : Promise.resolve(deviceIds.map(id => ({ deviceId: id, device: { id }, values: {} }))),
    },
    rollouts: { findMany: () => Promise.resolve([]) },
    newId: () => 'fresh',
    noteFault: (_: unknown, organisationId: string) => faults.push(organisationId),
    ...more,
  } as unknown as SettlingDeps)

test('a fault with one iPad, or with one organisation, holds up no other', async t => {
  const made = aSender(deviceId => {
    if (deviceId === 'ill') throw new TypeError('of this one')
    return install
  })
  await settlingWith(made).push([
    waiting('x', { organisationId: 'ill' }),
    waiting('ill'),
    ...['one', 'two'].map(id => waiting(id)),
  ])
  t.deepEqual(made.queued.toSorted(), ['one', 'two'])
  t.deepEqual(made.faults, ['ill', 'o'])
  t.deepEqual(made.saved, [], 'what could not be sent waits for the next round')
})

test('what is made in the very moment that its iPad gets another identity is made anew', async t => {
  const certificates = ['before', 'now'].map(each => aSelfSigner(ecKey(each)).certificate)
  const left = [...certificates]
  const asked: unknown[] = []
  const made = aSender(
    () => ({ ...install, madeFor: left.shift() }),
    (_, { madeFor }) => {
      asked.push(madeFor)
      if (madeFor !== certificates[1]) throw stale('iPad')
    },
  )
  await settlingWith(made).push([waiting('one')])
  t.deepEqual(asked, certificates)
  t.deepEqual([made.queued, made.faults], [['one'], []])
})

const aVersion = (title: string, more: object = {}) => ({
  version: { number: 1, variables: [], hasSecrets: false, approval: {}, sha256: 'a', ...more },
  profile: { PayloadType: 'Configuration', PayloadDisplayName: title, PayloadIdentifier: 'se.example' },
})

test('an address that is not the municipality’s own is none, once its domains are named', t => {
  const device = { id: 'd', assetTag: 'EK-1', serialNumber: 'DMPX00000001' }
  const mailOf = (email: string, mailDomains: readonly string[]) =>
    valuesOf(device as never, {
      loan: undefined,
      person: { givenName: 'Eva', familyName: 'Ek', email } as never,
      bodyNames: new Map(),
      mailDomains,
    })
  t.is(mailOf('eva@privat.example', [])['person.email'], 'eva@privat.example', 'nobody has said which are')
  const own = ['ekeby.example', 'Norrby.example']
  for (const email of ['eva@ekeby.example', 'eva@politik.ekeby.example', 'eva@norrby.example'])
    t.is(mailOf(email, own)['person.username'], email)
  for (const email of ['eva@privat.example', 'eva@inteekeby.example', 'eva@ekeby.example.com']) {
    const values = mailOf(email, own)
    t.deepEqual([values['person.email'], values['person.username']], [undefined, undefined], email)
    t.is(values['person.name'], 'Eva Ek')
  }
})

test('a character that no profile can carry is left out of a value, and elsewhere stands against it', async t => {
  const device = { id: 'd', assetTag: 'EK\u0002-1', serialNumber: 'DMPX00000001' }
  const person = { givenName: 'Eva\u0002', familyName: 'Ek', email: 'eva\u0000@ekeby.example.se' }
  const holder = { loan: undefined, person: person as never, bodyNames: new Map(), mailDomains: [] }
  t.like(valuesOf(device as never, holder), {
    'device.tag': 'EK-1',
    'person.name': 'Eva Ek',
    'person.email': 'eva@ekeby.example.se',
  })
  const signer = aSelfSigner(ecKey('roll-out signer'))
  const made = (title: string) =>
    createRolledProfile({
      sendable: { open: () => Promise.resolve(aVersion(title)) },
      signer: () => Promise.resolve(signer),
      clock: { now: () => now },
      randomBytes,
    } as unknown as RolledProfileDeps)
      .version('o', 'p', 1)
      .then(version => version.command({ device: device as never, values: {} }))
  t.like(await made('Post'), { requestType: 'InstallProfile' })
  t.deepEqual(await made('Post\u0002'), { code: 'unwritable' })
})

test('what could not be made is not tried again until something is different, and a person may try it now', t => {
  const making = { newId: () => 'anew', now: later }
  const wish = (mark: string) => ({
    isEnrolled: true,
    now: { assignmentId: 'a', identifier: 'se.example', number: 1, mark },
  })
  for (const code of ['too-large', 'no-certificate', 'unwritable'] as const) {
    const blocked = foundHindered(waiting('d'), { code }, later)
    t.deepEqual([blocked.state, blocked.pendingAt, blocked.commandId], ['blocked', undefined, undefined])
    t.is(follow(blocked, wish('M1'), making), blocked, code)
    t.is(
      follow(blocked, { isEnrolled: true }, making),
      undefined,
      'it was never there, so nothing is removed',
    )
    t.is(follow(blocked, wish('M2'), making)?.state, 'pending')
    t.is(follow(toBeMadeAnew(blocked), wish('M1'), making)?.state, 'pending')
    const enrolled = enrolledAnew(blocked, new Date(later.getTime() + 1), making)
    t.is(enrolled && follow(enrolled, wish('M1'), making)?.state, 'pending', 'there is another certificate')
  }
  const other = foundHindered(waiting('d'), { code: 'not-enrolled' }, later)
  t.is(toBeMadeAnew(other), other)
  t.is(follow(other, wish('M1'), making)?.state, 'pending', 'what is known beforehand is looked at each time')
})

test('sent again it is waited for with the values of now, under another command', async t => {
  const made = aSender(() => install)
  const saved: Placement[] = []
  const cancelled: string[] = []
  const settling = settlingWith(made, {
    standings: { of: () => Promise.resolve([{ deviceId: 'd', device: { id: 'd' }, mark: 'M2' }]) },
    placements: { save: (each: Placement) => Promise.resolve(void saved.push(each)) },
    commands: { cancel: (_: unknown, id: string) => Promise.resolve(void cancelled.push(id)) },
  })
  await settling.push([waiting('d', { tries: 2 })])
  t.like(saved[0], { mark: 'M2', commandId: 'fresh', version: 2 })
  t.deepEqual([saved.length, cancelled, made.queued], [1, ['for d'], ['d']])
})

test('what a stopped roll-out brings is not sent, unless somebody sends just this one again', async t => {
  const made = aSender(() => install)
  const stopped = { id: 'r', state: 'stopped', stopped: { at: now, because: 'person' } }
  const settling = settlingWith(made, { rollouts: { findMany: () => Promise.resolve([stopped]) } })
  await settling.push([
    waiting('left by a crash', { rolloutId: 'r' }),
    waiting('enrolled anew', { rolloutId: 'r', pendingAt: later }),
    waiting('again before', { rolloutId: 'r', tries: 2 }),
    waiting('again since', { rolloutId: 'r', tries: 2, pendingAt: later }),
    waiting('of another', { rolloutId: 'q' }),
  ])
  t.deepEqual(made.queued.toSorted(), ['again since', 'of another'])
})
