import { parseArgs } from 'node:util'
import { apiAt, NotReached, Refused, type Api, type Thing } from './api.ts'
import { help } from './help.ts'
import { fileColumns, filterNames, listNames, lists, singulars, type ListName } from './lists.ts'
import { callOperation, methods, pagesOf, tellOperations } from './calling.ts'
import { Misused } from './misused.ts'
import { csvOf, fieldsOf, tableOf } from './print.ts'

interface CliNeeds {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly newKey: () => string
}

const text = { type: 'string' } as const
const options = {
  ...Object.fromEntries(filterNames.map(name => [name, text])),
  url: text,
  token: text,
  limit: text,
  description: text,
  police: text,
  condition: text,
  ...({
    accessories: text,
    query: { type: 'string', multiple: true },
    data: text,
    file: text,
    out: text,
    note: text,
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const),
} as const

type Given = Readonly<Record<string, string | boolean | readonly string[] | undefined>>

interface Call {
  readonly api: Api
  readonly given: Given
  readonly subject: readonly string[]
  readonly newKey: () => string
}

interface Told {
  /** What the API said, for --json. */
  readonly raw: unknown
  readonly words: string
}

/** Does what the arguments ask for. Resolves with the exit code; see help.ts. */
export async function runCli(args: readonly string[], { env, out, err, newKey }: CliNeeds): Promise<number> {
  try {
    const { values, positionals } = parsed(args)
    const [verb, ...subject] = positionals
    if (values['help'] === true || verb === 'help') {
      out(`${help}\n`)
      return 0
    }
    if (verb === undefined) throw new Misused('Say what to do.')
    const act = verbOf(verb)
    refuseSurplus(verb, subject)
    const token = textOf(values, 'token') ?? env['ORNKOLL_TOKEN']
    if (!token) {
      err('A token is needed: set ORNKOLL_TOKEN, or give --token.\n')
      return 4
    }
    const url = textOf(values, 'url') ?? addressOf(env)
    if (!URL.canParse(url)) throw new Misused('An address looks like https://ipad.example.se')
    const { raw, words } = await act({ api: apiAt(url, token), given: values, subject, newKey })
    out(values['json'] === true ? `${JSON.stringify(raw, null, 2)}\n` : words)
    return 0
  } catch (error) {
    return codeOf(error, err)
  }
}

/** An empty variable counts as unset, as it does for the server. */
const addressOf = ({ ORNKOLL_URL: url = '' }: CliNeeds['env']) => (url === '' ? 'http://127.0.0.1:8080' : url)

function codeOf(error: unknown, err: (text: string) => void): number {
  if (error instanceof Misused) {
    err(`${error.message}\nnpm run --silent cli -- help says what there is.\n`)
    return 2
  }
  if (error instanceof NotReached) {
    err(`${error.message}\n`)
    return 3
  }
  if (error instanceof Refused) {
    err(`${error.message} (${error.code})\n`)
    return error.status === 401 || error.status === 403 ? 4 : 1
  }
  throw error
}

function parsed(args: readonly string[]): { values: Given; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    return { values: values, positionals }
  } catch (error) {
    throw new Misused(error instanceof Error ? error.message : 'That was not understood.')
  }
}

function verbOf(verb: string): (call: Call) => Promise<Told> {
  if (isList(verb)) return call => listed(call, verb)
  const own = { show, report, lock, return: giveBack, export: exported, operations }
  const any = methods.map(method => [method, (call: Call) => called(method, call)] as const)
  const act = new Map([...Object.entries(own), ...any]).get(verb)
  if (act) return act
  throw new Misused(`There is no ${verb}.`)
}

/** How many words follow a verb; any number after one that is not here. */
const wordsAfter: Readonly<Record<string, number>> = {
  show: 2,
  report: 1,
  lock: 1,
  return: 1,
  export: 1,
  ...Object.fromEntries(listNames.map(name => [name, 0])),
  ...Object.fromEntries(methods.map(method => [method, 1])),
}

/** What would be left out silently may have been meant: `--q` or `--data` was forgotten. */
function refuseSurplus(verb: string, subject: readonly string[]): void {
  const surplus = subject.slice(wordsAfter[verb] ?? subject.length)
  if (surplus.length === 0) return
  const isField = (methods as readonly string[]).includes(verb)
  const instead = isField ? ` Fields are sent with --data '{"name": "value"}'.` : ''
  throw new Misused(`${verb} takes no ${surplus.join(' ')}.${instead}`)
}

const isList = (name: string | undefined): name is ListName =>
  (listNames as readonly (string | undefined)[]).includes(name)

async function listed({ api, given }: Call, name: ListName): Promise<Told> {
  const items = await pages(api, name, given, limitOf(given))
  return { raw: items, words: `${tableOf(items, lists[name].columns)}\n` }
}

async function exported({ api, given, subject: [name] }: Call): Promise<Told> {
  if (!isList(name)) throw new Misused(`Say what to export: ${listNames.join(', ')}.`)
  const items = await pages(api, name, given, Infinity)
  return { raw: items, words: csvOf(items, fileColumns(name)) }
}

async function pages(api: Api, name: ListName, given: Given, limit: number): Promise<Thing[]> {
  const own: readonly string[] = lists[name].filters
  for (const filter of filterNames)
    if (given[filter] !== undefined && !own.includes(filter))
      throw new Misused(`${name} are not narrowed by --${filter}.`)
  const wanted = Object.fromEntries(
    own.flatMap(filter => (given[filter] === undefined ? [] : [[filter, String(given[filter])]])),
  )
  return pagesOf(api, name, { query: wanted, limit })
}

async function operations({ api, subject }: Call): Promise<Told> {
  return tellOperations(api, subject)
}

async function called(method: string, { api, given, subject: [path], newKey }: Call): Promise<Told> {
  if (path === undefined) throw new Misused(`Say what to ${method}: ${method} jobs/ID`)
  const query = given['query']
  return callOperation(method, {
    api,
    path,
    query: Array.isArray(query) ? query : [],
    limit: limitOf(given),
    key: newKey(),
    data: textOf(given, 'data'),
    file: textOf(given, 'file'),
    to: textOf(given, 'out'),
  })
}

function limitOf(given: Given): number {
  const limit = Number(given['limit'] ?? 50)
  if (!Number.isInteger(limit) || limit < 1) throw new Misused('--limit is a whole number from 1 up.')
  return limit
}

async function show({ api, subject: [kind = '', id] }: Call): Promise<Told> {
  const list = singulars[kind]
  if (!list || id === undefined)
    throw new Misused(`Say what to show, and which: show ${Object.keys(singulars).join('|')} ID`)
  const thing =
    list === 'devices' ? await deviceOf(api, id) : await api.get(`${list}/${encodeURIComponent(id)}`)
  return { raw: thing, words: `${fieldsOf(thing)}\n` }
}

/** By id, or by what can be read on the iPad itself. */
async function deviceOf(api: Api, which: string): Promise<Thing> {
  if (/^[\da-f-]{36}$/i.test(which)) return api.get(`devices/${which}`)
  return api.get('devices/scan', { code: which })
}

async function report({ api, given, subject: [which], newKey }: Call): Promise<Told> {
  const kind = textOf(given, 'kind')
  const description = textOf(given, 'description')
  if (which === undefined || kind === undefined || description === undefined)
    throw new Misused('Say which iPad, --kind and --description.')
  const { id: deviceId } = await deviceOf(api, which)
  const policeNumber = textOf(given, 'police')
  const body = { kind, deviceId, description, ...(policeNumber !== undefined && { policeNumber }) }
  return aCase(await api.post('incidents', body, newKey()))
}

async function lock({ api, subject: [id], newKey }: Call): Promise<Told> {
  if (id === undefined) throw new Misused('Say which case.')
  return aCase(await api.post(`incidents/${encodeURIComponent(id)}/lock`, {}, newKey()))
}

const aCase = (incident: Thing): Told => ({
  raw: incident,
  words: `${tableOf([incident], ['number', 'kind', 'state', 'reach', 'id'])}\n`,
})

async function giveBack({ api, given, subject: [id], newKey }: Call): Promise<Told> {
  const condition = textOf(given, 'condition')
  if (id === undefined || condition === undefined)
    throw new Misused('Say which loan, and --condition A, B, C or D.')
  const note = textOf(given, 'note')
  const accessories = (textOf(given, 'accessories') ?? '')
    .split(',')
    .map(each => each.trim())
    .filter(Boolean)
  const body = { condition, accessories, ...(note !== undefined && { note }) }
  const loan = await api.post(`loans/${encodeURIComponent(id)}/return`, body, newKey())
  return { raw: loan, words: `${tableOf([loan], lists.loans.columns)}\n` }
}

function textOf(given: Given, name: string): string | undefined {
  const value = given[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
