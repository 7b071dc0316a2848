import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { CertificateFilesError } from '../../../server/certificates/certificate-files.ts'
import {
  beginKeyChange,
  endKeyChange,
  openCertificates,
} from '../../../server/certificates/open-certificates.ts'
import { resealAll, ResealError } from '../../../server/certificates/mongo-reseal.ts'
import { createSecretBox, SecretError } from '../../../server/certificates/secret-box.ts'
import { sealedFields } from '../../../server/sealed-fields.ts'
import { connectTestDatabase } from '../../support/database.ts'

const now = () => new Date('2026-03-02T12:00:00Z')
const secret = (name: string) => Buffer.from(`secret of ${name}`)

async function aFolder(t: ExecutionContext) {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-keys-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}

interface Row {
  _id: string
  [field: string]: unknown
}

/** A database with one secret in each field that is known to hold one. */
async function sealedDatabase(t: ExecutionContext, seal: (secret: Uint8Array, place: string) => string) {
  const { db } = await connectTestDatabase(t)
  for (const { collection, path, place } of sealedFields) {
    const sealed = seal(secret(path), place(`row of ${path}`))
    const [outer = '', inner] = path.split('.')
    const fields = { [outer]: inner === undefined ? sealed : { [inner]: sealed, since: now() } }
    await db
      .collection<Row>(collection)
      .insertOne({ _id: `row of ${path}`, ...fields, name: 'v1.not sealed' })
  }
  const valueOf = async ({ collection, path }: (typeof sealedFields)[number]) => {
    const row = await db.collection<Row>(collection).findOne({ _id: `row of ${path}` })
    return path
      .split('.')
      .reduce<unknown>((held, key) => (held as Record<string, unknown>)[key], row) as string
  }
  return { db, valueOf }
}

test('every secret is sealed anew, and the key before opens none of them', async t => {
  const settings = { folder: await aFolder(t), now, randomBytes }
  const before = await openCertificates(settings)
  const { db, valueOf } = await sealedDatabase(t, (value, place) => before.sealSecret(value, place))
  t.is(await resealAll(db, sealedFields, await beginKeyChange(settings)), sealedFields.length)
  await endKeyChange(settings)
  const after = await openCertificates(settings)
  for (const field of sealedFields) {
    const place = field.place(`row of ${field.path}`)
    const sealed = await valueOf(field)
    t.deepEqual(Buffer.from(after.openSecret(sealed, place)), secret(field.path))
    t.throws(() => before.openSecret(sealed, place), { instanceOf: SecretError })
  }
  t.not(after.keyFor('staff-cookie'), before.keyFor('staff-cookie'))
  t.regex(await readFile(join(settings.folder, 'certificates', 'secret.key'), 'utf8'), /^[0-9a-f]{64}\n$/)
})

test('a change that was interrupted leaves everything open, and is taken up', async t => {
  const settings = { folder: await aFolder(t), now, randomBytes }
  const before = await openCertificates(settings)
  const { db, valueOf } = await sealedDatabase(t, (value, place) => before.sealSecret(value, place))
  const half = await beginKeyChange(settings)
  await resealAll(db, sealedFields, half)
  const [first] = sealedFields
  if (!first) throw new Error('Nothing is sealed')
  // One that was not reached.
  const place = first.place('late')
  await db
    .collection<Row>(first.collection)
    .insertOne({ _id: 'late', [first.path]: before.sealSecret(secret('late'), place) })
  const between = await openCertificates(settings)
  t.deepEqual(Buffer.from(between.openSecret(before.sealSecret(secret('x'), 'p'), 'p')), secret('x'))
  const again = await beginKeyChange(settings)
  t.is(await resealAll(db, sealedFields, again), sealedFields.length + 1)
  await endKeyChange(settings)
  const after = await openCertificates(settings)
  t.is(after.keyFor('x'), between.keyFor('x'))
  t.notThrows(() => after.openSecret(half.sealSecret(secret('x'), 'p'), 'p'))
  t.deepEqual(
    Buffer.from(after.openSecret(await valueOf(first), first.place(`row of ${first.path}`))),
    secret(first.path),
  )
})

test('a sealed field that nobody knows of, and one that does not open, stop it before anything is changed', async t => {
  const box = createSecretBox(randomBytes(32), randomBytes)
  const { db, valueOf } = await sealedDatabase(t, (value, place) => box.sealSecret(value, place))
  const [first] = sealedFields
  if (!first) throw new Error('Nothing is sealed')
  const untouched = await valueOf(first)
  const other = db.collection<Row>('zebras')
  await other.insertOne({ _id: 'z', stripes: [{ code: box.sealSecret(secret('z'), 'z') }] })
  await t.throwsAsync(resealAll(db, sealedFields, box), {
    instanceOf: ResealError,
    message: /zebras\.stripes\.0\.code/,
  })
  await other.deleteMany({})
  const foreign = createSecretBox(randomBytes(32), randomBytes)
  await t.throwsAsync(resealAll(db, sealedFields, foreign), {
    instanceOf: ResealError,
    message: /does not open/,
  })
  t.is(await valueOf(first), untouched)
})

test('with keys from the environment the new one seals, the one before opens, and both are asked for', async t => {
  const folder = await aFolder(t)
  const [older, newer] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]
  const before = await openCertificates({ folder, now, randomBytes, secretKey: older })
  const sealed = before.sealSecret(secret('x'), 'p')
  await t.throwsAsync(beginKeyChange({ folder, now, randomBytes, secretKey: newer }), {
    instanceOf: CertificateFilesError,
    message: /ORNKOLL_SECRET_KEY_OLD/,
  })
  const box = await beginKeyChange({ folder, now, randomBytes, secretKey: newer, oldSecretKey: older })
  t.deepEqual(Buffer.from(box.openSecret(sealed, 'p')), secret('x'))
  const anew = box.sealSecret(secret('x'), 'p')
  const after = await openCertificates({ folder, now, randomBytes, secretKey: newer })
  t.deepEqual(Buffer.from(after.openSecret(anew, 'p')), secret('x'))
  t.throws(() => after.openSecret(sealed, 'p'), { instanceOf: SecretError })
})
