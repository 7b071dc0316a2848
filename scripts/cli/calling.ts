import { readFile, writeFile } from 'node:fs/promises'
import { type Api, type Thing } from './api.ts'
import { Misused } from './misused.ts'
import { operationFor, operationsAbout, operationsOf, type Operation } from './operations.ts'
import { fieldsOf, tableOf } from './print.ts'

export const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

interface Calling {
  readonly api: Api
  readonly path: string
  /** `name=value` each. */
  readonly query: readonly string[]
  /** JSON, or `@` and the name of a file that holds it. */
  readonly data: string | undefined
  /** A file that is sent as it is. */
  readonly file: string | undefined
  /** Where an answer goes that is no JSON. */
  readonly to: string | undefined
  readonly limit: number
  readonly key: string
}

interface Told {
  readonly raw: unknown
  readonly words: string
}

/** What the API can do, narrowed by words. @throws {Misused} when it can do nothing of the sort */
export async function tellOperations(api: Api, words: readonly string[]): Promise<Told> {
  const found = operationsAbout(operationsOf(await api.describe()), words)
  if (found.length === 0) throw new Misused(`The API has nothing about ${words.join(' ')}.`)
  const rows = found.map(({ method, path, summary, right }) => ({ method, path, summary, right }))
  return { raw: rows, words: `${tableOf(rows, ['method', 'path', 'summary', 'right'])}\n` }
}

/**
 * Does one operation of the API, whichever it is: its own description says what it takes and answers.
 * @throws {Misused} when there is no such operation, or it is asked for wrongly
 */
export async function callOperation(method: string, calling: Calling): Promise<Told> {
  const { api, key, to } = calling
  const path = calling.path.replace(/^\/?(?:api\/v1\/)?/, '')
  const operation = operationFor(operationsOf(await api.describe()), method, path)
  if (!operation)
    throw new Misused(`The API has no ${method} ${path}. "operations" and a word says what it has.`)
  const query = queryOf(operation, calling.query)
  if (operation.isList) return tellAll(await pagesOf(api, path, { query, limit: calling.limit }))
  const body = await bodyOf(operation, calling)
  const answer = await api.call(method, path, { query, ...(body && { body }), key })
  if (answer.json !== undefined) return tellOne(answer.json)
  if (answer.bytes.length === 0) return { raw: {}, words: 'Done.\n' }
  if (to === undefined) throw new Misused('The answer is a file. Say where it goes with --out FILE.')
  await writeFile(to, answer.bytes)
  return { raw: { file: to, bytes: answer.bytes.length }, words: `${to}: ${answer.bytes.length} bytes\n` }
}

/** Items of all pages of a list, as far as `limit`. */
export async function pagesOf(
  api: Api,
  path: string,
  { query, limit }: { readonly query: Readonly<Record<string, string>>; readonly limit: number },
): Promise<Thing[]> {
  const items: Thing[] = []
  for (let after: string | undefined; items.length < limit;) {
    const size = String(Math.min(200, limit - items.length))
    const page = await api.get(path, { ...query, limit: size, ...(after !== undefined && { after }) })
    items.push(...(page['items'] as Thing[]))
    if (typeof page['next'] !== 'string') break
    after = page['next']
  }
  return items
}

function queryOf({ method, path, query }: Operation, given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map(text => {
      const at = text.indexOf('=')
      const name = text.slice(0, Math.max(at, 0))
      if (!query.includes(name))
        throw new Misused(`${method} ${path} takes --query ${query.map(each => `${each}=…`).join(', ')}.`)
      return [name, text.slice(at + 1)] as const
    }),
  )
}

async function bodyOf({ takes, method, path }: Operation, { data, file }: Calling) {
  if (takes === undefined) {
    if (data !== undefined || file !== undefined) throw new Misused(`${method} ${path} takes no body.`)
    return undefined
  }
  if (takes !== 'application/json') {
    if (file === undefined) throw new Misused(`${method} ${path} takes a file (${takes}): --file NAME.`)
    return { type: takes, bytes: await read(file) }
  }
  const text = data?.startsWith('@') ? (await read(data.slice(1))).toString() : (data ?? '{}')
  try {
    JSON.parse(text)
  } catch {
    throw new Misused('--data is JSON, or @ and the name of a file with JSON.')
  }
  return { type: takes, bytes: Buffer.from(text) }
}

async function read(name: string): Promise<Buffer> {
  try {
    return await readFile(name)
  } catch {
    throw new Misused(`There is no file ${name} that can be read.`)
  }
}

function tellOne(answer: Thing): Told {
  const items = answer['items']
  return Array.isArray(items) ? tellAll(items as Thing[]) : { raw: answer, words: `${fieldsOf(answer)}\n` }
}

/** Things of any kind: the columns are what is short in them. */
function tellAll(items: readonly Thing[]): Told {
  const isShort = (value: unknown) =>
    typeof value === 'string' ? value.length <= 60 : typeof value !== 'object' || value === null
  const names = [...new Set(items.flatMap(item => Object.keys(item)))].filter(
    name => name !== 'organisationId' && items.every(item => item[name] === undefined || isShort(item[name])),
  )
  const columns = [...names.filter(name => name !== 'id'), ...names.filter(name => name === 'id')]
  return { raw: items, words: items.length === 0 ? '' : `${tableOf(items, columns)}\n` }
}
