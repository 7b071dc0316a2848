import { createHash } from 'node:crypto'
import { type Request, type Server } from '@hapi/hapi'
import { type Clock } from '../clock.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { type Tables } from '../database/tables.ts'
import { DomainError } from '../domain-error.ts'
import { actorOf } from './credentials.ts'

/** A request that is repeated with the same key within a day gets the first answer again. */
const keptSeconds = 86_400
/** A first attempt that has not answered for this long died with its process; the next one may act. */
const leaseMs = 60_000

interface IdempotentCall {
  readonly _id: string
  readonly organisationId: string
  readonly request: string
  readonly startedAt: Date
  readonly status?: number
  readonly body?: string
}

declare module '@hapi/hapi' {
  interface RequestApplicationState {
    idempotent?: { readonly id: string; readonly organisationId: string }
  }
}

/**
 * `Idempotency-Key` on POST under `/api/v1`: a network that loses an answer may not cause a second loan or a second
 * lost mode. Only successes are remembered: a refused request changed nothing and may be corrected and sent again.
 */
export function createIdempotency(tables: Tables, clock: Clock): (server: Server) => void {
  const calls = tables.define<IdempotentCall>({
    name: 'idempotentCalls',
    tenancy: { belongsTo: 'organisation' },
    fields: { request: String, startedAt: Date, status: Number, body: String },
    indexes: [[{ startedAt: 1 }, { expireAfterSeconds: keptSeconds }]],
  })

  async function claim(call: IdempotentCall): Promise<IdempotentCall | undefined> {
    const own = calls.within(call.organisationId)
    try {
      await own.insert(call)
      return undefined
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
    const abandonedBefore = new Date(call.startedAt.getTime() - leaseMs)
    const filter = {
      _id: call._id,
      request: call.request,
      status: { $exists: false },
      startedAt: { $lt: abandonedBefore },
    }
    if (await own.updateOne(filter, { $set: { startedAt: call.startedAt } })) return undefined
    return own.findOne({ _id: call._id })
  }

  return server => {
    server.ext('onPreHandler', async (request, h) => {
      const key = keyOf(request)
      if (key === undefined) return h.continue
      const { organisationId, id: actorId } = actorOf(request)
      const id = sha256([organisationId, actorId, key])
      const fingerprint = sha256([request.path, JSON.stringify(request.payload ?? null)])
      const earlier = await claim({ _id: id, organisationId, request: fingerprint, startedAt: clock.now() })
      if (!earlier) {
        request.app.idempotent = { id, organisationId }
        return h.continue
      }
      if (earlier.request !== fingerprint) {
        const message = 'This Idempotency-Key was used for another request. Use a new one.'
        throw new DomainError('invalid', 'idempotency-key-reused', message)
      }
      if (earlier.status === undefined) {
        const message =
          'The first request with this Idempotency-Key is still being answered. Try again in a moment.'
        throw new DomainError('conflict', 'idempotency-running', message)
      }
      const answer = h.response(earlier.body).code(earlier.status).header('idempotent-replayed', 'true')
      return (earlier.body ? answer.type('application/json') : answer).takeover()
    })

    server.ext('onPreResponse', async (request, h) => {
      const { idempotent } = request.app
      if (!idempotent) return h.continue
      const { response } = request
      const own = calls.within(idempotent.organisationId)
      if (response instanceof Error || response.statusCode >= 400)
        await own.deleteMany({ _id: idempotent.id })
      else {
        const body = response.source === null ? '' : JSON.stringify(response.source)
        await own.updateOne({ _id: idempotent.id }, { $set: { status: response.statusCode, body } })
      }
      return h.continue
    })
  }
}

function keyOf(request: Request): string | undefined {
  const key: unknown = request.headers['idempotency-key']
  if (request.method !== 'post' || !request.path.startsWith('/api/v1/') || key === undefined) return undefined
  if (typeof key === 'string' && key.length >= 8 && key.length <= 200) return key
  throw new DomainError('invalid', 'idempotency-key', 'An Idempotency-Key has 8 to 200 characters.')
}

function sha256(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}
