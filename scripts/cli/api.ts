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
}

interface Problem {
  readonly error?: {
    readonly code?: string
    readonly message?: string
    readonly fields?: readonly { readonly path: string; readonly message: string }[]
  }
}

const patienceMs = 30_000

/** The API at `url` for the holder of `token`. @throws {Refused} @throws {NotReached} */
export function apiAt(url: string, token: string): Api {
  async function send(path: string, init: RequestInit): Promise<Thing> {
    let answer: Response
    let text: string
    try {
      const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` }
      const signal = AbortSignal.timeout(patienceMs)
      answer = await fetch(new URL(`/api/v1/${path}`, url), { ...init, headers, signal, redirect: 'error' })
      text = await answer.text()
    } catch {
      throw new NotReached(`There is no Örnkoll to be reached at ${new URL(url).origin}.`)
    }
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true
    if (!isJson && answer.status !== 204)
      throw new NotReached(`What answers at ${new URL(url).origin} is no Örnkoll.`)
    const body = (text === '' ? {} : JSON.parse(text)) as Thing
    if (!answer.ok) throw refusalOf(answer.status, body)
    return body
  }
  return {
    get: (path, query = {}) => {
      const search = new URLSearchParams(query).toString()
      return send(search === '' ? path : `${path}?${search}`, {})
    },
    async post(path, body, key) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key }
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      try {
        return await send(path, init)
      } catch (error) {
        if (!(error instanceof NotReached)) throw error
        return send(path, init)
      }
    },
  }
}

function refusalOf(status: number, { error = {} }: Problem): Refused {
  const { code = 'refused', message = 'The server refused it.', fields = [] } = error
  const each = fields.map(field => `\n  ${field.path}: ${field.message}`)
  return new Refused(status, code, message + each.join(''))
}
