import { BackupError } from './backup-error.ts'

/**
 * The little of the tar format that a backup needs (POSIX ustar, with GNU's binary sizes beyond 8 GB), so that `tar`
 * can look into one: plain files, names of at most 100 bytes.
 */
export interface TarEntry {
  readonly path: string
  readonly bytes: number
  readonly content: AsyncIterable<Uint8Array>
}

const block = 512

/** The archive of `entries`, in their order. */
export async function* writeTar(entries: AsyncIterable<TarEntry>, at: Date): AsyncGenerator<Uint8Array> {
  for await (const { path, bytes, content } of entries) {
    yield header(path, bytes, at)
    let written = 0
    for await (const piece of content) {
      written += piece.length
      yield piece
    }
    if (written !== bytes) throw new BackupError(`${path} changed while it was read.`)
    yield Buffer.alloc(padding(bytes))
  }
  yield Buffer.alloc(2 * block)
}

/**
 * The entries of an archive, in order; each `content` is read to its end before the next is asked for.
 * @throws {BackupError} when it is none, or cut
 */
export async function* readTar(archive: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const source = pieces(archive)
  for (;;) {
    const head = await source.exactly(block)
    if (head.every(byte => byte === 0)) return source.end()
    const { path, bytes } = readHeader(head)
    yield { path, bytes, content: source.upTo(bytes) }
    await source.exactly(padding(bytes))
  }
}

const padding = (bytes: number) => (block - (bytes % block)) % block

function header(path: string, bytes: number, at: Date): Buffer {
  const head = Buffer.alloc(block)
  if (Buffer.byteLength(path) > 100) throw new BackupError(`${path} is too long a name.`)
  head.write(path, 0)
  head.write('0000600\0', 100)
  head.write('0000000\0'.repeat(2), 108)
  if (bytes < 8 ** 11) head.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124)
  else {
    head.writeUInt8(0x80, 124)
    head.writeBigUInt64BE(BigInt(bytes), 128)
  }
  head.write(
    `${Math.floor(at.getTime() / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  )
  head.write('0', 156)
  head.write('ustar\x0000', 257, 'latin1')
  head.write(`${sumOf(head).toString(8).padStart(6, '0')}\0 `, 148)
  return head
}

function readHeader(head: Buffer): { path: string; bytes: number } {
  const text = (from: number, to: number) => head.toString('utf8', from, to).replace(/\0.*$/s, '')
  const sum = Number.parseInt(text(148, 156), 8)
  if (sum !== sumOf(head) || text(156, 157) !== '0')
    throw new BackupError('This is no backup, or it is damaged.')
  const isBinary = head.readUInt8(124) === 0x80
  const bytes = isBinary ? Number(head.readBigUInt64BE(128)) : Number.parseInt(text(124, 136), 8)
  return { path: text(0, 100), bytes }
}

/** The sum over the header with its own field as blanks. */
function sumOf(head: Buffer): number {
  return head.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0)
}

function pieces(archive: AsyncIterable<Uint8Array>) {
  const source = archive[Symbol.asyncIterator]()
  let rest = Buffer.alloc(0)

  async function more(): Promise<void> {
    const next = await source.next()
    if (next.done) throw new BackupError('The backup is cut short.')
    rest = rest.length === 0 ? Buffer.from(next.value) : Buffer.concat([rest, next.value])
  }

  return {
    async exactly(bytes: number): Promise<Buffer> {
      while (rest.length < bytes) await more()
      const taken = rest.subarray(0, bytes)
      rest = rest.subarray(bytes)
      return taken
    },
    /** Reads what is left, so that whatever checks the bytes underneath has seen them all. */
    async end(): Promise<void> {
      while (!(await source.next()).done) rest = Buffer.alloc(0)
    },
    async *upTo(bytes: number): AsyncGenerator<Uint8Array> {
      for (let left = bytes; left > 0;) {
        if (rest.length === 0) await more()
        const taken = rest.subarray(0, left)
        rest = rest.subarray(taken.length)
        left -= taken.length
        yield taken
      }
    },
  }
}
