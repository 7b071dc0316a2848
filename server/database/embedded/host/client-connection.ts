import { type Socket } from 'node:net'
import { type Client } from '../commands/call.ts'
import { commandName, failureAnswer } from '../commands/execute.ts'
import { MongoError } from '../errors.ts'
import { asBigInt, asNumber, isNumber } from '../values/numbers.ts'
import { type Document, isDocument, type ObjectId } from '../values/value.ts'
import { encodeAnswer, frameAnswer, noCommonFields } from '../wire/answer.ts'
import { MessageSplitter } from '../wire/message-splitter.ts'
import { type Header, readHeader, readRequest, type Request } from '../wire/request.ts'
import { type BatchRunner, type Job } from './batch-runner.ts'

interface ConnectionParts {
  readonly socket: Socket
  readonly client: Client
  readonly runner: BatchRunner
  readonly processId: ObjectId
}

/** Speaks with one client until it leaves or sends what is no message. */
export class ClientConnection {
  readonly #parts: ConnectionParts
  readonly #timers = new Set<NodeJS.Timeout>()
  #answers = 0

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    const { socket } = parts
    const splitter = new MessageSplitter(message => {
      this.#receive(message)
    })
    socket.setNoDelay(true)
    socket.on('data', chunk => {
      try {
        splitter.push(chunk)
      } catch {
        // Where the next message begins cannot be known any more.
        socket.destroy()
      }
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      for (const timer of this.#timers) clearTimeout(timer)
    })
  }

  #receive(message: Buffer): void {
    let request: Request
    try {
      request = readRequest(message)
    } catch (error) {
      this.#refuse(readHeader(message), error)
      return
    }
    const wait = this.#waitFor(request)
    if (wait === undefined) this.#submit(request, request)
    else this.#later(wait, request, request)
  }

  /** Answers what could not be read, if the client can tell which request is meant. */
  #refuse(header: Header, error: unknown): void {
    if (!(error instanceof MongoError)) throw error
    this.#send(header, encodeAnswer(failureAnswer(error), noCommonFields), false)
  }

  /** `replyTo` is the request, or the answer before this one in a stream of answers. */
  #submit(request: Request, replyTo: Header): void {
    const wait = request.exhaustAllowed ? this.#waitFor(request) : undefined
    const job: Job = {
      command: request.command,
      sequences: request.sequences,
      client: this.#parts.client,
      progress: undefined,
      hangUp: () => this.#parts.socket.destroy(),
      answer: body => {
        if (request.moreToCome) return
        const answerId = this.#send(replyTo, body, wait !== undefined)
        if (wait !== undefined) this.#later(wait, request, { ...request, requestId: answerId })
      },
    }
    this.#parts.runner.submit(job)
  }

  #later(wait: number, request: Request, replyTo: Header): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#submit(request, replyTo)
    }, wait)
    this.#timers.add(timer)
  }

  /** How long a `hello` wants to wait for news of the topology, of which there are none; undefined for all else. */
  #waitFor({ command }: Request): number | undefined {
    const wait = command.get('maxAwaitTimeMS')
    const seen = command.get('topologyVersion')
    if (commandName(command).toLowerCase() !== 'hello' && commandName(command).toLowerCase() !== 'ismaster')
      return undefined
    if (!isNumber(wait) || !isDocument(seen) || !this.#isCurrent(seen)) return undefined
    return asNumber(wait)
  }

  #isCurrent(seen: Document): boolean {
    const process = seen.get('processId') as Partial<ObjectId> | undefined
    const counter = seen.get('counter')
    const same = process?.bytes && Buffer.compare(process.bytes, this.#parts.processId.bytes) === 0
    return same === true && isNumber(counter) && asBigInt(counter) === 0n
  }

  #send(replyTo: Header, body: Buffer, more: boolean): number {
    const answerId = (this.#answers = (this.#answers + 1) & 0x7fffffff)
    const { socket } = this.#parts
    if (!socket.destroyed) socket.write(frameAnswer(replyTo, body, { answerId, more }))
    return answerId
  }
}
