import { type RandomBytes } from '../ids.ts'
import { hashOfSecret } from './secret.ts'
import { base32 } from './totp.ts'

const count = 10
/** 80 bits: too many to guess, also from the hash. */
const bytes = 10

/** Ten codes for the day the phone is gone, such as `abcd-efgh-ijkl-mnop`. Shown once, kept as hashes. */
export function newRecoveryCodes(randomBytes: RandomBytes): string[] {
  return Array.from({ length: count }, () => {
    const letters = base32(randomBytes(bytes)).toLowerCase()
    return (letters.match(/.{4}/g) ?? []).join('-')
  })
}

/** The hash of a recovery code as somebody typed it: blanks, hyphens and capitals do not matter. */
export function hashOfRecoveryCode(typed: string): string {
  return hashOfSecret(typed.toLowerCase().replace(/[^a-z2-7]/g, ''))
}
