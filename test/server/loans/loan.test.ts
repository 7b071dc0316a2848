import test from 'ava'
import { countTicks, ticksOf } from '../../../server/loans/checklist.ts'
import { lifecycles, type Lifecycle, type Lock } from '../../../server/devices/device.ts'
import { refuseUnfit } from '../../../server/loans/fit-to-lend.ts'
import { checkLoan, isOpen, isOverdue, loanStates } from '../../../server/loans/loan.ts'

test('a loan moves exactly as its table says', t => {
  const moves = loanStates.flatMap(from =>
    loanStates
      .filter(to => {
        try {
          checkLoan(from, to)
          return true
        } catch {
          return false
        }
      })
      .map(to => `${from} > ${to}`),
  )
  t.deepEqual(moves, [
    'reserved > terms-shown',
    'reserved > closed',
    'terms-shown > signed',
    'terms-shown > closed',
    'signed > active',
    'active > disputed',
    'active > returned',
    'active > closed',
    'disputed > active',
    'disputed > closed',
    'returned > active',
    'returned > closed',
  ])
  t.throws(() => checkLoan('reserved', 'active'), { code: 'loan-transition' })
})

test('a loan holds its iPad until it has come back, also while an incident is open', t => {
  t.deepEqual(loanStates.filter(isOpen), ['reserved', 'terms-shown', 'signed', 'active', 'disputed'])
})

test('a loan is overdue the day after its last day, while it is active', t => {
  const loan = { state: 'active', dueOn: '2026-11-22' } as const
  t.false(isOverdue(loan, '2026-11-22'))
  t.true(isOverdue(loan, '2026-11-23'))
  t.false(isOverdue({ ...loan, state: 'disputed' }, '2026-11-23'))
  t.false(isOverdue({ ...loan, state: 'returned' }, '2026-11-23'))
  t.false(isOverdue({ state: 'active' }, '2099-01-01'))
})

test('each reason not to lend an iPad has its own code', t => {
  const codeOf = (lifecycle: Lifecycle, lock: Lock = 'open') => {
    try {
      refuseUnfit({ lifecycle, lock })
      return 'fit'
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  t.deepEqual(Object.fromEntries(lifecycles.map(lifecycle => [lifecycle, codeOf(lifecycle)])), {
    ordered: 'device-not-here',
    'in-stock': 'fit',
    prepared: 'fit',
    reserved: 'device-taken',
    'on-loan': 'device-taken',
    returned: 'device-not-checked',
    lost: 'device-lost',
    stolen: 'device-stolen',
    broken: 'device-broken',
    'in-repair': 'device-broken',
    recovered: 'device-not-checked',
    replaced: 'device-retired',
    retired: 'device-retired',
    'handed-over': 'device-retired',
  })
  t.is(codeOf('prepared', 'lost'), 'device-locked')
  t.is(codeOf('prepared', 'wiped'), 'fit')
})

test('a line of the checklist keeps who ticked it first, and only what was handed out is ticked', t => {
  const [at, now] = [new Date('2026-03-02T09:00:00Z'), new Date('2026-03-02T10:00:00Z')]
  const [ada, bo] = [
    { id: 'ada', name: 'Ada' },
    { id: 'bo', name: 'Bo' },
  ]
  const loan = { state: 'active' as const, handedOutAt: at, checklist: [{ line: 'Gammal rad', by: ada, at }] }
  const around = { lines: ['Mejl', 'Lathund'], by: bo, now }
  t.deepEqual(ticksOf(loan, ['Gammal rad', 'Mejl'], around), [
    { line: 'Gammal rad', by: ada, at },
    { line: 'Mejl', by: bo, at: now },
  ])
  t.deepEqual(ticksOf(loan, [], around), [])
  const mail = { line: 'Mejl', by: bo, at: now }
  t.deepEqual(
    ticksOf(loan, ['Mejl'], { ...around, seen: [] }),
    [...loan.checklist, mail],
    'not seen, not taken off',
  )
  t.deepEqual(ticksOf(loan, ['Mejl'], { ...around, seen: ['Gammal rad'] }), [mail])
  t.throws(() => ticksOf({ state: 'active', handedOutAt: at }, ['Gammal rad'], around), {
    code: 'checklist-line',
  })
  t.throws(() => ticksOf({ state: 'reserved' }, ['Mejl'], around), { code: 'checklist-early' })
  for (const state of ['returned', 'closed'] as const)
    t.throws(() => ticksOf({ ...loan, state }, ['Mejl'], around), { code: 'checklist-late' })
  t.deepEqual(countTicks([loan, {}], ['Gammal rad', 'Mejl']), [
    { line: 'Gammal rad', done: 1 },
    { line: 'Mejl', done: 0 },
  ])
})
