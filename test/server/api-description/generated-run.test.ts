import test, { type ExecutionContext } from 'ava'
import { type OpenApi, type Operation } from '../../../server/api-description/openapi.ts'
import { roles } from '../../../server/staff/rights.ts'
import { judgeAnswer } from '../../support/answer-check.ts'
import { handOut, created } from '../../support/hand-out.ts'
import { samplesOf } from '../../support/schema-samples.ts'
import { startTestServer } from '../../support/server.ts'

type Schema = Readonly<Record<string, unknown>>

interface Shot {
  readonly why: string
  readonly path: string
  readonly body?: { readonly type: string; readonly text: string }
}

async function aServerWithThings(t: ExecutionContext) {
  const server = await startTestServer(t)
  const desk = await server.as([...roles])
  const post = <T = { id: string }>(path: string, body: object) => created<T>(desk, `/api/v1/${path}`, body)
  const body = await post('bodies', {
    name: 'Kulturnämnden',
    type: 'committee',
    costCentre: '4711',
    startsOn: '2026-01-01',
  })
  const person = await post('people', { givenName: 'Alva', familyName: 'Prov', email: 'alva@example.se' })
  await post('mandates', { personId: person.id, bodyId: body.id, role: 'member', startsOn: '2026-01-01' })
  const device = await post('devices', { serialNumber: 'DMPRUN000001', assetTag: 'R-1', model: 'iPad' })
  const stolen = await post('devices', { serialNumber: 'DMPRUN000002' })
  const loan = await handOut(desk, person.id, device.id)
  const incident = await post('incidents', { kind: 'theft', deviceId: stolen.id, description: 'Borta.' })
  const central = { kind: 'central' }
  const line = await post('cost-lines', {
    kind: 'one-off',
    fromOn: '2026-01-01',
    amountOre: 100,
    payer: central,
    bearer: central,
    text: 'Fodral',
    category: 'accessory',
  })
  const { body: document } = await desk.get<OpenApi>('/api/openapi.json')
  const ids: Readonly<Record<string, string>> = {
    bodies: body.id,
    people: person.id,
    devices: device.id,
    loans: loan.loanId,
    incidents: incident.id,
    'cost-lines': line.id,
    'liability-forms': loan.formId,
  }
  return { server, desk, document, ids }
}

const filled = (path: string, id: string) => path.replace(/\{[^}]+\}/g, id)

/** Requests that the description allows, and requests that it does not. */
function shotsAt(operation: Operation, path: string): { good: Shot; broken: Shot[] } {
  const query = operation.parameters.filter(each => each['in'] === 'query')
  const asked = query.filter(each => each['required'] === true)
  const search = (pairs: readonly (readonly [string, unknown])[]) =>
    pairs.length === 0
      ? ''
      : `?${new URLSearchParams(Object.fromEntries(pairs.map(([name, value]) => [name, String(value)]))).toString()}`
  const goodQuery = asked.map(
    each => [String(each['name']), samplesOf(each['schema'] as Schema).good] as const,
  )
  const goodPath = path + search(goodQuery)
  const brokenQuery: Shot[] = query.flatMap(({ name, schema }) =>
    ['', 'a'.repeat(6_000), '-1', '1e9', '\u0000', '[object Object]', '2026-13-45'].map(value => ({
      why: `query ${String(name)}=${value.slice(0, 20)}`,
      schema,
      path: path + search([...goodQuery.filter(([each]) => each !== name), [String(name), value]]),
    })),
  )
  const strange = ['?__proto__=1&constructor[prototype]=2', '?limit[$gt]=1&after[]=x'].map(text => ({
    why: text,
    path: path + text,
  }))
  const content = Object.entries(operation.requestBody?.content ?? {})
  const json = content.find(([type]) => type === 'application/json')?.[1]['schema'] as Schema | undefined
  const asJson = (value: unknown) => ({ type: 'application/json', text: JSON.stringify(value) })
  const samples = json && samplesOf(json)
  const other = content.filter(([type]) => type !== 'application/json').map(([type]) => type)
  const good: Shot = {
    why: 'as described',
    path: goodPath,
    ...(samples && { body: asJson(samples.good) }),
    ...(other[0] !== undefined && { body: { type: other[0], text: 'a;b\n1;2\n' } }),
  }
  const broken: Shot[] = [
    ...brokenQuery,
    ...strange,
    ...(samples?.broken ?? []).map(([why, value]) => ({ why, path: goodPath, body: asJson(value) })),
    ...other.map(type => ({ why: `nothing under ${type}`, path: goodPath, body: { type, text: '\u0000' } })),
    ...(content.length > 0 ? badBodies.map(body => ({ why: `as ${body.type}`, path: goodPath, body })) : []),
  ]
  return { good, broken }
}

const badBodies = [
  { type: 'application/json', text: '{"a":' },
  { type: 'application/json', text: '{"__proto__":{"isAdmin":true}}' },
  { type: 'application/json', text: '"'.padEnd(1_000, '[') },
  { type: 'text/plain', text: 'hej' },
  { type: 'application/x-www-form-urlencoded', text: 'a[$ne]=1&__proto__[b]=2' },
  { type: 'multipart/form-data', text: 'no boundary' },
  { type: 'nonsense', text: '{}' },
  { type: 'application/json; charset=utf-99', text: '{}' },
]

test('whatever is sent to the API, it answers as described or refuses in the one shape, and never fails', async t => {
  t.timeout(600_000)
  const { server, desk, document, ids } = await aServerWithThings(t)
  const count = { operations: 0, good: 0, broken: 0, refused: 0, answersChecked: 0 }
  const failures: string[] = []

  async function shoot(method: string, operation: Operation, { why, path, body }: Shot) {
    const answer = await fetch(`${server.url}${path}`, {
      method: method.toUpperCase(),
      redirect: 'manual',
      headers: { authorization: `Bearer ${desk.token ?? ''}`, ...(body && { 'content-type': body.type }) },
      ...(body && { body: body.text }),
      signal: AbortSignal.timeout(60_000),
    })
    const where = `${method} ${path.slice(0, 120)} (${why}) → ${String(answer.status)}`
    const text = await answer.text()
    if (answer.status >= 500) return void failures.push(`${where} ${text}`)
    if (answer.status >= 400) count.refused += 1
    const given = { status: answer.status, contentType: answer.headers.get('content-type') ?? '', text }
    const { faults, isHeldToSchema } = judgeAnswer(document, operation, given)
    if (isHeldToSchema && answer.status < 400) count.answersChecked += 1
    failures.push(...faults.map(fault => `${where} ${fault}`))
  }

  // Deeds come after looks, and the ends of things last, so that there is something to look at.
  const order = ['get', 'patch', 'put', 'post', 'delete']
  const operations = Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
    .sort((one, other) => order.indexOf(one.method) - order.indexOf(other.method))
  for (const { path, method, operation } of operations) {
    count.operations += 1
    const id = ids[path.split('/')[3] ?? ''] ?? 'nobody'
    const { good, broken } = shotsAt(operation, filled(path, id))
    for (const shot of broken) await shoot(method, operation, shot)
    count.broken += broken.length
    await shoot(method, operation, good)
    count.good += 1
    if (!path.includes('{')) continue
    for (const odd of [
      'nobody',
      '__proto__',
      encodeURIComponent('../../etc'),
      '%00',
      'a'.repeat(5000),
      '%E0%A4%A',
    ]) {
      await shoot(method, operation, { ...shotsAt(operation, filled(path, odd)).good, why: 'an odd id' })
      count.broken += 1
    }
  }
  t.log(
    `${String(count.operations)} operations, ${String(count.good)} good and ${String(count.broken)} broken requests, ` +
      `${String(count.refused)} refused, ${String(count.answersChecked)} answers checked`,
  )
  t.deepEqual(failures.slice(0, 60), [])
  t.true(count.broken > 2000)
  t.is(({} as { isAdmin?: boolean }).isAdmin, undefined)
})
