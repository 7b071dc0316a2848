import test from 'ava'
import {
  checkLifecycle,
  checkLock,
  checkManagement,
  lifecycles,
  locks,
  managements,
  normalSerial,
} from '../../../server/devices/device.ts'
import { codesOf, cursorOf, parseCursor, searchTerms } from '../../../server/devices/device-search.ts'
import { deviceErrors } from '../../../server/devices/device-input.ts'
import { aDevice } from '../../support/lending.ts'

/** Every pair that `check` lets through, as `from > to`. */
function allowed<S extends string>(states: readonly S[], check: (from: S, to: S) => void): string[] {
  return states.flatMap(from =>
    states.filter(to => passes(() => check(from, to))).map(to => `${from} > ${to}`),
  )
}

function passes(work: () => void): boolean {
  try {
    work()
    return true
  } catch {
    return false
  }
}

test('an iPad goes from order to loan and back to the shelf, and never out of the end', t => {
  const moves = allowed(lifecycles, checkLifecycle)
  const day = ['ordered', 'in-stock', 'prepared', 'reserved', 'on-loan', 'returned', 'in-stock']
  for (const [index, from] of day.slice(0, -1).entries())
    t.true(moves.includes(`${from} > ${day[index + 1]}`))
  for (const holding of ['in-stock', 'prepared', 'reserved', 'on-loan', 'returned'])
    for (const trouble of ['lost', 'stolen', 'broken', 'in-repair'])
      t.true(moves.includes(`${holding} > ${trouble}`), `${holding} > ${trouble}`)
  for (const trouble of ['lost', 'stolen', 'broken', 'in-repair'])
    for (const end of ['recovered', 'replaced', 'retired', 'handed-over'])
      t.true(moves.includes(`${trouble} > ${end}`), `${trouble} > ${end}`)
  for (const end of ['retired', 'handed-over']) t.false(moves.some(move => move.startsWith(`${end} > `)))
  for (const forbidden of [
    'ordered > on-loan',
    'in-stock > on-loan',
    'in-stock > reserved',
    'prepared > on-loan',
    'on-loan > in-stock',
    'on-loan > retired',
    'stolen > on-loan',
    'stolen > in-stock',
    'lost > prepared',
    'ordered > lost',
    'returned > on-loan',
  ])
    t.false(moves.includes(forbidden), forbidden)
  t.throws(() => checkLifecycle('stolen', 'on-loan'), { code: 'lifecycle-transition' })
})

test('management moves exactly as its table says', t => {
  t.deepEqual(allowed(managements, checkManagement), [
    'none > pending',
    'none > enrolled',
    'pending > none',
    'pending > enrolled',
    'pending > unenrolled',
    'enrolled > pending',
    'enrolled > unenrolled',
    'unenrolled > pending',
    'unenrolled > enrolled',
  ])
  t.throws(() => checkManagement('enrolled', 'none'), { code: 'management-transition' })
})

test('a lock state moves exactly as its table says', t => {
  t.deepEqual(allowed(locks, checkLock), [
    'open > lost-mode-pending',
    'open > wipe-pending',
    'lost-mode-pending > open',
    'lost-mode-pending > lost',
    'lost-mode-pending > unlock-pending',
    'lost-mode-pending > wipe-pending',
    'lost > unlock-pending',
    'lost > wipe-pending',
    'unlock-pending > open',
    'unlock-pending > lost-mode-pending',
    'unlock-pending > lost',
    'unlock-pending > wipe-pending',
    'wipe-pending > open',
    'wipe-pending > lost-mode-pending',
    'wipe-pending > lost',
    'wipe-pending > wiped',
    'wiped > open',
    'wiped > lost-mode-pending',
  ])
  t.throws(() => checkLock('open', 'wiped'), { code: 'lock-transition' })
})

test('a serial number is read as scanners and people give it', t => {
  t.is(normalSerial(' dmpx q1 abcd\n'), 'DMPXQ1ABCD')
  t.deepEqual(codesOf('SDMPXQ1ABCD'), ['SDMPXQ1ABCD', 'DMPXQ1ABCD'])
  t.deepEqual(codesOf('HTTPS://IPAD.EXAMPLE.SE/T/7K3QF9'), ['7K3QF9'])
})

test('a search begins with tag, serial, its last six or four, theft mark or a word of the model', t => {
  const terms = searchTerms({
    serialNumber: 'DMPXQ1ABCD',
    assetTag: '7K3QF9',
    theftMark: 'ök-0042',
    model: 'iPad Air 11',
  })
  for (const term of ['7K3QF9', 'DMPXQ1ABCD', 'Q1ABCD', 'ABCD', 'ÖK-0042', 'IPAD AIR 11', 'AIR'])
    t.true(terms.includes(term), term)
})

test('a place in the list survives its way through an address', t => {
  const device = aDevice({
    organisationId: 'a',
    assetTag: 'Å-1',
    lastSeenAt: new Date('2026-11-22T10:00:00Z'),
  })
  t.deepEqual(parseCursor(cursorOf(device, 'lastSeenAt'), 'lastSeenAt'), {
    value: device.lastSeenAt,
    assetTag: 'Å-1',
  })
  t.deepEqual(
    parseCursor(cursorOf(aDevice({ organisationId: 'a', assetTag: 'B' }), 'lastSeenAt'), 'lastSeenAt'),
    {
      value: null,
      assetTag: 'B',
    },
  )
  t.throws(() => parseCursor('tampered', 'model'), { code: 'bad-cursor' })
  t.throws(() => parseCursor(Buffer.from('[{"$gt":""},"x"]').toString('base64url'), 'model'), {
    code: 'bad-cursor',
  })
  const noTime = cursorOf(aDevice({ organisationId: 'a', assetTag: 'B' }), 'model')
  t.throws(() => parseCursor(noTime, 'lastSeenAt'), { code: 'bad-cursor' }, 'a text is no time')
})

const refused = test.macro((t, input: Parameters<typeof deviceErrors>[0], paths: string[]) => {
  t.deepEqual(
    deviceErrors(input).map(error => error.path),
    paths,
  )
})
test('a serial number with other signs is refused', refused, { serialNumber: 'DMPX/Q1AB' }, ['serialNumber'])
test('a short serial number is refused', refused, { serialNumber: 'DMPX' }, ['serialNumber'])
test('a price in parts of an öre is refused', refused, { purchase: { on: '2026-01-31', priceOre: 1.5 } }, [
  'purchase.priceOre',
])
test('a negative price is refused', refused, { purchase: { on: '2026-01-31', priceOre: -1 } }, [
  'purchase.priceOre',
])
test('a day that does not exist is refused', refused, { warrantyEndsOn: '2026-02-30' }, ['warrantyEndsOn'])
test('a leap day is a day', refused, { warrantyEndsOn: '2028-02-29' }, [])
test('fields can be emptied', refused, { theftMark: null, purchase: null, warrantyEndsOn: null }, [])
