/** The server refused; `code` and `message` are its own. */
export class Refused extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** No server answered there. */
export class NotReached extends Error {}

export type Thing = Readonly<Record<string, unknown>>

export interface Api {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Thing>
  /** Repeated with the same key it is done once: the command line tries again when an answer is lost. */
  post(path: string, body: Thing, key: string): Promise<Thing>
  /** Any operation. What is done with POST is tried again when its answer is lost, under the same key. */
  call(method: string, path: string, sent: Sent): Promise<Answer>
  /** The API's own description. */
  describe(): Promise<Thing>
}

interface Sent {
  readonly query: Readonly<Record<string, string>>
  readonly body?: { readonly type: string; readonly bytes: Buffer }
  readonly key: string
}

interface Answer {
  /** Missing where the answer is empty or a file. */
  readonly json?: Thing
  readonly bytes: Buffer
}

interface Problem {
  readonly error?: {
    readonly code?: string
    readonly message?: string
    readonly fields?: readonly { readonly path: string; readonly message: string }[]
  }
}

const patienceMs = 30_000
const mostLeads = 5

/** What is asked for, where it is now. It is looked for at the same server alone, so the token goes nowhere else. */
async function followed(address: URL, init: RequestInit, left = mostLeads): Promise<Response> {
  const answer = await fetch(address, { ...init, redirect: 'manual' })
  if (answer.status < 300 || answer.status > 399) return answer
  await answer.body?.cancel()
  const next = new URL(answer.headers.get('location') ?? '', address)
  const isRead = ['get', 'head'].includes((init.method ?? 'get').toLowerCase())
  if (next.origin !== address.origin || !isRead || left === 0) throw new Error('It leads away.')
  return followed(next, init, left - 1)
}

/** The API at `url` for the holder of `token`. @throws {Refused} @throws {NotReached} */
export function apiAt(url: string, token: string): Api {
  async function fetched(path: string, init: RequestInit): Promise<{ answer: Response; bytes: Buffer }> {
    try {
      const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` }
      const signal = AbortSignal.timeout(patienceMs)
      const answer = await followed(new URL(`/api/${path}`, url), { ...init, headers, signal })
      return { answer, bytes: Buffer.from(await answer.arrayBuffer()) }
    } catch {
      throw new NotReached(`There is no Örnkoll to be reached at ${new URL(url).origin}.`)
    }
  }

  const isJson = (answer: Response) =>
    answer.headers.get('content-type')?.startsWith('application/json') === true

  async function send(path: string, init: RequestInit): Promise<Thing> {
    const { answer, bytes } = await fetched(path, init)
    if (!isJson(answer) && answer.status !== 204)
      throw new NotReached(`What answers at ${new URL(url).origin} is no Örnkoll.`)
    const body = (bytes.length === 0 ? {} : JSON.parse(bytes.toString())) as Thing
    if (!answer.ok) throw refusalOf(answer.status, body)
    return body
  }

  async function call(method: string, path: string, { query, body, key }: Sent): Promise<Answer> {
    const headers = {
      ...(body && { 'content-type': body.type }),
      ...(method === 'post' && { 'idempotency-key': key }),
    }
    const sent = { method: method.toUpperCase(), headers, ...(body && { body: new Uint8Array(body.bytes) }) }
    const ask = () => fetched(withQuery(`v1/${path}`, query), sent)
    const { answer, bytes } = await ask().catch((error: unknown) => {
      if (method === 'post' || method === 'get') return ask()
      throw error
    })
    if (!answer.ok && !isJson(answer))
      throw new NotReached(`What answers at ${new URL(url).origin} is no Örnkoll.`)
    const json = isJson(answer) && bytes.length > 0 ? (JSON.parse(bytes.toString()) as Thing) : undefined
    if (!answer.ok) throw refusalOf(answer.status, json ?? {})
    return { bytes, ...(json && { json }) }
  }
  return {
    get: (path, query = {}) => send(withQuery(`v1/${path}`, query), {}),
    call,
    describe: () => send('openapi.json', {}),
    async post(path, body, key) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key }
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      try {
        return await send(`v1/${path}`, init)
      } catch (error) {
        if (!(error instanceof NotReached)) throw error
        return send(`v1/${path}`, init)
      }
    },
  }
}

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(query).toString()
  return search === '' ? path : `${path}?${search}`
}

function refusalOf(status: number, { error = {} }: Problem): Refused {
  const { code = 'refused', message = 'The server refused it.', fields = [] } = error
  const each = fields.map(field => `\n  ${field.path}: ${field.message}`)
  return new Refused(status, code, message + each.join(''))
}
