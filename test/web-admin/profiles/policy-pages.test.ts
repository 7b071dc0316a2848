import test from 'ava'
import { oneServer } from '../one-server.ts'
import { signedIn } from '../visitor.ts'

const newOrganisation = oneServer(test)

const policy = { title: 'iPads in Norrby', text: 'Every iPad has a passcode.' }
const line = {
  'check-0-question': 'Is loss reported within a day?',
  'check-0-answer': 'partly',
  'check-0-comment': 'Not on Sundays',
  'check-0-signedBy': 'Siv Ask',
  'check-0-signedOn': '2026-11-02',
}

test('a policy is written with its checklist and approved by another, and then a profile under it', async t => {
  const server = await newOrganisation()
  const writer = await signedIn(server, ['second-line'], { name: 'Eva Ek' })
  const other = await signedIn(server, ['second-line'], { name: 'Olle Alm', language: 'sv' })
  t.regex((await writer.see('/profiles/policies')).html, /No security policy yet/)
  const written = await writer.send('/profiles/policies/write', { ...policy, ...line })
  const at = written.location ?? ''
  t.regex(at, /^\/profiles\/policies\/./)
  const own = await writer.see(at)
  t.regex(own.html, /Is loss reported within a day\?/)
  t.regex(own.html, /Partly/)
  t.notRegex(own.html, /<form method="post" action="\/profiles\/policies\/[^"]*approve"/)
  const refused = await writer.send(`${at}/approve`, {})
  t.is(refused.status, 422)
  t.regex(refused.html, /Another person must approve what you have written/)

  const profile = await writer.send('/profiles/new/byod', {
    name: 'Own iPads',
    organisationName: 'Norrby kommun',
    domain: 'norrby.example',
    mailServer: 'mail.norrby.example',
    mailDomains: 'norrby.example',
    apps: '',
    helpUrl: 'https://norrby.example/ipad',
    returnTo: 'Norrby',
    note: '',
  })
  const version = `${profile.location ?? ''}/versions/1`
  const policyId = at.split('/').at(-1) ?? ''
  t.regex((await other.see(version)).html, /Det finns ingen godkänd säkerhetspolicy/)
  const early = await other.send(`${version}/approve`, { policyId })
  t.is(early.status, 422)
  t.regex(early.html, /bara ett utkast/)

  t.is((await other.send(`${at}/approve`, {})).location, at)
  t.regex((await other.see('/profiles/policies')).html, /Godkänd/)
  t.regex((await writer.see(version)).html, /You saved this version/)
  t.is((await writer.send(`${version}/approve`, { policyId })).status, 422)
  t.regex((await other.see(version)).html, /Version 1: iPads in Norrby/)
  t.is((await other.send(`${version}/approve`, { policyId })).location, version)
  t.regex((await other.see(version)).html, /Godkänd .* av Olle Alm enligt säkerhetspolicyns version 1/)
  t.regex((await writer.see('/profiles')).html, /Approved/)
})

test('a line of the checklist that lacks something is said, and what was typed stays', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'], { language: 'sv' })
  const wrong = { ...policy, ...line, 'check-0-signedOn': 'yesterday' }
  const { status, html } = await desk.send('/profiles/policies/write', wrong)
  t.is(status, 422)
  t.regex(html, /Rad 1: välj svar/)
  t.regex(html, /value="Siv Ask"/)
  t.regex((await desk.see('/profiles/policies')).html, /Ingen säkerhetspolicy ännu/)
  const reader = await signedIn(server, ['helpdesk'])
  t.is((await reader.see('/profiles/policies')).status, 200)
  t.is((await reader.see('/profiles/policies/write')).status, 403)
})
