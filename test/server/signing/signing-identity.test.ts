import { generateKeyPairSync } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import { DomainError } from '../../../server/domain-error.ts'
import { warningDue } from '../../../server/signing/signing-certificate.ts'
import { readSigningIdentity } from '../../../server/signing/signing-identity.ts'
import { anAuthority } from '../../support/a-signer.ts'
import { ecKey, rsaKey } from '../../support/keys.ts'
import { aPkcs12, aSigningCertificate, filePassword, type WantedCertificate } from '../../support/pkcs12.ts'
import { hasTool } from '../../support/tools.ts'

const { root, issuing } = anAuthority('a public authority')
const [from, to, now] = [new Date('2026-01-01'), new Date('2027-01-01'), new Date('2026-11-22T12:00:00Z')]
const chain = [issuing.certificate, root.certificate]

const codeOf = (t: ExecutionContext, file: Uint8Array, password = filePassword) =>
  t.throws(() => readSigningIdentity({ file, password }, now, []), { instanceOf: DomainError }).code

async function given(t: ExecutionContext, wanted: Partial<WantedCertificate>, issuers = chain) {
  const whole = { key: rsaKey('signing'), from, to, ...wanted }
  return aPkcs12(t, { certificate: aSigningCertificate(issuing, whole), key: whole.key, chain: issuers })
}

test('RSA and EC are taken in with the chain in order, whatever the order in the file', async t => {
  if (!hasTool(t, 'openssl')) return
  for (const key of [rsaKey('signing'), ecKey('signing')]) {
    const file = await given(t, { key }, chain.toReversed())
    const read = readSigningIdentity({ file, password: filePassword }, now, [])
    t.true(read.certificate.checkPrivateKey(read.key))
    t.regex(read.certificate.subject, /Norrby profiler/)
    t.deepEqual(
      read.chain.map(each => each.fingerprint256),
      chain.map(each => each.fingerprint256),
    )
  }
})

test('what cannot sign is refused, each for its own reason', async t => {
  if (!hasTool(t, 'openssl')) return
  const good = await given(t, {})
  t.is(codeOf(t, good, 'another'), 'signing-password')
  t.is(codeOf(t, Buffer.from('no certificate at all')), 'signing-form')
  t.is(codeOf(t, good.subarray(0, 500)), 'signing-form')
  t.is(codeOf(t, Buffer.alloc(100_000, 1)), 'signing-form')
  t.is(codeOf(t, await given(t, { to: new Date('2026-11-22T11:59:59Z') })), 'signing-expired')
  t.is(codeOf(t, await given(t, { from: new Date('2026-11-22T12:00:01Z') })), 'signing-early')
  t.is(codeOf(t, await given(t, { uses: ['clientAuth'] })), 'signing-purpose')
  t.is(codeOf(t, await given(t, { keyUses: ['keyEncipherment'] })), 'signing-purpose')
  t.is(codeOf(t, await given(t, {}, [])), 'signing-chain')
  t.is(
    codeOf(t, await given(t, {}, [issuing.certificate])),
    'signing-chain',
    'nobody knows who issued the issuer',
  )
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  t.is(codeOf(t, await given(t, { key: weak })), 'signing-key-weak')
  const authority = await aPkcs12(t, {
    certificate: issuing.certificate,
    key: issuing.key,
    chain: [root.certificate],
  })
  t.is(codeOf(t, authority), 'signing-purpose')
  const alone = aSigningCertificate(issuing, { key: rsaKey('signing'), from, to })
  t.is(codeOf(t, await aPkcs12(t, { certificate: alone })), 'signing-key-missing')
})

test('a chain is as good as the one of it that ends first', async t => {
  if (!hasTool(t, 'openssl')) return
  const key = rsaKey('signing')
  const under = async (made: Date, till: Date) => {
    const old = anAuthority('an older authority', made)
    const certificate = aSigningCertificate(old.issuing, { key, from, to: till })
    return {
      issuer: old.issuing.certificate,
      file: await aPkcs12(t, { certificate, key, chain: [old.issuing.certificate, old.root.certificate] }),
    }
  }
  const ended = await under(new Date('2011-01-01'), to)
  t.is(codeOf(t, ended.file), 'signing-chain-expired')
  const ending = await under(new Date('2020-01-01'), new Date('2045-01-01'))
  const { expiresAt } = readSigningIdentity({ file: ending.file, password: filePassword }, now, [])
  t.deepEqual(expiresAt, ending.issuer.validToDate)
  const rootless = await given(t, {}, [issuing.certificate])
  const read = readSigningIdentity({ file: rootless, password: filePassword }, now, [
    String(root.certificate),
  ])
  t.is(read.chain.length, 1, 'a root that every iPad has may be left out')
})

test('a warning is due 60, 30 and 7 days before the end, and after it', t => {
  const end = new Date('2026-12-31T00:00:00Z')
  const at = (days: number) => warningDue(end, new Date(end.getTime() - days * 86_400_000))
  t.deepEqual([61, 60, 45, 30, 8, 7, 1, 0, -5].map(at), [undefined, 60, 60, 30, 30, 7, 7, 0, 0])
})
