import test from 'ava'
import { type AuditEntry } from '../../../server/audit/audit.ts'
import { type Assignment, type Standing } from '../../../server/assignments/assignment.ts'
import { decide } from '../../../server/rollouts/deciding.ts'
import { createAssigning, type AssigningDeps } from '../../../server/rollouts/assigning.ts'
import { createConducting, type ConductingDeps } from '../../../server/rollouts/conducting.ts'
import { type Hindrance, type Placement } from '../../../server/rollouts/placement.ts'
import { shown } from '../../../server/rollouts/placement-course.ts'
import { type PlacementQuery } from '../../../server/rollouts/placement-store.ts'
import { createRollouts, type RolloutsDeps } from '../../../server/rollouts/rollouts.ts'
import { begin, follow, followsByItself } from '../../../server/rollouts/placement-wish.ts'
import { DomainError } from '../../../server/domain-error.ts'
import { firstSettings } from '../../../server/organisations/organisation.ts'
import {
  outcomeOn,
  refuseStranding,
  rehearsalOf,
  type RehearsalOutcome,
} from '../../../server/rollouts/rehearsal.ts'
import { createRequesting, type RequestingDeps } from '../../../server/rollouts/requesting.ts'
import { refuseGrown, type RolloutRequest } from '../../../server/rollouts/rollout-request.ts'
import { createRounds } from '../../../server/rollouts/rounds.ts'
import { createInTurn } from '../../../server/in-turn.ts'
import { stale } from '../../../server/stale.ts'
import { nextStep, silentBefore, type Rollout } from '../../../server/rollouts/rollout.ts'
import { type Start } from '../../../server/rollouts/starting.ts'
import { changedBy, tallied, weightOf, type Tally } from '../../../server/rollouts/tally.ts'
import { createTallying } from '../../../server/rollouts/tallying.ts'

const now = new Date('2026-11-22T09:00:00Z')
const content = { kind: 'profile', id: 'p' } as const
const standing: Standing = { deviceId: 'd1', bodyIds: ['board'], roles: [], labels: [] }
const admin = { kind: 'staff', id: 's', name: 'S', organisationId: 'o', roles: ['admin'] } as const
let last = 0
const making = { newId: () => `id-${(last += 1)}`, now }
const around = { ...making, organisationId: 'o', deviceId: 'd1', tag: 'EK-1', content }

const assignment = (changes: Partial<Assignment> = {}): Assignment => ({
  id: 'a',
  organisationId: 'o',
  content,
  target: { kind: 'organisation' },
  excludedDeviceIds: [],
  plan: { waves: [] },
  state: 'active',
  createdAt: now,
  createdBy: { id: 's', name: 'S' },
  version: 1,
  ...changes,
})
const rollout = (changes: Partial<Rollout> = {}): Rollout => ({
  id: 'r',
  organisationId: 'o',
  assignmentId: 'a',
  content,
  name: 'P',
  kind: 'install',
  to: 2,
  plan: { waves: [] },
  waves: 3,
  wave: 0,
  waveOpenedAt: now,
  state: 'running',
  bornFailures: 0,
  startedAt: now,
  startedBy: { id: 's', name: 'S' },
  version: 1,
  ...changes,
})
const placed = (changes: Partial<Placement> = {}): Placement => ({
  id: 'x',
  organisationId: 'o',
  deviceId: 'd1',
  tag: 'EK-1',
  content,
  identifier: 'se.example',
  want: 'installed',
  state: 'proven',
  number: 1,
  mark: 'M1',
  assignmentId: 'a',
  tries: 1,
  pendingAt: now,
  deliveredAt: now,
  provenAt: now,
  changedAt: now,
  version: 1,
  ...changes,
})

function decision(
  assignments: readonly Assignment[],
  rollouts: readonly Rollout[],
  placement?: Placement,
  isEnrolled = true,
) {
  const assigned = { assignments, rollouts: new Map(rollouts.map(each => [each.id, each])) }
  return decide(content, { standing, isEnrolled, placement }, assigned, (_, number) => ({
    identifier: 'se.example',
    mark: `M${number}`,
    hindrance: undefined,
  }))
}

test('until its wave comes an iPad keeps what everybody had, and is told nothing of what is to come', t => {
  const before = placed({ next: { rolloutId: 'r', wave: 1 } })
  const assigned = [assignment({ stable: 1, rolloutId: 'r' })]
  const made = decision(assigned, [rollout({ from: 1 })], before)
  t.is(made.now?.number, 1)
  t.is(made.later?.next.wave, 1)
  t.is(follow(before, made, making), before, 'nothing is sent')

  const after = follow(before, decision(assigned, [rollout({ from: 1, wave: 1 })], before), making)
  t.is(after?.state, 'pending')
  t.deepEqual([after?.number, after?.rolloutId, after?.wave, after?.next], [2, 'r', 1, undefined])
  t.is(after?.version, 2)
})

test('an iPad that comes in the middle of the waves gets it with the last one', t => {
  const made = decision([assignment({ rolloutId: 'r' })], [rollout({ wave: 1 })])
  t.is(made.now, undefined)
  t.is(made.later?.next.wave, 2)
  t.is(begin(made, around)?.state, 'planned')
  const last = decision([assignment({ rolloutId: 'r' })], [rollout({ wave: 2 })])
  t.is(begin(last, around)?.state, 'pending')
})

test('an iPad that has not told of itself is weighed before it is asked, and goes with its answer', t => {
  const wants = (number: number, hindrance?: Hindrance, more: object = {}) => ({
    now: { assignmentId: 'a', identifier: 'se.example', number, mark: `M${number}`, hindrance },
    isEnrolled: true,
    ...more,
  })
  const untold = { code: 'not-told-yet' } as const
  const asked = begin(wants(1, untold), around)
  t.is(asked?.state, 'blocked')
  t.true(followsByItself(undefined, asked, wants(1, untold)), 'a label may do this on every iPad at once')
  t.false(followsByItself(undefined, asked, wants(1, untold, { isBrought: true })), 'a roll-out was weighed')
  t.false(
    followsByItself(undefined, begin(wants(1, { code: 'too-old' }), around), wants(1)),
    'nothing comes of it',
  )

  // One that could not have it was not weighed with its roll-out, and is when it can.
  const brought = { isBrought: true }
  const tooOld = placed({ state: 'blocked', hindrance: { code: 'too-old' }, rolloutId: 'r' })
  const by = { rolloutId: 'r', wave: 0 }
  const upgraded = follow(tooOld, { ...wants(1), now: { ...wants(1).now, by } }, making)
  t.is(upgraded?.state, 'pending')
  t.true(followsByItself(tooOld, upgraded, wants(1, undefined, brought)))
  const lacking = { ...tooOld, hindrance: { code: 'value-missing' } } as const
  t.false(followsByItself(lacking, upgraded, wants(1, undefined, brought)), 'it was weighed all the same')
  const ofAnother = { ...tooOld, rolloutId: 'q' }
  t.false(followsByItself(ofAnother, upgraded, wants(1, undefined, brought)), 'a later roll-out weighed it')

  const waiting = asked ?? placed()
  const answered = follow(waiting, wants(1), making)
  t.is(answered?.state, 'pending')
  t.false(followsByItself(waiting, answered, wants(1)), 'it was weighed when it began to wait')
  const other = follow(waiting, wants(2), making)
  t.true(followsByItself(waiting, other, wants(2)), 'another version was not')
  t.true(followsByItself(waiting, follow(waiting, wants(2, untold), making), wants(2, untold)))
})

test('a stopped roll-out begins nothing, and takes back nothing that it has begun', t => {
  const stopped = rollout({ state: 'stopped', wave: 2 })
  const assigned = [assignment({ rolloutId: 'r', stable: 2 })]
  t.is(begin(decision(assigned, [stopped]), around)?.state, 'planned')
  const held = placed({ state: 'held', rolloutId: 'r', wave: 0, number: 2, mark: 'M2' })
  t.is(follow(held, decision(assigned, [stopped], held), making), held)
  const goesOn = follow(held, decision(assigned, [rollout({ wave: 2 })], held), making)
  t.is(goesOn?.state, 'pending')
})

test('a removal that was stopped goes on at a word, and not before', t => {
  const removal = { ...rollout({ kind: 'remove', waves: 1, from: 1 }) }
  Reflect.deleteProperty(removal, 'to')
  const assigned = [assignment({ rolloutId: 'r', stable: 1 })]
  const held = placed({ want: 'removed', state: 'held', rolloutId: 'r', wave: 0 })
  t.is(follow(held, decision(assigned, [{ ...removal, state: 'stopped' }], held), making), held)
  const goesOn = follow(held, decision(assigned, [removal], held), making)
  t.like(goesOn, { want: 'removed', state: 'pending', toQueue: true, rolloutId: 'r', wave: 0 })
})

test('going back is refused where it would take the only network that iPads are bound to', async t => {
  const begun: string[] = []
  const goingBack = (stranded: object) =>
    createAssigning({
      starts: { backwards: (_: unknown, id: string) => Promise.resolve({ id }) },
      rehearsing: { rehearse: () => Promise.resolve({ stranded }) },
      beginning: {
        fromWhatStands: async (_: unknown, start: () => Promise<{ id: string }>) =>
          begun.push((await start()).id),
      },
    } as unknown as AssigningDeps).rollBack(admin, 'r', 'Fel nät')
  await t.throwsAsync(goingBack({ 'no-allowed-network': 1 }), { code: 'rollout-strands' })
  t.deepEqual(begun, [])
  await goingBack({ 'no-network-left': 1 })
  t.deepEqual(begun, ['r'], 'what only perhaps strands is for people to judge')
})

test('what one assignment takes away a wider one may keep, in its own version', t => {
  const narrow = assignment({
    id: 'n',
    target: { kind: 'body', bodyId: 'board' },
    stable: 2,
    rolloutId: 'r',
  })
  const removal = { ...rollout({ assignmentId: 'n', kind: 'remove', waves: 1 }) }
  Reflect.deleteProperty(removal, 'to')
  const before = placed({ number: 2, mark: 'M2', next: { rolloutId: 'r', wave: 0 } })
  const kept = follow(before, decision([narrow, assignment({ stable: 1 })], [removal], before), making)
  t.deepEqual([kept?.want, kept?.number], ['installed', 1])
  const gone = follow(before, decision([narrow], [removal], before), making)
  t.deepEqual([gone?.want, gone?.state, gone?.rolloutId], ['removed', 'pending', 'r'])
})

test('what was never sent is forgotten and not removed; what is gone already is not removed again', t => {
  const nothing = decision([], [])
  const planned = placed({ state: 'planned' })
  Reflect.deleteProperty(planned, 'pendingAt')
  t.is(follow(planned, nothing, making), undefined)
  const removed = placed({ want: 'removed' })
  t.is(follow(removed, nothing, making), removed)
})

test('an iPad outside of management gets nothing, and keeps its place', t => {
  const assigned = [assignment({ stable: 1 })]
  const after = follow(placed(), decision(assigned, [], placed(), false), making)
  t.deepEqual([after?.state, after?.hindrance?.code], ['blocked', 'not-enrolled'])
})

test('the same wish again changes nothing, and another value sends it anew', t => {
  const assigned = [assignment({ stable: 1 })]
  const one = placed()
  t.is(follow(one, decision(assigned, [], one), making), one)
  const other = placed({ mark: 'M1 of another holder' })
  t.is(follow(other, decision(assigned, [], other), making)?.state, 'pending')
})

const figures = (failed: number) =>
  ({
    planned: 0,
    held: 0,
    blocked: 0,
    pending: 100 - failed,
    delivered: 0,
    proven: 0,
    failed,
    drifted: 0,
    waiting: 0,
    of: 100,
  }) as const

test('what stands there with the values of another goes before it is blocked for want of those of the new one', t => {
  const wish = (mark: string, hindrance?: Hindrance) => ({
    isEnrolled: true,
    now: { assignmentId: 'a', identifier: 'se.example', number: 1, mark, hindrance },
  })
  const lacks = wish('M-nobody', { code: 'value-missing', missing: ['person.email'] })
  const removing = follow(placed(), lacks, making)
  t.deepEqual([removing?.want, removing?.state, removing?.toQueue], ['removed', 'pending', true])
  t.is(removing && follow(removing, lacks, making), removing, 'until it is proven')
  const gone = removing && shown({ ...removing, state: 'delivered', deliveredAt: now }, undefined, now)
  t.is(gone?.state, 'proven')
  const blocked = gone && follow(gone, lacks, making)
  t.deepEqual([blocked?.want, blocked?.state, blocked?.pendingAt], ['installed', 'blocked', undefined])
  t.is(blocked && follow(blocked, lacks, making), blocked)
  t.is(blocked && follow(blocked, wish('M2'), making)?.state, 'pending')
  // The same for what is left of a version before, where another one was blocked already.
  const left = placed({ state: 'blocked', number: 2, mark: 'N1', has: { number: 1, mark: 'M1', since: now } })
  const lacksToo = { ...lacks, now: { ...lacks.now, number: 2, mark: 'N-nobody' } }
  t.is(follow(left, lacksToo, making)?.want, 'installed', 'it is the same person’s')
  const leaving = { ...lacksToo, now: { ...lacksToo.now, leavesOthers: true } }
  t.like(follow(left, leaving, making), { want: 'removed', state: 'pending', number: 1, mark: 'M1' })

  t.is(follow(placed({ mark: 'M-nobody' }), lacks, making)?.state, 'blocked', 'it is that of nobody else')
  const tooOld = follow(placed(), wish('M2', { code: 'too-old', since: '19' }), making)
  t.is(tooOld?.state, 'blocked', 'nothing else is taken away')
  t.is(follow(placed(), { ...lacks, isEnrolled: false }, making)?.state, 'blocked')
})

test('failures that were borne and have healed are borne no more: as many again stop the roll-out', async t => {
  let stored = rollout({
    waves: 1,
    bornFailures: 10,
    plan: { waves: [], stopAfter: { kind: 'count', count: 5 } },
  })
  let failed = 10
  const conducting = createConducting({
    rollouts: {
      find: () => Promise.resolve(stored),
      save: (next: Rollout) => Promise.resolve(void (stored = next)),
    },
    placements: {
      progress: () =>
        Promise.resolve({ figures: figures(failed), openWave: { proven: 0, of: 100 }, silent: 0 }),
      page: () => Promise.resolve([]),
    },
    audit: { record: () => Promise.resolve() },
    transaction: (work: () => unknown) => work(),
    clock: { now: () => now },
  } as unknown as ConductingDeps)
  await conducting.advance('o', 'r')
  t.is(stored.version, 1, 'what is still so changes nothing')
  failed = 0
  await conducting.advance('o', 'r')
  t.deepEqual([stored.state, stored.bornFailures], ['running', 0])
  failed = 6
  await conducting.advance('o', 'r')
  t.deepEqual([stored.state, stored.stopped?.because], ['stopped', 'failures'])
})

test('two processes that look at the same moment open one wave between them', async t => {
  let stored = rollout({ waves: 4, plan: { waves: [], pauseMinutes: 0 } })
  const looking: (() => void)[] = []
  const conducting = createConducting({
    rollouts: {
      find: () => Promise.resolve(stored),
      save: (next: Rollout) =>
        next.version === stored.version + 1
          ? Promise.resolve(void (stored = next))
          : Promise.reject(stale('rollout')),
    },
    placements: {
      // Answers when both have asked.
      progress: async () => {
        await new Promise<void>(go => {
          looking.push(go)
          if (looking.length === 2) for (const each of looking) each()
        })
        return { figures: figures(0), openWave: { proven: 5, of: 5 }, silent: 0 }
      },
      page: () => Promise.resolve([]),
    },
    audit: { record: () => Promise.resolve() },
    transaction: createInTurn().bind(undefined, 'all'),
    clock: { now: () => now },
  } as unknown as ConductingDeps)
  const both = await Promise.allSettled([conducting.advance('o', 'r'), conducting.advance('o', 'r')])
  t.is(stored.wave, 1)
  t.deepEqual(
    both.map(({ status }) => status),
    ['fulfilled', 'fulfilled'],
    'it is nobody’s fault',
  )
})

test('silence and drift open no further wave, and stop it when they last', t => {
  const plan = { waves: [], pauseMinutes: 10, stopAfter: { kind: 'percent', percent: 25 } } as const
  const running = rollout({ plan })
  const after = new Date(now.getTime() + 11 * 60_000)
  const step = (
    counts: { delivered?: number; drifted?: number; proven: number },
    silent = 0,
    lastFailureAt?: Date,
  ) =>
    nextStep(
      running,
      {
        figures: { ...figures(0), pending: 0, waiting: 464, of: 469, ...counts },
        openWave: { proven: counts.proven, of: 5 },
        silent,
        ...(lastFailureAt && { lastFailureAt }),
      },
      after,
    )
  t.is(step({ proven: 5 }), 'open-wave')
  const minutesAgo = (minutes: number) => new Date(after.getTime() - minutes * 60_000)
  t.is(step({ drifted: 1, proven: 4 }, 0, minutesAgo(9)), undefined, 'the pause begins anew with it')
  t.is(step({ drifted: 1, proven: 4 }, 0, minutesAgo(10)), 'open-wave')
  t.is(step({ delivered: 1, proven: 4 }), 'open-wave', 'within the limit')
  t.is(step({ delivered: 4, proven: 1 }), undefined, 'they may yet be heard of')
  t.is(step({ delivered: 4, proven: 1 }, 4), 'stop')
  t.is(step({ drifted: 4, proven: 1 }), 'stop')
  t.deepEqual(silentBefore(running, now), new Date('2026-11-22T08:00:00Z'))
  const slow = rollout({ plan: { ...plan, pauseMinutes: 120 } })
  t.deepEqual(silentBefore(slow, now), new Date('2026-11-22T07:00:00Z'))
})

test('what failed is sent again once, though it fails again at once', async t => {
  const count = 450
  const stored = new Map(
    Array.from({ length: count }, (_, index) => {
      const id = String(index).padStart(4, '0')
      return [id, placed({ id, tag: `EK-${id}`, deviceId: `d${id}`, state: 'failed' })]
    }),
  )
  let pages = 0
  const rollouts = createRollouts({
    conducting: { get: () => Promise.resolve(rollout()) },
    placements: {
      page: (_: string, { state, after, limit }: PlacementQuery) => {
        if ((pages += 1) > 20) throw new Error('it does not end')
        const last = Buffer.from(after ?? '', 'base64url').toString()
        const rest = [...stored.values()].filter(
          each => each.state === state && JSON.stringify([each.tag, each.id]) > last,
        )
        return Promise.resolve(rest.slice(0, limit + 1))
      },
      save: (next: Placement) =>
        Promise.resolve(void stored.set(next.id, { ...next, state: 'failed', version: next.version + 1 })),
    },
    settling: { push: () => Promise.resolve() },
    requesting: { reading: {} },
    starts: {},
    audit: { record: () => Promise.resolve() },
    transaction: (work: () => unknown) => work(),
    newId: making.newId,
    clock: { now: () => now },
  } as unknown as RolloutsDeps)
  t.is(await rollouts.sendFailedAgain(admin, 'r'), count)
  t.true([...stored.values()].every(({ tries }) => tries === 2))
})

test('what a second person has not agreed to is not tried anew by hand, and goes once they have', async t => {
  const blocked = placed({ state: 'blocked' })
  let isHeld = true
  const settled: string[] = []
  const logged: string[] = []
  const rollouts = createRollouts({
    conducting: {},
    devices: { brief: () => Promise.resolve({}) },
    placements: {
      ofDevices: () => Promise.resolve([blocked]),
      find: () => Promise.resolve(blocked),
    },
    holding: { holds: () => Promise.resolve(isHeld) },
    settling: { devices: (_: string, ids: readonly string[]) => Promise.resolve(void settled.push(...ids)) },
    requesting: { reading: {} },
    starts: {},
    audit: { record: (_: unknown, { action }: AuditEntry) => Promise.resolve(void logged.push(action)) },
    transaction: (work: () => unknown) => work(),
    newId: making.newId,
    clock: { now: () => now },
  } as unknown as RolloutsDeps)
  const again = () => rollouts.sendAgain(admin, blocked.deviceId, blocked.content)
  t.like(await t.throwsAsync(again), { kind: 'conflict', code: 'placement-held' })
  t.deepEqual([settled, logged], [[], []])
  isHeld = false
  await again()
  t.deepEqual([settled, logged], [[blocked.deviceId], ['rollouts.send-again']])
})

test('a dry run says what changes on the iPad, not what was sent to it', t => {
  const wish = (number: number) => ({
    assignmentId: 'a',
    identifier: 'se.example',
    number,
    mark: `M${number}`,
  })
  const has = { number: 1, mark: 'M1', since: now }
  const failed = placed({ state: 'failed', number: 2, mark: 'M2', has })
  t.is(outcomeOn(failed, wish(2)), 'replaced')
  t.is(outcomeOn(failed, wish(1)), 'unchanged', 'it still has it')
  t.is(outcomeOn(failed, undefined), 'removed')
  const never = placed({ state: 'failed', number: 2, mark: 'M2' })
  t.deepEqual([outcomeOn(never, wish(2)), outcomeOn(never, undefined)], ['added', 'unchanged'])
  const blocked = placed({ state: 'blocked', number: 2, mark: 'M2', has })
  t.deepEqual([outcomeOn(blocked, wish(3)), outcomeOn(blocked, undefined)], ['replaced', 'removed'])
  t.is(outcomeOn(placed({ has }), wish(1)), 'unchanged')
  const coming = placed({ state: 'pending', number: 2, mark: 'M2', has })
  t.deepEqual([outcomeOn(coming, wish(1)), outcomeOn(coming, wish(2))], ['replaced', 'replaced'])
  const going = placed({ want: 'removed', state: 'delivered', has })
  t.deepEqual([outcomeOn(going, undefined), outcomeOn(going, wish(1))], ['unchanged', 'added'])
})

test('what would certainly strand iPads is refused, what perhaps does is told', t => {
  const error = t.throws(() => refuseStranding({ stranded: { 'no-allowed-network': 3 } }))
  t.like(error, { kind: 'conflict', code: 'rollout-strands' })
  t.regex(error.message, /strand iPads \(3\)/)
  t.notThrows(() => refuseStranding({ stranded: { 'no-network-left': 3 } }))
  t.notThrows(() => refuseStranding({ stranded: {} }))
})

test('who agreed to a number of iPads has not agreed to clearly more', t => {
  for (const [agreed, now] of [
    [60, 67],
    [60, 2000],
    [3, 9],
    [51, 57],
  ] as const)
    t.like(
      t.throws(() => refuseGrown({ count: agreed }, now)),
      { kind: 'conflict', code: 'rollout-grown' },
    )
  for (const [agreed, now] of [
    [60, 66],
    [3, 8],
    [60, 10],
    [2000, 2200],
  ] as const)
    t.notThrows(() => refuseGrown({ count: agreed }, now))
})

test('what one person changes within a day adds up, each iPad once; what is older counts no more', t => {
  const since = new Date('2026-11-21T09:00:00Z')
  const before = new Date('2026-11-21T08:59:00Z')
  const none = { organisationId: 'o', whose: 's' }
  const old = tallied(none, ['a', 'b'], { now: before, since: new Date(0) })
  const tally = tallied(old, ['b', 'c'], { now, since })
  t.deepEqual(
    tally.ipads.map(({ deviceId }) => deviceId),
    ['b', 'c'],
  )
  t.is(tally.version, 2)
  const weigh = (changing: readonly string[], limit: number) => {
    const { lately, whyTwo } = weightOf(changing, { tally, since, limit })
    return [lately, whyTwo]
  }
  t.deepEqual(weigh(['b', 'c'], 2), [0, undefined], 'the same ones over again are no more')
  t.deepEqual(weigh(['c', 'd'], 3), [1, undefined])
  t.deepEqual(weigh(['c', 'd'], 2), [1, 'over-day-limit'])
  t.deepEqual(weigh(['d', 'e', 'f'], 2), [2, 'over-limit'])
  t.deepEqual(weigh([], 1), [2, undefined], 'nothing changes')
  t.is(weightOf(['d', 'e'], { tally, since: now, limit: 2 }).whyTwo, undefined, 'a day has passed')
})

test('an iPad that can get nothing of it counts towards no limit, one that only waits does', t => {
  const ipad = (deviceId: string, outcome: RehearsalOutcome, code?: Hindrance['code']) => ({
    deviceId,
    assetTag: deviceId,
    outcome,
    ...(code && { hindrance: { code } }),
  })
  const ipads = [
    ipad('a', 'added'),
    ipad('b', 'stopped', 'value-missing'),
    ipad('c', 'cannot', 'not-told-yet'),
    ipad('d', 'cannot', 'only-one'),
    ipad('e', 'cannot', 'personal-ipad'),
    ipad('f', 'removed'),
    ipad('g', 'unchanged'),
  ]
  t.deepEqual(changedBy({ ipads }), ['a', 'b', 'c', 'f'])
})

test('ten roll-outs that one person begins at the same moment are all begun, and all added up', async t => {
  let stored: Tally | undefined
  const tallying = createTallying({
    limit: 'rolloutLimit',
    tallies: {
      find: () => Promise.resolve(stored),
      save: next => {
        if (next.version !== (stored?.version ?? 0) + 1)
          return Promise.reject(new DomainError('conflict', 'stale', 'Somebody came between.'))
        return Promise.resolve(void (stored = next))
      },
    },
    organisations: { get: () => Promise.resolve({ settings: firstSettings } as never) },
    clock: { now: () => now },
  })
  let ipads = 0
  const requesting = createRequesting({
    tallying,
    approvals: { register: () => undefined },
    rehearsing: {
      rehearse: () => {
        const one = { deviceId: `d${(ipads += 1)}`, assetTag: 'EK', outcome: 'sent' }
        return Promise.resolve(rehearsalOf([one as never], []))
      },
    },
    beginning: {
      async begin(_actor: unknown, start: Start, alongside: (begun: Rollout) => Promise<void>) {
        await alongside(rollout())
        return { assignment: start.assignment, rollout: rollout() }
      },
    },
  } as unknown as RequestingDeps)
  const asked = {
    deed: 'assign',
    input: { content, target: { kind: 'organisation' }, plan: { waves: [] } },
  } as const
  const start: Start = {
    assignment: assignment(),
    isNew: true,
    name: 'P',
    kind: 'install',
    to: 1,
    plan: { waves: [] },
  }
  const begun = await Promise.all(
    Array.from({ length: 10 }, () =>
      requesting.beginOrAsk(admin, { asked, reason: undefined }, () => Promise.resolve(start)),
    ),
  )
  t.true(begun.every(each => 'rollout' in each))
  t.deepEqual([stored?.version, stored?.ipads.length], [10, 10])
})

test('a fault with one approved request holds up nobody else, and one that others came between waits for the next round', async t => {
  const requestOf = (organisationId: string): RolloutRequest => ({
    id: `of ${organisationId}`,
    organisationId,
    content,
    name: 'P',
    to: 2,
    count: 60,
    reason: 'R',
    asked: { deed: 'assign', input: { content, target: { kind: 'organisation' }, plan: { waves: [] } } },
    askedBy: { kind: 'staff', id: 's', name: 'S', roles: ['admin'] },
    askedAt: now,
    state: 'approved',
    approvalId: 'p',
    version: 2,
  })
  const stored = new Map(['ill', 'busy'].map(id => [id, requestOf(id)]))
  const organisationOf = (id: string) => ({
    id,
    name: id,
    number: '',
    language: 'sv',
    settings: firstSettings,
    version: 1,
  })
  const stale = new DomainError('conflict', 'stale', 'Somebody changed this assignment meanwhile.')
  let tries = 0
  const never = () => Promise.reject(new Error('not asked for'))
  const tallying = createTallying({
    limit: 'rolloutLimit',
    tallies: { find: () => Promise.resolve(undefined), save: never },
    organisations: { get: ({ organisationId: id }) => Promise.resolve(organisationOf(id) as never) },
    clock: { now: () => now },
  })
  const requesting = createRequesting({
    requests: {
      find: organisationId => Promise.resolve(stored.get(organisationId)),
      save: request => Promise.resolve(void stored.set(request.organisationId, request)),
      approved: () => Promise.resolve([...stored.values()].filter(({ state }) => state === 'approved')),
      insert: never,
      page: never,
      holding: never,
      newestAbout: never,
    },
    approvals: { register: () => undefined },
    ask: never,
    tallying,
    rehearsing: { rehearse: () => Promise.resolve(rehearsalOf([], [])), rehearseAmong: never },
    settling: { devices: never },
    starts: {
      first: (_, { plan }, to) =>
        Promise.resolve({
          assignment: assignment(),
          isNew: true,
          name: 'P',
          kind: 'install',
          to,
          plan,
        }),
      next: never,
      removal: never,
    },
    beginning: {
      async begin({ organisationId }, start, alongside) {
        if (organisationId === 'ill') throw new TypeError('a row that nobody can read')
        if ((tries += 1) <= 5) throw stale
        const begun = rollout({ organisationId, ...(start.to !== undefined && { to: start.to }) })
        await alongside?.(begun)
        return { assignment: start.assignment, rollout: begun }
      },
    },
    inBackground: () => undefined,
    audit: { record: () => Promise.resolve() },
    transaction: work => work(),
    clock: { now: () => now },
  })
  const faults: string[] = []
  let pushed = 0
  const rounds = createRounds({
    assignments: { organisationIds: () => Promise.resolve([]) },
    rollouts: { running: () => Promise.resolve([]), stopped: () => Promise.resolve([]) },
    placements: { unfinished: () => Promise.resolve([]) },
    settling: {
      organisation: () => Promise.resolve(),
      push: () => Promise.resolve(void (pushed += 1)),
    },
    sender: { ask: () => Promise.resolve() },
    conducting: { advance: () => Promise.resolve(), holdIfStopped: () => Promise.resolve() },
    followNewest: () => Promise.resolve(),
    requesting,
    signals: { knowing: (_, work) => work([]) },
    clock: { now: () => now },
    noteFault: (_, organisationId) => faults.push(organisationId),
  })

  await rounds.takeUp()
  t.is(stored.get('busy')?.state, 'approved', 'the approval is not spent')
  t.deepEqual([faults, pushed], [['ill'], 1])
  await rounds.takeUp()
  t.like(stored.get('busy'), { state: 'begun', rolloutId: 'r' })
  t.deepEqual([faults, pushed], [['ill', 'ill'], 2])
})
