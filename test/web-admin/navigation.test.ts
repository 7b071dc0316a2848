import test from 'ava'
import { rightsOf, type Role } from '../../server/staff/rights.ts'
import { sayIn } from '../../web-admin/language.ts'
import { navigation } from '../../web-admin/navigation.ts'

const counts = { approvals: 3 }

const placesOf = (role: Role, path = '/') =>
  navigation(rightsOf([role]), path, { say: sayIn('en'), counts }).map(({ href }) => href)

test('each role sees the places it may enter and no other', t => {
  t.false(placesOf('handout').includes('/costs'))
  t.true(placesOf('handout').includes('/hand-out'))
  t.false(placesOf('finance').includes('/people'))
  t.true(placesOf('finance').includes('/costs'))
  t.true(placesOf('helpdesk').includes('/approvals'))
  t.false(placesOf('handout').includes('/approvals'))
  t.true(placesOf('second-line').includes('/approvals'))
  t.false(placesOf('secretary').includes('/settings'))
  t.true(placesOf('auditor').includes('/theft'))
})

test('the place that holds the page is marked, and it alone', t => {
  const here = (path: string) =>
    navigation(rightsOf(['admin']), path, { say: sayIn('sv'), counts })
      .filter(({ isHere }) => isHere)
      .map(({ href }) => href)
  t.deepEqual(here('/'), ['/'])
  t.deepEqual(here('/devices'), ['/devices'])
  t.deepEqual(here('/devices/1234/edit'), ['/devices'])
  t.deepEqual(here('/devicesque'), [])
})

test('what waits for a decision is counted beside its place, and nowhere else', t => {
  const counted = navigation(rightsOf(['second-line']), '/', { say: sayIn('en'), counts })
    .filter(({ count }) => count !== undefined)
    .map(({ href, count }) => [href, count])
  t.deepEqual(counted, [['/approvals', 3]])
})
