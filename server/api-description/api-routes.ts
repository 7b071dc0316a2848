import { type RequestRoute, type Server } from '@hapi/hapi'
import { type Right } from '../staff/rights.ts'
import { type DescribedRoute } from './described-route.ts'
import { type Described } from './schema-form.ts'

/** Where people read about the API; not a part of it. */
const docsPath = '/api/docs'

/** Every route of the door under `/api/`, in the order of their paths. */
export function apiRoutesOf(server: Pick<Server, 'table' | 'auth'>): DescribedRoute[] {
  const { auth } = server as unknown as { auth: { lookup(route: RequestRoute): unknown } }
  return server
    .table()
    .filter(({ path }) => path.startsWith('/api/') && !path.startsWith(docsPath))
    .map(route => describedRoute(route, rightOf(auth.lookup(route))))
    .sort((one, other) => (`${one.path} ${one.method}` < `${other.path} ${other.method}` ? -1 : 1))
}

/** The one right that a route names, out of what Hapi makes of it. */
function rightOf(auth: unknown): Right | undefined {
  return /"selection":\["([\w.-]+)"\]/.exec(JSON.stringify(auth))?.[1] as Right | undefined
}

function describedRoute({ method, path, settings }: RequestRoute, right: Right | undefined): DescribedRoute {
  const { maxBytes, allow } = settings.payload ?? {}
  const { params, query, payload } = settings.validate ?? {}
  return {
    method,
    path,
    tags: (settings.tags ?? []).filter(tag => tag !== 'api'),
    once: isOnce(method, path) && settings.plugins?.idempotency !== 'not-kept',
    freshSignIn: settings.plugins?.freshSignIn !== undefined,
    ...(right && { right }),
    ...schemaAs('params', params),
    ...schemaAs('query', query),
    ...schemaAs('payload', payload),
    ...(allow !== undefined && { takes: [allow].flat() }),
    ...(method !== 'get' && maxBytes !== undefined && { maxBytes }),
  }
}

const isOnce = (method: string, path: string) => method === 'post' && path.startsWith('/api/v1/')

/** Hapi says `true` or nothing where a route takes anything. */
function schemaAs(part: 'params' | 'query' | 'payload', schema: unknown): Partial<DescribedRoute> {
  const isSchema = typeof schema === 'object' && schema !== null && 'describe' in schema
  return isSchema ? { [part]: (schema as { describe(): Described }).describe() } : {}
}
