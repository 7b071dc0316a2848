import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { type Lifecycle, type Request, type ResponseToolkit, type Server } from '@hapi/hapi'
import { type SecretBox } from '../certificates/secret-box.ts'
import { type Clock } from '../clock.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { type Tables } from '../database/tables.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { actorOf } from './credentials.ts'
import { statusOfRefusal } from './domain-errors.ts'

/** A request that is repeated with the same key within a day gets the first answer again. */
const keptSeconds = 86_400
/** A first attempt of another process that has not answered for this long is given up; the next one may act. */
const leaseMs = 60_000

interface IdempotentCall {
  readonly _id: string
  readonly organisationId: string
  readonly request: string
  readonly startedAt: Date
  /** Which attempt may act for it: one that has lost its place to another commits nothing more. */
  readonly holder?: string
  /** Something was changed for it: it may not be done again, even when its answer was lost. */
  readonly acted?: boolean
  readonly status?: number
  /** Sealed: answers may hold what is shown once only, a token or a link. */
  readonly body?: string
}

type RunningCall = IdempotentCall & { readonly holder: string }

export interface Idempotency {
  readonly remember: (server: Server) => void
  /** Called last in each transaction, so that the deed and the note that it was done are committed together. */
  readonly acted: () => Promise<void>
}

/**
 * `Idempotency-Key` on POST under `/api/v1`: a network that loses an answer may not cause a second loan or a second
 * lost mode. A POST that only answers takes no part in it. Successes are remembered, and refusals that came after
 * something was written: any other refused request changed nothing and may be corrected and sent again.
 * The handler is called from here, since Hapi calls nobody after it once the caller has hung up: just then the answer
 * must be kept. When the process dies between the deed and its answer, a repetition is refused rather than done twice.
 * No attempt takes over from one that runs in the same process, however long that takes; one that another process has
 * taken over from can commit nothing any more.
 */
export function createIdempotency(
  tables: Tables,
  clock: Clock,
  secrets: Pick<SecretBox, 'sealSecret' | 'openSecret'>,
  newId: NewId,
): Idempotency {
  const calls = tables.define<IdempotentCall>({
    name: 'idempotentCalls',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      request: String,
      startedAt: Date,
      holder: String,
      acted: Boolean,
      status: Number,
      body: String,
    },
    indexes: [[{ startedAt: 1 }, { expireAfterSeconds: keptSeconds }]],
  })

  const current = new AsyncLocalStorage<RunningCall>()
  /** The holders of the calls that are being answered here. What a call has left running is no part of it. */
  const running = new Map<string, string>()

  async function claim(call: RunningCall): Promise<IdempotentCall | undefined> {
    const own = calls.within(call.organisationId)
    try {
      await own.insert(call)
      return undefined
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
    if (running.has(call._id)) return own.findOne({ _id: call._id })
    const abandonedBefore = new Date(call.startedAt.getTime() - leaseMs)
    const filter = {
      _id: call._id,
      request: call.request,
      status: { $exists: false },
      acted: { $exists: false },
      startedAt: { $lt: abandonedBefore },
    }
    if (await own.updateOne(filter, { $set: { startedAt: call.startedAt, holder: call.holder } }))
      return undefined
    return own.findOne({ _id: call._id })
  }

  async function answerFirst(request: Request, h: ResponseToolkit, call: RunningCall) {
    const own = calls.within(call.organisationId)
    const { _id, holder } = call
    running.set(_id, holder)
    try {
      const handler = request.route.settings.handler as Lifecycle.Method
      const answered = await current.run(call, () => handler.call(handler, request, h))
      const response = h.response(answered as object)
      const answer = (response.source as unknown) === null ? '' : JSON.stringify(response.source)
      const status = (response.statusCode as number | null) ?? (answer === '' ? 204 : 200)
      await own.updateOne({ _id, holder }, { $set: { status, body: sealed(_id, answer) } })
      return response.takeover()
    } catch (error) {
      if (error instanceof DomainError) {
        const status = statusOfRefusal[error.kind]
        const { kind, code, message, fields } = error
        const body = sealed(_id, JSON.stringify({ kind, code, message, fields }))
        await own.updateOne({ _id, holder, acted: true }, { $set: { status, body } })
      }
      // The key of a call that wrote nothing is free again.
      await own.deleteMany({ _id, holder, status: { $exists: false }, acted: { $exists: false } })
      throw error
    } finally {
      running.delete(_id)
    }
  }

  const sealed = (id: string, text: string) => secrets.sealSecret(Buffer.from(text), placeOf(id))

  function answerAgain(h: ResponseToolkit, { _id, status = 200, body = '' }: IdempotentCall) {
    const answer = Buffer.from(secrets.openSecret(body, placeOf(_id))).toString()
    if (status >= 400) {
      const { kind, code, message, fields } = JSON.parse(answer) as DomainError
      throw new DomainError(kind, code, message, fields)
    }
    const response = h.response(answer).code(status).header('idempotent-replayed', 'true')
    return (answer ? response.type('application/json') : response).takeover()
  }

  function remember(server: Server): void {
    server.ext('onPreHandler', async (request, h) => {
      const key = keyOf(request)
      if (key === undefined) return h.continue
      const { organisationId, id: actorId } = actorOf(request)
      const call = {
        _id: sha256([organisationId, actorId, key]),
        organisationId,
        request: sha256([request.path, request.url.search, JSON.stringify([request.payload])]),
        startedAt: clock.now(),
        holder: newId(),
      }
      const earlier = await claim(call)
      if (!earlier) return answerFirst(request, h, call)
      if (earlier.request !== call.request) {
        const message = 'This Idempotency-Key was used for another request. Use a new one.'
        throw new DomainError('invalid', 'idempotency-key-reused', message, [{ path: header, message }])
      }
      if (
        earlier.status === undefined &&
        earlier.acted &&
        isAbandoned(earlier, call.startedAt) &&
        !running.has(call._id)
      ) {
        const message =
          'This was carried out, but its answer was lost. Check the result before you send anything again.'
        throw new DomainError('conflict', 'idempotency-answer-lost', message)
      }
      if (earlier.status === undefined) throw runningElsewhere()
      return answerAgain(h, earlier)
    })
  }

  return {
    remember,
    async acted() {
      const call = current.getStore()
      if (!call || running.get(call._id) !== call.holder) return
      const { _id, holder } = call
      const own = calls.within(call.organisationId)
      if (await own.updateOne({ _id, holder, acted: { $exists: false } }, { $set: { acted: true } })) return
      if (await own.findOne({ _id, holder })) return
      throw runningElsewhere()
    },
  }
}

function runningElsewhere(): DomainError {
  const message =
    'The first request with this Idempotency-Key is still being answered. Try again in a moment.'
  return new DomainError('conflict', 'idempotency-running', message)
}

const isAbandoned = ({ startedAt }: IdempotentCall, now: Date): boolean =>
  startedAt.getTime() < now.getTime() - leaseMs

function placeOf(id: string): string {
  return `idempotency/${id}`
}

const header = 'Idempotency-Key'

function keyOf(request: Request): string | undefined {
  const key: unknown = request.headers['idempotency-key']
  if (request.method !== 'post' || !request.path.startsWith('/api/v1/') || key === undefined) return undefined
  if (request.route.settings.plugins?.idempotency === 'not-kept') return undefined
  if (typeof key === 'string' && key.length >= 8 && key.length <= 200) return key
  const message = 'An Idempotency-Key has 8 to 200 characters.'
  throw new DomainError('invalid', 'idempotency-key', message, [{ path: header, message }])
}

function sha256(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}
