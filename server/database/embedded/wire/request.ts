import { atLocation, MongoError } from '../errors.ts'
import { decodeDocument } from '../values/decode.ts'
import { type Document } from '../values/value.ts'
import { crc32c } from './crc32c.ts'

export const opReply = 1
export const opQuery = 2004
export const opMsg = 2013

const headerBytes = 16

export interface Header {
  readonly requestId: number
  readonly operation: number
}

/** A request of a client: the command and, beside it, long lists that are not decoded. */
export interface Request extends Header {
  readonly command: Document
  /** Documents by the name of the field they stand for: `documents`, `updates`, `deletes`. */
  readonly sequences: ReadonlyMap<string, readonly Uint8Array[]>
  /** The client does not wait for an answer. */
  readonly moreToCome: boolean
  /** The client takes a stream of answers. */
  readonly exhaustAllowed: boolean
}

/** The header of a message of at least 16 bytes. */
export const readHeader = (message: Buffer): Header => ({
  requestId: message.readInt32LE(4),
  operation: message.readInt32LE(12),
})

/**
 * Reads a whole message.
 * @throws MongoError when the bytes are not a request; the stream itself is still sound
 */
export function readRequest(message: Buffer): Request {
  const header = readHeader(message)
  try {
    if (header.operation === opMsg) return readMsg(message, header)
    if (header.operation === opQuery) return readQuery(message, header)
  } catch (error) {
    if (error instanceof RangeError) throw protocolError('The message is shorter than it says')
    throw error
  }
  throw protocolError(`Unsupported opcode ${header.operation}`)
}

const protocolError = (message: string) => new MongoError(17, 'ProtocolError', message)

const flag = { checksumPresent: 1, moreToCome: 2, exhaustAllowed: 1 << 16 }
const knownRequiredFlags = flag.checksumPresent | flag.moreToCome

function readMsg(message: Buffer, header: Header): Request {
  const flags = message.readUInt32LE(headerBytes)
  if ((flags & 0xffff & ~knownRequiredFlags) !== 0) {
    throw atLocation(40429, `Message contains illegal flags value: 0b${flags.toString(2)}`)
  }
  const end = flags & flag.checksumPresent ? checkedEnd(message) : message.length
  const sequences = new Map<string, readonly Uint8Array[]>()
  let command: Document | undefined
  for (let at = headerBytes + 4; at < end;) {
    const kind = message.readUInt8(at)
    const size = message.readInt32LE(at + 1)
    if (size < 5 || at + 1 + size > end) throw protocolError('A section is longer than its message')
    const section = message.subarray(at + 1, at + 1 + size)
    if (kind === 0) {
      if (command) throw atLocation(40430, 'Multiple body sections in message')
      command = decodeDocument(section)
    } else if (kind === 1) readSequence(section, sequences)
    else throw atLocation(40432, `Unknown section kind ${kind}`)
    at += 1 + size
  }
  if (!command) throw atLocation(40587, 'OP_MSG messages must have a body')
  return {
    ...header,
    command,
    sequences,
    moreToCome: (flags & flag.moreToCome) !== 0,
    exhaustAllowed: (flags & flag.exhaustAllowed) !== 0,
  }
}

/** Where the sections end in front of the checksum, once that is found right. */
function checkedEnd(message: Buffer): number {
  const end = message.length - 4
  if (crc32c(message.subarray(0, end)) !== message.readUInt32LE(end))
    throw protocolError('OP_MSG checksum does not match contents')
  return end
}

function readSequence(section: Buffer, sequences: Map<string, readonly Uint8Array[]>): void {
  const nameEnd = section.indexOf(0, 4)
  if (nameEnd < 0) throw protocolError('A document sequence has no name')
  const name = section.toString('utf8', 4, nameEnd)
  if (sequences.has(name)) throw atLocation(40431, `Duplicate document sequence: ${name}`)
  const documents: Uint8Array[] = []
  for (let at = nameEnd + 1; at < section.length;) {
    const size = section.readInt32LE(at)
    if (size < 5 || at + size > section.length)
      throw protocolError(`A document in the sequence '${name}' is longer than it`)
    documents.push(section.subarray(at, at + size))
    at += size
  }
  sequences.set(name, documents)
}

/** The opening message of a driver that does not know yet that OP_MSG is spoken here. */
function readQuery(message: Buffer, header: Header): Request {
  const nameEnd = message.indexOf(0, headerBytes + 4)
  if (nameEnd < 0) throw protocolError('OP_QUERY without a namespace')
  const namespace = message.toString('utf8', headerBytes + 4, nameEnd)
  const at = nameEnd + 9
  const size = message.readInt32LE(at)
  if (size < 5 || at + size > message.length) throw protocolError('OP_QUERY is shorter than its query')
  const command = decodeDocument(message.subarray(at, at + size))
  const [database = '', collection = ''] = namespace.split('.')
  const name = command.keys().next().value
  if (collection !== '$cmd' || !openingCommands.has(String(name).toLowerCase())) {
    throw new MongoError(
      352,
      'UnsupportedOpQueryCommand',
      `Unsupported OP_QUERY command: ${String(name)}. The client driver may require an upgrade.`,
    )
  }
  if (!command.has('$db')) command.set('$db', database)
  return { ...header, command, sequences: new Map(), moreToCome: false, exhaustAllowed: false }
}

const openingCommands: ReadonlySet<string> = new Set(['ismaster', 'hello'])
