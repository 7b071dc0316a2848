import { SimulationError } from './simulation-error.ts'

/** The API as a program with a bearer token uses it. Everything that is not 2xx throws `ApiRefusal`. */
export interface StaffApi {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body?: unknown): Promise<T>
  patch<T>(path: string, body: unknown): Promise<T>
}

/** What the API refused, with its code. */
export class ApiRefusal extends SimulationError {
  readonly status: number
  /** Such as `serial-taken`; empty when the answer was not the API's. */
  readonly code: string

  constructor(
    what: string,
    status: number,
    { code = '', message = '' }: { code?: string; message?: string },
  ) {
    super(`${what} was answered ${status} ${code}: ${message}`)
    this.name = 'ApiRefusal'
    this.status = status
    this.code = code
  }
}

export function staffApi(server: string, token: string): StaffApi {
  async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(new URL(path, server), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = readJson(await response.text())
    if (response.ok) return answer as T
    const { error = {} } = answer as { error?: { code?: string; message?: string } }
    throw new ApiRefusal(`${method} ${path}`, response.status, error)
  }
  return {
    get: path => send('GET', path),
    post: (path, body) => send('POST', path, body),
    patch: (path, body) => send('PATCH', path, body),
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
