import test from 'ava'
import {
  challengeHash,
  decideRedemption,
  makeChallenge,
  newChallengeSecret,
  type RedeemAttempt,
  type ScepChallenge,
} from '../../../mdm/scep/challenge.ts'

const expiresAt = new Date('2026-11-22T12:00:00Z')
const at = (time: string): Date => new Date(`2026-11-22T${time}Z`)
const fresh = makeChallenge('hemlig', 'DMPX00000001', expiresAt)
const attempt = (changes: Partial<RedeemAttempt> = {}): RedeemAttempt => ({
  challenge: 'hemlig',
  publicKeyFingerprint: 'key-1',
  transactionId: 'T1',
  now: at('11:00:00'),
  ...changes,
})
const spent: ScepChallenge = {
  ...fresh,
  redeemed: { publicKeyFingerprint: 'key-1', transactionId: 'T1', at: at('11:00:00') },
}

test('a fresh challenge is redeemed by the first key, and what must be saved is said', t => {
  t.deepEqual(decideRedemption(fresh, attempt()), {
    outcome: 'redeem',
    redemption: { publicKeyFingerprint: 'key-1', transactionId: 'T1', at: at('11:00:00') },
  })
})

test('a challenge works until the moment it expires, not after', t => {
  t.is(decideRedemption(fresh, attempt({ now: expiresAt })).outcome, 'redeem')
  t.deepEqual(decideRedemption(fresh, attempt({ now: new Date(expiresAt.getTime() + 1) })), {
    outcome: 'refused',
    reason: 'expired',
  })
})

test('a challenge that was never made, or another one, is unknown', t => {
  t.deepEqual(decideRedemption(undefined, attempt()), { outcome: 'refused', reason: 'unknown' })
  t.deepEqual(decideRedemption(fresh, attempt({ challenge: 'annan' })), {
    outcome: 'refused',
    reason: 'unknown',
  })
  t.deepEqual(decideRedemption(fresh, attempt({ challenge: '' })), { outcome: 'refused', reason: 'unknown' })
})

test('the same key may repeat within a day although the challenge has expired meanwhile', t => {
  t.deepEqual(decideRedemption(spent, attempt({ now: at('11:00:01') })), { outcome: 'repeat' })
  t.deepEqual(decideRedemption(spent, attempt({ now: new Date('2026-11-23T11:00:00Z') })), {
    outcome: 'repeat',
  })
  t.deepEqual(decideRedemption(spent, attempt({ transactionId: 'T2' })), { outcome: 'repeat' })
})

test('the grace of a repeat ends after 24 hours', t => {
  const late = attempt({ now: new Date('2026-11-23T11:00:00.001Z') })
  t.deepEqual(decideRedemption(spent, late), { outcome: 'refused', reason: 'spent' })
})

test('another key is refused, also under the same transaction', t => {
  for (const transactionId of ['T1', 'T2']) {
    t.deepEqual(decideRedemption(spent, attempt({ publicKeyFingerprint: 'key-2', transactionId })), {
      outcome: 'refused',
      reason: 'spent',
    })
  }
})

test('the secret is not kept, and has 128 bits', t => {
  t.false(JSON.stringify(fresh).includes('hemlig'))
  t.is(fresh.secretHash, challengeHash('hemlig'))
  t.is(
    newChallengeSecret(count => Buffer.alloc(count, 0xab)),
    'ab'.repeat(16),
  )
})
