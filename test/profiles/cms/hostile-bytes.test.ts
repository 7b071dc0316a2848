import { randomBytes } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import { CmsError } from '../../../profiles/cms/cms-error.ts'
import { decryptEnveloped, encryptFor } from '../../../profiles/cms/enveloped-data.ts'
import { signData } from '../../../profiles/cms/sign-data.ts'
import { verifySignedData } from '../../../profiles/cms/verify-signed-data.ts'
import { aDeviceSigner, anAuthority, aSelfSigner, today } from '../../support/a-signer.ts'
import { toIndefinite } from '../../support/ber.ts'
import { ecKey } from '../../support/keys.ts'

const body = Buffer.from('<plist><string>Idle</string></plist>')
const authority = anAuthority().issuing
const ipad = aDeviceSigner(authority)

/** A small generator with a fixed start, so that a failure can be found again (xorshift32). */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** One to four changes: a byte replaced, bytes cut out, put in twice, or the end cut off. */
function mutated(bytes: Uint8Array, next: (below: number) => number): Buffer {
  let copy = Buffer.from(bytes)
  for (let change = 0; change <= next(4); change += 1) {
    const at = next(Math.max(copy.length, 1))
    const length = 1 + next(12)
    const kinds = [
      () => Buffer.concat([copy.subarray(0, at), Buffer.of(next(256)), copy.subarray(at + 1)]),
      () => Buffer.concat([copy.subarray(0, at), copy.subarray(at + length)]),
      () => Buffer.concat([copy.subarray(0, at + length), copy.subarray(at)]),
      () => copy.subarray(0, at),
      () => Buffer.concat([copy.subarray(0, at), Buffer.of(0x80 + next(5)), copy.subarray(at + 1)]),
    ]
    copy = kinds[next(kinds.length)]?.() ?? copy
  }
  return copy
}

/** Reads 5,000 mutants: only `CmsError` may come out, and none may take long. Returns how many were accepted. */
function attack(
  t: ExecutionContext,
  seed: number,
  original: Uint8Array,
  read: (bytes: Uint8Array) => unknown,
): number {
  const next = numbers(seed)
  let accepted = 0
  let slowest = 0
  for (let round = 0; round < 5_000; round += 1) {
    const mutant = mutated(original, next)
    const started = performance.now()
    try {
      read(mutant)
      accepted += 1
    } catch (error) {
      if (!(error instanceof CmsError)) throw new Error(`Round ${round} of seed ${seed}`, { cause: error })
    }
    slowest = Math.max(slowest, performance.now() - started)
  }
  t.true(slowest < 1_000, `the slowest took ${slowest} ms`)
  return accepted
}

const signed = { digest: 'sha256', content: 'detached', signingTime: today } as const
const targets = {
  'a signature with attributes': signData(body, ipad, { ...signed, attributes: [] }),
  'a signature in BER without attributes': toIndefinite(
    signData(body, ipad, { ...signed, attributes: 'none' }),
  ),
  'a P-256 signature': signData(body, aSelfSigner(ecKey('ipad')), { ...signed, attributes: [] }),
}

for (const [index, [name, original]] of Object.entries(targets).entries()) {
  test(`five thousand mutants of ${name} are refused with typed errors or vouch for the same body`, t => {
    const accepted = attack(t, 4711 + index, original, bytes => {
      const verified = verifySignedData(bytes, body)
      if (Buffer.compare(Buffer.from(verified.content), body) !== 0)
        throw new Error('Another body was accepted')
    })
    // Bytes outside the signature, such as the certificate's own, may differ: hence the comparison of fingerprints.
    t.true(accepted < 2_500)
  })
}

test('five thousand mutants of an envelope are refused with typed errors', t => {
  const original = encryptFor(body, { recipient: authority.certificate, cipher: 'aes-256-cbc', randomBytes })
  attack(t, 4715, original, bytes => decryptEnveloped(bytes, { ...authority, singleDes: 'refused' }))
})

test('no mutant passes as the enrolled certificate with another body', t => {
  const fingerprint = verifySignedData(targets['a signature with attributes'], body).fingerprint
  const other = Buffer.from('<plist><string>Acknowledged</string></plist>')
  const accepted = attack(t, 4716, targets['a signature with attributes'], bytes => {
    if (verifySignedData(bytes, other).fingerprint === fingerprint) throw new Error('Forged')
  })
  t.is(accepted, 0)
})

test('an input made to take long is given up quickly', t => {
  const inputs = [
    Buffer.alloc(1_000_000, 0x30),
    Buffer.concat([Buffer.from('30840fffffff', 'hex'), Buffer.alloc(1_000_000, 0x30)]),
    Buffer.from('3080'.repeat(262_000), 'hex'),
    Buffer.concat([Buffer.from('30830f0000', 'hex'), Buffer.from('0500'.repeat(491_520), 'hex')]),
  ]
  for (const input of inputs) {
    const started = performance.now()
    t.throws(() => verifySignedData(input, body), { instanceOf: CmsError })
    t.true(performance.now() - started < 1_000)
  }
})
