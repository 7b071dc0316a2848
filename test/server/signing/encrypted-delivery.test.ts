import { readFile } from 'node:fs/promises'
import test from 'ava'
import { openForeignProfile } from '../../../profiles/foreign-profile.ts'
import { readPlist } from '../../../profiles/plist/read-plist.ts'
import { verifySignedData } from '../../../profiles/cms/verify-signed-data.ts'
import { isDictionary, type PlistDictionary } from '../../../profiles/plist/plist-value.ts'
import { profileDesk, webClip } from '../../support/approved-profile.ts'
import { anAuthority } from '../../support/a-signer.ts'
import { created } from '../../support/hand-out.ts'
import { rsaKey } from '../../support/keys.ts'
import { aPkcs12, aSigningCertificate, filePassword } from '../../support/pkcs12.ts'
import { anEnrolledIpad, type ProtocolIpad } from '../../support/protocol-ipad.ts'
import { startTestServer } from '../../support/server.ts'
import { aFolder, hasTool, runTool } from '../../support/tools.ts'
import { eventually } from '../../support/eventually.ts'

const secret = 'a secret of the vendor'

/** The profile that the iPad is given, as it travels. */
async function installed(ipad: ProtocolIpad): Promise<Buffer> {
  const handed = await eventually(
    () => ipad.idle(),
    work => work?.requestType === 'InstallProfile',
  )
  const payload = handed?.command['Payload']
  if (!(payload instanceof Uint8Array)) throw new Error('There is no profile in the command')
  return Buffer.from(payload)
}

test('a profile with a secret travels so that openssl verifies it, and opens it with the key of the iPad alone', async t => {
  if (!hasTool(t, 'openssl')) return
  t.timeout(120_000)
  const server = await startTestServer(t)
  const desk = await profileDesk(server)
  const authority = anAuthority('a public authority')
  const key = rsaKey('signing')
  const certificate = aSigningCertificate(authority.issuing, {
    key,
    from: new Date(0),
    to: new Date(Date.now() + 90 * 86_400_000),
  })
  const file = await aPkcs12(t, {
    certificate,
    key,
    chain: [authority.issuing.certificate, authority.root.certificate],
  })
  const body = { file: Buffer.from(file).toString('base64'), password: filePassword }
  t.is((await desk.admin.put('/api/v1/signing-certificate', body)).status, 200)

  const ipad = await anEnrolledIpad(server.url, desk.admin, { serialNumber: 'DMPSECRET001' })
  const other = await anEnrolledIpad(server.url, desk.admin, { serialNumber: 'DMPSECRET002' })
  const id = await desk.profile(
    'Hemlig',
    webClip('Intranät', 'se.example.secret', { VendorPassword: secret }),
  )
  await created(desk.admin, '/api/v1/assignments', {
    content: { id },
    target: { kind: 'devices', deviceIds: [ipad.deviceId] },
    plan: { waves: [] },
  })
  const signed = await installed(ipad)
  t.false(signed.includes(secret))

  const folder = await aFolder(t, {
    'signed.p7': signed,
    'root.pem': authority.root.certificate.toString(),
    'own.pem': ipad.identity.key.export({ type: 'pkcs8', format: 'pem' }),
    'own-certificate.pem': ipad.identity.certificate.toString(),
    'other.pem': other.identity.key.export({ type: 'pkcs8', format: 'pem' }),
  })
  const verified = await runTool(folder, 'openssl', [
    ...['cms', '-verify', '-in', 'signed.p7', '-inform', 'der', '-CAfile', 'root.pem', '-out', 'profile.xml'],
    ...['-purpose', 'any', '-binary'],
  ])
  t.is(verified.code, 0, verified.stderr)
  const xml = await readFile(`${folder}/profile.xml`)
  t.deepEqual(xml, Buffer.from(verifySignedData(signed).content))
  t.throws(() => openForeignProfile(xml, new Date()), { message: /encrypted for one particular iPad/ })
  const profile = readPlist(xml, { bytes: 1_000_000, values: 1000 }) as PlistDictionary
  t.is(profile['IsEncrypted'], true)
  t.is(profile['PayloadContent'], undefined)
  const sealed = profile['EncryptedPayloadContent']
  if (!(sealed instanceof Uint8Array)) throw new Error('Nothing is encrypted')

  const within = await aFolder(t, {
    'sealed.p7': sealed,
    'own.pem': await readFile(`${folder}/own.pem`),
    'other.pem': await readFile(`${folder}/other.pem`),
    'own-certificate.pem': await readFile(`${folder}/own-certificate.pem`),
  })
  const decrypt = (key: string, out: string) =>
    runTool(within, 'openssl', [
      ...['cms', '-decrypt', '-in', 'sealed.p7', '-inform', 'der', '-inkey', key, '-out', out],
      ...['-recip', 'own-certificate.pem', '-binary'],
    ])
  const opened = await decrypt('own.pem', 'parts.xml')
  t.is(opened.code, 0, opened.stderr)
  const [part] = readPlist(await readFile(`${within}/parts.xml`), { bytes: 1_000_000, values: 1000 }) as [
    PlistDictionary,
  ]
  t.true(isDictionary(part))
  t.is(part['VendorPassword'], secret)
  await decrypt('other.pem', 'wrong.xml')
  const wrong = await readFile(`${within}/wrong.xml`).catch(() => Buffer.alloc(0))
  t.false(wrong.includes(secret), 'another iPad cannot open it')
})
