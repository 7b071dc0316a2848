export interface Answer<T = unknown> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

/** Speaks JSON with the API, as a program with a bearer token would; without one, as a stranger. */
export interface ApiClient {
  readonly token: string | undefined
  get<T = never>(path: string): Promise<Answer<T>>
  post<T = never>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>
  put<T = never>(path: string, body: unknown): Promise<Answer<T>>
  patch<T = never>(path: string, body: unknown): Promise<Answer<T>>
  delete<T = never>(path: string): Promise<Answer<T>>
}

export function apiClient(url: string, token: string | undefined): ApiClient {
  async function send<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(new URL(path, url), {
      method,
      redirect: 'manual',
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = response.headers.get('content-type')?.includes('application/json') === true
    return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as T }
  }
  return {
    token,
    get: path => send('GET', path),
    post: (path, body, headers) => send('POST', path, body, headers),
    put: (path, body) => send('PUT', path, body),
    patch: (path, body) => send('PATCH', path, body),
    delete: path => send('DELETE', path),
  }
}
