import test from 'ava'
import { oneServer } from './one-server.ts'
import { signedIn, textsOf, visitor } from './visitor.ts'

const newOrganisation = oneServer(test)

test('anybody reads the accessibility statement, and finds it from every page', async t => {
  const server = await newOrganisation()
  const stranger = visitor(server, 'sv')
  t.regex((await stranger.see('/sign-in')).html, /<footer[\s\S]*href="\/accessibility"/)
  const { status, html } = await stranger.see('/accessibility')
  t.is(status, 200)
  t.deepEqual(textsOf(html, 'h1'), ['Tillgänglighet'])
  for (const part of ['2018:1937', 'delvis förenlig', 'Det som inte fungerar', 'Anmäl till Digg'])
    t.true(html.includes(part), part)
  t.notRegex(html, /Norrby/)
  const member = await signedIn(server, ['secretary'])
  t.regex((await member.see('/')).html, /<footer[\s\S]*href="\/accessibility"/)
  const own = await member.see('/accessibility')
  t.regex(own.html, /You are signed in at Norrby kommun/)
  t.regex(own.html, /<nav class="places"/)
})
