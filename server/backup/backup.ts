import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { lstat, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import Joi from 'joi'
import { BackupError } from './backup-error.ts'
import { isLocked, lock, unlock } from './passphrase.ts'
import { readTar, writeTar, type TarEntry } from './tar.ts'

/** What a backup says of itself, as its first file. */
interface Manifest {
  readonly format: 1
  readonly madeAt: string
  /** `mongodb`: the database is not in it and is backed up with MongoDB's own tools. */
  readonly database: 'embedded' | 'mongodb'
  readonly files: readonly ManifestFile[]
}

interface ManifestFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** Names as the product gives them; never out of the folder that they are restored into. */
const plainPath = /^(?!.*(?:^|\/)\.\.?(?:\/|$))[\w.-]+(?:\/[\w.-]+)*$/

const manifestForm = Joi.object<Manifest>({
  format: Joi.number().valid(1).required(),
  madeAt: Joi.string().isoDate().required(),
  database: Joi.string().valid('embedded', 'mongodb').required(),
  files: Joi.array()
    .items(
      Joi.object({
        path: Joi.string().pattern(plainPath).required(),
        bytes: Joi.number().integer().min(0).required(),
        sha256: Joi.string().hex().length(64).required(),
      }),
    )
    .required(),
})

const manifestName = 'manifest.json'
const manifestBytes = 16 * 1024 * 1024
const databaseFile = 'database/data.sqlite'
/** The keys that rows are sealed with, and what else the server proves itself by. */
const keyFolder = 'certificates/'
/** How often the database is copied anew because its keys were changed meanwhile. */
const copies = 5
/** A backup, whole or in the making. One that lies in the data folder is in no other: each would hold all before it. */
const backupPath = /\.backup(?:\.(?:unfinished|database).*)?$/

interface BackupNeeds {
  readonly dataFolder: string
  readonly toFile: string
  readonly database: Manifest['database']
  /** Copies the embedded database as it is now; writes go on meanwhile. */
  readonly copyDatabase: (toFile: string) => Promise<void>
  readonly passphrase: string | undefined
  readonly now: Date
  readonly randomBytes: (count: number) => Uint8Array
}

/**
 * Everything that the data folder holds, in one checked file (0600) that appears when it is whole. `leftOut` names what
 * somebody else put there under a name that no backup brings back, and what is no file.
 * @throws {BackupError} when there is such a file already, its place is in the data folder and its name does not tell
 * the next backup to leave it out, or the keys change all the while
 */
export async function makeBackup(needs: BackupNeeds): Promise<Manifest & { leftOut: readonly string[] }> {
  const { dataFolder, toFile, database, now, passphrase } = needs
  if (await lstat(toFile).catch(() => undefined)) throw new BackupError(`${toFile} is there already.`)
  if (!backupPath.test(toFile) && (await isInside(dataFolder, toFile)))
    throw new BackupError('In the data folder the name of a backup must end with .backup.')
  const unfinished = `${toFile}.unfinished`
  const copy = `${toFile}.database`
  try {
    const { kept, leftOut } = await filesAround(dataFolder, async () => {
      await rm(copy, { force: true })
      if (database === 'embedded') await needs.copyDatabase(copy)
    })
    const sources = [...(database === 'embedded' ? [{ path: databaseFile, file: copy }] : []), ...kept]
    const files: ManifestFile[] = []
    for (const source of sources) files.push({ path: source.path, ...(await summaryOf(contentOf(source))) })
    const manifest: Manifest = { format: 1, madeAt: now.toISOString(), database, files }
    const packed = Readable.from(writeTar(entriesOf(manifest, sources), now)).pipe(createGzip())
    const content = passphrase === undefined ? packed : lock(packed, passphrase, needs.randomBytes(16))
    await pipeline(content, createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true }))
    await rename(unfinished, toFile)
    await syncFolder(dirname(toFile))
    return { ...manifest, leftOut }
  } finally {
    await rm(unfinished, { force: true })
    await rm(copy, { force: true })
  }
}

interface RestoreNeeds {
  readonly file: string
  /** Made here; when it is there already it must be empty. */
  readonly dataFolder: string
  readonly passphrase: string | undefined
}

/**
 * The data folder as it was. Everything is checked before the folder appears: a damaged backup leaves nothing behind.
 * @throws {BackupError} for a folder that is not empty, a wrong passphrase, and a damaged or cut backup
 */
export async function restoreBackup({ file, dataFolder, passphrase }: RestoreNeeds): Promise<Manifest> {
  const held = await readdir(dataFolder).catch(() => [])
  if (held.length > 0) throw new BackupError(`${dataFolder} is not empty. Name a folder that is new.`)
  const unfinished = `${dataFolder}.restoring`
  await rm(unfinished, { recursive: true, force: true })
  try {
    const manifest = await unpack(await opened(file, passphrase), unfinished)
    await rm(dataFolder, { recursive: true, force: true })
    await rename(unfinished, dataFolder)
    await syncFolder(dirname(dataFolder))
    return manifest
  } catch (cause) {
    if (cause instanceof BackupError) throw cause
    throw new BackupError('The backup is damaged or cut short.', { cause })
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function opened(file: string, passphrase: string | undefined): Promise<AsyncIterable<Uint8Array>> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new BackupError(`${file} cannot be read.`, { cause })
  })
  const start = Buffer.alloc(64)
  try {
    await handle.read(start, 0, start.length, 0)
  } finally {
    await handle.close()
  }
  const content = createReadStream(file)
  if (!isLocked(start)) return content.pipe(createGunzip())
  if (passphrase === undefined) throw new BackupError('This backup is locked. Give its passphrase.')
  return Readable.from(unlock(content, passphrase)).compose(createGunzip()) as AsyncIterable<Uint8Array>
}

async function unpack(archive: AsyncIterable<Uint8Array>, folder: string): Promise<Manifest> {
  let manifest: Manifest | undefined
  const found = new Set<string>()
  for await (const entry of readTar(archive)) {
    if (!manifest) {
      manifest = await readManifest(entry)
      continue
    }
    const expected = manifest.files.find(({ path }) => path === entry.path)
    if (!expected || found.has(entry.path)) throw new BackupError(`The backup holds ${entry.path} unasked.`)
    found.add(entry.path)
    await writeChecked(entry, expected, join(folder, entry.path))
  }
  const missing = manifest?.files.find(({ path }) => !found.has(path))
  if (!manifest || missing) throw new BackupError('The backup is not whole.')
  return manifest
}

async function readManifest({ path, bytes, content }: TarEntry): Promise<Manifest> {
  if (path !== manifestName || bytes > manifestBytes) throw new BackupError('This is no backup.')
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece)
  const text = Buffer.concat(pieces).toString('utf8')
  const checked = manifestForm.validate(JSON.parse(text))
  if (checked.error) throw new BackupError('This backup is of a kind that this version does not know.')
  return checked.value
}

async function writeChecked({ path, content }: TarEntry, expected: ManifestFile, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let bytes = 0
  const counted = async function* () {
    for await (const piece of content) {
      hash.update(piece)
      bytes += piece.length
      yield piece
    }
  }
  await pipeline(counted(), createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true }))
  if (bytes !== expected.bytes || hash.digest('hex') !== expected.sha256)
    throw new BackupError(`${path} in the backup is damaged.`)
}

interface Source {
  readonly path: string
  readonly file: string
  /** Of a key, as it was when the database was copied. */
  readonly bytes?: Uint8Array
}

/**
 * The files of the data folder, with the keys as they were both before and after the database was copied. A change of
 * the key may end while that goes on: then the rows of the copy are sealed with one that is in no file any more.
 * @throws {BackupError}
 */
async function filesAround(
  dataFolder: string,
  copyDatabase: () => Promise<void>,
): ReturnType<typeof filesOf> {
  let before = await filesWithKeys(dataFolder)
  for (let left = copies; left > 0; left -= 1) {
    await copyDatabase()
    const after = await filesWithKeys(dataFolder)
    if (keysSaid(before.kept) === keysSaid(after.kept)) return after
    before = after
  }
  throw new BackupError('The keys in the data folder were changed all the while. Try again later.')
}

async function filesWithKeys(dataFolder: string): ReturnType<typeof filesOf> {
  const { kept, leftOut } = await filesOf(dataFolder)
  const read = kept.map(async source =>
    source.path.startsWith(keyFolder) ? { ...source, bytes: await readFile(source.file) } : source,
  )
  return { kept: await Promise.all(read), leftOut }
}

function keysSaid(sources: readonly Source[]): string {
  const hash = createHash('sha256')
  for (const { path, bytes } of sources) if (bytes) hash.update(`${path} ${bytes.length}\n`).update(bytes)
  return hash.digest('hex')
}

const contentOf = ({ file, bytes }: Source): Readable =>
  bytes ? Readable.from([bytes]) : createReadStream(file)

/**
 * The files of the data folder but backups and those of the database, which are in the middle of something at any time.
 * A link counts as the file it leads to: keys are often mounted so.
 */
async function filesOf(
  dataFolder: string,
): Promise<{ readonly kept: Source[]; readonly leftOut: readonly string[] }> {
  const all = await readdir(dataFolder, { recursive: true, withFileTypes: true })
  const sources = all
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name))
    .map(file => ({ path: relative(dataFolder, file).replaceAll('\\', '/'), file }))
    .filter(({ path }) => !path.startsWith('database/') && !path.endsWith('.part') && !backupPath.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  const [kept, leftOut]: [Source[], string[]] = [[], []]
  for (const source of sources) {
    const isFile = await stat(source.file).then(
      found => found.isFile(),
      () => false,
    )
    if (isFile && plainPath.test(source.path)) kept.push(source)
    else leftOut.push(source.path)
  }
  return { kept, leftOut }
}

async function isInside(folder: string, file: string): Promise<boolean> {
  const place = await realpath(dirname(file)).catch(() => dirname(file))
  return `${place}${sep}`.startsWith(`${await realpath(folder)}${sep}`)
}

async function* entriesOf(manifest: Manifest, sources: readonly Source[]): AsyncGenerator<TarEntry> {
  const text = Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`)
  yield { path: manifestName, bytes: text.length, content: Readable.from([text]) }
  for (const source of sources) {
    const { path, file, bytes } = source
    yield { path, bytes: bytes?.length ?? (await stat(file)).size, content: contentOf(source) }
  }
}

async function summaryOf(content: AsyncIterable<Uint8Array>): Promise<Omit<ManifestFile, 'path'>> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of content) {
    hash.update(piece)
    bytes += piece.length
  }
  return { bytes, sha256: hash.digest('hex') }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
