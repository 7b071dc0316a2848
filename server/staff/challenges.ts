import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Clock } from '../clock.ts'
import { type RandomBytes } from '../ids.ts'
import { type ChallengeStore } from './challenge-store.ts'

const randomLength = 16
const timeLength = 8
const lastsMs = 5 * 60_000

interface ChallengesDeps {
  readonly spent: ChallengeStore
  /** Nobody else knows it. */
  readonly key: string
  readonly clock: Clock
  readonly randomBytes: RandomBytes
}

export type Challenges = ReturnType<typeof createChallenges>

/**
 * What a passkey signs: unpredictable, for one purpose, good for five minutes and for one answer. Nothing is stored for
 * those that are never answered, so that asking for the sign-in page costs nothing.
 */
export function createChallenges({ spent, key, clock, randomBytes }: ChallengesDeps) {
  const seal = (purpose: string, body: Uint8Array) =>
    createHmac('sha256', key).update(purpose).update('\0').update(body).digest()

  return {
    issue(purpose: string): Buffer {
      const at = Buffer.alloc(timeLength)
      at.writeBigUInt64BE(BigInt(clock.now().getTime()))
      const body = Buffer.concat([randomBytes(randomLength), at])
      return Buffer.concat([body, seal(purpose, body)])
    },

    /** Whether this challenge, in base64url, is ours, for this purpose, not too old and answered for the first time. */
    async take(purpose: string, challenge: string): Promise<boolean> {
      const bytes = Buffer.from(challenge, 'base64url')
      const body = bytes.subarray(0, randomLength + timeLength)
      const expected = seal(purpose, body)
      const given = bytes.subarray(body.length)
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false
      const until = new Date(Number(body.readBigUInt64BE(randomLength)) + lastsMs)
      return clock.now() < until && spent.spend(bytes.toString('base64url'), until)
    },
  }
}
