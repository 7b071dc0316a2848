import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { BackupError } from './backup-error.ts'

/** How a file that is locked with a passphrase begins. */
const magic = Buffer.from('ORNKOLL-LOCKED-1\n')
const saltBytes = 16
const tagBytes = 16
const frameBytes = 1_048_576

const derive = promisify(scrypt) as (
  passphrase: string,
  salt: Uint8Array,
  length: number,
  options: object,
) => Promise<Buffer>

/** 128 MB and some tenths of a second for each guess (RFC 7914; OWASP's first recommendation). */
const keyOf = (passphrase: string, salt: Uint8Array) =>
  derive(passphrase.normalize('NFC'), salt, 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 })

/**
 * `content` sealed frame by frame with AES-256-GCM. Each frame's nonce is its number and whether it is the last, so that
 * none can be moved, repeated or left out (the STREAM construction).
 */
export async function* lock(
  content: AsyncIterable<Uint8Array>,
  passphrase: string,
  salt: Uint8Array,
): AsyncGenerator<Uint8Array> {
  const key = await keyOf(passphrase, salt)
  yield Buffer.concat([magic, salt])
  let number = 0
  const sealed = (frame: Uint8Array, isLast: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(number, isLast))
    number += 1
    return Buffer.concat([cipher.update(frame), cipher.final(), cipher.getAuthTag()])
  }
  let rest = Buffer.alloc(0)
  for await (const piece of content) {
    rest = Buffer.concat([rest, piece])
    while (rest.length > frameBytes) {
      yield sealed(rest.subarray(0, frameBytes), false)
      rest = rest.subarray(frameBytes)
    }
  }
  yield sealed(rest, true)
}

/** Whether these first bytes are those of a locked file. */
export const isLocked = (start: Uint8Array): boolean => magic.equals(start.subarray(0, magic.length))

/**
 * What `lock` sealed.
 * @throws {BackupError} for another passphrase, and for whatever was changed or cut
 */
export async function* unlock(
  content: AsyncIterable<Uint8Array>,
  passphrase: string,
): AsyncGenerator<Uint8Array> {
  const sealedBytes = frameBytes + tagBytes
  const headBytes = magic.length + saltBytes
  let key: Buffer | undefined
  let number = 0
  let rest = Buffer.alloc(0)
  const opened = (frame: Uint8Array, isLast: boolean, by: Buffer) => {
    const decipher = createDecipheriv('aes-256-gcm', by, nonce(number, isLast), { authTagLength: tagBytes })
    number += 1
    try {
      decipher.setAuthTag(frame.subarray(-tagBytes))
      return Buffer.concat([decipher.update(frame.subarray(0, -tagBytes)), decipher.final()])
    } catch (cause) {
      throw new BackupError('The passphrase does not fit, or the backup is damaged.', { cause })
    }
  }
  for await (const piece of content) {
    rest = Buffer.concat([rest, piece])
    if (!key) {
      if (rest.length < headBytes) continue
      key = await keyOf(passphrase, rest.subarray(magic.length, headBytes))
      rest = rest.subarray(headBytes)
    }
    while (rest.length > sealedBytes) {
      yield opened(rest.subarray(0, sealedBytes), false, key)
      rest = rest.subarray(sealedBytes)
    }
  }
  if (!key || rest.length < tagBytes) throw new BackupError('The backup is cut short.')
  yield opened(rest, true, key)
}

function nonce(number: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(number, 7)
  bytes.writeUInt8(isLast ? 1 : 0, 11)
  return bytes
}
