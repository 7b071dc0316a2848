import { randomBytes } from 'node:crypto'
import { chmod, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { isIssuedBy } from '../../../mdm/device-identity.ts'
import { CertificateFilesError } from '../../../server/certificates/certificate-files.ts'
import { openCertificates, type Certificates } from '../../../server/certificates/open-certificates.ts'
import { SecretError } from '../../../server/certificates/secret-box.ts'
import { today } from '../../support/a-signer.ts'
import { aFolder } from '../../support/tools.ts'

const open = (folder: string, now: Date = today, secretKey?: string): Promise<Certificates> =>
  openCertificates({ folder, now: () => now, randomBytes, secretKey })
const inDays = (days: number): Date => new Date(today.getTime() + days * 86_400_000)

test('the first start makes keys that only the owner can read, and later starts find the same', async t => {
  const folder = await aFolder(t)
  const first = await open(folder)
  const certificates = join(folder, 'certificates')
  t.is((await stat(certificates)).mode & 0o777, 0o700)
  const names = (await readdir(certificates)).toSorted()
  t.deepEqual(names, ['complete', 'issuing.pem', 'profile-signer.pem', 'root.pem', 'secret.key'])
  for (const name of names) t.is((await stat(join(certificates, name))).mode & 0o777, 0o600, name)
  const second = await open(folder)
  for (const part of ['root', 'issuing', 'profileSigner'] as const) {
    t.is(second[part].certificate.fingerprint256, first[part].certificate.fingerprint256)
  }
  t.deepEqual(Buffer.from(second.openSecret(first.sealSecret(Buffer.from('x'), 'a'), 'a')), Buffer.from('x'))
  t.true(isIssuedBy(first.issuing.certificate, first.root.certificate))
  t.true(isIssuedBy(first.profileSigner.certificate, first.root.certificate))
  t.is(first.issuing.key.asymmetricKeyDetails?.modulusLength, 2048)
})

test('files that others could read are closed again', async t => {
  const folder = await aFolder(t)
  await open(folder)
  const key = join(folder, 'certificates', 'issuing.pem')
  await chmod(key, 0o644)
  await chmod(join(folder, 'certificates'), 0o755)
  await open(folder)
  t.is((await stat(key)).mode & 0o777, 0o600)
  t.is((await stat(join(folder, 'certificates'))).mode & 0o777, 0o700)
})

test('a first start that was interrupted anywhere is taken up again', async t => {
  const whole = await aFolder(t)
  const made = await open(whole)
  const files = ['secret.key', 'root.pem', 'issuing.pem', 'profile-signer.pem']
  for (let written = 0; written <= files.length; written += 1) {
    const folder = await aFolder(t)
    await open(folder)
    const path = (name: string): string => join(folder, 'certificates', name)
    for (const name of files) {
      if (files.indexOf(name) < written)
        await writeFile(path(name), await readFile(join(whole, 'certificates', name)))
      else await rm(path(name))
    }
    await rm(path('complete'))
    await writeFile(path('root.pem.0011.part'), 'half a file')
    const opened = await open(folder)
    t.is(opened.root.certificate.fingerprint256 === made.root.certificate.fingerprint256, written >= 2)
    t.is(opened.issuing.certificate.fingerprint256 === made.issuing.certificate.fingerprint256, written >= 3)
    t.true(isIssuedBy(opened.issuing.certificate, opened.root.certificate))
    t.false((await readdir(join(folder, 'certificates'))).some(name => name.endsWith('.part')))
  }
})

test('before the first start went through, a half or empty file is made anew', async t => {
  for (const name of ['root.pem', 'issuing.pem', 'profile-signer.pem']) {
    for (const length of [0, 500]) {
      const folder = await aFolder(t)
      await open(folder)
      await rm(join(folder, 'certificates', 'complete'))
      await truncate(join(folder, 'certificates', name), length)
      const opened = await open(folder)
      t.true(isIssuedBy(opened.issuing.certificate, opened.root.certificate))
      t.true(isIssuedBy(opened.profileSigner.certificate, opened.root.certificate))
    }
  }
})

test('later, a missing or damaged authority stops the start with the name of the file, and nothing is overwritten', async t => {
  for (const name of ['root.pem', 'issuing.pem', 'secret.key']) {
    const folder = await aFolder(t)
    await open(folder)
    const path = join(folder, 'certificates', name)
    await truncate(path, 20)
    const damaged = await t.throwsAsync(open(folder), { instanceOf: CertificateFilesError })
    t.true(damaged.message.includes(path))
    t.is((await stat(path)).size, 20)
    await rm(path)
    const missing = await t.throwsAsync(open(folder), { instanceOf: CertificateFilesError })
    t.true(missing.message.includes(path))
    await t.throwsAsync(stat(path), { code: 'ENOENT' })
  }
})

test('an issuing authority of another root is damage, not a replacement', async t => {
  const [folder, other] = [await aFolder(t), await aFolder(t)]
  await open(folder)
  await open(other)
  const path = join(folder, 'certificates', 'issuing.pem')
  await writeFile(path, await readFile(join(other, 'certificates', 'issuing.pem')))
  await t.throwsAsync(open(folder), { instanceOf: CertificateFilesError })
})

test('two first starts at once agree on one set of keys', async t => {
  const folder = await aFolder(t)
  const opened = await Promise.all([open(folder), open(folder), open(folder)])
  for (const part of ['root', 'issuing', 'profileSigner'] as const) {
    t.is(new Set(opened.map(each => each[part].certificate.fingerprint256)).size, 1, part)
    for (const each of opened) t.true(each[part].certificate.checkPrivateKey(each[part].key))
  }
  const sealed = opened[0].sealSecret(Buffer.from('x'), 'a')
  for (const each of opened) t.notThrows(() => each.openSecret(sealed, 'a'))
})

test('a profile signer that ends within half a year is renewed, the authorities are not', async t => {
  const folder = await aFolder(t)
  const first = await open(folder)
  const early = await open(folder, inDays(5 * 365 - 181))
  t.is(early.profileSigner.certificate.fingerprint256, first.profileSigner.certificate.fingerprint256)
  const late = await open(folder, inDays(5 * 365 - 179))
  t.not(late.profileSigner.certificate.fingerprint256, first.profileSigner.certificate.fingerprint256)
  t.is(late.issuing.certificate.fingerprint256, first.issuing.certificate.fingerprint256)
  t.is(
    (await open(folder, inDays(5 * 365))).profileSigner.certificate.fingerprint256,
    late.profileSigner.certificate.fingerprint256,
  )
})

test('a given secret key is used instead of the file, in hex or base64, and must have 32 bytes', async t => {
  const folder = await aFolder(t)
  const key = randomBytes(32)
  const sealed = (await open(folder, today, key.toString('hex'))).sealSecret(Buffer.from('x'), 'a')
  t.false((await readdir(join(folder, 'certificates'))).includes('secret.key'))
  const again = await open(folder, today, key.toString('base64'))
  t.deepEqual(Buffer.from(again.openSecret(sealed, 'a')), Buffer.from('x'))
  const other = await open(folder, today, randomBytes(32).toString('hex'))
  t.throws(() => other.openSecret(sealed, 'a'), { instanceOf: SecretError })
  const short = await t.throwsAsync(open(folder, today, 'abcd'), { instanceOf: CertificateFilesError })
  t.false(short.message.includes('abcd'))
  const without = await t.throwsAsync(open(folder), { instanceOf: CertificateFilesError })
  t.true(without.message.includes('ORNKOLL_SECRET_KEY'))
})

test('the trial push set is made when asked for, kept, and renewed with its topic', async t => {
  const folder = await aFolder(t)
  const certificates = await open(folder)
  const file = join(folder, 'certificates', 'trial-push.json')
  await t.throwsAsync(stat(file), { code: 'ENOENT' })
  const [trial, same] = await Promise.all([certificates.trialPush(), certificates.trialPush()])
  t.is(same, trial)
  t.regex(
    trial.push.topic,
    /^com\.apple\.mgmt\.External\.[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  )
  t.is((await stat(file)).mode & 0o777, 0o600)
  const next = await (await open(folder)).trialPush()
  t.is(next.push.certificate.fingerprint256, trial.push.certificate.fingerprint256)
  t.true(next.server.certificate.checkPrivateKey(next.server.key))
  const old = await (await open(folder, inDays(340))).trialPush()
  t.not(old.push.certificate.fingerprint256, trial.push.certificate.fingerprint256)
  t.is(old.push.topic, trial.push.topic)
})

test('a damaged trial push set is made anew', async t => {
  const folder = await aFolder(t)
  await (await open(folder)).trialPush()
  const file = join(folder, 'certificates', 'trial-push.json')
  const text = await readFile(file, 'utf8')
  for (const damaged of [
    '',
    '{}',
    text.slice(0, 900),
    text.replace('BEGIN CERTIFICATE', 'BEGIN'),
    '{"authority":"a","push":"b","server":"c"}',
  ]) {
    await writeFile(file, damaged)
    const trial = await (await open(folder)).trialPush()
    t.true(trial.push.certificate.checkPrivateKey(trial.push.key))
  }
})
