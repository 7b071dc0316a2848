import { generateKeyPairSync, type KeyObject } from 'node:crypto'

const made = new Map<string, KeyObject>()

/** An RSA key that this test file keeps under `name`: making one takes a sixth of a second. */
export function rsaKey(name: string, modulusLength = 2048): KeyObject {
  return remember(
    `rsa ${modulusLength} ${name}`,
    () => generateKeyPairSync('rsa', { modulusLength }).privateKey,
  )
}

/** An EC key that this test file keeps under `name`. */
export function ecKey(name: string, namedCurve = 'P-256'): KeyObject {
  return remember(`${namedCurve} ${name}`, () => generateKeyPairSync('ec', { namedCurve }).privateKey)
}

function remember(name: string, make: () => KeyObject): KeyObject {
  const key = made.get(name) ?? make()
  made.set(name, key)
  return key
}

export const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()
