import test from 'ava'
import { catalogue } from '../../../profiles/catalogue/catalogue.ts'
import { type CatalogueKey, type Keys } from '../../../profiles/catalogue/notation.ts'
import { type PlistDictionary, type PlistValue } from '../../../profiles/plist/plist-value.ts'
import { writePlist } from '../../../profiles/plist/write-plist.ts'
import { startTestServer } from '../../support/server.ts'
import { oneServer } from '../one-server.ts'
import { signedIn } from '../visitor.ts'

const newOrganisation = oneServer(test)

const canary = 'canarybird'
let hatched = 0
/** Twelve bytes to begin with, so that base64 shows them in one and the same way. */
const aSecret = () => `${canary}--${String((hatched += 1)).padStart(6, '0')}`
const inBase64 = Buffer.from(`${canary}--`).toString('base64')

/** Only what is secret in these keys, and the way down to it. */
function secretsIn(keys: Keys): PlistDictionary {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([name, key]) => {
      const value = secretOf(key)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}

function secretOf(key: CatalogueKey): PlistValue | undefined {
  if (key.secret === true) return key.kind === 'data' ? Buffer.from(aSecret()) : aSecret()
  if (key.kind === 'array') {
    const item = key.of && secretOf(key.of)
    return item === undefined ? undefined : [item]
  }
  if (key.kind !== 'dictionary') return undefined
  const inside = secretsIn(key.keys ?? {})
  return Object.keys(inside).length === 0 ? undefined : inside
}

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

function profile(): Uint8Array {
  const parts = catalogue.flatMap((entry, index) => {
    const secrets = secretsIn(entry.keys)
    if (Object.keys(secrets).length === 0) return []
    const identifier = `se.example.secrets.${index}`
    return [
      {
        ...secrets,
        PayloadType: entry.type,
        PayloadVersion: 1,
        PayloadIdentifier: identifier,
        PayloadUUID: uuid(index + 1),
      },
    ]
  })
  const stranger = {
    PayloadType: 'com.example.stranger',
    PayloadVersion: 1,
    PayloadIdentifier: 'se.example.secrets.x',
    PayloadUUID: uuid(998),
  }
  return writePlist({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: 'se.example.secrets',
    PayloadUUID: uuid(999),
    PayloadContent: [
      ...parts,
      {
        ...stranger,
        VendorPassword: aSecret(),
        Deep: { sharedSecret: [aSecret()], presharedpsk: aSecret() },
      },
    ],
  })
}

test('no secret of any payload is on any page, in any answer of the API, or in the log', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  const api = await server.as('admin', server.organisationId)
  await desk.see('/profiles/new/file')
  const before = hatched
  const first = profile()
  const secrets = hatched - before
  const { location } = await desk.sendFile('/profiles/new/file', first, { name: 'Secrets' })
  await desk.sendFile(`${location ?? ''}/file`, profile(), { basedOn: '1' })
  t.true(secrets >= 30, `${secrets} secrets`)
  const path = location ?? ''
  const id = path.split('/').at(-1) ?? ''
  const draft = (await desk.send(`${path}/edit`, { number: '2' })).location ?? ''
  const pages = [
    ...[
      '/profiles',
      path,
      `${path}/versions/1`,
      `${path}/versions/2/compare?from=1`,
      `${path}/versions/2/trial?body=`,
    ],
    `${path}/versions/2/profile`,
    ...[draft, `${draft}/xml`, `${draft}/preview`, `${draft}/profile`, `${draft}/add`],
    ...Array.from({ length: 19 }, (_, index) => `${draft}/parts/${index}`),
    '/audit',
  ]
  t.is((await desk.see(`${path}/versions/2/profile?signed=1`)).status, 409, 'dots are not signed')
  let seen = 0
  const clean = (text: string, where: string) => {
    t.deepEqual(text.match(new RegExp('.{0,200}' + canary + '.{12}', 'g')) ?? [], [], where)
    t.false(text.includes(inBase64), where)
    seen += 1
  }
  for (const each of pages) {
    const { html, status } = await desk.see(each)
    if (each.includes('/parts/') && status === 404) continue
    t.is(status, 200, each)
    clean(html, each)
  }
  for (const each of [
    ...['/api/v1/profiles', `/api/v1/profiles/${id}`, `/api/v1/profiles/${id}/compare?from=1&to=2`],
    ...[
      `/api/v1/profiles/${id}/versions/2/file`,
      `/api/v1/profiles/${id}/versions/2/trial-run`,
      '/api/v1/audit',
    ],
  ]) {
    const { status, body } = await api.get<unknown>(each)
    t.is(status, 200, each)
    clean(typeof body === 'string' ? body : JSON.stringify(body), each)
  }
  const version = /name="version" value="(\d+)"/.exec((await desk.see(draft)).html)?.[1] ?? ''
  const saved = await desk.send(`${draft}/save`, { version, note: '' })
  clean((await desk.see(saved.location ?? '')).html, 'saved')
  const out = await desk.send(`${path}/versions/3/reveal`, { reason: 'The supplier asks for it' })
  const kept =
    (out.html.match(new RegExp(canary, 'g')) ?? []).length +
    (out.html.match(new RegExp(inBase64, 'g')) ?? []).length
  t.is(kept, secrets, 'every secret went through the editor')
  t.log(`${secrets} secrets looked for on ${seen} pages and answers`)
})

test('secrets are revealed to somebody who has just proved who they are, with a reason that the log keeps', async t => {
  const time = { now: new Date(Date.now()) }
  const server = await startTestServer(t, { clock: { now: () => time.now } })
  const desk = await signedIn(server, ['admin'])
  await desk.see('/profiles/new/file')
  const { location } = await desk.sendFile('/profiles/new/file', profile(), { name: 'Secrets' })
  const reveal = `${location ?? ''}/versions/1/reveal`
  time.now = new Date(time.now.getTime() + 6 * 60_000)
  const asked = await desk.send(reveal, { reason: 'The supplier asks for it' })
  t.is(asked.status, 403)
  t.regex(asked.html, /Confirm that it is you/)
  t.notRegex(asked.html, new RegExp(canary))
  t.notRegex((await desk.see('/audit')).html, /The supplier asks for it/)
  const kept = asked.html.matchAll(/<input type="hidden" name="(?!crumb)(\w+)" value="([^"]*)"/g)
  const fields = Object.fromEntries([...kept].map(([, name = '', value = '']) => [name, value]))
  const proven = await desk.send('/confirm', { ...fields, confirmPassword: 'fyra korta vanliga ord' })
  t.is(proven.status, 307)
  t.regex((await desk.send(reveal, { reason: 'The supplier asks for it' })).html, new RegExp(canary))
  t.regex((await desk.see('/audit')).html, /The supplier asks for it/)
})
