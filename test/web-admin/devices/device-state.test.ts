import test from 'ava'
import { isSilent } from '../../../server/devices/silence.ts'
import { lifecycles, locks, managements } from '../../../server/devices/device.ts'
import {
  deviceBadges,
  lifecycleBadge,
  lockBadge,
  managementBadge,
} from '../../../web-admin/devices/device-state.ts'
import { iconSvg } from '../../../web-admin/icons.ts'
import { sayIn } from '../../../web-admin/language.ts'
import { addressOf, listHref } from '../../../web-admin/tables/table-view.ts'

const now = new Date('2026-11-22T12:00:00Z')
const say = sayIn('sv')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)

test('every state has words and a sign that exists, never a colour alone', t => {
  const badges = [
    ...lifecycles.map(one => lifecycleBadge(one, say)),
    ...managements.map(one => managementBadge(one, say)),
    ...locks.flatMap(one => lockBadge(one, say) ?? []),
  ]
  for (const { text, icon } of badges) {
    t.not(text, '')
    t.regex(iconSvg(icon), /<path d="M/, icon)
  }
})

test('an iPad as it should be has one badge; what is out of the ordinary stands beside it', t => {
  const fine = { lifecycle: 'on-loan', management: 'enrolled', lock: 'open', lastSeenAt: daysAgo(1) } as const
  t.deepEqual(
    deviceBadges(fine, now, say).map(({ text }) => text),
    ['Utlånad'],
  )
  const gone = { lifecycle: 'stolen', management: 'enrolled', lock: 'lost', lastSeenAt: daysAgo(20) } as const
  t.deepEqual(
    deviceBadges(gone, now, say).map(({ text }) => text),
    ['Stulen', 'Förlorat läge', 'Ingen kontakt på över 14 dagar'],
  )
})

test('only an enrolled iPad can be silent, after exactly two weeks', t => {
  t.false(isSilent({ management: 'enrolled', lastSeenAt: daysAgo(14) }, now))
  t.true(isSilent({ management: 'enrolled', lastSeenAt: daysAgo(14.01) }, now))
  t.false(isSilent({ management: 'unenrolled', lastSeenAt: daysAgo(99) }, now))
  t.false(isSilent({ management: 'enrolled' }, now))
})

test('the address of the list keeps what was chosen and drops what is empty or repeated', t => {
  t.is(listHref('/devices', { q: 'ek 10', lifecycle: '', sort: '-model' }), '/devices?q=ek+10&sort=-model')
  t.is(listHref('/devices', {}), '/devices')
  t.deepEqual(addressOf({ q: '  ek ', lifecycle: ['a', 'b'], other: 'x' }, ['q', 'lifecycle']), { q: 'ek' })
})
