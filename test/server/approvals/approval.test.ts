import test from 'ava'
import {
  decide as decideWith,
  expire,
  isOver,
  restated,
  withdraw,
  type Approval,
  type Decision,
} from '../../../server/approvals/approval.ts'
import { DomainError } from '../../../server/domain-error.ts'

const maja = { kind: 'staff', id: 'maja', name: 'Maja Lind' } as const
const omar = { kind: 'staff', id: 'omar', name: 'Omar Berg' } as const
const sara = { kind: 'staff', id: 'sara', name: 'Sara Ek' } as const
const noon = new Date('2026-03-02T12:00:00Z')
const end = new Date('2026-03-05T12:00:00Z')

function waiting(changes: Partial<Approval> = {}): Approval {
  return {
    id: 'a1',
    organisationId: 'org',
    kind: 'wipe',
    subject: { kind: 'incident', id: 'i1', label: '2026-0001' },
    requestedBy: maja,
    requestedAt: new Date('2026-03-02T11:00:00Z'),
    reason: 'Stolen on a train',
    state: 'waiting',
    expiresAt: end,
    version: 1,
    ...changes,
  }
}

/** By somebody whose account nobody else has opened, unless said otherwise. */
const decide = (approval: Approval, decision: Omit<Decision, 'openers'> & Partial<Decision>, now: Date) =>
  decideWith(approval, { openers: [], ...decision }, now)

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
  return 'allowed'
}

test('a token is no second person: whoever made it has asked or decides', t => {
  const tokenOf = (id: string, behind?: { id: string; name: string }) =>
    ({ kind: 'token', id, name: 'a program', ...(behind && { behind }) }) as const
  const approvedBy = (by: Parameters<typeof decide>[1]['by'], approval = waiting()) =>
    codeOf(() => decide(approval, { outcome: 'approved', by }, noon))
  t.is(approvedBy(tokenOf('t1', maja)), 'approval-own')
  t.is(approvedBy(maja, waiting({ requestedBy: tokenOf('t1', maja) })), 'approval-own')
  t.is(approvedBy(tokenOf('t2', maja), waiting({ requestedBy: tokenOf('t1', maja) })), 'approval-own')
  t.is(approvedBy(tokenOf('t1', omar)), 'allowed')
  t.is(approvedBy(tokenOf('t2'), waiting({ requestedBy: tokenOf('t1') })), 'allowed')
  t.is(approvedBy(tokenOf('t1'), waiting({ requestedBy: tokenOf('t1') })), 'approval-own')
})

test('whoever opened the other’s account lately is no second person, at either of the two', t => {
  const approvedBy = (by: Approval['requestedBy'], openers: string[], approval = waiting()) =>
    codeOf(() => decide(approval, { outcome: 'approved', by, openers }, noon))
  t.is(approvedBy(omar, ['maja']), 'approval-own-account')
  t.is(approvedBy(omar, ['sara', 'maja']), 'approval-own-account', 'by way of another account')
  t.is(approvedBy(omar, ['sara']), 'allowed', 'opened by somebody who asks nothing')
  t.is(approvedBy(omar, [], waiting({ openers: ['omar'] })), 'approval-own-account')
  t.is(approvedBy(sara, [], waiting({ openers: ['omar'] })), 'allowed')
  const token = { kind: 'token', id: 't1', name: 'a program', behind: omar } as const
  t.is(approvedBy(token, ['maja']), 'approval-own-account')
  t.is(approvedBy(token, [], waiting({ openers: ['omar'] })), 'approval-own-account')
  t.is(
    approvedBy(sara, ['maja'], waiting({ requestedBy: { ...token, behind: maja } })),
    'approval-own-account',
  )
})

test('what is asked for in another’s name by now is asked by whoever opened their account too', t => {
  const grown = restated(waiting({ openers: ['omar'] }), { facts: { count: 40 }, behind: sara }, ['tove'])
  t.deepEqual(grown.openers, ['omar', 'tove'])
  t.false('openers' in restated(waiting(), { facts: {}, behind: sara }, []))
})

test('another person decides, and it is written who and when', t => {
  t.deepEqual(decide(waiting(), { outcome: 'approved', by: omar }, noon), {
    ...waiting(),
    state: 'approved',
    decidedBy: omar,
    decidedAt: noon,
    version: 2,
  })
  const refused = decide(waiting(), { outcome: 'refused', by: omar, note: 'It was found' }, noon)
  t.is(refused.state, 'refused')
  t.is(refused.note, 'It was found')
})

interface Case {
  readonly approval?: Partial<Approval>
  readonly by: Approval['requestedBy']
  readonly at?: Date
}

const answers = test.macro((t, { approval = {}, by, at = noon }: Case, expected: string) => {
  t.is(
    codeOf(() => decide(waiting(approval), { outcome: 'approved', by }, at)),
    expected,
  )
})

const system = { kind: 'system', id: 'system', name: 'Örnkoll' } as const
const justBefore = new Date(end.getTime() - 1)

test('the one who asked cannot approve', answers, { by: maja }, 'approval-own')
test('the product itself cannot approve', answers, { by: system }, 'approval-person')
test('the last moment is still in time', answers, { by: omar, at: justBefore }, 'allowed')
test('at the end the time is over', answers, { by: omar, at: end }, 'approval-expired')
test(
  'a second approver comes too late',
  answers,
  { approval: { state: 'approved', decidedBy: omar }, by: sara },
  'approval-decided',
)
test(
  'what was refused stays refused',
  answers,
  { approval: { state: 'refused', decidedBy: omar }, by: omar },
  'approval-decided',
)
test(
  'what was withdrawn cannot be approved',
  answers,
  { approval: { state: 'withdrawn' }, by: omar },
  'approval-decided',
)

test('the one who asked cannot refuse it either', t => {
  t.is(
    codeOf(() => decide(waiting(), { outcome: 'refused', by: maja, note: 'x' }, noon)),
    'approval-own',
  )
})

test('the same decision by the same person changes nothing', t => {
  const approved = decide(waiting(), { outcome: 'approved', by: omar }, noon)
  t.is(decide(approved, { outcome: 'approved', by: omar }, end), approved)
})

test('a refusal without a reason is turned down', t => {
  t.is(
    codeOf(() => decide(waiting(), { outcome: 'refused', by: omar }, noon)),
    'approval-note',
  )
})

test('only what waits can run out or be taken back', t => {
  t.false(isOver(waiting(), noon))
  t.true(isOver(waiting(), end))
  t.false(isOver(waiting({ state: 'approved' }), end))
  t.deepEqual(expire(waiting()).decidedAt, end)
  t.is(withdraw(waiting(), maja, noon).state, 'withdrawn')
  t.is(
    codeOf(() => withdraw(waiting({ state: 'approved' }), maja, noon)),
    'approval-decided',
  )
})
