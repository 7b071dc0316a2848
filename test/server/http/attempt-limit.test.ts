import Hapi from '@hapi/hapi'
import test, { type ExecutionContext } from 'ava'
import { pino } from 'pino'
import { DomainError } from '../../../server/domain-error.ts'
import { limitAttempts } from '../../../server/http/attempt-limit.ts'
import { answerRefusals } from '../../../server/http/domain-errors.ts'
import { eventually } from '../../support/eventually.ts'
import { startTestServer } from '../../support/server.ts'
import { readTrustedProxies } from '../../../server/http/trusted-proxies.ts'

const guess = (url: string, number: number, headers: Record<string, string> = {}) =>
  fetch(`${url}/enroll/${'x'.repeat(30)}${number}`, { headers })

test('guessing links from one address ends in a wait, and does not touch the address next door', async t => {
  const server = await startTestServer(t, { env: { ORNKOLL_TRUST_PROXY: '127.0.0.1' } })
  const from = (address: string) => ({ 'x-forwarded-for': address })
  for (let number = 0; number < 30; number += 1) {
    t.not((await guess(server.url, number, from('203.0.113.9'))).status, 429)
  }
  const refused = await guess(server.url, 31, from('203.0.113.9'))
  t.is(refused.status, 429)
  const wait = Number(refused.headers.get('retry-after'))
  t.true(wait > 0 && wait <= 15 * 60, `${wait} s`)
  t.not((await guess(server.url, 31, from('203.0.113.10'))).status, 429)
  // What a page elsewhere has a browser ask for is refused at both doors before it counts.
  const foreign = { ...from('203.0.113.10'), 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' }
  t.is((await guess(server.url, 32, foreign)).status, 400)
  const sent = await fetch(`${server.url}/sign-in`, { method: 'POST', headers: foreign })
  t.is(sent.status, 403)
  t.regex(await sent.text(), /kom från en annan webbplats/)
  // At the other door people read why, and their browser for how long.
  const asked = () =>
    fetch(`${server.url}/choose-password/${'x'.repeat(43)}`, { headers: from('203.0.113.9') })
  for (let number = 0; number < 30; number += 1) t.is((await asked()).status, 404)
  const page = await asked()
  t.is(page.status, 429)
  t.true(Number(page.headers.get('retry-after')) > 0)
  t.regex(await page.text(), /<h1>För många försök<\/h1>/)
  // An answer of no provider is refused like a wrong password, and no more of them are looked at.
  const answer = () =>
    fetch(`${server.url}/sign-in/single-sign-on/answer?error=x`, { headers: from('2001:db8:0:7::1') })
  for (let number = 0; number < 30; number += 1) t.is((await answer()).status, 403)
  t.is((await answer()).status, 429)
})

test('a hundred guesses at one moment are a hundred guesses, not one', async t => {
  const server = await startTestServer(t, { env: { ORNKOLL_TRUST_PROXY: '127.0.0.1' } })
  const from = { 'x-forwarded-for': '203.0.113.11' }
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, number) => (await guess(server.url, number, from)).status),
  )
  t.is(answers.filter(status => status !== 429).length, 30)
})

/** A door with nothing but the limit, whose tries are judged when the test says so. */
async function aDoor(t: ExecutionContext, longestWaitMs = 60_000) {
  const server = Hapi.server({ port: 0, host: '127.0.0.1' })
  answerRefusals(server, pino({ level: 'silent' }))
  limitAttempts(server, {
    forms: ['/sign-in'],
    links: ['/link/'],
    longestWaitMs,
    trustedProxies: readTrustedProxies([]),
    publicUrl: 'https://ipad.example',
  })
  const seen = { came: 0, tried: 0, gone: 0 }
  let open: () => void = () => undefined
  const gate = new Promise<void>(resolve => (open = resolve))
  server.ext('onRequest', (_request, h) => {
    seen.came += 1
    return h.continue
  })
  server.events.on('response', () => void (seen.gone += 1))
  server.route({
    method: 'POST',
    path: '/sign-in',
    handler: async () => {
      seen.tried += 1
      await gate
      return 'in'
    },
  })
  for (const path of ['/link/x', '/sign-in/nothing'])
    server.route({
      method: 'GET',
      path,
      handler: () => {
        throw new DomainError('not-found', 'nothing', 'There is nothing here.')
      },
    })
  await server.start()
  t.teardown(() => {
    open()
    return server.stop()
  })
  const ask = async (path: string, init: RequestInit = {}) =>
    (await fetch(new URL(path, server.info.uri), init)).status
  const tries = (count: number, signal?: AbortSignal) =>
    Promise.all(
      Array.from({ length: count }, () =>
        ask('/sign-in', { method: 'POST', ...(signal && { signal }) }).catch(() => 0),
      ),
    )
  const until = (what: keyof typeof seen, count: number) =>
    eventually(
      () => Promise.resolve({ ...seen }),
      now => now[what] >= count,
    )
  return { ask, tries, until, seen, open }
}

test('many wait for each other and are all let in, and whoever hangs up meanwhile holds no place', async t => {
  const { tries, until, seen, open } = await aDoor(t)
  const first = tries(30)
  await until('tried', 30)
  const impatient = new AbortController()
  const hungUp = tries(30, impatient.signal)
  await until('came', 60)
  const patient = tries(50)
  await until('came', 110)
  t.is(seen.tried, 30, 'no more at once than could still be refused')
  impatient.abort()
  await until('gone', 30)
  open()
  t.deepEqual([...new Set([...(await first), ...(await patient), ...(await tries(40))])], [200])
  t.deepEqual([...new Set(await hungUp)], [0])
  t.is(seen.tried, 30 + 50 + 40, 'nobody tries who does not wait for the answer')
})

test('nobody waits for ever for those before them', async t => {
  const { tries, until, open } = await aDoor(t, 1)
  const first = tries(30)
  await until('tried', 30)
  t.deepEqual(await tries(2), [429, 429])
  open()
  t.deepEqual([...new Set([...(await first), ...(await tries(30))])], [200])
})

test('no page of another site closes the door for those who share an address with its readers', async t => {
  const { ask, open } = await aDoor(t)
  open()
  const foreign = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
  const ahead = { ...foreign, 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' }
  for (let number = 0; number < 31; number += 1) {
    t.is(await ask('/link/x', { headers: { ...foreign, 'sec-fetch-dest': 'image' } }), 403)
    t.is(await ask('/link/x', { headers: { ...foreign, 'sec-fetch-dest': 'iframe' } }), 403)
    t.is(await ask('/link/x', { headers: ahead }), 403)
    t.is(
      await ask('/sign-in', { method: 'POST', headers: { ...foreign, 'sec-fetch-dest': 'document' } }),
      403,
    )
    t.is(await ask('/sign-in/nothing'), 404)
  }
  t.is(await ask('/sign-in', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } }), 200)
  // A browser that says no more than older ones do.
  const older = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { referer: 'https://evil.example/page' },
    { origin: 'https://ipad.example.evil.example' },
  ]
  for (const headers of older) {
    t.is(await ask('/sign-in', { method: 'POST', headers }), 403, JSON.stringify(headers))
    t.is(await ask('/link/x', { headers: { ...headers, accept: 'image/*' } }), 403, JSON.stringify(headers))
  }
  for (const headers of [{ origin: 'https://ipad.example' }, { referer: 'https://ipad.example/sign-in' }])
    t.is(await ask('/sign-in', { method: 'POST', headers }), 200, JSON.stringify(headers))
  // A link in a letter on the web is followed from another site, and is still a try.
  const followed = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  }
  for (let number = 0; number < 29; number += 1) t.is(await ask('/link/x', { headers: followed }), 404)
  const fromMail = { referer: 'https://mail.example/', accept: 'text/html,*/*;q=0.8' }
  t.is(await ask('/link/x', { headers: fromMail }), 404)
  t.is(await ask('/link/x', { headers: followed }), 429)
})
