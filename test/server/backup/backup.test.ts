import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import test, { type ExecutionContext } from 'ava'
import { BackupError } from '../../../server/backup/backup-error.ts'
import { makeBackup, restoreBackup } from '../../../server/backup/backup.ts'

const passphrase = 'fyra ord som ingen annan har'

/** A data folder with a key, a long file and a copied database. */
async function aDataFolder(t: ExecutionContext) {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-backup-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const dataFolder = join(folder, 'data')
  await mkdir(join(dataFolder, 'certificates'), { recursive: true })
  await mkdir(join(dataFolder, 'database'))
  const long = randomBytes(3_000_000)
  await writeFile(join(dataFolder, 'certificates', 'secret.key'), 'ab'.repeat(32))
  await writeFile(join(dataFolder, 'certificates', 'half.part'), 'never whole')
  await writeFile(join(dataFolder, 'long.bin'), long)
  await writeFile(join(dataFolder, 'empty'), '')
  await writeFile(join(dataFolder, 'database', 'data.sqlite'), 'in the middle of something')
  const toFile = join(folder, 'the.backup')
  const make = (locked?: string, to = toFile, meanwhile: () => Promise<void> = () => Promise.resolve()) =>
    makeBackup({
      dataFolder,
      toFile: to,
      passphrase: locked,
      randomBytes,
      database: 'embedded',
      async copyDatabase(to) {
        await writeFile(to, 'a consistent copy', { flag: 'wx' })
        await meanwhile()
      },
      now: new Date('2026-03-02T12:00:00Z'),
    })
  const into = join(folder, 'restored')
  const restore = (given?: string) => restoreBackup({ file: toFile, dataFolder: into, passphrase: given })
  return { folder, dataFolder, toFile, make, into, restore, long }
}

for (const locked of [undefined, passphrase])
  test(`a backup brings every file back as it was${locked ? ', locked with a passphrase' : ''}`, async t => {
    const { toFile, make, into, restore, long, folder } = await aDataFolder(t)
    await make(locked)
    t.is((await stat(toFile)).mode & 0o777, 0o600)
    t.deepEqual((await readdir(folder)).sort(), ['data', 'the.backup'])
    await restore(locked)
    t.is(await readFile(join(into, 'certificates', 'secret.key'), 'utf8'), 'ab'.repeat(32))
    t.deepEqual(await readFile(join(into, 'long.bin')), long)
    t.is(await readFile(join(into, 'empty'), 'utf8'), '')
    t.is(await readFile(join(into, 'database', 'data.sqlite'), 'utf8'), 'a consistent copy')
    t.deepEqual(await readdir(join(into, 'certificates')), ['secret.key'])
    t.is((await stat(join(into, 'certificates', 'secret.key'))).mode & 0o777, 0o600)
  })

test('a key that is changed while the database is copied is in the backup with a copy made after it', async t => {
  const { dataFolder, make, into, restore, toFile } = await aDataFolder(t)
  const key = join(dataFolder, 'certificates', 'secret.key')
  let copied = 0
  await make(undefined, toFile, async () => {
    copied += 1
    if (copied < 3) await writeFile(key, `key ${copied}`)
  })
  t.is(copied, 3)
  await restore()
  t.is(await readFile(join(into, 'certificates', 'secret.key'), 'utf8'), 'key 2')
  const again = `${toFile}.backup`
  const ever = make(undefined, again, () => writeFile(key, `key ${(copied += 1)}`))
  await t.throwsAsync(ever, { instanceOf: BackupError, message: /changed all the while/ })
  await t.throwsAsync(stat(again), { code: 'ENOENT' })
})

test('what is no file of ours is named and does no harm, and a linked key is in it', async t => {
  const { dataFolder, make, into, restore, folder } = await aDataFolder(t)
  await writeFile(join(dataFolder, 'anteckningar från bytet.txt'), 'Ring Bo.')
  await symlink('/nowhere', join(dataFolder, 'dangling'))
  await writeFile(join(folder, 'mounted'), 'cd'.repeat(32))
  await symlink(join(folder, 'mounted'), join(dataFolder, 'mounted.key'))
  t.deepEqual((await make()).leftOut, ['anteckningar från bytet.txt', 'dangling'])
  await restore()
  t.is(await readFile(join(into, 'mounted.key'), 'utf8'), 'cd'.repeat(32))
  t.is(await readFile(join(into, 'certificates', 'secret.key'), 'utf8'), 'ab'.repeat(32))
})

test('a backup that is kept in the data folder is in no other, nor is what one left that was interrupted', async t => {
  const { dataFolder, folder, make, into, restore } = await aDataFolder(t)
  const { files } = await make()
  await symlink(dataFolder, join(folder, 'another-way'))
  const inside = join(folder, 'another-way', 'first.backup')
  await writeFile(join(dataFolder, 'cut.backup.unfinished'), 'half')
  await writeFile(join(dataFolder, 'cut.backup.database'), 'every secret')
  t.deepEqual((await make(undefined, inside)).files, files)
  await mkdir(join(dataFolder, 'kept'))
  t.like(await make(undefined, join(dataFolder, 'kept', 'second.backup')), { files, leftOut: [] })
  for (const name of ['x.tar', 'x.backup.gz'])
    await t.throwsAsync(make(undefined, join(folder, 'another-way', name)), {
      instanceOf: BackupError,
      message: /must end with \.backup/,
    })
  await t.notThrowsAsync(make(undefined, join(folder, 'elsewhere.tar')))
  await restore()
  t.deepEqual((await readdir(into)).sort(), ['certificates', 'database', 'empty', 'long.bin'])
})

test('an ordinary tar reads a backup that is not locked', async t => {
  const { toFile, make } = await aDataFolder(t)
  await make()
  const { stdout } = await promisify(execFile)('tar', ['-tzf', toFile])
  t.deepEqual(stdout.trim().split('\n'), [
    'manifest.json',
    'database/data.sqlite',
    'certificates/secret.key',
    'empty',
    'long.bin',
  ])
})

test('a locked backup shows nothing of what is in it, and opens with its passphrase alone', async t => {
  const { toFile, make, restore, into } = await aDataFolder(t)
  await make(passphrase)
  const bytes = await readFile(toFile)
  t.false(bytes.includes('secret.key'))
  t.throws(() => gunzipSync(bytes.subarray(64)))
  await t.throwsAsync(restore(), { instanceOf: BackupError, message: /is locked/ })
  await t.throwsAsync(restore('another passphrase'), { instanceOf: BackupError, message: /does not fit/ })
  t.deepEqual(await readdir(into).catch(() => 'nothing'), 'nothing')
})

for (const locked of [undefined, passphrase])
  test(`a damaged or cut backup is refused and leaves nothing behind${locked ? ' (locked)' : ''}`, async t => {
    const { folder, toFile, make, restore } = await aDataFolder(t)
    await make(locked)
    const whole = await readFile(toFile)
    const damages = [
      whole.subarray(0, whole.length - 1),
      whole.subarray(0, whole.length / 2),
      whole.subarray(0, 40),
      Buffer.alloc(0),
      ...[20, 200, whole.length / 2, whole.length - 30].map(at => {
        const flipped = Buffer.from(whole)
        flipped[Math.floor(at)] = (flipped[Math.floor(at)] ?? 0) ^ 0xff
        return flipped
      }),
    ]
    for (const [index, damaged] of damages.entries()) {
      await writeFile(toFile, damaged)
      await t.throwsAsync(restore(locked), { instanceOf: BackupError }, `damage ${index}`)
      t.deepEqual((await readdir(folder)).sort(), ['data', 'the.backup'])
    }
    await writeFile(toFile, whole)
    await t.notThrowsAsync(restore(locked))
  })

test('nothing that stands is written over', async t => {
  const { make, restore, into, toFile } = await aDataFolder(t)
  await make()
  const before = await readFile(toFile)
  await t.throwsAsync(make(), { message: /is there already/ })
  t.deepEqual(await readFile(toFile), before)
  await mkdir(into)
  await writeFile(join(into, 'mine'), 'kept')
  await t.throwsAsync(restore(), { message: /not empty/ })
  t.deepEqual(await readdir(into), ['mine'])
})
