import { once } from 'node:events'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { BSON, type Document, Long } from 'mongodb'
import { startEmbedded } from '../../../../../server/database/embedded/start.ts'
import { crc32c } from '../../../../../server/database/embedded/wire/crc32c.ts'

async function anEngine(t: ExecutionContext) {
  const folder = await mkdtemp(join(tmpdir(), 'wire-'))
  const engine = await startEmbedded({ folder, port: 0, inline: true })
  t.teardown(async () => {
    await engine.stop()
    await rm(folder, { recursive: true, force: true })
  })
  return { port: Number(new URL(engine.uri).port), folder }
}

/** A client that speaks bytes. */
async function aClient(t: ExecutionContext, port: number) {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  t.teardown(() => socket.destroy())
  let held = Buffer.alloc(0)
  const next = async (): Promise<Reply> => {
    for (;;) {
      if (held.length >= 4 && held.length >= held.readInt32LE(0)) {
        const message = held.subarray(0, held.readInt32LE(0))
        held = held.subarray(message.length)
        return read(message)
      }
      const [chunk] = (await once(socket, 'data')) as [Buffer]
      held = Buffer.concat([held, chunk])
    }
  }
  return { socket, next }
}

interface Reply {
  readonly id: number
  readonly replyTo: number
  readonly operation: number
  readonly more: boolean
  readonly document: Document
}

function read(message: Buffer): Reply {
  const operation = message.readInt32LE(12)
  const body = message.subarray(operation === 1 ? 36 : 21)
  return {
    id: message.readInt32LE(4),
    replyTo: message.readInt32LE(8),
    operation,
    more: operation === 2013 && (message.readUInt32LE(16) & 2) !== 0,
    document: BSON.deserialize(body),
  }
}

function header(operation: number, id: number, body: Buffer): Buffer {
  const head = Buffer.alloc(16)
  head.writeInt32LE(16 + body.length, 0)
  head.writeInt32LE(id, 4)
  head.writeInt32LE(operation, 12)
  return Buffer.concat([head, body])
}

function msg(id: number, command: Document, flags = 0): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt32LE(flags, 0)
  return header(2013, id, Buffer.concat([head, BSON.serialize(command)]))
}

const ping = { ping: 1, $db: 'admin' }

test('messages are understood however the bytes are cut', async t => {
  const { port } = await anEngine(t)
  const { socket, next } = await aClient(t, port)
  const bytes = Buffer.concat([msg(1, ping), msg(2, ping), msg(3, ping)])
  for (let at = 0; at < bytes.length; at += 7) socket.write(bytes.subarray(at, at + 7))
  for (const id of [1, 2, 3]) {
    const reply = await next()
    t.is(reply.replyTo, id)
    t.is(reply.document['ok'], 1)
  }
})

test('the opening OP_QUERY is answered with OP_REPLY, other queries are refused', async t => {
  const { port } = await anEngine(t)
  const { socket, next } = await aClient(t, port)
  const query = (command: Document) =>
    Buffer.concat([Buffer.alloc(4), Buffer.from('admin.$cmd\0'), Buffer.alloc(8), BSON.serialize(command)])
  socket.write(header(2004, 5, query({ isMaster: 1, helloOk: true })))
  const reply = await next()
  t.is(reply.operation, 1)
  t.is(reply.document['setName'], 'embedded')
  t.is(reply.document['maxWireVersion'], 21)
  t.true(reply.document['isWritablePrimary'])
  socket.write(header(2004, 6, query({ find: 'things' })))
  t.is((await next()).document['ok'], 0)
})

test('a checksum is checked, and a wrong one refuses the message only', async t => {
  const { port } = await anEngine(t)
  const { socket, next } = await aClient(t, port)
  const withChecksum = (change: number) => {
    const plain = msg(9, ping, 1)
    const whole = Buffer.concat([plain, Buffer.alloc(4)])
    whole.writeInt32LE(whole.length, 0)
    whole.writeUInt32LE((crc32c(whole.subarray(0, -4)) + change) >>> 0, whole.length - 4)
    return whole
  }
  socket.write(withChecksum(0))
  t.is((await next()).document['ok'], 1)
  socket.write(withChecksum(1))
  const refused = (await next()).document
  t.is(refused['ok'], 0)
  t.is(refused['codeName'], 'ProtocolError')
  socket.write(msg(10, ping))
  t.is((await next()).document['ok'], 1)
})

test('crc32c gives the value of its standard', t => {
  t.is(crc32c(Buffer.from('123456789')), 0xe3069283)
})

const garbage: Readonly<Record<string, Buffer>> = {
  'damaged BSON': header(
    2013,
    1,
    Buffer.concat([
      Buffer.alloc(5),
      Buffer.from([20, 0, 0, 0, 2, 97, 0, 255, 255, 255, 127, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ]),
  ),
  'a section longer than its message': header(
    2013,
    1,
    Buffer.concat([Buffer.alloc(5), Buffer.from([255, 255, 0, 0, 0])]),
  ),
  'an unknown section': header(2013, 1, Buffer.concat([Buffer.alloc(4), Buffer.from([7, 5, 0, 0, 0, 0])])),
  'no section': header(2013, 1, Buffer.alloc(4)),
  'nothing behind the header': header(2013, 1, Buffer.alloc(0)),
  'an unknown operation': header(4711, 1, Buffer.alloc(20)),
  'unknown required flags': msg(1, ping, 1 << 5),
}

for (const [what, bytes] of Object.entries(garbage)) {
  test(`${what} is refused and the connection goes on`, async t => {
    const { port } = await anEngine(t)
    const { socket, next } = await aClient(t, port)
    socket.write(bytes)
    const reply = await next()
    t.is(reply.document['ok'], 0)
    t.is(typeof reply.document['code'], 'number')
    socket.write(msg(2, ping))
    t.is((await next()).document['ok'], 1)
  })
}

test('a length that no message has closes the connection, and others are served', async t => {
  const { port } = await anEngine(t)
  for (const length of [0, 15, -1, 48_000_001]) {
    const { socket } = await aClient(t, port)
    const bytes = Buffer.alloc(16)
    bytes.writeInt32LE(length, 0)
    socket.write(bytes)
    await closed(socket)
  }
  const { socket, next } = await aClient(t, port)
  socket.write(msg(1, ping))
  t.is((await next()).document['ok'], 1)
})

const closed = (socket: Socket) => (socket.destroyed ? Promise.resolve() : once(socket, 'close'))

test('random bytes never stop the engine', async t => {
  const { port } = await anEngine(t)
  let seed = 12345
  const byte = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16
  for (let round = 0; round < 40; round++) {
    const { socket } = await aClient(t, port)
    socket.on('error', () => undefined)
    socket.resume()
    const bytes = Buffer.from(Array.from({ length: 200 }, byte))
    bytes.writeInt32LE(200, 0)
    bytes.writeInt32LE(round % 2 ? 2013 : 2004, 12)
    socket.end(bytes)
    await closed(socket)
  }
  const { socket, next } = await aClient(t, port)
  socket.write(msg(1, ping))
  t.is((await next()).document['ok'], 1)
})

test('a hello that waits is answered again and again until the connection closes', async t => {
  const { port } = await anEngine(t)
  const { socket, next } = await aClient(t, port)
  socket.write(msg(1, { hello: 1, $db: 'admin' }))
  const first = await next()
  t.false(first.more)
  const topologyVersion = first.document['topologyVersion'] as { processId: unknown; counter: number }
  const waiting = {
    hello: 1,
    $db: 'admin',
    maxAwaitTimeMS: 20,
    topologyVersion: { ...topologyVersion, counter: Long.ZERO },
  }
  socket.write(msg(2, waiting, 1 << 16))
  let replyTo = 2
  for (let i = 0; i < 3; i++) {
    const reply = await next()
    t.true(reply.more)
    t.is(reply.replyTo, replyTo)
    replyTo = reply.id
  }
})

test('a write that wants no answer gets none', async t => {
  const { port } = await anEngine(t)
  const { socket, next } = await aClient(t, port)
  socket.write(msg(1, { insert: 'things', documents: [{ a: 1 }], $db: 't', writeConcern: { w: 0 } }, 2))
  socket.write(msg(2, { count: 'things', $db: 't' }))
  const reply = await next()
  t.is(reply.replyTo, 2)
  t.is(reply.document['n'], 1)
})

test('the socket and the data belong to their owner alone, also in a folder that others may read', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'socket-'))
  const engine = await startEmbedded({ folder: join(folder, 'data'), inline: true })
  t.teardown(async () => {
    await engine.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const path = decodeURIComponent(new URL(engine.uri).hostname)
  t.is((await stat(path)).mode & 0o777, 0o600)
  t.is((await stat(join(path, '..'))).mode & 0o777, 0o700)
  for (const file of ['data.sqlite', 'data.sqlite-wal', 'data.sqlite-shm'])
    t.is((await stat(join(folder, 'data', file))).mode & 0o777, 0o600, file)
})

test('a folder with a long path is served all the same', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'long-'))
  const engine = await startEmbedded({ folder: join(folder, 'x'.repeat(120), 'Data'), inline: true })
  const path = decodeURIComponent(new URL(engine.uri).hostname)
  t.true(path.length <= 100)
  t.is((await stat(join(path, '..'))).mode & 0o777, 0o700)
  await t.notThrowsAsync(() => Promise.all([engine.stop(), engine.stop()]), 'it stops once')
  await t.throwsAsync(() => stat(path))
  await rm(folder, { recursive: true, force: true })
})
