import test from 'ava'
import { runCli } from '../../../scripts/cli/run.ts'
import { created, handOut } from '../../support/hand-out.ts'
import { startTestServer } from '../../support/server.ts'

interface Thing {
  readonly id: string
  readonly state: string
}

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
    ...{ givenName: 'Alva', familyName: 'Prov', email: 'alva@example.se' },
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
  t.true(csv.out.includes("\r\n'=A-1;") || csv.out.includes("\r\n'"), 'no cell is a formula')
  t.notRegex(csv.out, /\n=/)

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
  ])
    t.like(await cli(env, ...args), { code: 2, out: '' }, args.join(' '))
  t.is((await cli({ ORNKOLL_URL: server.url }, 'devices')).code, 4)
  t.is((await cli({ ...env, ORNKOLL_TOKEN: 'a'.repeat(43) }, 'devices')).code, 4)
  t.is((await cli(env, 'people')).code, 4, 'finance reads no people')
  const unknown = await cli(env, 'show', 'device', 'there-is-none')
  t.is(unknown.code, 1)
  t.regex(unknown.err, /There is no such iPad/)
  const nobody = await cli({ ...env, ORNKOLL_URL: 'http://127.0.0.1:1' }, 'devices')
  t.is(nobody.code, 3)
  t.notRegex(nobody.err, new RegExp(finance.token ?? 'x'))
})
