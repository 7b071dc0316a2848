import { type Thing } from './api.ts'

/** One thing that the API can do, as its own description says. */
export interface Operation {
  readonly method: string
  /** Below `/api/v1/`, with `{id}` where an id goes. */
  readonly path: string
  readonly summary: string
  readonly right: string
  readonly query: readonly string[]
  /** What a body is sent as; missing where none is taken. */
  readonly takes?: string
  /** Whether it is a list that goes on page by page. */
  readonly isList: boolean
  readonly answersJson: boolean
}

const root = '/api/v1/'

interface Described {
  readonly summary: string
  readonly 'x-right'?: string
  readonly parameters: readonly { readonly name?: string; readonly in?: string }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> }
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>
}

/** Every operation of an OpenAPI document of Örnkoll. */
export function operationsOf(document: Thing): Operation[] {
  const paths = document['paths'] as Readonly<Record<string, Readonly<Record<string, Described>>>>
  return Object.entries(paths)
    .filter(([path]) => path.startsWith(root))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) =>
        operationOf(method, path.slice(root.length), described),
      ),
    )
}

function operationOf(method: string, path: string, described: Described): Operation {
  const { summary, parameters, requestBody, responses } = described
  const query = parameters.flatMap(({ in: where, name = '' }) => (where === 'query' ? [name] : []))
  const takes = Object.keys(requestBody?.content ?? {})[0]
  const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'))
  const types = answers.flatMap(([, { content = {} }]) => Object.keys(content))
  return {
    method,
    path,
    summary,
    right: described['x-right'] ?? '',
    query,
    ...(takes !== undefined && { takes }),
    isList: method === 'get' && query.includes('after'),
    answersJson: types.every(type => type === 'application/json'),
  }
}

/** The operation that a method and a path with its ids filled in mean; one with fewer ids goes first. */
export function operationFor(all: readonly Operation[], method: string, path: string): Operation | undefined {
  const parts = path.split('/')
  const fits = (template: string) => {
    const wanted = template.split('/')
    return (
      wanted.length === parts.length &&
      wanted.every((part, at) => (part.startsWith('{') ? parts[at] !== '' : part === parts[at]))
    )
  }
  const ids = ({ path: template }: Operation) => template.split('{').length
  return all
    .filter(one => one.method === method && fits(one.path))
    .toSorted((one, other) => ids(one) - ids(other))[0]
}

/** Those whose path, words or right hold all of `words`. */
export function operationsAbout(all: readonly Operation[], words: readonly string[]): Operation[] {
  return all.filter(({ method, path, summary, right }) => {
    const text = `${method} ${path} ${summary} ${right}`.toLowerCase()
    return words.every(word => text.includes(word.toLowerCase()))
  })
}
