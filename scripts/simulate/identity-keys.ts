import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

/** Where an iPad gets the private key for its identity from: one per enrolment, RSA with `bits` bits. */
export type IdentityKeys = (bits: number) => Promise<KeyObject>

const generate = promisify(generateKeyPair)

/** A key of its own for each enrolment, as real iPads make them; 2,048 bits take about a sixth of a second. */
export const ownKeys: IdentityKeys = async modulusLength =>
  (await generate('rsa', { modulusLength })).privateKey

/**
 * At most `count` different keys, handed out in turn: what hundreds of iPads need to start within seconds. Real iPads
 * never share a key, so nothing that is about keys may be tried with this. Certificates stay their own.
 */
export function sharedKeys(count: number): IdentityKeys {
  const made = new Map<number, Promise<KeyObject>[]>()
  let turn = 0
  return bits => {
    const keys = made.get(bits) ?? []
    made.set(bits, keys)
    const place = turn++ % count
    return (keys[place] ??= ownKeys(bits))
  }
}
