import test from 'ava'
import fc from 'fast-check'
import { withheld, withoutSecrets, type AuditEvent } from '../../../server/audit/audit.ts'
import { canonical, chain, createChainCheck, emptyHead } from '../../../server/audit/audit-chain.ts'

const event = (number: number, fields: Partial<AuditEvent> = {}): AuditEvent => ({
  id: `e${number}`,
  organisationId: 'o',
  at: new Date(Date.UTC(2026, 2, 2, 12, 0, number)),
  actor: { kind: 'staff', id: 's', name: 'Asta Lind' },
  action: 'bodies.edit',
  on: { kind: 'body', id: 'b' },
  before: { name: 'A' },
  after: { name: `B${number}` },
  ...fields,
})
const five = () =>
  chain(
    emptyHead,
    [1, 2, 3, 4, 5].map(number => event(number)),
  )

function faultsOf(events: ReturnType<typeof five>, head = five().at(-1) ?? emptyHead) {
  const check = createChainCheck()
  check.add(events)
  check.end(head)
  return check.faults.map(({ kind, sequence }) => `${kind} ${sequence}`)
}

test('an untouched chain has no faults, in whatever pieces it is read', t => {
  t.deepEqual(faultsOf(five()), [])
  const check = createChainCheck()
  for (const each of five()) check.add([each])
  check.end(five().at(-1) ?? emptyHead)
  t.deepEqual(check.faults, [])
})

test('whatever is changed in an event is found at its place', t => {
  const changes: Partial<AuditEvent>[] = [
    { at: new Date(0) },
    { actor: { kind: 'staff', id: 's', name: 'Somebody Else' } },
    { action: 'bodies.add' },
    { on: { kind: 'body', id: 'c' } },
    { reason: 'none' },
    { before: { name: 'C' } },
    { after: {} },
    { organisationId: 'p' },
    { id: 'e9' },
    { from: { requestId: 'r' } },
  ]
  for (const change of changes) {
    const touched = five().map(each => (each.sequence === 3 ? { ...each, ...change } : each))
    t.deepEqual(faultsOf(touched), ['changed 3'], JSON.stringify(change))
  }
})

test('an event that is gone, one too many, two that changed places and a cut end are found', t => {
  const all = five()
  t.deepEqual(faultsOf(all.filter(({ sequence }) => sequence !== 3)), ['missing 4'])
  t.deepEqual(faultsOf(all.slice(0, 3)), ['end 4'])
  t.deepEqual(faultsOf(all.slice(2)), ['missing 3'])
  const [first, ...rest] = all
  t.deepEqual(faultsOf(first ? [first, first, ...rest] : []), ['torn 1'])
  t.deepEqual(faultsOf([]), ['end 1'])
})

test('a place that was written anew with a hash that fits it is found at the next', t => {
  const all = five()
  const forged = chain({ sequence: 2, hash: all[1]?.hash ?? '' }, [event(3, { reason: 'forged' })])
  t.deepEqual(faultsOf([...all.slice(0, 2), ...forged, ...all.slice(3)]), ['torn 4'])
})

test('the order of fields does not matter to the hash, everything else does', t => {
  t.is(
    canonical({ b: 1, a: [undefined, { d: 1, c: new Date(0) }], u: undefined }),
    '{"a":[null,{"c":"1970-01-01T00:00:00.000Z","d":1}],"b":1}',
  )
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      t.deepEqual(JSON.parse(canonical(value)), JSON.parse(JSON.stringify(value)))
    }),
    { numRuns: 200 },
  )
})

test('what a name gives away as a secret is withheld, at any depth, and the rest is not', t => {
  t.deepEqual(
    withoutSecrets({
      name: 'A',
      passwordHash: 'x',
      token: 'orn_x',
      tokenState: 'live',
      hasPassword: true,
      settings: { smtpPassword: 'x', list: [{ unlockToken: 'x', key: 'y', keyName: 'z' }] },
      at: new Date(0),
      signature: ['0,0'],
    }),
    {
      name: 'A',
      passwordHash: withheld,
      token: withheld,
      tokenState: 'live',
      hasPassword: true,
      settings: { smtpPassword: withheld, list: [{ unlockToken: withheld, key: withheld, keyName: 'z' }] },
      at: new Date(0),
      signature: withheld,
    },
  )
})
