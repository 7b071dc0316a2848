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

  const admin = await signedIn(server, ['admin'])
  const shown = (await admin.see('/settings')).html
  const version = /name="version" value="(\d+)"/.exec(shown)?.[1] ?? ''
  const wanted = {
    ...{ version, name: 'Norrby kommun', language: 'sv', lostModeMessage: 'Ring oss.', fourEyes: 'on' },
    ...{ bulkLimit: '25', rolloutLimit: '50', disposalNeedsTwo: 'on' },
    ...{ checklist: ' Lathunden \n\nE-posten', accessibilityEmail: 'webb@norrby.example' },
    ...{ papersOldestSystem: '17.7', papersAnswerDays: '5' },
    ...{ accessibilityPhone: '019-21 00 00', accessibilityReviewedOn: '2026-11-20' },
    accessibilityFaults: 'Guiden om Meetings är en bild.',
  }
  const wrong = await admin.send('/settings', {
    ...wanted,
    accessibilityEmail: 'webb',
    checklist: 'A\nA',
    papersOldestSystem: 'iPadOS',
  })
  t.is(wrong.status, 422)
  t.regex(wrong.html, /must be an e-mail address/)
  t.regex(wrong.html, /at most 12 different lines/)
  t.regex(wrong.html, /write a version of iPadOS/)
  t.is((await admin.send('/settings', wanted)).status, 303)
  const known = (await member.see('/accessibility')).html
  t.regex(known, /href="mailto:webb@norrby.example"/)
  t.regex(known, /href="tel:019210000"/)
  t.regex(known, /Guiden om Meetings är en bild/)
  t.regex(known, /last reviewed it on 20 Nov 2026/)
  t.regex(known, /The picture of where a stolen iPad/, 'the faults of the product stay')
  const saved = (await admin.see('/settings')).html
  for (const each of [
    />Lathunden\nE-posten</,
    /papersOldestSystem"[^>]*value="17\.7"/,
    /papersAnswerDays"[^>]*value="5"/,
  ])
    t.regex(saved, each)
})
