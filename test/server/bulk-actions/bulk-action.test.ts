import test from 'ava'
import { lifecycles, type Device } from '../../../server/devices/device.ts'
import {
  bulkActions,
  bulkMoves,
  bulkRefusal,
  isDangerous,
  rightForBulk,
  variantOf,
  whyTwo,
} from '../../../server/bulk-actions/bulk-action.ts'

const ipad = (fields: Partial<Device> = {}) =>
  ({
    lifecycle: 'in-stock',
    management: 'enrolled',
    lock: 'open',
    ownership: 'organisation',
    ...fields,
  }) as const

test('nothing is sent to an iPad that is not enrolled, and nothing locks one that is locked', t => {
  for (const action of ['refresh', 'restart', 'lock', 'lost-mode', 'end-lost-mode'] as const)
    for (const management of ['none', 'pending', 'unenrolled'] as const)
      t.is(bulkRefusal({ action }, ipad({ management, lock: 'lost' }))?.code, 'bulk-unenrolled', action)
  for (const lock of ['lost', 'lost-mode-pending', 'wipe-pending', 'wiped', 'unlock-pending'] as const) {
    t.is(bulkRefusal({ action: 'lost-mode' }, ipad({ lock }))?.code, 'bulk-locked')
    t.is(bulkRefusal({ action: 'lock' }, ipad({ lock }))?.code, 'bulk-locked')
  }
  t.is(bulkRefusal({ action: 'end-lost-mode' }, ipad())?.code, 'bulk-not-locked')
  t.is(bulkRefusal({ action: 'end-lost-mode' }, ipad({ lock: 'lost' })), undefined)
  for (const lifecycle of ['lost', 'stolen'] as const)
    t.is(bulkRefusal({ action: 'end-lost-mode' }, ipad({ lock: 'lost', lifecycle }))?.code, 'bulk-missing')
  t.is(bulkRefusal({ action: 'restart' }, ipad({ lock: 'lost' })), undefined)
  t.is(bulkRefusal({ action: 'edit' }, ipad({ management: 'none' })), undefined)
})

test('whose a managed or a missing iPad is stays as it is, until it is handed over', t => {
  const why = (fields: Partial<Device>, ownership: 'personal' | 'organisation' = 'personal') =>
    bulkRefusal({ action: 'edit', ownership }, ipad(fields))?.code
  t.is(why({}), 'ownership-managed')
  t.is(why({ management: 'pending' }), 'ownership-managed')
  t.is(
    why({ ownership: 'personal' }, 'organisation'),
    'ownership-managed',
    'nor is a borrower’s own made ours',
  )
  t.is(why({ management: 'unenrolled', lifecycle: 'stolen' }), 'ownership-missing')
  t.is(why({ lifecycle: 'handed-over' }), undefined)
  t.is(why({ management: 'none' }), undefined)
  t.is(why({}, 'organisation'), undefined, 'what it is already')
})

test('an iPad on loan is retired by nobody, and each refusal names both ends of the move', t => {
  t.deepEqual(bulkRefusal({ action: 'move', to: 'retired' }, ipad({ lifecycle: 'on-loan' }))?.values, {
    from: 'on-loan',
    to: 'retired',
  })
  t.is(
    bulkRefusal({ action: 'move', to: 'retired' }, ipad({ lifecycle: 'retired' }))?.code,
    'bulk-there-already',
  )
  t.is(bulkRefusal({ action: 'move', to: 'retired' }, ipad({ lifecycle: 'broken' })), undefined)
  for (const lifecycle of lifecycles)
    for (const to of bulkMoves) t.notThrows(() => bulkRefusal({ action: 'move', to }, ipad({ lifecycle })))
})

test('two are needed for more than the limit, and for a disposal of one', t => {
  const settings = { disposalNeedsTwo: true }
  t.is(whyTwo({ action: 'restart' }, undefined, settings), undefined)
  t.is(whyTwo({ action: 'restart' }, 'over-day-limit', settings), 'over-day-limit')
  t.is(whyTwo({ action: 'move', to: 'handed-over' }, undefined, settings), 'disposal')
  t.is(whyTwo({ action: 'move', to: 'broken' }, undefined, settings), undefined)
  const alone = { disposalNeedsTwo: false }
  t.is(whyTwo({ action: 'move', to: 'retired' }, undefined, alone), undefined)
  t.is(whyTwo({ action: 'move', to: 'retired' }, 'over-limit', alone), 'over-limit')
})

test('an erase is no bulk action, and every action has its right and its word', t => {
  t.false((bulkActions as readonly string[]).some(action => /wipe|erase/.test(action)))
  t.is(rightForBulk('lost-mode'), 'lost-mode.use')
  t.is(rightForBulk('refresh'), 'commands.send')
  t.is(rightForBulk('move'), 'devices.write')
  t.is(variantOf({ action: 'move', to: 'retired' }), 'move-retired')
  t.is(variantOf({ action: 'restart' }), 'restart')
  t.true(isDangerous({ action: 'lost-mode' }))
  t.true(isDangerous({ action: 'move', to: 'handed-over' }))
  t.false(isDangerous({ action: 'move', to: 'in-stock' }))
})
