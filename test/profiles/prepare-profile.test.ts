import { randomBytes } from 'node:crypto'
import test from 'ava'
import { makeProfileSigner } from '../../mdm/certificates/authority.ts'
import { openForeignProfile } from '../../profiles/foreign-profile.ts'
import { readPlist } from '../../profiles/plist/read-plist.ts'
import { type PlistDictionary, type PlistValue } from '../../profiles/plist/plist-value.ts'
import { prepareProfile, type Preparation } from '../../profiles/prepare-profile.ts'
import { sentSize } from '../../profiles/sent-size.ts'
import { templates } from '../../profiles/templates/templates.ts'
import { verifySignedData } from '../../profiles/cms/verify-signed-data.ts'
import { anAuthority, aDeviceSigner, issuing, today } from '../support/a-signer.ts'
import { templateFacts } from '../support/a-template.ts'
import { rsaKey } from '../support/keys.ts'
import { aFolder, hasTool, runTool } from '../support/tools.ts'

const authority = anAuthority()
const ipad = aDeviceSigner(authority.issuing)
const limits = { bytes: 100_000, values: 10_000 }

const preparation = (changes: Partial<Preparation> = {}): Preparation => ({
  values: { 'person.email': 'eva@ekeby.example.se', 'device.tag': 'EK-0042' },
  recipient: ipad.certificate,
  signer: makeProfileSigner(authority.root, rsaKey('profiles'), issuing),
  now: today,
  randomBytes,
  ...changes,
})

const wifi: PlistDictionary = {
  PayloadType: 'Configuration',
  PayloadContent: [
    { PayloadType: 'com.apple.wifi.managed', SSID_STR: 'Ekeby {{device.tag}}', Password: 'vinterdäck' },
  ],
}

const contentOf = (bytes: Uint8Array): PlistValue => readPlist(verifySignedData(bytes).content, limits)

test('every template is made ready for an iPad, signed so that openssl verifies it, with nothing left to fill in', async t => {
  const files: Record<string, Uint8Array | string> = { 'root.pem': authority.root.certificate.toString() }
  for (const template of templates) {
    const prepared = prepareProfile(template.build(templateFacts()), preparation())
    if (prepared.outcome !== 'ready') {
      t.fail(template.id)
      continue
    }
    t.is(prepared.encryptedFor, undefined, 'nothing secret is in a template')
    t.false(Buffer.from(verifySignedData(prepared.bytes).content).includes('{{'), template.id)
    t.is((contentOf(prepared.bytes) as PlistDictionary)['PayloadType'], 'Configuration')
    files[`${template.id}.mobileconfig`] = prepared.bytes
  }
  if (!hasTool(t, 'openssl')) return
  const folder = await aFolder(t, files)
  for (const { id } of templates) {
    const verify = [
      'cms',
      '-verify',
      '-binary',
      '-inform',
      'der',
      '-in',
      `${id}.mobileconfig`,
      '-purpose',
      'any',
    ]
    const run = await runTool(folder, 'openssl', [...verify, '-no_check_time', '-CAfile', 'root.pem'])
    t.is(run.code, 0, run.stderr)
  }
})

test('a profile with a password leaves encrypted, and only its iPad can read it', async t => {
  const prepared = prepareProfile(wifi, preparation())
  if (prepared.outcome !== 'ready') return t.fail(prepared.outcome)
  t.is(prepared.encryptedFor, ipad.certificate)
  for (const word of ['vinterdäck', 'Ekeby']) t.false(Buffer.from(prepared.bytes).includes(word), word)
  if (!hasTool(t, 'openssl')) return
  const sent = contentOf(prepared.bytes) as PlistDictionary
  const folder = await aFolder(t, {
    'content.der': sent['EncryptedPayloadContent'] as Uint8Array,
    'ipad.pem': ipad.certificate.toString(),
    'ipad.key': ipad.key.export({ type: 'pkcs8', format: 'pem' }),
  })
  const open = [
    'cms',
    '-decrypt',
    '-inform',
    'der',
    '-in',
    'content.der',
    '-recip',
    'ipad.pem',
    '-inkey',
    'ipad.key',
  ]
  const { stdout } = await runTool(folder, 'openssl', open)
  const [part] = readPlist(stdout, limits) as readonly PlistDictionary[]
  t.is(part?.['SSID_STR'], 'Ekeby EK-0042')
  t.is(part?.['Password'], 'vinterdäck')
})

test('a profile with a password is not sent to an iPad that has no certificate', t => {
  t.deepEqual(prepareProfile(wifi, preparation({ recipient: undefined })), { outcome: 'no-certificate' })
})

test('without a municipal mail address there is no profile, and the address is named', t => {
  const [standard] = templates
  const prepared =
    standard &&
    prepareProfile(standard.build(templateFacts()), preparation({ values: { 'device.tag': 'EK-1' } }))
  t.deepEqual(prepared, { outcome: 'missing', missing: ['person.email'] })
})

test('the size that is told beforehand is a little more than what is sent, encrypted or not', t => {
  const font = { PayloadType: 'com.apple.font', Font: randomBytes(600_000), Name: '<&> åäö' }
  const [secret] = wifi['PayloadContent'] as readonly PlistDictionary[]
  for (const parts of [[font], [font, secret ?? {}]]) {
    const profile = { ...wifi, PayloadContent: parts }
    const prepared = prepareProfile(profile, preparation())
    const told = sentSize(profile) ?? 0
    if (prepared.outcome !== 'ready') return t.fail(prepared.outcome)
    t.is(prepared.encryptedFor !== undefined, parts.length === 2)
    t.true(told >= prepared.bytes.length && told < prepared.bytes.length + 20_000, `${told}`)
  }
})

test("a maker's own payload reaches the iPad kind for kind", t => {
  const vendor = `<plist version="1.0"><dict>
    <key>DurationUntilRemoval</key><real>86400.0</real>
    <key>PayloadContent</key><array><dict>
      <key>PayloadIdentifier</key><string>example.vendor.part</string>
      <key>PayloadType</key><string>example.vendor.settings</string>
      <key>Retries</key><integer>3</integer>
      <key>Scale</key><real>1.0</real>
      <key>Steps</key><array><real>2</real><integer>2</integer><real>2.5</real></array>
    </dict></array>
    <key>PayloadIdentifier</key><string>example.vendor</string>
    <key>PayloadType</key><string>Configuration</string>
  </dict></plist>`
  const { profile } = openForeignProfile(Buffer.from(vendor), today)
  const prepared = prepareProfile(profile, preparation())
  if (prepared.outcome !== 'ready') return t.fail(prepared.outcome)
  const sent = Buffer.from(verifySignedData(prepared.bytes).content).toString()
  const numbers = (xml: string) =>
    [...xml.matchAll(/<(real|integer)>([^<]*)</g)].map(([, kind, number]) => [kind, Number(number)])
  t.deepEqual(numbers(sent), numbers(vendor))
})
