import { randomBytes, type KeyObject } from 'node:crypto'
import {
  type ScepChallenge,
  challengeHash,
  decideRedemption,
  makeChallenge,
  type RedeemAttempt,
  type ScepChallenges,
} from '../../mdm/scep/challenge.ts'
import { askForCertificate, type ScepAsking } from '../../mdm/scep/scep-client.ts'
import { type Authority } from '../../mdm/certificates/authority.ts'
import { today } from './a-signer.ts'
import { rsaKey } from './keys.ts'

/** Challenges for one test, and every attempt to use one. */
export interface RecordingChallenges extends ScepChallenges {
  readonly attempts: readonly RedeemAttempt[]
}

/** A double of the port that holds one challenge and decides with the real rule. */
export function oneChallenge(
  secret: string,
  serialNumber: string,
  expiresAt = new Date('2027-01-01'),
): RecordingChallenges {
  let kept: ScepChallenge = makeChallenge(secret, serialNumber, expiresAt)
  const attempts: RedeemAttempt[] = []
  return {
    attempts,
    redeem(attempt) {
      attempts.push(attempt)
      const found = kept.secretHash === challengeHash(attempt.challenge) ? kept : undefined
      const decision = decideRedemption(found, attempt)
      if (decision.outcome === 'refused') return Promise.resolve(decision)
      if (decision.outcome === 'redeem') kept = { ...kept, redeemed: decision.redemption }
      return Promise.resolve({ outcome: 'accepted', serialNumber: kept.serialNumber })
    },
  }
}

/** What an iPad would ask, as Apple's client does: SHA-512 and triple DES. */
export function anAsking(authority: Authority, changes: Partial<ScepAsking> = {}): ScepAsking {
  return {
    authority: authority.certificate,
    key: rsaKey('asking'),
    subject: [['commonName', 'iPad']],
    challenge: 'hemlig',
    cipher: 'des-ede3-cbc',
    digest: 'sha512',
    now: today,
    randomBytes,
    ...changes,
  }
}

/** The request of `anAsking`, ready to be sent. */
export const aRequest = (
  authority: Authority,
  key: KeyObject = rsaKey('asking'),
): ReturnType<typeof askForCertificate> => askForCertificate(anAsking(authority, { key }))
