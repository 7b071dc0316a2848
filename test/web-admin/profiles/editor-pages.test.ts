import test from 'ava'
import { writePlist } from '../../../profiles/plist/write-plist.ts'
import { oneServer } from '../one-server.ts'
import { signedIn, textsOf, type Visitor } from '../visitor.ts'
import { sentName } from '../../../web-admin/profiles/editor/sent-fields.ts'

const newOrganisation = oneServer(test)

const password = 'a very secret word'

/** The fields of the form, as a browser without scripts would send them back unchanged. */
function fieldsOf(html: string): Record<string, string | string[]> {
  const form = /<form[^>]*data-editor[\s\S]*?<\/form>/.exec(html)?.[0] ?? ''
  const fields: Record<string, string | string[]> = {}
  const add = (name: string, value: string) => {
    const there = fields[name]
    fields[name] = there === undefined ? value : [there, value].flat()
  }
  const text = (value: string) =>
    value
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'")
      .replaceAll('&#x3D;', '=')
      .replaceAll('&#x60;', '`')
      .replaceAll('&amp;', '&')
  for (const [tag, name = ''] of form.matchAll(/<input[^>]*\sname="([^"]*)"[^>]*>/g)) {
    const value = text(/\svalue="([^"]*)"/.exec(tag)?.[1] ?? '')
    if (tag.includes('type="checkbox"') ? tag.includes(' checked') : !tag.includes('type="file"'))
      add(text(name), value)
  }
  for (const [, name = '', value = ''] of form.matchAll(
    /<textarea[^>]*\sname="([^"]*)"[^>]*>\n?([\s\S]*?)<\/textarea>/g,
  ))
    add(text(name), text(value))
  for (const [, name = '', options = ''] of form.matchAll(
    /<select[^>]*\sname="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g,
  )) {
    const chosen =
      /<option value="([^"]*)" selected/.exec(options)?.[1] ?? /<option value="([^"]*)"/.exec(options)?.[1]
    add(text(name), text(chosen ?? ''))
  }
  delete fields['crumb']
  return fields
}

/** Fills in some fields of the form at `path` and sends it all. */
async function fillIn(
  person: Visitor,
  path: string,
  filled: Record<string, string | string[]>,
  press = 'save',
) {
  const fields = fieldsOf((await person.see(path)).html)
  for (const [key, value] of Object.entries(filled)) {
    if (!(sentName(key) in fields)) throw new Error(`The form has no field ${key}`)
    fields[sentName(key)] = value
  }
  return person.send(path.replace(/\?.*/, ''), { ...fields, do: press })
}

const entryAt = (html: string, title: string): Record<string, string> => {
  const item = html.split('<li>').find(each => each.includes(`<b>${title}</b>`)) ?? ''
  const value = (name: string) => new RegExp(`name="${name}" value="(\\d+)"`).exec(item)?.[1] ?? ''
  return { version: value('version'), entry: value('entry') }
}

async function addPart(person: Visitor, draft: string, title: string): Promise<string> {
  const { html } = await person.see(`${draft}/add`)
  return (await person.send(`${draft}/add`, entryAt(html, title))).location ?? ''
}

test('a Wi-Fi profile is made from nothing, without scripts, and saved as a version', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'])
  const begun = await desk.send('/profiles/new/empty', { name: 'Wi-Fi', identifier: 'se.norrby.wifi' })
  const draft = begun.location ?? ''
  t.regex(draft, /^\/profiles\/drafts\/./)
  const choice = await desk.see(`${draft}/add?q=wireless`)
  t.regex(choice.html, /<b>Wi-Fi<\/b>/)
  t.notRegex(choice.html, /<b>Restrictions<\/b>/)
  t.notRegex(choice.html, /Settings:/, 'what its own words say needs no explaining')
  t.regex((await desk.see(`${draft}/add?q=SSID`)).html, /Settings:<\/b> Network name \(SSID\)/)
  for (const [word, found] of [
    ['epost', 'Mail'],
    ['e-post', 'Mail'],
    ['kiosk', 'Single'],
    ['restriktioner', 'Restrictions'],
    ['802.1X', 'Wi-Fi'],
  ] as const)
    t.regex((await desk.see(`${draft}/add?q=${word}`)).html, new RegExp(`<b>${found}`), word)
  const part = await addPart(desk, draft, 'Wi-Fi')
  t.regex(part, /\/parts\/0\?new=1$/)
  t.notRegex((await desk.see(part)).html, /is needed/, 'nobody is blamed for an empty form')
  t.regex((await desk.see(draft)).html, /is needed/, 'the overview says what is to be put right')
  const saved = await fillIn(desk, part, {
    SSID_STR: 'Norrby',
    EncryptionType: 'WPA2',
    Password: password,
    AutoJoin: 'true',
  })
  t.is(saved.status, 303)
  const { html } = await desk.see(part.replace('?new=1', ''))
  t.regex(html, /value="Norrby"/)
  t.false(html.includes(password), 'a password is never sent back')
  t.regex(html, /placeholder="Unchanged"/)
  const overview = await desk.see(draft)
  t.regex(overview.html, /No problems found/)
  const version = /name="version" value="(\d+)"/.exec(overview.html)?.[1] ?? ''
  const made = await desk.send(`${draft}/save`, { version, note: 'First' })
  t.regex(made.location ?? '', /^\/profiles\/[^/]+$/)
  const shown = await desk.see(made.location ?? '')
  t.regex(shown.html, /Norrby/)
  t.false(shown.html.includes(password))
  t.is((await desk.see(draft)).status, 404, 'the draft is gone')
  const again = await desk.send('/profiles/new/empty', { name: 'Wi-Fi 2', identifier: 'SE.norrby.wifi' })
  t.is(again.status, 422, 'before anything is written for nothing')
  t.regex(again.html, /The profile “Wi-Fi” has this identifier/)
})

test('what cannot be right stays in its field, with the reason in the language of the reader', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'], { language: 'sv' })
  const begun = await desk.send('/profiles/new/empty', { name: 'Kod', identifier: 'se.norrby.kod' })
  const part = (await addPart(desk, begun.location ?? '', 'Lösenkod')).replace('?new=1', '')
  const sent = await fillIn(desk, part, { minLength: 'sju', maxFailedAttempts: '99' })
  t.regex(sent.location ?? '', /#f-(?:minLength|maxFailedAttempts)$/, 'the page opens at the fault')
  const { html } = await desk.see(part)
  t.regex(html, /value="sju"[^>]*aria-invalid="true"/)
  t.regex(html, /ska vara ett heltal, men är text/)
  t.regex(html, /\(maxFailedAttempts\) ska ligga mellan/)
  t.regex((await desk.see(begun.location ?? '')).html, /2 fel/)
  t.is((await fillIn(desk, part, { minLength: '7', maxFailedAttempts: '' })).location, part)
  t.notRegex((await desk.see(part)).html, /ska vara ett heltal|ska ligga mellan/)
})

const foreign = () =>
  writePlist({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: 'se.example.mixed',
    PayloadUUID: '6F0D1C57-0E2A-4B1C-8E6F-1B5B3E3B7A10',
    MadeBy: 'somebody else',
    PayloadContent: [
      {
        PayloadType: 'com.apple.wifi.managed',
        PayloadVersion: 1,
        PayloadIdentifier: 'se.example.mixed.wifi',
        PayloadUUID: '6F0D1C57-0E2A-4B1C-8E6F-1B5B3E3B7A11',
        SSID_STR: 'Norrby',
        EncryptionType: 'WPA2',
        Password: password,
        VendorKey: { Colour: 'blue', Sizes: [1, 2.5] },
      },
      {
        PayloadType: 'com.example.unheard-of',
        PayloadVersion: 1,
        PayloadIdentifier: 'se.example.mixed.other',
        PayloadUUID: '6F0D1C57-0E2A-4B1C-8E6F-1B5B3E3B7A12',
        Secret: 'the other secret',
        Anything: 'goes',
      },
    ],
  })

test('an imported profile is edited; what nobody knows and what is secret passes through', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  await desk.see('/profiles/new/file')
  const { location } = await desk.sendFile('/profiles/new/file', foreign(), { name: 'Mixed' })
  const profile = location ?? ''
  const draft = (await desk.send(`${profile}/edit`, { number: '1' })).location ?? ''
  t.is((await desk.send(`${profile}/edit`, {})).location, draft, 'there is one draft of a profile')
  t.is((await desk.send(`${profile}/edit`, { number: '1' })).location, draft)
  const unknown = await desk.see(`${draft}/parts/1`)
  t.regex(unknown.html, /Anything/)
  t.false(unknown.html.includes('the other secret'))
  await fillIn(desk, `${draft}/parts/0`, { SSID_STR: 'Söderby' })
  await fillIn(desk, `${draft}/parts/1`, { Anything: '<string>else</string>' })
  const xml = await desk.see(`${draft}/xml`)
  t.false(xml.html.includes(password))
  const version = /name="version" value="(\d+)"/.exec((await desk.see(draft)).html)?.[1] ?? ''
  await desk.send(`${draft}/save`, { version, note: '' })
  const out = await desk.send(`${profile}/versions/2/reveal`, { reason: 'The supplier asks for it' })
  t.is(out.status, 200)
  for (const kept of [
    'Söderby',
    password,
    'VendorKey',
    '<real>2.5</real>',
    'the other secret',
    'else',
    'somebody else',
  ])
    t.true(out.html.includes(kept), kept)
  t.false(out.html.includes('6F0D1C57-0E2A-4B1C-8E6F-1B5B3E3B7A10'), 'a version has its own UUID')
})

test('somebody who saved meanwhile is named, and what was typed stays', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'])
  const other = await signedIn(server, ['second-line'], { name: 'Olle Alm' })
  const begun = await desk.send('/profiles/new/empty', { name: 'Wi-Fi', identifier: 'se.norrby.wifi' })
  const part = (await addPart(desk, begun.location ?? '', 'Wi-Fi')).replace('?new=1', '')
  const mine = fieldsOf((await desk.see(part)).html)
  await fillIn(other, part, { SSID_STR: 'Norrby' })
  const stale = await desk.send(part, { ...mine, [sentName('EncryptionType')]: 'WPA3', do: 'save' })
  t.is(stale.status, 409)
  t.regex(stale.html, /somebody else saved: .*Olle Alm/)
  t.regex(stale.html, /<option value="WPA3" selected/)
  t.regex((await desk.see(part)).html, /value="Norrby"/, 'nothing was overwritten')
  const again = fieldsOf(stale.html)
  t.is((await desk.send(part, { ...again, do: 'save' })).status, 303)
  const { html } = await desk.see(part)
  t.regex(html, /<option value="WPA3" selected/)
  t.regex(html, /value="Norrby"/, 'what the other saved stands too')
})

test('a draft that a saved version has overtaken says so, and is kept to come after it', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'])
  const api = await server.as('second-line', server.organisationId)
  const begun = await desk.send('/profiles/new/empty', { name: 'Wi-Fi', identifier: 'se.norrby.overtaken' })
  await addPart(desk, begun.location ?? '', 'Wi-Fi')
  const { location } = await desk.send(`${begun.location ?? ''}/save`, { version: '2' })
  const id = (location ?? '').split('/').at(-1) ?? ''
  const draft = (await desk.send(`/profiles/${id}/edit`, {})).location ?? ''
  t.notRegex((await desk.see(draft)).html, /put-on-top/)
  const mine = (await api.get<{ xml: string }>(`/api/v1/profile-drafts/${id}`)).body.xml
  const saved = await fetch(new URL(`/api/v1/profiles/${id}/versions?basedOn=1`, server.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${api.token ?? ''}`, 'content-type': 'application/xml' },
    body: mine.replace('<string>Wi-Fi</string>', '<string>Uploaded</string>'),
  })
  t.is(saved.status, 201)

  t.is((await desk.send(`${draft}/save`, { version: '1' })).status, 422)
  const { html } = await desk.see(draft)
  t.regex(html, /Version 2 has been saved since this draft was made from version 1/)
  const compare = /href="([^"]*compare[^"]*)"/.exec(html)?.[1]?.replace('&#x3D;', '=') ?? ''
  t.is((await desk.see(compare)).status, 200)
  t.is((await desk.send(`${draft}/put-on-top`, { version: '1' })).location, draft)
  t.notRegex((await desk.see(draft)).html, /has been saved since this draft/)
  t.is((await desk.send(`${draft}/save`, { version: '2' })).status, 303)
  const { versions } = (await api.get<{ versions: { number: number }[] }>(`/api/v1/profiles/${id}`)).body
  t.deepEqual(
    versions.map(({ number }) => number),
    [3, 2, 1],
  )

  // Whoever edits a version while there is a draft of another is told, and chooses.
  const edit = (more: Readonly<Record<string, string>>) => desk.send(`/profiles/${id}/edit`, more)
  t.is((await edit({ number: '1' })).location, draft)
  const asked = await edit({ number: '3' })
  t.is(asked.status, 409)
  t.regex(asked.html, /The draft was made from version 1\./)
  t.true(asked.html.includes(`href="${draft}"`))
  const refused = await api.post<{ error: { code: string; message: string } }>('/api/v1/profile-drafts', {
    profileId: id,
    number: 3,
  })
  t.deepEqual([refused.status, refused.body.error.code], [409, 'draft-exists'])
  t.true(refused.body.error.message.includes(`/api/v1/profile-drafts/${id}`))
  const instead = /name="instead" value="(\d+)"/.exec(asked.html)?.[1] ?? ''
  t.is((await edit({ number: '3', instead: '99' })).status, 409, 'somebody has changed it meanwhile')
  t.is((await edit({ number: '3', instead })).location, draft)
  t.is((await edit({ number: '3' })).location, draft)
  t.is((await edit({ number: '1' })).status, 409)
})

test('rows of a list are added, filled in, moved and taken away with buttons alone', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'])
  const begun = await desk.send('/profiles/new/empty', { name: 'AirPrint', identifier: 'se.norrby.print' })
  const part = (await addPart(desk, begun.location ?? '', 'Printers (AirPrint)')).replace('?new=1', '')
  const added = await fillIn(desk, part, {}, 'add:AirPrint')
  t.regex(added.location ?? '', /#f-AirPrint__0$/)
  const second = await fillIn(
    desk,
    part,
    { 'AirPrint.#0.IPAddress': '10.0.0.1', 'AirPrint.#0.ResourcePath': 'one' },
    'add:AirPrint',
  )
  t.regex(second.location ?? '', /#f-AirPrint__1$/, 'the page opens at the new row')
  t.true((await desk.see(part)).html.includes('id="f-AirPrint__1"'))
  const moved = await fillIn(
    desk,
    part,
    { 'AirPrint.#1.IPAddress': '10.0.0.2', 'AirPrint.#1.ResourcePath': 'two' },
    'up:AirPrint.#1',
  )
  t.regex(moved.location ?? '', /#f-AirPrint__0$/)
  const rows = () =>
    desk.see(part).then(({ html }) => [...html.matchAll(/value="(10\.0\.0\.\d)"/g)].map(([, ip]) => ip))
  t.deepEqual(await rows(), ['10.0.0.2', '10.0.0.1'])
  await fillIn(desk, part, {}, 'remove:AirPrint.#0')
  t.deepEqual(await rows(), ['10.0.0.1'])
})

test('broken XML is refused with its line, and stays as it was typed', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'], { language: 'sv' })
  const begun = await desk.send('/profiles/new/empty', { name: 'X', identifier: 'se.norrby.x' })
  const path = `${begun.location ?? ''}/xml`
  const fields = fieldsOf((await desk.see(path)).html)
  const broken = String(fields['xml']).replace('<array/>', '<array><strin>a</strin></array>')
  t.not(broken, fields['xml'])
  const refused = await desk.send(path, { ...fields, xml: broken })
  t.is(refused.status, 422)
  t.regex(refused.html, /En tagg är okänd eller står på fel ställe: rad 6, tecken \d+/)
  t.regex(refused.html, /&lt;strin&gt;a&lt;\/strin&gt;/)
  t.regex(refused.html, /href="#field-xml"/)
})

test('a reader of profiles sees no drafts', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'])
  const { location } = await desk.send('/profiles/new/empty', { name: 'Wi-Fi', identifier: 'se.norrby.wifi' })
  const reader = await signedIn(server, ['auditor'])
  t.is((await reader.see(location ?? '')).status, 403)
  t.notRegex((await reader.see('/profiles')).html, /drafts/)
  t.regex(textsOf((await desk.see('/profiles')).html, 'tr').join('\n'), /Wi-Fi New profile/)
  const stranger = await signedIn(await newOrganisation(), ['admin'], { name: 'Other Town' })
  t.is((await stranger.see(location ?? '')).status, 404)
})
