import { scrypt, timingSafeEqual } from 'node:crypto'
import { type RandomBytes } from '../ids.ts'

/** OWASP's figures for scrypt: 2^16 rounds of 8 blocks, about 64 MB and 0.2 s a try. */
const cost = { N: 65_536, r: 8, p: 1, maxmem: 96 * 1024 * 1024 }
const keyLength = 32

/** `scrypt$N$r$p$salt$key`, both in base64url: what is stored in the place of a password. */
export async function hashPassword(password: string, randomBytes: RandomBytes): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** Whether `password` is the one behind `stored`. Takes as long for a wrong one as for the right one. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [kind, N, r, p, salt, key] = stored.split('$')
  if (kind !== 'scrypt' || !salt || !key) return false
  const options = { N: Number(N), r: Number(r), p: Number(p), maxmem: cost.maxmem }
  const derived = await derive(password, Buffer.from(salt, 'base64url'), options)
  return timingSafeEqual(derived, Buffer.from(key, 'base64url'))
}

function derive(password: string, salt: Buffer, options: typeof cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyLength, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
