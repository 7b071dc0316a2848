import { rights } from '../staff/rights.ts'
import { answerOf, resources } from './answers.ts'
import { type DescribedRoute } from './described-route.ts'
import { isRequired, jsonSchemaOf } from './json-schema.ts'
import { wordsOf } from './query-words.ts'
import { type JsonSchema } from './schema-form.ts'
import { commonAnswers, commonParameters, errorSchema, howItWorks } from './common-parts.ts'

export interface OpenApi {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly [part: string]: unknown
}

export interface Operation {
  readonly operationId: string
  readonly parameters: readonly JsonSchema[]
  readonly requestBody?: {
    readonly required: boolean
    readonly content: Readonly<Record<string, JsonSchema>>
  }
  readonly responses: Readonly<Record<string, JsonSchema>>
  readonly [part: string]: unknown
}

export interface OpenApiNeeds {
  readonly publicUrl: string
}

/**
 * The OpenAPI 3.1 document of these routes.
 * @throws {UnknownSchema} when a route takes something that cannot be described
 */
export function openApiOf(routes: readonly DescribedRoute[], { publicUrl }: OpenApiNeeds): OpenApi {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operationOf(route)
  const tags = [...new Set(routes.flatMap(route => route.tags))].sort()
  return {
    openapi: '3.1.0',
    info: {
      title: 'Örnkoll',
      version: '1.0.0',
      description: howItWorks,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    security: [{ token: [] }, { session: [] }],
    tags: tags.map(name => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of the organisation’s settings.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'ornkoll',
          description: 'A signed-in person’s browser.',
        },
      },
      schemas: { Error: errorSchema, ...resources },
      responses: commonAnswers,
      parameters: commonParameters,
    },
  }
}

function operationOf(route: DescribedRoute): Operation {
  const { method, path, tags, right, freshSignIn } = route
  const roles: readonly string[] = right ? rights[right] : []
  const whose = right
    ? `Needs the right \`${right}\`, which these roles have: ${roles.join(', ')}.`
    : 'Open to everybody who is signed in; it is about the caller alone.'
  const fresh = 'A person must have confirmed their identity in the last five minutes.'
  const body = bodyOf(route)
  return {
    operationId: operationIdOf(method, path),
    tags,
    summary: summaryOf(method, path),
    description: [whose, ...(freshSignIn ? [fresh] : []), ...wordsOf(route.query)].join(' '),
    ...(right && { 'x-right': right, 'x-roles': roles }),
    parameters: parametersOf(route),
    ...(body && { requestBody: body }),
    responses: answersOf(route, body !== undefined),
  }
}

function parametersOf({ path, params, query, once }: DescribedRoute): JsonSchema[] {
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => {
    if (!/^\w+$/.test(name)) throw new Error(`The path ${path} has a part that cannot be described`)
    const schema = params?.keys?.[name]
    return { name, in: 'path', required: true, schema: schema ? jsonSchemaOf(schema) : { type: 'string' } }
  })
  const inQuery = Object.entries(query?.keys ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: isRequired(schema),
    schema: jsonSchemaOf(schema),
  }))
  return [...inPath, ...inQuery, ...(once ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : [])]
}

function bodyOf({ method, payload, takes, maxBytes }: DescribedRoute): Operation['requestBody'] {
  if (method === 'get') return undefined
  const size = maxBytes === undefined ? {} : { description: `At most ${String(maxBytes)} bytes.` }
  if (takes) {
    const content = Object.fromEntries(takes.map(type => [type, {}]))
    return { ...size, required: true, content }
  }
  if (!payload) return undefined
  const mustBeThere = Object.values(payload.keys ?? {}).some(isRequired) || isRequired(payload)
  return {
    ...size,
    required: mustBeThere,
    content: { 'application/json': { schema: jsonSchemaOf(payload) } },
  }
}

function answersOf(route: DescribedRoute, hasBody: boolean): Operation['responses'] {
  const { path, query } = route
  const { status, description, type, schema, mayWait, mayLead, mayExist } = answerOf(route)
  const isTried = query?.keys?.['dryRun'] !== undefined && status !== 200
  const content = status === 204 ? {} : { content: { [type]: schema ? { schema } : {} } }
  const also = [
    ...[400, 401, 403, 404],
    ...(hasBody ? [413, 415] : []),
    // A code that is scanned may be another organisation's, or mean several iPads.
    ...(route.method === 'get' && !path.endsWith('/devices/scan') ? [] : [409]),
    ...[422, 429],
  ]
  return {
    [String(status)]: { description, ...content },
    ...(isTried && {
      200: {
        description: 'With `dryRun=true`: what would be done. Nothing was.',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
    }),
    ...(mayExist && {
      200: { description: 'It was reported already: the case that there is.', ...content },
    }),
    ...(mayLead && {
      302: {
        description: 'It has become part of another one: `Location` says which.',
        headers: { Location: { schema: { type: 'string' } } },
      },
    }),
    ...(mayWait && {
      202: {
        description: 'A second person has to agree first; the request that waits for them.',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
    }),
    ...Object.fromEntries(
      also.map(each => [String(each), { $ref: `#/components/responses/Refused${String(each)}` }]),
    ),
    default: { $ref: '#/components/responses/Fault' },
  }
}

/** A name for the operation that code generators can use: `getDevicesByIdCommands`. */
function operationIdOf(method: string, path: string): string {
  const words = path
    .replace(/^\/(api\/v1\/)?/, '')
    .split(/[/.-]/)
    .map(part => (part.startsWith('{') ? `by-${part.slice(1, -1)}` : part))
    .flatMap(part => part.split('-'))
  return method + words.map(word => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

const verbs: Readonly<Record<string, string>> = {
  get: 'Shows',
  post: 'Carries out',
  put: 'Replaces',
  patch: 'Changes',
  delete: 'Removes',
}

/** A few words in the order of the path: `Shows devices / one / commands`. */
function summaryOf(method: string, path: string): string {
  const parts = path.replace(/^\/api\/(v1\/)?/, '').split('/')
  const words = parts.map(part => (part.startsWith('{') ? 'one' : part.replaceAll('-', ' ')))
  const isNew = method === 'post' && parts.length === 1
  return `${isNew ? 'Makes a new one of' : (verbs[method] ?? method)} ${words.join(' / ')}`
}
