import { createConnection, createServer, type AddressInfo } from 'node:net'
import { deserialize } from 'bson'
import { type Document } from 'mongodb'
import { encodeDocument } from '../../../server/database/embedded/values/encode.ts'
import { MessageSplitter } from '../../../server/database/embedded/wire/message-splitter.ts'
import { readRequest } from '../../../server/database/embedded/wire/request.ts'

interface RecordingDoor {
  readonly port: number
  /** Every command that went through, in order, its document sequences included. */
  readonly commands: readonly Document[]
  close(): void
}

/** A door in front of a server on this machine that notes the commands which pass. */
export async function openRecordingDoor(serverPort: number): Promise<RecordingDoor> {
  const commands: Document[] = []
  const net = createServer(client => {
    const server = createConnection({ port: serverPort, host: '127.0.0.1' })
    const note = new MessageSplitter(message => {
      const { command, sequences } = readRequest(message)
      const lists = [...sequences].map(([name, list]) => [name, list.map(bytes => deserialize(bytes))])
      const plain = deserialize(encodeDocument(command))
      commands.push({ ...plain, ...(Object.fromEntries(lists) as Document) })
    })
    client.on('data', bytes => {
      note.push(bytes)
      server.write(bytes)
    })
    server.on('data', bytes => client.write(bytes))
    const end = () => {
      client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) socket.on('close', end).on('error', end)
  })
  await new Promise<void>(resolve => net.listen(0, '127.0.0.1', resolve))
  return { port: (net.address() as AddressInfo).port, commands, close: () => void net.close() }
}
