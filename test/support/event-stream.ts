import { type TestServer } from './server.ts'

interface StreamEvent {
  readonly event: string
  readonly data: readonly string[]
}

/** An open stream of server-sent events, as a browser reads it. */
export interface EventStream {
  readonly status: number
  readonly headers: Headers
  /** Every byte so far. */
  text(): string
  /** The next event that is none of `except`; undefined when the server ends the stream first. */
  next(...except: readonly string[]): Promise<StreamEvent | undefined>
  close(): Promise<void>
}

/** Follows `wishes` with these headers, a cookie or a token. Rejects when nothing comes for half a minute. */
export async function openEventStream(
  { url }: Pick<TestServer, 'url'>,
  wishes: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<EventStream> {
  const query = new URLSearchParams(wishes.map(wish => ['on', wish] as [string, string]))
  const quits = new AbortController()
  const response = await fetch(`${url}/live?${query.toString()}`, {
    headers,
    redirect: 'manual',
    signal: AbortSignal.any([quits.signal, AbortSignal.timeout(30_000)]),
  })
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let read = 0

  /** The next block of the stream that has come whole. */
  async function block(): Promise<string | undefined> {
    for (;;) {
      const end = text.indexOf('\n\n', read)
      if (end !== -1) {
        const found = text.slice(read, end)
        read = end + 2
        return found
      }
      const chunk = await reader?.read()
      if (!chunk || chunk.done) return undefined
      text += decoder.decode(chunk.value, { stream: true })
    }
  }

  return {
    status: response.status,
    headers: response.headers,
    text: () => text,
    async next(...except) {
      for (;;) {
        const found = await block()
        if (found === undefined) return undefined
        const lines = found.split('\n')
        const event = lines.find(line => line.startsWith('event: '))?.slice(7)
        const data = lines.filter(line => line.startsWith('data: ')).map(line => line.slice(6))
        if (event !== undefined && !['beat', ...except].includes(event)) return { event, data }
      }
    },
    async close() {
      quits.abort()
      await reader?.cancel().catch(() => undefined)
    },
  }
}
