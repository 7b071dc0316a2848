import test from 'ava'
import { startTestServer } from '../../support/server.ts'

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
  // At the other door people read why, and their browser for how long.
  const asked = () =>
    fetch(`${server.url}/choose-password/${'x'.repeat(43)}`, { headers: from('203.0.113.9') })
  for (let number = 0; number < 30; number += 1) t.is((await asked()).status, 404)
  const page = await asked()
  t.is(page.status, 429)
  t.true(Number(page.headers.get('retry-after')) > 0)
  t.regex(await page.text(), /<h1>För många försök<\/h1>/)
})

test('a hundred guesses at one moment are a hundred guesses, not one', async t => {
  const server = await startTestServer(t, { env: { ORNKOLL_TRUST_PROXY: '127.0.0.1' } })
  const from = { 'x-forwarded-for': '203.0.113.11' }
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, number) => (await guess(server.url, number, from)).status),
  )
  t.is(answers.filter(status => status !== 429).length, 30)
})

test('many who are let in at one moment wait for each other and are all let in', async t => {
  const server = await startTestServer(t)
  const answers = await Promise.all(
    Array.from({ length: 80 }, async () => (await fetch(`${server.url}/sign-in`)).status),
  )
  t.deepEqual([...new Set(answers)], [200])
})
