import test from 'ava'
import { decide, type Approval } from '../../../server/approvals/approval.ts'
import { type Audit } from '../../../server/audit/audit.ts'
import { firstSettings } from '../../../server/organisations/organisation.ts'
import { createHolding, type Follow } from '../../../server/rollouts/holding.ts'
import {
  answered,
  holdsBack,
  isFollow,
  type FollowRequest,
  type RolloutRequest,
} from '../../../server/rollouts/rollout-request.ts'
import { createSignals } from '../../../server/rollouts/signals.ts'
import { createTallying } from '../../../server/rollouts/tallying.ts'
import { type Tally } from '../../../server/rollouts/tally.ts'
import { type Actor, type Maker } from '../../../server/staff/actor.ts'

const anna = { id: 'anna', name: 'Anna' }
const bo = { id: 'bo', name: 'Bo' }
const profile = (id: string) => ({ kind: 'profile', id }) as const
/** What would follow on this many iPads. */
const follows = (count: number, id = 'p', from = 0): Follow[] =>
  Array.from({ length: count }, (_, index) => ({ deviceId: `d${from + index}`, content: profile(id) }))

/** Holding above five iPads, with what it stores in plain sight. */
function aHolder() {
  const stored = new Map<string, RolloutRequest>()
  const approvals = new Map<string, { count: number; behind: Maker | undefined }>()
  const dropped: string[] = []
  let tally: Tally | undefined
  let now = new Date('2026-11-22T09:00:00Z')
  const clock = { now: () => now }
  const organisation = {
    get: () => Promise.resolve({ language: 'sv', settings: { ...firstSettings, rolloutLimit: 5 } }),
  }
  const holding = createHolding({
    requests: {
      holding: () => Promise.resolve([...stored.values()].filter(isFollow).filter(holdsBack)),
      save: next => {
        if (stored.get(next.id)?.version !== next.version - 1)
          throw new Error(`${next.id} is saved on something else`)
        stored.set(next.id, next)
        return Promise.resolve()
      },
    },
    approvals: {
      dropFor: (_, _kind, id) => Promise.resolve(void dropped.push(id)),
      restate: (_, { subjectId }, { facts, behind }) =>
        Promise.resolve(void approvals.set(subjectId, { count: Number(facts['count']), behind })),
    },
    ask: (actor, { asked, content, name, count, reason }) => {
      const id = `r${stored.size + 1}`
      const { kind, id: askerId, name: askerName, roles, behind } = actor
      const request: RolloutRequest = {
        id,
        organisationId: 'o',
        asked,
        content,
        name,
        count,
        reason,
        askedAt: now,
        state: 'waiting',
        approvalId: `a-${id}`,
        version: 1,
        askedBy: { kind, id: askerId, name: askerName, roles, ...(behind && { behind }) },
      }
      stored.set(id, request)
      approvals.set(id, { count, behind })
      return Promise.resolve(request)
    },
    tallying: createTallying({
      limit: 'rolloutLimit',
      tallies: {
        find: () => Promise.resolve(tally),
        save: next => Promise.resolve(void (tally = next)),
      },
      organisations: organisation as never,
      clock,
    }),
    organisations: organisation as never,
    contents: { of: () => ({ about: () => Promise.resolve({ name: 'Salen' }) }) } as never,
    transaction: work => work(),
    clock,
  })
  return {
    approvals,
    dropped,
    request: (id: string) => stored.get(id) as FollowRequest,
    heldBy: (id: string) => (stored.get(id) as FollowRequest).asked.input.deviceIds.length,
    requests: () => stored.size,
    later: (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000)),
    answer(id: string, state: 'approved' | 'refused' | 'expired' | 'withdrawn') {
      const request = stored.get(id)
      if (request) stored.set(id, answered(request, state, now))
    },
    /** How many may go. */
    sift: async (found: readonly Follow[], by: readonly Maker[] = [anna]) =>
      (await holding.sift('o', found, by)).length,
  }
}

test('as many as one person decides alone go at once, and add up for ten minutes', async t => {
  const h = aHolder()
  t.is(await h.sift(follows(5)), 5)
  t.is(await h.sift(follows(1, 'p', 10)), 0, 'the sixth within ten minutes')
  t.deepEqual([h.requests(), h.heldBy('r1')], [1, 1])
  const later = aHolder()
  t.is(await later.sift(follows(5)), 5)
  later.later(11)
  t.is(await later.sift(follows(5, 'p', 10)), 5)
  t.is(later.requests(), 0)
})

test('more are held and asked about once for each content, behind whoever did it alone', async t => {
  const h = aHolder()
  const both = [...follows(4), ...follows(4, 'q', 4)]
  t.is(await h.sift(both), 0)
  t.is(await h.sift(both), 0)
  t.deepEqual([h.requests(), h.heldBy('r1'), h.heldBy('r2')], [2, 4, 4])
  t.deepEqual(h.approvals.get('r1'), { count: 4, behind: anna })
  t.deepEqual(h.request('r2').askedBy.behind, anna)
  const two = aHolder()
  await two.sift(follows(6), [anna, bo])
  t.is(two.request('r1').askedBy.behind, undefined, 'neither did it alone')
})

test('what waits says how many it is about by now, and who is behind the larger part', async t => {
  const h = aHolder()
  await h.sift(follows(6))
  t.is(await h.sift(follows(12), [bo]), 0)
  t.deepEqual(h.approvals.get('r1'), { count: 12, behind: anna })
  await h.sift(follows(40), [bo])
  t.deepEqual(h.approvals.get('r1'), { count: 40, behind: bo })
  t.deepEqual([h.request('r1').count, h.heldBy('r1'), h.requests()], [40, 40, 1])
  await h.sift(follows(7), [anna])
  t.deepEqual(h.approvals.get('r1'), { count: 7, behind: bo })
})

test('what follows no more is held no more, and nobody need answer what is about nothing', async t => {
  const h = aHolder()
  await h.sift(follows(6))
  t.is(await h.sift([]), 0)
  t.deepEqual([h.request('r1').state, h.heldBy('r1'), h.dropped], ['withdrawn', 0, ['r1']])
  t.is(await h.sift(follows(6)), 0, 'it follows anew, so it is asked about anew')
  t.is(h.request('r2').state, 'waiting')
})

test('a no, and taking it back, hold it without asking again', async t => {
  for (const answer of ['refused', 'withdrawn'] as const) {
    const h = aHolder()
    await h.sift(follows(6))
    h.answer('r1', answer)
    h.later(60)
    t.is(await h.sift(follows(6)), 0, answer)
    t.is(await h.sift(follows(7)), 1, 'what comes to it is weighed by itself')
    t.deepEqual([h.requests(), h.heldBy('r1'), h.request('r1').state], [1, 6, answer])
    await h.sift(follows(2))
    t.is(h.heldBy('r1'), 2)
  }
})

test('what nobody answered in time is asked about anew, however few are left, and never goes by silence', async t => {
  const h = aHolder()
  await h.sift(follows(6))
  h.answer('r1', 'expired')
  h.later(72 * 60)
  t.is(await h.sift([...follows(3), ...follows(2, 'q', 20)], [bo]), 2, 'others go as ever')
  t.deepEqual([h.request('r1').state, h.request('r1').count, h.heldBy('r1')], ['expired', 6, 0])
  t.deepEqual([h.request('r2').state, h.heldBy('r2'), h.requests()], ['waiting', 3, 2])
  t.deepEqual(h.request('r2').askedBy.behind, anna, 'who did it is not forgotten')
  t.is(await h.sift(follows(3)), 0)
  t.is(h.requests(), 2)
})

test('what was agreed to is held until it has begun, and takes in nothing more', async t => {
  const h = aHolder()
  await h.sift(follows(6))
  h.answer('r1', 'approved')
  t.is(await h.sift(follows(8)), 2)
  t.deepEqual([h.heldBy('r1'), h.request('r1').count], [6, 6])
})

test('a request that grew is agreed to only by whoever has read it as it is', t => {
  const waiting: Approval = {
    id: 'a',
    organisationId: 'o',
    kind: 'roll-out',
    reason: 'Etiketter',
    state: 'waiting',
    version: 2,
    subject: { kind: 'rollout-request', id: 'r1', label: 'Salen' },
    facts: { count: 40 },
    requestedBy: { kind: 'system', id: 'system', name: 'Örnkoll', behind: anna },
    requestedAt: new Date('2026-11-22T09:00:00Z'),
    expiresAt: new Date('2026-11-25T09:00:00Z'),
  }
  const now = new Date('2026-11-22T10:00:00Z')
  const by = { kind: 'staff', ...bo } as const
  const openers: string[] = []
  t.throws(() => decide(waiting, { outcome: 'approved', by, openers, version: 1 }, now), {
    message: /has changed/,
  })
  const approved = decide(waiting, { outcome: 'approved', by, openers, version: 2 }, now)
  t.is(approved.state, 'approved')
  t.is(decide(approved, { outcome: 'approved', by, openers, version: 2 }, now), approved, 'pressed twice')
  t.is(decide(waiting, { outcome: 'refused', by, openers, note: 'Nej', version: 2 }, now).state, 'refused')
})

test('who did something is known until what follows was looked through twice, also when it failed between', async t => {
  const signals = createSignals()
  const audit = signals.hearing<Audit>({ record: () => Promise.resolve() })
  const actor: Actor = { kind: 'staff', ...anna, organisationId: 'o', roles: ['admin'] }
  const known = async () => {
    let found: readonly string[] = []
    await signals.knowing('o', by => Promise.resolve(void (found = by.map(({ name }) => name))))
    return found
  }
  const did = (action: string, who = actor) => audit.record(who, { action, on: { kind: 'device', id: 'd' } })
  await did('devices.label')
  await t.throwsAsync(signals.knowing('o', () => Promise.reject(new Error('The disk is full'))))
  t.deepEqual(await known(), ['Anna'])
  await did('staff.edit', { ...actor, ...bo })
  t.deepEqual(await known(), ['Anna'])
  t.deepEqual(await known(), [])
  await did('devices.label')
  await known()
  await did('devices.label')
  t.deepEqual(
    [await known(), await known(), await known()],
    [['Anna'], ['Anna'], []],
    'the later deed counts anew',
  )
  await signals.knowing('o', () => did('loans.open'))
  t.deepEqual([await known(), await known(), await known()], [['Anna'], ['Anna'], []])

  // The end of waves lets a newer version follow at once, and is no change of whoever ended them.
  signals.committed(new Set(['o']))
  const onRollout = { on: { kind: 'rollout', id: 'r' } }
  const told = async (action: string, after = {}) => {
    const heard: string[] = []
    signals.onTouched(organisationId => heard.push(organisationId))
    await audit.record(actor, { action, after, ...onRollout })
    signals.committed(new Set(['o']))
    return heard
  }
  t.deepEqual(await told('rollouts.send-again'), [])
  t.deepEqual(await told('rollouts.stop'), ['o'])
  t.deepEqual(await told('rollouts.open-wave', { wave: 1, of: 2 }), [])
  t.deepEqual(await told('rollouts.open-wave', { wave: 2, of: 2 }), ['o'])
  t.deepEqual(await known(), [])
})
