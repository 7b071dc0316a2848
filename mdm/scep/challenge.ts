import { hash } from 'node:crypto'

/** A one-time permission for one iPad to ask for one identity certificate. The secret itself is never kept. */
export interface ScepChallenge {
  /** `challengeHash` of the secret: the name by which a store finds it. */
  readonly secretHash: string
  /** Serial number of the iPad that the certificate will vouch for. */
  readonly serialNumber: string
  readonly expiresAt: Date
  readonly redeemed: Redemption | undefined
}

export interface Redemption {
  readonly publicKeyFingerprint: string
  readonly transactionId: string
  readonly at: Date
}

/** One attempt to use a challenge, by the holder of the private key of `publicKeyFingerprint`. */
export interface RedeemAttempt {
  /** The secret as the device sent it. */
  readonly challenge: string
  /** SHA-256 of the requested key's SubjectPublicKeyInfo, lower-case hex. */
  readonly publicKeyFingerprint: string
  readonly transactionId: string
  readonly now: Date
}

type RedeemRefusal = 'unknown' | 'expired' | 'spent'

export type RedeemOutcome =
  | { readonly outcome: 'accepted'; readonly serialNumber: string }
  | { readonly outcome: 'refused'; readonly reason: RedeemRefusal }

type RedeemDecision =
  /** First use: the store must write `redemption` only if nobody redeemed it meanwhile, otherwise decide again. */
  | { readonly outcome: 'redeem'; readonly redemption: Redemption }
  /** The same key again: nothing changes, and the iPad gets its certificate. */
  | { readonly outcome: 'repeat' }
  | { readonly outcome: 'refused'; readonly reason: RedeemRefusal }

/**
 * Where challenges are kept. `redeem` finds the challenge by `challengeHash(attempt.challenge)`, decides with
 * `decideRedemption` and saves a redemption before it answers. Two attempts at once must not both be a first use: the
 * write is conditional on `redeemed` being empty, and the one that loses reads and decides again.
 */
export interface ScepChallenges {
  redeem(attempt: RedeemAttempt): Promise<RedeemOutcome>
}

/** Hours after the first use in which the same key may ask again, because the answer was lost on the way. */
const replayGraceHours = 24

/** Lower-case hex SHA-256 of a challenge. It has 128 random bits, so a plain hash cannot be guessed back. */
export const challengeHash = (challenge: string): string => hash('sha256', challenge)

/** A fresh secret of 128 bits in lower-case hex, which travels as PrintableString without escaping. */
export const newChallengeSecret = (randomBytes: (count: number) => Uint8Array): string =>
  Buffer.from(randomBytes(16)).toString('hex')

/** A challenge for `serialNumber` that may be used for the first time until `expiresAt`. */
export function makeChallenge(secret: string, serialNumber: string, expiresAt: Date): ScepChallenge {
  return { secretHash: challengeHash(secret), serialNumber, expiresAt, redeemed: undefined }
}

/**
 * What an attempt means for the challenge that was found, if any. A challenge works once; but an iPad whose answer
 * was lost may ask again within 24 hours, which it proves by holding the same key. The same transaction with another
 * key is somebody else.
 */
export function decideRedemption(
  challenge: ScepChallenge | undefined,
  attempt: RedeemAttempt,
): RedeemDecision {
  if (challenge?.secretHash !== challengeHash(attempt.challenge))
    return { outcome: 'refused', reason: 'unknown' }
  const { publicKeyFingerprint, transactionId, now } = attempt
  if (challenge.redeemed !== undefined) return decideRepeat(challenge.redeemed, attempt)
  if (now > challenge.expiresAt) return { outcome: 'refused', reason: 'expired' }
  return { outcome: 'redeem', redemption: { publicKeyFingerprint, transactionId, at: now } }
}

function decideRepeat(first: Redemption, attempt: RedeemAttempt): RedeemDecision {
  const isSameKey = first.publicKeyFingerprint === attempt.publicKeyFingerprint
  const graceEnds = first.at.getTime() + replayGraceHours * 3_600_000
  if (!isSameKey || attempt.now.getTime() > graceEnds) return { outcome: 'refused', reason: 'spent' }
  return { outcome: 'repeat' }
}
