import test from 'ava'
import { type PushStatus } from '../../../server/push/push-certificates.ts'
import { pushView } from '../../../web-admin/settings/push-view.ts'

const now = new Date('2026-11-22T12:00:00Z')
const status: PushStatus = {
  mode: 'apple',
  topic: 'com.apple.mgmt.External.1',
  certificate: 'uploaded',
  expiresAt: new Date('2027-11-22T12:00:00Z'),
  expired: false,
}
const wordsFor = (fields: Partial<PushStatus>) =>
  pushView({ ...status, ...fields }, now, 'en').badges.map(({ text }) => text)

test('a certificate with a long time left needs no warning', t => {
  t.deepEqual(wordsFor({}), ['Apple’s service is used'])
})

test('a certificate is warned about a month before it ends, and afterwards', t => {
  t.deepEqual(wordsFor({ expiresAt: new Date('2026-12-22T12:00:00Z') }), [
    'Apple’s service is used',
    'Expires soon',
  ])
  t.deepEqual(wordsFor({ expiresAt: new Date('2026-12-23T12:00:00Z') }), ['Apple’s service is used'])
  t.deepEqual(wordsFor({ expiresAt: now, expired: true }), ['Apple’s service is used', 'Has expired'])
})

test('a missing certificate is said before anybody wonders why nothing arrives', t => {
  const view = pushView({ ...status, mode: 'off', certificate: 'trial' }, now, 'sv')
  t.is(view.badges[0]?.tone, 'danger')
  t.regex(view.text, /väcks inte/)
})
