import { type GivenAnswer } from './answer-check.ts'
import { type TestServer } from './server.ts'

/** One operation of the API that was carried out, and the request it was. */
export interface Done {
  /** As the description names it: `post /api/v1/bodies/{id}`. */
  readonly operation: string
  readonly path: string
  /** What was sent: its text and type, where there was a body. */
  readonly body?: { readonly text: string | Uint8Array; readonly type: string }
  /** Of the `Idempotency-Key`, where it had one. */
  readonly key?: string
  readonly requestId: string
  readonly answer: GivenAnswer
}

/** The headers that say who asks. */
export type Caller = Readonly<Record<string, string>>

interface Calling {
  readonly params?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly type?: string
  readonly as?: Caller
  readonly query?: string
  readonly key?: string
}

export interface Thing {
  readonly id: string
  readonly version: number
}

export interface ApiCalls {
  /** Every change that was asked for so far, in order. */
  readonly done: readonly Done[]
  /** Throws when it is refused. A body that is no JSON is sent as it is. */
  readonly call: <T = Thing>(method: string, template: string, calling?: Calling) => Promise<T>
  readonly post: <T = Thing>(template: string, body?: unknown, params?: Calling['params']) => Promise<T>
}

/** Calls of the API by the paths of its description, which remember what was changed. */
export function apiCalls({ url }: Pick<TestServer, 'url'>, usually: Caller): ApiCalls {
  const done: Done[] = []

  async function call<T>(method: string, template: string, calling: Calling = {}): Promise<T> {
    const { params = {}, body, type = 'application/json', as = usually, query = '', key } = calling
    const path = `/api/v1/${template}`.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? 'missing')
    const sent = type === 'application/json' ? JSON.stringify(body) : (body as string | Uint8Array)
    const answer = await fetch(new URL(path + query, url), {
      method: method.toUpperCase(),
      headers: {
        ...as,
        ...(body !== undefined && { 'content-type': type }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: typeof sent === 'string' ? sent : Buffer.from(sent) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${String(answer.status)}: ${text}`)
    const requestId = answer.headers.get('x-request-id') ?? ''
    const told = {
      operation: `${method} /api/v1/${template}`,
      path: path + query,
      requestId,
      answer: { status: answer.status, contentType: answer.headers.get('content-type') ?? '', text },
      ...(body !== undefined && { body: { text: sent, type } }),
      ...(key !== undefined && { key }),
    }
    if (method !== 'get') done.push(told)
    return (text.startsWith('{') ? JSON.parse(text) : undefined) as T
  }

  return {
    done,
    call,
    post: (template, body, params) =>
      call('post', template, { ...(body !== undefined && { body }), ...(params && { params }) }),
  }
}
