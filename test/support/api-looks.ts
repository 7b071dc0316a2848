import { type OpenApi } from '../../server/api-description/openapi.ts'
import { type ApiDay } from './api-day.ts'
import { type GivenAnswer } from './answer-check.ts'
import { type TestServer } from './server.ts'

/** One address that was looked at, and what came. */
interface Looked {
  /** As the description names it, or the page's own route: `get /people/{id}`. */
  readonly operation: string
  readonly path: string
  readonly requestId: string
  readonly answer: GivenAnswer
}

/** The address where the first thing that the day has made would show nothing, and what the query must say. */
const addresses: Readonly<Record<string, (of: ApiDay) => string>> = {
  '/api/v1/devices/scan': ({ mark }) => `/api/v1/devices/scan?code=${mark}%201`,
  '/api/v1/loans/{id}/return-receipt.pdf': ({ ids }) =>
    `/api/v1/loans/${ids['returned'] ?? ''}/return-receipt.pdf`,
  '/api/v1/mandates': ({ ids }) => `/api/v1/mandates?personId=${ids['people'] ?? ''}`,
  '/api/v1/profiles/{id}/compare': ({ ids }) =>
    `/api/v1/profiles/${ids['profiles'] ?? ''}/compare?from=1&to=2`,
  '/api/v1/statements': () => '/api/v1/statements?year=2025',
}

/** Every look that the description knows, at the things of the day, as whoever has this session. */
export async function lookAtAll(
  server: TestServer,
  document: OpenApi,
  day: ApiDay,
  cookie: string,
): Promise<Looked[]> {
  const looked: Looked[] = []
  for (const [path, methods] of Object.entries(document.paths)) {
    const { get } = methods
    if (!get) continue
    const query = get.parameters
      .filter(each => each['in'] === 'query' && each['required'] === true)
      .map(each => `${String(each['name'])}=${encodeURIComponent(day.mark)}`)
    const usual = filled(path, day.ids) + (query.length > 0 ? `?${query.join('&')}` : '')
    looked.push(await look(server, `get ${path}`, addresses[path]?.(day) ?? usual, cookie))
  }
  return looked
}

/** The address of one thing of the day: the id by the area, the other parts by what the day has made of it. */
function filled(path: string, ids: ApiDay['ids']): string {
  const area = path.slice('/api/v1/'.length, path.indexOf('/{'))
  const parts: Readonly<Record<string, string | undefined>> = {
    id: ids[area.startsWith('contents') ? 'profiles' : area],
    otherId: ids['otherPeople'],
    kind: 'profile',
    number: '1',
  }
  return path.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? 'missing')
}

/** One look as whoever has this session. */
async function look(server: TestServer, operation: string, path: string, cookie: string): Promise<Looked> {
  const answer = await fetch(new URL(path, server.url), { redirect: 'manual', headers: { cookie } })
  const requestId = answer.headers.get('x-request-id') ?? ''
  const contentType = answer.headers.get('content-type') ?? ''
  return {
    operation,
    path,
    requestId,
    answer: { status: answer.status, contentType, text: await answer.text() },
  }
}
