import test from 'ava'
import { type PlistDictionary } from '../../../profiles/plist/plist-value.ts'
import { writePlist } from '../../../profiles/plist/write-plist.ts'
import { oneServer } from '../one-server.ts'
import { signedIn, textsOf } from '../visitor.ts'

const newOrganisation = oneServer(test)

const typed = {
  name: 'Standard for the council',
  organisationName: 'Norrby kommun',
  domain: 'norrby.example',
  mailServer: 'outlook.example.se',
  mailDomains: 'norrby.example\nskolan.norrby.example',
  apps: 'se.example.meetings',
  helpUrl: 'https://norrby.example/ipad',
  returnTo: 'Belongs to Norrby kommun.',
  note: '',
}
const password = 'a very secret word'

const wifi = (ssid: string, more: PlistDictionary = {}): Uint8Array =>
  writePlist({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: 'se.example.wifi',
    PayloadUUID: '6F0D1C57-0E2A-4B1C-8E6F-1B5B3E3B7A10',
    PayloadContent: [
      {
        PayloadType: 'com.apple.wifi.managed',
        PayloadVersion: 1,
        PayloadIdentifier: 'se.example.wifi.one',
        PayloadUUID: '6F0D1C57-0E2A-4B1C-8E6F-1B5B3E3B7A11',
        SSID_STR: ssid,
        EncryptionType: 'WPA2',
        Password: password,
        AutoJoin: true,
        ...more,
      },
    ],
  })

test('an organisation without profiles is offered the templates, in its language', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'], { language: 'sv' })
  const { html, status } = await desk.see('/profiles')
  t.is(status, 200)
  t.regex(html, /Inga profiler ännu/)
  t.regex(html, /href="\/profiles\/new"/)
  const choice = await desk.see('/profiles/new')
  for (const id of ['standard', 'elected-representative', 'staff', 'meeting-room', 'byod'])
    t.true(choice.html.includes(`href="/profiles/new/${id}"`), id)
  t.regex(choice.html, /Standardprofil i fyra delar/)
  const reader = await signedIn(server, ['helpdesk'])
  t.notRegex((await reader.see('/profiles')).html, /href="\/profiles\/new"/)
  t.is((await reader.see('/profiles/new')).status, 403)
  t.is((await (await signedIn(server, ['finance'])).see('/profiles')).status, 403)
})

test('a template asks for what it needs, keeps what was typed, and becomes a profile told in words', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'])
  const wrong = { ...typed, mailDomains: 'two words', helpUrl: 'nowhere', apps: 'no bundle' }
  const refused = await desk.send('/profiles/new/standard', wrong)
  t.is(refused.status, 422)
  t.regex(refused.html, /Your own mail domains: each line must be a domain/)
  t.regex(refused.html, /Help page: write a full address/)
  t.regex(refused.html, /Apps on the Home Screen: each line must be an identifier/)
  t.regex(refused.html, /value="outlook\.example\.se"/)
  t.regex((await desk.see('/profiles')).html, /No profiles yet/)
  const reading = await (await signedIn(server, ['handout'], { name: 'Eva Ros' })).see('/profiles')
  t.regex(reading.html, /No profiles yet/)
  t.notRegex(reading.html, /templates/, 'whoever may make no profile is told of no template')

  const made = await desk.send('/profiles/new/standard', typed)
  t.regex(made.location ?? '', /^\/profiles\/[^/]+$/)
  const { html } = await desk.see(made.location ?? '')
  t.regex(html, /example\.norrby\.ipad\.standard/)
  await desk.see('/profiles/new/standard')
  const twice = await desk.send('/profiles/new/standard', { ...typed, name: 'Another' })
  t.is(twice.status, 422)
  t.true(
    twice.html.includes(`The profile “${typed.name}” has this identifier`),
    'whoever meets it knows which',
  )
  t.regex(html, /outlook\.example\.se/)
  t.regex(html, /No problems found/)
  t.regex(html, /\{\{person\.email\}\}/)
  t.regex((await desk.see('/profiles')).html, /Standard for the council/)
  const swedish = await signedIn(server, ['auditor'], { language: 'sv' })
  const told = await swedish.see(made.location ?? '')
  t.regex(told.html, /Inget att anmärka/)
  t.regex(told.html, /Lösenkod/)
  t.notRegex(told.html, /\/file"|\/approve"/)
})

test('a file is taken in with its password shown to nobody, and its faults stand at their place', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'])
  await desk.see('/profiles/new/file')
  const file = wifi('Norrby', { AutoJoin: 'yes', EncriptionType: 'WPA2' })
  const made = await desk.sendFile('/profiles/new/file', file, { name: 'Wi-Fi' })
  t.is(made.status, 303)
  const { html } = await desk.see(made.location ?? '')
  t.regex(html, /1 error/)
  t.notRegex(html, new RegExp(password))
  t.regex(html, /Hidden/)
  const row = textsOf(html, 'tr').find(text => text.includes('AutoJoin')) ?? ''
  t.regex(row, /Error/)
  const version = `${made.location ?? ''}/versions/1`
  const download = await desk.see(`${version}/profile`)
  t.regex(download.headers.get('content-disposition') ?? '', /se\.example\.wifi-1\.mobileconfig/)
  t.notRegex(download.html, new RegExp(password))
  t.is((await desk.send(`${version}/reveal`, { reason: 'I want to see it' })).status, 403)
  t.is((await desk.see(`${made.location ?? ''}/versions/7`)).status, 404)
})

test('an administrator takes out the secrets with a reason, and not without', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  await desk.see('/profiles/new/file')
  const { location } = await desk.sendFile('/profiles/new/file', wifi('Norrby'), { name: 'Wi-Fi' })
  const path = `${location ?? ''}/versions/1/reveal`
  const asked = await desk.send(path, { reason: '' })
  t.is(asked.status, 422)
  t.notRegex(asked.html, new RegExp(password))
  const out = await desk.send(path, { reason: 'The supplier asks for it' })
  t.is(out.status, 200)
  t.regex(out.html, new RegExp(password))
})

test('a file that is no profile is refused in words with its place, in both languages', async t => {
  const server = await newOrganisation()
  const broken = Buffer.from(wifi('Norrby')).subarray(0, 300)
  for (const [language, words, empty] of [
    ['sv', /inte stängd: rad \d+, tecken \d+|på fel ställe: rad \d+, tecken \d+/, /Filen är tom/],
    ['en', /not closed: line \d+, character \d+|wrong place: line \d+, character \d+/, /The file is empty/],
  ] as const) {
    const desk = await signedIn(server, ['second-line'], { language, name: `Eva ${language}` })
    await desk.see('/profiles/new/file')
    const refused = await desk.sendFile('/profiles/new/file', broken, { name: 'Half' })
    t.is(refused.status, 422)
    t.regex(refused.html, words)
    t.regex(refused.html, /value="Half"/)
    const nothing = await desk.sendFile('/profiles/new/file', Buffer.alloc(0), { name: 'None' })
    t.is(nothing.status, 422)
    t.regex(nothing.html, empty)
    t.notRegex((await desk.see('/profiles')).html, /Half/)
  }
})

test('a version is compared with the one before it, side by side, and secrets stay hidden', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'])
  await desk.see('/profiles/new/file')
  const { location } = await desk.sendFile('/profiles/new/file', wifi('Norrby'), { name: 'Wi-Fi' })
  const profile = location ?? ''
  const next = wifi('Söderby', { Password: 'another secret word' })
  const saved = await desk.sendFile(`${profile}/file`, next, { basedOn: '1', note: 'New name' })
  t.is(saved.location, profile)
  t.is((await desk.sendFile(`${profile}/file`, next, { basedOn: '1' })).status, 422, 'it is stale')
  const { html } = await desk.see(`${profile}/versions/2/compare?from=1`)
  const rows = textsOf(html, 'tr').join('\n')
  t.regex(rows, /Changed Norrby Söderby/)
  t.regex(rows, /Changed Hidden Hidden/)
  t.notRegex(html, /secret word/)
  t.regex((await desk.see(profile)).html, /New name/)
})

test('a trial run counts iPads and sends nothing', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'])
  const { location } = await desk.send('/profiles/new/standard', { ...typed, apps: '' })
  t.regex(location ?? '', /^\/profiles\/./, 'apps may be left out')
  const { html, status } = await desk.see(`${location ?? ''}/versions/1/trial?body=`)
  t.is(status, 200)
  t.regex(html, /Nothing has been sent/)
  t.regex(html, /No iPads/)
  t.is((await desk.see(`${location ?? ''}/versions/1/trial?body=nobody`)).status, 404)
})

test('a new organisation has the four-part profile ready: the form is filled in and needs one press', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  for (const id of ['standard', 'elected-representative', 'staff', 'meeting-room', 'byod']) {
    const { html } = await desk.see(`/profiles/new/${id}`)
    const value = (name: string) =>
      new RegExp(`name="${name}"[^>]*?(?:value="([^"]*)"|>([^<]*)</textarea>)`)
        .exec(html)
        ?.slice(1)
        .find(Boolean) ?? ''
    const names = [
      'name',
      'organisationName',
      'domain',
      'mailServer',
      'mailDomains',
      'helpUrl',
      'returnTo',
      'apps',
      'note',
    ]
    const shown = Object.fromEntries(names.map(name => [name, value(name)]))
    t.is(shown['organisationName'], 'Norrby kommun')
    t.is(shown['mailDomains'], `${server.organisationId}.se`)
    const made = await desk.send(`/profiles/new/${id}`, shown)
    t.is(made.status, 303, id)
    const profile = await desk.see(made.location ?? '')
    t.regex(profile.html, /No problems found/, id)
    if (id !== 'standard') continue
    // Management is the mark of its owner, since an iPad takes it nowhere but at enrolment; then apps, mail, security.
    for (const part of [
      'shareddeviceconfiguration',
      'homescreenlayout',
      'eas.account',
      'passwordpolicy',
      'applicationaccess',
    ])
      t.true(profile.html.includes(part), part)
  }
})

test('a profile gets another name, is retired and taken back on its page', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  await desk.see('/profiles/new/standard')
  const path = (await desk.send('/profiles/new/standard', typed)).location ?? ''
  t.is((await desk.send(`${path}/name`, { name: '  ' })).status, 422)
  t.is((await desk.send(`${path}/name`, { name: 'Plenary iPads' })).location, path)
  t.regex((await desk.see(path)).html, /<h1>Plenary iPads<\/h1>/)

  const inChoices = async () => (await desk.see('/profiles/rollouts/new')).html.includes('Plenary iPads')
  t.true(await inChoices())
  t.is((await desk.send(`${path}/retire`, {})).location, path)
  t.false(await inChoices())
  const list = await desk.see('/profiles')
  t.regex(list.html, /<h2>Retired<\/h2>/)
  const retired = await desk.see(path)
  t.regex(retired.html, /retired this profile on/)
  t.notRegex(retired.html, /\/edit"|profiles\/rollouts\/new/)
  const reader = await signedIn(server, ['helpdesk'], { language: 'sv' })
  const told = await reader.see(path)
  t.regex(told.html, /tog profilen ur bruk/)
  t.notRegex(told.html, /\/bring-back"|\/name"/)
  t.is((await reader.send(`${path}/bring-back`, {})).status, 403)

  t.is((await desk.send(`${path}/bring-back`, {})).location, path)
  t.true(await inChoices())
  t.notRegex((await desk.see('/profiles')).html, /<h2>Retired<\/h2>/)
})
