import { createHash } from 'node:crypto'
import { type RandomBytes } from '../ids.ts'

/** 32 unpredictable bytes in base64url: a session, a token, a link. Shown once, kept only as its hash. */
export function newSecret(randomBytes: RandomBytes): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a secret. No salt: a secret of 256 random bits cannot be guessed from its hash. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
