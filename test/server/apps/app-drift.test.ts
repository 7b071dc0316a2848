import test from 'ava'
import { appDrift, appsWantedOn, isDrift, type StandingSet } from '../../../server/apps/app-drift.ts'
import { createDriftCount } from '../../../server/apps/drift-count.ts'
import { mustBeApps, type AppSetContent, type WantedApp } from '../../../server/apps/app-set.ts'
import { type Standing } from '../../../server/assignments/assignment.ts'
import { DomainError } from '../../../server/domain-error.ts'

const papers: WantedApp = { identifier: 'se.example.papers', name: 'Handlingar' }
const mail: WantedApp = { identifier: 'se.example.mail', name: 'E-post' }
const standing: Standing = { deviceId: 'd', bodyIds: ['council'], roles: ['member'], labels: ['mötesrum'] }

let made = 0
function aSet(content: AppSetContent, ended = false): StandingSet {
  const id = `set${String((made += 1))}`
  const savedAt = new Date(0)
  return {
    set: { id, organisationId: 'o', name: id, latest: 1, ...(ended && { endedAt: savedAt }) },
    newest: {
      ...{ ...content, id: `${id}/1`, organisationId: 'o', appSetId: id, number: 1 },
      ...{ savedAt, savedBy: { id: 'p', name: 'Eva Ek' } },
    },
  }
}

test('what any set that reaches an iPad asks for is wanted there, once', t => {
  const everybody = aSet({ apps: [papers], target: { kind: 'organisation' } })
  const members = aSet({
    apps: [{ ...papers, storeId: 7 }, mail],
    target: { kind: 'role', role: 'member' },
  })
  const chairs = aSet({
    apps: [{ identifier: 'se.example.votes', name: 'Röster' }],
    target: { kind: 'role', role: 'chair' },
  })
  t.deepEqual(appsWantedOn(standing, [everybody, members, chairs]), [mail, { ...papers, storeId: 7 }])
  t.deepEqual(appsWantedOn(standing, [everybody]), [papers])
  t.is(appsWantedOn(standing, [chairs]), undefined, 'no set reaches it: nothing is said')
  t.is(appsWantedOn(standing, [aSet(everybody.newest, true)]), undefined, 'an ended set asks for nothing')
  const empty = aSet({ apps: [], target: { kind: 'label', label: 'mötesrum' } })
  t.deepEqual(appsWantedOn(standing, [empty]), [], 'an empty set says that no managed app belongs there')
})

test('an app is missing, on its way or too many by what the iPad told of it', t => {
  const of = (state?: string) => appDrift([papers], state ? [{ identifier: papers.identifier, state }] : [])
  t.deepEqual(of(), { missing: [{ ...papers, why: 'absent' }], coming: [], extra: [] })
  for (const state of ['Managed', 'Updating', 'UpdateRejected'])
    t.deepEqual(of(state), { missing: [], coming: [], extra: [] }, state)
  for (const state of ['Prompting', 'Installing', 'Queued'])
    t.deepEqual(of(state), { missing: [], coming: [papers], extra: [] }, state)
  for (const state of ['UserRejected', 'Failed', 'ManagementRejected'])
    t.deepEqual(of(state).missing, [{ ...papers, why: 'refused' }], state)
  for (const state of ['ManagedButUninstalled', 'UserInstalledApp', 'Unknown'])
    t.deepEqual(of(state).missing, [{ ...papers, why: 'absent' }], state)

  const other = (state: string) => appDrift([], [{ identifier: 'se.example.game', state }])
  t.deepEqual(other('Managed').extra, ['se.example.game'])
  t.deepEqual(other('UserRejected').extra, [], 'one that never came is not too many')
  t.deepEqual([isDrift(of('Managed')), isDrift(of('Installing')), isDrift(of())], [false, false, true])
  t.true(isDrift(other('Managed')))
})

test('an identifier is the same in whatever letters, in two sets and on the iPad', t => {
  const loud = { ...papers, identifier: 'SE.Example.Papers', storeId: 7 }
  const [one, other] = [papers, loud].map(app => aSet({ apps: [app], target: { kind: 'organisation' } }))
  if (!one || !other) return t.fail()
  t.deepEqual(appsWantedOn(standing, [one, other]), [loud])
  t.deepEqual(appDrift([loud], [{ identifier: papers.identifier, state: 'Managed' }]), {
    missing: [],
    coming: [],
    extra: [],
  })
})

test('an app stands once in a set, in whatever letters', t => {
  t.notThrows(() => mustBeApps([papers, mail]))
  const error = t.throws(() => mustBeApps([papers, { ...papers, identifier: 'SE.example.Papers' }]), {
    instanceOf: DomainError,
  })
  t.deepEqual([error.code, error.fields.length], ['app-set-invalid', 1])
})

test('who differs is counted over all pages, looked at again after five minutes or when a set changes, and not without a set', async t => {
  let now = new Date('2026-11-22T08:00:00Z')
  let looks = 0
  let sets: StandingSet[] = []
  const pages = [
    { items: ['a', 'b'], next: '2' },
    { items: [], next: '3' },
    { items: ['c'], next: null },
  ]
  const count = createDriftCount({
    clock: { now: () => now },
    appSets: { list: () => Promise.resolve(sets) },
    ipadApps: {
      drifted: (_actor, { after = '1' }) => {
        if (after === '1') looks += 1
        const { items, next } = pages[Number(after) - 1] ?? { items: [], next: null }
        return Promise.resolve({ items: items.map(deviceId => ({ deviceId, assetTag: deviceId })), next })
      },
    },
  })
  t.is(await count.of('o'), 0)
  t.is(looks, 0, 'nobody is looked at where there is no set')
  const content = { apps: [papers], target: { kind: 'organisation' } } as const
  sets = [aSet(content, true)]
  count.forget('o')
  t.is(await count.of('o'), 0, 'an ended set asks for nothing')
  sets = [aSet(content)]
  count.forget('o')
  t.deepEqual([await count.of('o'), await count.of('o'), looks], [3, 3, 1])
  now = new Date(now.getTime() + 5 * 60_000)
  t.deepEqual([await count.of('o'), looks], [3, 2])
})
