import test from 'ava'
import { roles } from '../../server/staff/rights.ts'
import { liveIn, type LivedIn } from '../support/lived-in.ts'
import { callPage, pageRoutes, type Called, type Fields } from '../support/page-calls.ts'
import { pagesOf } from '../support/page-addresses.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { signedIn } from './visitor.ts'

interface World {
  readonly server: TestServer
  readonly of: LivedIn
  /** Of somebody with every role, by whom nothing is refused for want of a right; `rights-walk` tries those. */
  readonly token: string
}

const ends: (() => unknown)[] = []
let world: World | undefined
test.before('an organisation after some months', async () => {
  const server = await startTestServer({ teardown: end => void ends.unshift(end) })
  const of = await liveIn(server)
  world = { server, of, token: await tokenOf(server) }
})
test.after.always('the server stops', async () => {
  for (const end of ends) await end()
})

async function tokenOf(server: TestServer): Promise<string> {
  const { token } = await server.as([...roles])
  if (token === undefined) throw new Error('There is no token')
  return token
}

function theWorld() {
  if (!world) throw new Error('The server has not started')
  const door = world.server.ornkoll.doors.staff
  if (!door) throw new Error('There is no staff door')
  return { ...world, door }
}

/** The deeds in the log by the request that they were done for. */
async function deedsByRequest({ ornkoll }: TestServer): Promise<Map<string, string[]>> {
  const rows = ornkoll.connected.db.collection<{ action: string; from?: { requestId?: string } }>('audit')
  const found = new Map<string, string[]>()
  for await (const { action, from } of rows.find()) {
    const requestId = from?.requestId ?? ''
    found.set(requestId, [...(found.get(requestId) ?? []), action])
  }
  return found
}

/** Looks that leave an entry, by the route of the page or the file; what is not named leaves none. */
const looksThatAreLogged: Readonly<Record<string, readonly string[]>> = {
  '/audit/rights': ['staff.report'],
  '/costs/parts.csv': ['costs.export'],
  '/costs/statement.csv': ['costs.export'],
  '/hand-out': ['people.read'],
  '/hand-out/{id}/receipt.pdf': ['papers.read'],
  '/people/{id}': ['people.read'],
  '/people/{id}/edit': ['people.read'],
  '/people/{id}/merge': ['people.read'],
  '/people/{id}/merge/{otherId}': ['people.read'],
  '/profiles/{id}/versions/{number}/profile': ['profiles.export'],
  '/theft/{id}': ['incidents.read'],
}

/** A list that is taken along as a file is named as such, whatever is in it. */
const logged = (pattern: string): readonly string[] | undefined =>
  /\/list\.(csv|xlsx)$/.test(pattern) ? ['lists.export'] : looksThatAreLogged[pattern]

test.serial(
  'what a page or a file of it tells of somebody is in the log, as it is when a program asks',
  async t => {
    const { server, of, door, token } = theWorld()
    const requests = new Map<string, string>()
    const addresses = new Map(pageRoutes(door, 'get', of).map(({ pattern, path }) => [path, pattern]))
    for (const { path } of pagesOf(door, of).addresses)
      if (!addresses.has(path)) addresses.set(path, door.match('get', path.replace(/\?.*/, ''))?.path ?? path)
    for (const [path, pattern] of addresses) {
      // Somebody new each time: what one has looked at on a day is told once.
      const { status, requestId } = await callPage(server, path, { token: await tokenOf(server) })
      t.true(status < 500, path)
      requests.set(requestId, pattern)
    }
    const told = new Map<string, Set<string>>()
    for (const [requestId, actions] of await deedsByRequest(server)) {
      const pattern = requests.get(requestId)
      if (pattern !== undefined) told.set(pattern, new Set([...(told.get(pattern) ?? []), ...actions]))
    }
    const shown = [...new Set(requests.values())]
    const differing = shown.filter(
      pattern => String([...(told.get(pattern) ?? [])].toSorted()) !== String(logged(pattern) ?? []),
    )
    t.deepEqual(
      differing.map(pattern => [pattern, [...(told.get(pattern) ?? [])]]),
      [],
    )
    const unseen = Object.keys(looksThatAreLogged).filter(pattern => !told.has(pattern))
    t.deepEqual(unseen, [], 'these are looks no longer')
    // Asked for with a button: a look at where an iPad has been is a form.
    const { requestId } = await callPage(server, `/theft/${of.theft}/positions`, { token, fields: [] })
    const looked = (await deedsByRequest(server)).get(requestId) ?? []
    t.deepEqual([...looked].toSorted(), ['incidents.look-at-positions', 'incidents.read'])
    t.log(`${addresses.size} looks`)
  },
)

test.serial('no form is taken without the crumb of its browser, and nothing changes', async t => {
  const { server, of, door, token } = theWorld()
  const routes = pageRoutes(door, 'post', of)
  const taken: string[] = []
  const requests = new Set<string>()
  for (const { pattern, path, asFile } of routes) {
    const { status, isPage, requestId } = await callPage(server, path, {
      token,
      asFile,
      fields: [['reason', 'Forged elsewhere.']],
      withCrumb: false,
    })
    requests.add(requestId)
    if (status !== 403 || !isPage) taken.push(`${pattern} ${status}`)
  }
  t.deepEqual(taken, [])
  const deeds = await deedsByRequest(server)
  t.deepEqual(
    [...requests].filter(id => deeds.has(id)),
    [],
  )
  t.true(routes.length > 100)
})

interface Form {
  readonly path: string
  readonly names: readonly string[]
}

/** The forms that stand on the pages, one for each route that takes them, with the names of their fields. */
async function formsOnPages({ server, of, token }: World): Promise<ReadonlyMap<string, Form>> {
  const { door } = theWorld()
  const forms = new Map<string, Form>()
  for (const { path: page, looker } of pagesOf(door, of).addresses) {
    if (looker !== 'staff') continue
    const { text } = await callPage(server, page, { token })
    for (const [form, attributes = ''] of text.matchAll(/<form ([^>]*method="post"[^>]*)>.*?<\/form>/gs)) {
      const path = /action="([^"?#]*)/.exec(attributes)?.[1] ?? page.replace(/\?.*/, '')
      const pattern = door.match('post', path)?.path ?? path
      const names = [...form.matchAll(/ name="([^"]+)"/g)].map(([, name = '']) => name)
      if (!forms.has(pattern)) forms.set(pattern, { path, names: names.filter(name => name !== 'crumb') })
    }
  }
  return forms
}

/** Of forms that no page shows at this moment. */
const usualNames = ['reason', 'version', 'id', 'code', 'password']

const wrongs: Readonly<Record<string, (name: string) => Fields>> = {
  'each field twice': name => [
    [name, 'ett'],
    [name, 'två'],
  ],
  'each field far too long': name => [[name, '☃ <b> inte detta '.repeat(700)]],
  'each field empty': name => [[name, '']],
}

/** What is wrong with how a form is refused. */
const faultsOf = ({ status, isPage, text }: Called): string[] => [
  ...(status < 500 ? [] : ['is a fault']),
  ...(isPage ? [] : ['is no page']),
  ...(text.match(/<h1[ >]/g)?.length === 1 ? [] : ['has not one heading']),
  ...(status !== 422 || saysWhy.test(text) ? [] : ['says no reason']),
]

test.serial('a form with wrong values is refused with a page that says so, and nothing is done', async t => {
  const { server, of, door, token } = theWorld()
  const forms = await formsOnPages({ server, of, token })
  const routes = pageRoutes(door, 'post', of)
  t.deepEqual(
    [...forms.keys()].filter(pattern => !routes.some(route => route.pattern === pattern)),
    [],
    'nothing takes these forms',
  )
  const faults: string[] = []
  const refused = new Map<string, string>()
  for (const [what, wrong] of Object.entries(wrongs))
    for (const { pattern, path, asFile } of routes) {
      const form = forms.get(pattern) ?? { path, names: usualNames }
      const fields = form.names.flatMap(wrong)
      const answer = await callPage(server, form.path, { token, fields, asFile })
      const where = `${pattern}, ${what}: ${answer.status}`
      if (answer.status < 400) continue
      refused.set(answer.requestId, where)
      faults.push(...faultsOf(answer).map(fault => `${where} ${fault}`))
    }
  t.deepEqual(faults, [])
  const done = [...(await deedsByRequest(server))].flatMap(([id, actions]) => {
    const where = refused.get(id)
    return where === undefined ? [] : [`${where} did ${actions.join(', ')}`]
  })
  t.deepEqual(done, [])
  t.log(`${routes.length} routes, ${forms.size} forms on pages, ${refused.size} refusals`)
  t.true(forms.size > 60)
  t.true(refused.size > 300)
})

test.serial('what is about oneself is refused in the same way at a screen', async t => {
  const { server, of, door } = theWorld()
  const person = await signedIn(server, [...roles], { language: 'sv' })
  const own = pageRoutes(door, 'post', of).filter(({ pattern }) => /^\/(account|confirm)(\/|$)/.test(pattern))
  const faults: string[] = []
  const refused = new Map<string, string>()
  const { html } = await person.see('/account')
  const names = [...new Set([...html.matchAll(/ name="([^"]+)"/g)].map(([, name = '']) => name))]
  for (const { pattern, path } of own)
    for (const [what, values] of [
      ['empty', ''],
      ['twice', ['ett', 'två']],
    ] as const) {
      const fields = [...names, ...usualNames, 'confirmPassword'].filter(name => name !== 'crumb')
      const answer = await person.send(path, Object.fromEntries(fields.map(name => [name, values])))
      const where = `${pattern}, ${what}: ${answer.status}`
      if (answer.status >= 500) faults.push(where)
      if (answer.status < 400) continue
      refused.set(answer.headers.get('x-request-id') ?? '', where)
      if (answer.status === 422 && !saysWhy.test(answer.html)) faults.push(`${where} without a reason`)
    }
  t.deepEqual(faults, [])
  const deeds = await deedsByRequest(server)
  t.deepEqual(
    [...refused].filter(([id]) => deeds.has(id)).map(([, where]) => where),
    [],
  )
  t.true(refused.size > 8)
})

/** The summary above a form, a notice beside it, or a page of refusal. */
const saysWhy = /role="alert"|class="refusal"/
