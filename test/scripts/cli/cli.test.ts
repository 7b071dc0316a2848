import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import test from 'ava'
import { fileColumns, lists, listNames, type ListName } from '../../../scripts/cli/lists.ts'
import { operationFor, operationsOf } from '../../../scripts/cli/operations.ts'
import { csvOf } from '../../../scripts/cli/print.ts'
import { runCli } from '../../../scripts/cli/run.ts'
import { connectDatabase } from '../../../server/database/connect.ts'
import { servingAddress } from '../../../server/serving-address.ts'
import { aLogo } from '../../support/a-logo.ts'
import { apiClient } from '../../support/api-client.ts'
import { created, handOut } from '../../support/hand-out.ts'
import { startTestServer } from '../../support/server.ts'

interface Thing {
  readonly id: string
  readonly state: string
}

const originOf = (server: Server) => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`

/** The command line with these variables: what it printed, and how it ended. */
async function cli(env: Readonly<Record<string, string>>, ...args: string[]) {
  let [out, err, keys] = ['', '', 0]
  const code = await runCli(args, {
    env,
    out: text => (out += text),
    err: text => (err += text),
    newKey: () => `key-of-test-${String((keys += 1))}-${args.join('-')}`,
  })
  return { code, out, err }
}

test('it lists, shows, reports, locks, returns and exports', async t => {
  const server = await startTestServer(t)
  const desk = await server.as('admin')
  const env = { ORNKOLL_URL: server.url, ORNKOLL_TOKEN: desk.token ?? '' }
  for (const tag of ['=A-1', 'A-2', 'A-3'])
    await created(desk, '/api/v1/devices', { serialNumber: `DMPCLI00000${tag.at(-1) ?? ''}`, assetTag: tag })
  const person = await created<Thing>(desk, '/api/v1/people', {
    givenName: 'Alva',
    familyName: 'Prov',
    email: 'alva@example.se',
  })

  const list = await cli(env, 'devices', '--limit', '2')
  t.is(list.code, 0)
  t.is(list.out.trim().split('\n').length, 3)
  t.regex(list.out, /^assetTag +serialNumber/)
  const narrowed = JSON.parse((await cli(env, 'devices', '--q', 'A-2', '--json')).out) as {
    assetTag: string
    id: string
  }[]
  t.deepEqual(
    narrowed.map(({ assetTag }) => assetTag),
    ['A-2'],
  )

  const csv = await cli(env, 'export', 'devices')
  t.true(csv.out.startsWith('\ufeffassetTag;serialNumber;'))
  t.is(csv.out.split('\r\n').length, 5)
  t.true(csv.out.includes("\r\n'=A-1;DMPCLI000001;"), 'no cell is a formula')
  t.is(csvOf([{ level: 0.92, note: 'a;b' }], ['level', 'note']), '\ufefflevel;note\r\n0,92;"a;b"\r\n')

  const shown = await cli(env, 'show', 'device', 'A-3')
  t.regex(shown.out, /serialNumber +DMPCLI000003/)

  const loan = await handOut(desk, person.id, narrowed[0]?.id ?? '')
  const back = await cli(env, 'return', loan.loanId, '--condition', 'B', '--accessories', 'charger', '--json')
  t.like(JSON.parse(back.out), { state: 'returned', condition: 'B' })
  t.is((await cli(env, 'return', loan.loanId, '--condition', 'B', '--note', 'igen')).code, 1)

  const report = ['report', 'DMPCLI000003', '--kind', 'theft', '--description', 'Ur en bil.']
  const reported = JSON.parse((await cli(env, ...report, '--json')).out) as Thing
  t.is((await desk.get<Thing>(`/api/v1/incidents/${reported.id}`)).body.state, 'reported')
  const locked = await cli(env, 'lock', reported.id)
  t.like(locked, { code: 0, err: '' })
  t.true(locked.out.includes(reported.id))
  t.regex((await cli(env, 'incidents', '--open', 'true')).out, /theft/)
})

test('it says in words and by its exit code what went wrong', async t => {
  const server = await startTestServer(t)
  const finance = await server.as('finance')
  const env = { ORNKOLL_URL: server.url, ORNKOLL_TOKEN: finance.token ?? '' }
  t.like(await cli(env, 'help'), { code: 0, err: '' })
  for (const args of [
    [],
    ['nonsense'],
    ['devices', '--nonsense'],
    ['people', '--lifecycle', 'lost'],
    ['show', 'device'],
    ['devices', 'K-1'],
    ['lock', 'case', 'again'],
    ['operations', 'zzzz'],
  ])
    t.like(await cli(env, ...args), { code: 2, out: '' }, args.join(' '))
  const fields = await cli(env, 'post', 'people', 'givenName=Anna')
  t.is(fields.code, 2)
  t.regex(fields.err, /takes no givenName=Anna\. Fields are sent with --data/)
  t.is((await cli({ ORNKOLL_URL: server.url }, 'devices')).code, 4)
  t.is((await cli({ ...env, ORNKOLL_TOKEN: 'a'.repeat(43) }, 'devices')).code, 4)
  t.like(await cli(env, 'people'), {
    code: 4,
    err: 'This needs the right people.read, which this account or token does not have. (not-allowed)\n',
  })
  const unknown = await cli(env, 'show', 'device', 'there-is-none')
  t.is(unknown.code, 1)
  t.regex(unknown.err, /There is no such iPad/)

  // Whoever was merged is found where they are now; an answer that leads to another server is not followed.
  const desk = await server.as('admin')
  const reader = { ...env, ORNKOLL_TOKEN: desk.token ?? '' }
  const [kept, gone] = await Promise.all(
    ['alva@example.se', 'alva@home.example'].map(email =>
      created<Thing>(desk, '/api/v1/people', { givenName: 'Alva', familyName: 'Prov', email }),
    ),
  )
  const merge = `/api/v1/people/${kept?.id ?? ''}/merge/${gone?.id ?? ''}`
  t.is((await desk.post(merge, { version: 1, goneVersion: 1 })).status, 200)
  const led = await cli(reader, 'get', `people/${gone?.id ?? ''}`)
  t.is(led.code, 0, led.err)
  t.true(led.out.includes(kept?.id ?? '-'))
  const asked: (string | undefined)[] = []
  const elsewhere = createServer((request, answer) => {
    asked.push(request.headers.authorization)
    answer.setHeader('content-type', 'application/json').end('{"items":[]}')
  })
  const leading = createServer((_request, answer) => {
    answer.writeHead(302, { location: `${originOf(elsewhere)}/api/v1/devices` }).end()
  })
  for (const one of [elsewhere, leading]) {
    await once(one.listen(0, '127.0.0.1'), 'listening')
    t.teardown(() => one.close())
  }
  t.is((await cli({ ...reader, ORNKOLL_URL: originOf(leading) }, 'devices')).code, 3)
  t.deepEqual(asked, [], 'the token stays with the server it is for')

  const nobody = await cli({ ...env, ORNKOLL_URL: 'http://127.0.0.1:1' }, 'devices')
  t.is(nobody.code, 3)
  t.notRegex(nobody.err, new RegExp(finance.token ?? 'x'))
})

test('every operation of the API can be asked for, and every list of it with every way to narrow it', async t => {
  const server = await startTestServer(t)
  const desk = await server.as(['admin', 'second-line', 'finance'])
  const env = { ORNKOLL_URL: server.url, ORNKOLL_TOKEN: desk.token ?? '' }
  const { body } = await desk.get<Record<string, unknown>>('/api/openapi.json')
  const all = operationsOf(body)
  t.true(all.length > 150, String(all.length))
  for (const one of all) {
    const filled = one.path.replaceAll(/\{(\w+)\}/g, 'x-$1')
    t.is(operationFor(all, one.method, filled)?.path, one.path, `${one.method} ${one.path}`)
  }
  const places = ['after', 'limit']
  const top = all.filter(({ isList, path }) => isList && !path.includes('{') && !apart.includes(path))
  t.deepEqual(
    top.map(({ path }) => path).sort(),
    [...listNames].sort(),
    'a new list of the API is named here',
  )
  for (const { path, query } of top) {
    const { filters } = lists[path as ListName]
    t.deepEqual([...filters].sort(), query.filter(name => !places.includes(name)).sort(), path)
  }
  const undescribed = listNames.filter(name => {
    const fields = fieldsOfList(body, name)
    for (const column of fields ? fileColumns(name) : [])
      t.true(fields?.includes(column), `${name}: ${column} is no field of what the API answers`)
    return !fields
  })
  t.deepEqual(
    undescribed.sort(),
    [
      'app-drift',
      'confidential-papers',
      'policies',
      'profiles',
      'rollouts',
      'staff',
      'tokens',
      'unassigned-profiles',
    ],
    'a list whose things are described has its columns checked',
  )

  for (const name of listNames) t.like(await cli(env, name), { code: 0, err: '' }, name)
  const about = await cli(env, 'operations', 'jobs', 'undo')
  t.regex(about.out, /^method +path +summary +right\npost +jobs\/\{id\}\/undo /)
  const made = await cli(env, 'post', 'bodies', '--json', '--data', nämnd('Kulturnämnden'))
  t.is(made.code, 0, made.err)
  const { id } = JSON.parse(made.out) as Thing
  t.regex((await cli(env, 'get', `/api/v1/bodies/${id}`)).out, /name +Kulturnämnden/)
  t.is((await cli(env, 'patch', `bodies/${id}`, '--data', '{"version":1,"costCentre":"4711"}')).code, 0)
  t.regex((await cli(env, 'get', 'bodies', '--limit', '1')).out, /costCentre[\s\S]*4711/)
  const folder = await mkdtemp(join(tmpdir(), 'cli-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const picture = join(folder, 'logo.png')
  await writeFile(picture, aLogo())
  t.is((await cli(env, 'put', 'organisations/current/logo', '--file', picture)).code, 0)
  t.like(await cli(env, 'delete', 'organisations/current/logo'), { code: 0, out: 'Done.\n' })
  const table = join(folder, 'costs.csv')
  const csv = all.find(
    ({ method, path, answersJson }) => method === 'get' && !answersJson && !path.includes('{'),
  )
  if (csv) {
    const query = csv.query.includes('year') ? ['--query', 'year=2026'] : []
    t.is((await cli(env, 'get', csv.path, ...query)).code, 2, 'a file does not go to the screen')
    t.is((await cli(env, 'get', csv.path, ...query, '--out', table)).code, 0)
    t.true((await readFile(table)).length > 0)
  }
  for (const args of [
    ['get'],
    ['get', 'nowhere'],
    ['post', 'jobs'],
    ['get', 'bodies', '--query', 'colour=red'],
    ['post', 'bodies', '--data', '{'],
    ['post', 'bodies', '--data', '@/nowhere/at/all'],
    ['delete', `bodies/${id}`],
  ])
    t.like(await cli(env, ...args), { code: 2, out: '' }, args.join(' '))
  t.is((await cli(env, 'get', 'bodies/../staff')).code, 2, 'a path does not climb')
  t.is((await cli(env, 'post', 'bodies', '--data', '{}')).code, 1)
})

/** The names of what the things of a list have, by the API's own description; undefined where it tells none. */
function fieldsOfList(description: Readonly<Record<string, unknown>>, name: string): string[] | undefined {
  const text = JSON.stringify(
    at(description, 'paths', `/api/v1/${name}`, 'get', 'responses', '200', 'content', 'application/json'),
  )
  const thing = /"items":\{"\$ref":"#\/components\/schemas\/(\w+)"/.exec(text)?.[1]
  if (thing === undefined) return undefined
  return Object.keys(at(description, 'components', 'schemas', thing, 'properties') as object)
}

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value)

const nämnd = (name: string) => JSON.stringify({ name, type: 'committee', startsOn: '2026-01-01' })

/** Lists that go on by a cursor and have no name of their own on the command line, with the reason. */
const apart = [
  // What may be one person twice is looked at side by side, on its page.
  'people/doubles',
  // What follows from a newer policy stands on the page of policies.
  'profiles/under-former-policy',
]

test('in a table somebody stands by their name and something by what it is, and a bad token is told from none', async t => {
  const server = await startTestServer(t)
  const desk = await server.as('admin')
  const { id } = await created<Thing>(desk, '/api/v1/devices', {
    serialNumber: 'DMPCLI000009',
    assetTag: 'A-9',
  })
  const env = { ORNKOLL_URL: server.url, ORNKOLL_TOKEN: desk.token ?? '' }
  const log = await cli(env, 'audit', '--kind', 'device', '--id', id)
  t.is(log.code, 0)
  t.notRegex(log.out, /[{}]/)
  t.regex(log.out, new RegExp(`device ${id}`))
  const renamed = { name: 'Grannby', version: 1 }
  t.is((await desk.patch('/api/v1/organisations/current', renamed)).status, 200)
  const file = (await cli(env, 'export', 'audit', '--action', 'organisations.edit')).out.split('\r\n')
  t.is(file[0], '\ufeffsequence;at;action;actor;on;reason;before;after;from;id')
  t.regex(
    file[1] ?? '',
    /;"\{""name"":""[^;]*;"\{""name"":""Grannby""[^;]*;"\{[^;]*""address"":""127\.0\.0\.1""/,
  )
  const refused = await cli({ ...env, ORNKOLL_TOKEN: 'cut-off' }, 'audit')
  t.is(refused.code, 4)
  t.regex(refused.err, /unknown or has expired/)
})

test('a script that is asked wrongly says so in a sentence, with 2, and makes no folder', async t => {
  const root = join(import.meta.dirname, '../../..')
  const folder = join(await mkdtemp(join(tmpdir(), 'ornkoll-asked-')), 'none')
  t.teardown(() => rm(join(folder, '..'), { recursive: true, force: true }))
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'scripts/token.ts'), ...args], {
      env: { ...process.env, ORNKOLL_DATA: folder, MONGODB_URI: '' },
      encoding: 'utf8',
    })
  for (const [args, code, words] of [
    [['--dayz', '3'], 2, /^Unknown option '--dayz'\nUsage: /],
    [
      ['--role', 'finance', '--scopes', 'costs.read,staff.write'],
      2,
      /^finance gives no right staff\.write\. Rights: /,
    ],
    [['--scopes', ','], 2, /^Name at least one right\. Rights: organisation\.read, /],
    [['--name', ' '], 2, /^A token has a name of 1 to 120 characters\.\nUsage: /],
    [['--days', 'abc'], 2, /^A token is good for 1 to 730 days\.\nUsage: /],
    [[], 1, /^There is no database in /],
  ] as const) {
    const { status, stderr, stdout } = run(...args)
    t.is(status, code, args.join(' '))
    t.regex(stderr, words)
    t.is(stdout, '')
  }
  const help = run('--days', '3', '--help')
  t.like(help, { status: 0, stderr: '' })
  t.regex(help.stdout, /^Usage: npm run --silent token/)
  t.false(existsSync(folder))
})

test('no command works on data of a newer version, and no key is changed on that of an older one', async t => {
  const root = join(import.meta.dirname, '../../..')
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-versions-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const run = (script: string, ...args: string[]) => {
    const env = { ...process.env, ORNKOLL_DATA: folder, MONGODB_URI: '' }
    return spawnSync(process.execPath, [join(root, 'scripts', script), ...args], { env, encoding: 'utf8' })
  }
  const begin = async (_id: number) => {
    const connected = await connectDatabase({ folder: join(folder, 'database') })
    const { db } = connected
    await db.collection<{ _id: number }>('migrations').insertOne({ _id })
    const names = (await db.listCollections().toArray()).map(({ name }) => name)
    await connected.stop()
    return names
  }
  await begin(1)
  t.like(run('rotate-key.ts'), {
    status: 1,
    stderr: 'The data was written by an older version of Örnkoll. Start this version once, and try again.\n',
  })
  const collections = await begin(99)
  const organisation = ['--name', 'Grannby', '--admin-name', 'Bo Ek', '--admin-email', 'bo@grannby.example']
  for (const [script, args, code] of [
    ['rotate-key.ts', [], 1],
    ['token.ts', [], 1],
    ['organisation.ts', organisation, 1],
    ['audit.ts', ['verify'], 2],
  ] as const) {
    const { status, stderr, stdout } = run(script, ...args)
    t.regex(stderr, /^The data was written by a newer version of Örnkoll \(data version 99, .*\n$/, script)
    t.is(status, code, script)
    t.is(stdout, '')
  }
  t.deepEqual(await begin(100), collections, 'nothing was written')
  t.false(existsSync(join(folder, 'certificates')), 'and no key was made')
})

test('beside a running server a key is made with rights, days and a name of its own, and links lead to that server', async t => {
  const server = await startTestServer(t, { env: { MONGODB_URI: '' } })
  const env = { ...process.env, ORNKOLL_DATA: server.dataFolder, MONGODB_URI: '', PORT: '', ORNKOLL_URL: '' }
  const run = async (script: string, ...args: string[]) => {
    const path = join(import.meta.dirname, '../../../scripts', script)
    return (await promisify(execFile)(process.execPath, [path, ...args], { env })).stdout.trim()
  }
  const scopes = ['--scopes', 'costs.write,costs.read', '--scopes', 'devices.read']
  const token = await run('token.ts', '--role', 'finance', ...scopes, '--days', '3', '--name', 'Ekonomi')
  const narrow = apiClient(server.url, token)
  t.is((await narrow.get('/api/v1/devices')).status, 200)
  t.is((await narrow.get('/api/v1/bodies')).status, 403)
  const { body } = await (
    await server.as('admin')
  ).get<{ items: { name: string; scopes?: string[]; createdAt: string; expiresAt: string }[] }>(
    '/api/v1/tokens',
  )
  const made = body.items.find(({ name }) => name === 'Ekonomi')
  t.deepEqual(made?.scopes?.toSorted(), ['costs.read', 'costs.write', 'devices.read'])
  t.is(Date.parse(made?.expiresAt ?? '') - Date.parse(made?.createdAt ?? ''), 3 * 86_400_000)

  const names = ['--name', 'Grannby', '--admin-name', 'Bo Ek', '--admin-email', 'bo@grannby.example']
  const link = /https?:\S+/.exec(await run('organisation.ts', ...names))?.[0] ?? ''
  t.true(link.startsWith(`${server.url}/choose-password/`), link)
  t.is((await fetch(link)).status, 200)
})

test('a change of the key stands in the log of every organisation, by the command line', async t => {
  const server = await startTestServer(t, { env: { MONGODB_URI: '' } })
  const { id: otherId } = await server.ornkoll.organisations.create({ name: 'Grannby', language: 'sv' })
  t.is(await servingAddress(server.dataFolder), server.url)
  await server.stop()
  t.is(await servingAddress(server.dataFolder), undefined)
  const env = { ...process.env, ORNKOLL_DATA: server.dataFolder, MONGODB_URI: '' }
  const script = join(import.meta.dirname, '../../../scripts/rotate-key.ts')
  const { status, stderr } = spawnSync(process.execPath, [script], { env, encoding: 'utf8' })
  t.is(stderr, '')
  t.is(status, 0)
  const connected = await connectDatabase({ folder: join(server.dataFolder, 'database') })
  const told = await connected.db.collection('audit').find({ action: 'key.change' }).toArray()
  await connected.stop()
  t.deepEqual(
    told.map(row => String(row['organisationId'])).toSorted(),
    [server.organisationId, otherId].toSorted(),
  )
  for (const { actor, from, after } of told) {
    t.like(actor, { kind: 'system', name: 'command line' })
    t.like(from, { job: 'rotate-key' })
    t.deepEqual(after, { sealed: 0 })
  }
})
