import { execFileSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import { makeProfileSigner, makeRoot } from '../../mdm/certificates/authority.ts'
import { type Signer } from '../../profiles/cms/sign-data.ts'
import { signProfile } from '../../profiles/sign-profile.ts'

const profileBytes = 20_000
const rounds = 10
const seconds = 1

/**
 * Signs profiles of 20 kB for a few seconds, and beside it, round by round, lets openssl measure how often this machine
 * can make an RSA-2048 signature at all. Both count processor time, since other programs share the machine.
 */
export function run(): Promise<void> {
  const signer = aSigner()
  const profile = Buffer.alloc(profileBytes, '<key>Örnkoll</key>')
  const now = new Date()
  const measured = Array.from({ length: rounds }, () => ({
    limit: opensslRate(),
    value: signingRate(signer, profile, now),
  }))
  for (const { value, limit } of measured) {
    console.log(`signed profiles ${value.toFixed(0)}/s, openssl speed rsa2048 sign ${limit.toFixed(0)}/s`)
  }
  const value = Math.max(...measured.map(round => round.value))
  const limit = Math.max(...measured.map(round => round.limit))
  console.log(
    `RESULT sign-profile value=${value.toFixed(0)} limit=${limit.toFixed(0)} ratio=${(value / limit).toFixed(2)}`,
  )
  return Promise.resolve()
}

/** The signer as a running server has it: read from PEM, with an RSA-2048 key under a P-256 root. */
function aSigner(): Signer {
  const issuing = { now: new Date(), randomBytes }
  const root = makeRoot(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, issuing)
  const made = makeProfileSigner(
    root,
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    issuing,
  )
  const key = createPrivateKey(made.key.export({ type: 'pkcs8', format: 'pem' }))
  return { certificate: new X509Certificate(made.certificate.toString()), chain: made.chain, key }
}

/** Profiles signed per second of processor time. */
function signingRate(signer: Signer, profile: Uint8Array, now: Date): number {
  const until = performance.now() + seconds * 1_000
  const start = process.cpuUsage()
  let signed = 0
  while (performance.now() < until) {
    signProfile(profile, signer, now)
    signed += 1
  }
  const { user, system } = process.cpuUsage(start)
  return signed / ((user + system) / 1_000_000)
}

/** RSA-2048 signatures per second of processor time, as `openssl speed` counts them. */
function opensslRate(): number {
  const options = ['speed', '-mr', '-seconds', String(seconds), 'rsa2048']
  const output = execFileSync('openssl', options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const [, , , figure] = (output.split('\n').find(line => line.startsWith('+F2:')) ?? '').split(':')
  if (figure === undefined) throw new Error('openssl speed printed no rsa2048 line')
  // Since OpenSSL 3 the figure is a rate; before, it was the seconds that one signature takes.
  return Number(figure) < 1 ? 1 / Number(figure) : Number(figure)
}
