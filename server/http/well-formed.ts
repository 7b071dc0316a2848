import Boom from '@hapi/boom'
import { type Request, type Server } from '@hapi/hapi'
import { type FieldError } from '../domain-error.ts'

/** Control characters but tab and line ends, halves of characters, and signs that turn the direction of what follows. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const unwritable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e]|\p{Surrogate}/u
const deepest = 40

/**
 * What the API takes: JSON where a route names nothing else, only query keys that a route knows, and text that can be
 * written on a paper and read in a list as it is. Forms of pages lose such characters instead, which come along when
 * text is pasted.
 */
export function wantWellFormed(server: Server): void {
  // After it is known who asks, and before the body is read.
  server.ext('onCredentials', (request, h) => {
    const { allow, parse } = request.route.settings.payload ?? {}
    const type: unknown = request.headers['content-type']
    const isOther = typeof type === 'string' && type !== '' && !/^application\/json\b/i.test(type)
    if (isApi(request) && isOther && !allow && parse !== false && !isSafe(request))
      throw Boom.unsupportedMediaType('Send JSON, with the content type application/json.')
    return h.continue
  })
  server.ext('onPostAuth', (request, h) => {
    if (!isApi(request)) {
      Object.assign(request, { payload: cleaned(request.payload) })
      return h.continue
    }
    const wrong = [...unknownKeys(request), ...unwritableIn(request.payload), ...unwritableIn(request.query)]
    if (wrong.length > 0) throw badRequest(wrong)
    return h.continue
  })
}

const isApi = ({ path }: Request) => path.startsWith('/api/')
const isSafe = ({ method }: Request) => method === 'get' || method === 'head'

/** A route that names no query keys takes none. */
function unknownKeys({ route, query }: Request): FieldError[] {
  if (route.settings.validate?.query) return []
  return Object.keys(query as object).map(path => ({ path, message: `"${path}" is not allowed` }))
}

/** The first text with an unwritable character; keys count as text. */
function unwritableIn(value: unknown, path = '', depth = 0): FieldError[] {
  if (typeof value === 'string')
    return unwritable.test(value) ? [{ path, message: 'This holds a character that cannot be written.' }] : []
  if (!isFields(value) || depth > deepest) return []
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`
    const [first] = [...unwritableIn(key, path, depth + 1), ...unwritableIn(inner, at, depth + 1)]
    if (first) return [first]
  }
  return []
}

/** The fields of a form without them. */
function cleaned(payload: unknown): unknown {
  if (typeof payload === 'string') return payload.replace(new RegExp(unwritable, 'gu'), '')
  if (Array.isArray(payload)) return payload.map(cleaned)
  if (!isFields(payload)) return payload
  return Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, cleaned(value)]))
}

/** Plain fields and lists; not the bytes of a file. */
function isFields(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const kind: unknown = Object.getPrototypeOf(value)
  return kind === Object.prototype || kind === null || Array.isArray(value)
}

function badRequest(details: readonly FieldError[]): Error {
  const error = Boom.badRequest(details[0]?.message)
  const told = details.map(({ path, message }) => ({ path: [path], message }))
  return Object.assign(error, { details: told })
}
