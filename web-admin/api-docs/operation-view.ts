import { type OpenApi, type Operation } from '../../server/api-description/openapi.ts'
import { roles } from '../../server/staff/rights.ts'
import { isText, type Say } from '../language.ts'
import { exampleOf, fieldRows, type FieldRow, type Named } from './schema-view.ts'

/** What a resource of the API is called, and how many operations it has. */
interface ResourceView {
  readonly name: string
  readonly words: string
  readonly href: string
  readonly count: string
}

export function resourceWords(tag: string, say: Say): string {
  const key = `api.tag.${tag}`
  return isText(key) ? say(key) : tag.replaceAll('-', ' ')
}

interface Listed {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** Every operation that carries the tag, in the order of the document; without one, all. */
export function operationsOf(document: OpenApi, tag?: string): Listed[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => tag === undefined || tagsOf(operation).includes(tag))
      .map(([method, operation]) => ({ method, path, operation })),
  )
}

const tagsOf = (operation: Operation) => (operation['tags'] ?? []) as readonly string[]

/** The resources that the document has operations for, by name. */
export function resourceViews(document: OpenApi, say: Say): ResourceView[] {
  const tags = [...new Set(operationsOf(document).flatMap(({ operation }) => tagsOf(operation)))]
  return tags
    .map(name => ({
      name,
      words: resourceWords(name, say),
      href: `/api/docs/${name}`,
      count: say('api.operations', { count: operationsOf(document, name).length }),
    }))
    .sort((one, other) => one.words.localeCompare(other.words, 'sv'))
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

interface OperationView {
  readonly id: string
  readonly verb: string
  readonly method: string
  readonly path: string
  readonly who: string
  readonly isFresh: boolean
  readonly parameters: readonly FieldRow[]
  readonly fields: readonly FieldRow[]
  readonly takes: string | undefined
  readonly answer: { readonly status: string; readonly type: string; readonly fields: readonly FieldRow[] }
  readonly example: string
}

/** One operation as the page shows it. */
export function operationView(
  { method, path, operation }: Listed,
  document: OpenApi,
  say: Say,
): OperationView {
  const named = namedOf(document)
  const { description } = operation
  const known = methods.find(name => name === method) ?? 'get'
  const reading = { say, named }
  const content = Object.entries(operation.requestBody?.content ?? {})
  const json = content.find(([type]) => type === 'application/json')?.[1]['schema'] as
    Named[string] | undefined
  const parameters = operation.parameters.flatMap(each => {
    const {
      name,
      required,
      schema = {},
    } = each as { name?: string; required?: boolean; schema?: Named[string] }
    if (name === undefined) return []
    const rows = fieldRows({ properties: { [name]: schema } }, reading)
    return rows.map(row => ({ ...row, isRequired: required === true }))
  })
  return {
    id: operation.operationId,
    verb: say(`api.verb.${known}`),
    method: method.toUpperCase(),
    path,
    who: whoWords(operation, say),
    isFresh: typeof description === 'string' && description.includes('five minutes'),
    parameters,
    fields: json ? fieldRows(json, reading) : [],
    takes: json ? undefined : content.map(([type]) => type).join(', ') || undefined,
    answer: answerView(operation, reading),
    example: exampleCall({ method, path, operation }, json && exampleOf(json, named), document),
  }
}

function namedOf(document: OpenApi): Named {
  return (document['components'] as { schemas: Named }).schemas
}

function whoWords(operation: Operation, say: Say): string {
  const held = (operation['x-roles'] ?? []) as readonly string[]
  if (operation['x-right'] === undefined) return say('api.who.own')
  if (held.length === roles.length) return say('api.who.all')
  const names = roles.filter(role => held.includes(role)).map(role => say(`role.${role}`))
  return say('api.who.roles', { roles: names.join(', '), right: operation['x-right'] as string })
}

function answerView(operation: Operation, reading: { say: Say; named: Named }): OperationView['answer'] {
  const [status = '200', answer = {}] =
    Object.entries(operation.responses).find(([code]) => code.startsWith('2')) ?? []
  const [type = '', { schema = {} } = {}] =
    Object.entries((answer['content'] ?? {}) as Record<string, { schema?: Named[string] }>)[0] ?? []
  return { status, type, fields: fieldRows(schema, reading) }
}

/** The call as it is typed at a command line. */
function exampleCall({ method, path, operation }: Listed, body: unknown, document: OpenApi): string {
  const [{ url = '' } = {}] = document['servers'] as readonly { url?: string }[]
  const [type] = Object.keys(operation.requestBody?.content ?? {})
  const lines = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${url}${path}'`,
    `-H "Authorization: Bearer $ORNKOLL_TOKEN"`,
    ...(type === undefined ? [] : [`-H 'Content-Type: ${type}'`]),
    ...(body === undefined ? [] : [`-d '${JSON.stringify(body)}'`]),
  ]
  return lines.join(' \\\n  ')
}
