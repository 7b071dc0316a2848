import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import test from 'ava'
import { makeProfileSigner } from '../../mdm/certificates/authority.ts'
import { canonicalProfile } from '../../profiles/canonical-profile.ts'
import { encryptFor } from '../../profiles/cms/enveloped-data.ts'
import { ForeignProfileError, maxProfileBytes, openForeignProfile } from '../../profiles/foreign-profile.ts'
import { readPlist } from '../../profiles/plist/read-plist.ts'
import { signProfile } from '../../profiles/sign-profile.ts'
import { writePlist } from '../../profiles/plist/write-plist.ts'
import { validateProfile } from '../../profiles/validation/validate-profile.ts'
import { anAuthority, aDeviceSigner, issuing, today } from '../support/a-signer.ts'
import { rsaKey } from '../support/keys.ts'
import { skipped } from '../support/tools.ts'

const authority = anAuthority()
const signer = makeProfileSigner(authority.root, rsaKey('profiles'), issuing)

const profile = {
  PayloadType: 'Configuration',
  PayloadVersion: 1,
  PayloadIdentifier: 'se.example.foreign',
  PayloadUUID: '00000000-0000-4000-8000-000000000001',
  PayloadContent: [],
}
const xml = writePlist(profile)

test('an unsigned profile is taken in byte for byte', t => {
  const opened = openForeignProfile(xml, today)
  t.is(opened.bytes, xml)
  t.is(opened.signer, undefined)
  t.is(opened.profile['PayloadIdentifier'], 'se.example.foreign')
})

test('a signed profile is taken in with its signature, and its signer is named', t => {
  const bytes = signProfile(xml, signer, today)
  const opened = openForeignProfile(bytes, today)
  t.is(opened.bytes, bytes)
  t.deepEqual(Buffer.from(opened.xml), Buffer.from(xml))
  t.regex(opened.signer?.subject ?? '', /Örnkoll|CN=/)
})

const refuses = test.macro((t, bytes: Uint8Array, fault: ForeignProfileError['fault']) => {
  const error = t.throws(() => openForeignProfile(bytes, today), { instanceOf: ForeignProfileError })
  t.is(error.fault, fault)
  t.true(error.words.every(word => word.length > 10))
})

const inside = (text: string): Buffer =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">${text}</plist>`)
const beginning = '<dict><key>PayloadType</key><string>Configuration</string>'

test('an empty file is refused', refuses, Buffer.alloc(0), 'empty')
test(
  'a file beyond 5 MB, such as a font of 10 MB, is refused unread',
  refuses,
  Buffer.alloc(10_000_000, 60),
  'too-large',
)
test('the binary form is refused', refuses, Buffer.from('bplist00\u0000'), 'binary')
test(
  'a page instead of a profile is refused',
  refuses,
  Buffer.from('<!DOCTYPE html><html><body>Log in</body></html>'),
  'broken',
)
test('a property list of another kind is refused', refuses, inside('<array/>'), 'not-a-profile')
test(
  'a dictionary of another type is refused',
  refuses,
  inside('<dict><key>PayloadType</key><string>Command</string></dict>'),
  'not-a-profile',
)
test(
  'a bomb of entities is refused',
  refuses,
  Buffer.from(
    `<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><plist version="1.0">${beginning}</dict></plist>`,
  ),
  'broken',
)
test(
  'an entity that reads a file is refused',
  refuses,
  Buffer.from(
    '<?xml version="1.0"?><!DOCTYPE plist SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]><plist version="1.0"><string>&x;</string></plist>',
  ),
  'broken',
)
test(
  'a key named __proto__ is refused',
  refuses,
  inside(`${beginning}<key>__proto__</key><dict><key>admin</key><true/></dict></dict>`),
  'broken',
)
test(
  'a key that stands twice is refused',
  refuses,
  inside(`${beginning}<key>PayloadType</key><string>Configuration</string></dict>`),
  'broken',
)
test(
  'arrays in arrays without end are refused',
  refuses,
  inside(`${'<array>'.repeat(5000)}${'</array>'.repeat(5000)}`),
  'broken',
)
test(
  'more values than any profile has are refused',
  refuses,
  inside(`<array>${'<true/>'.repeat(60_000)}</array>`),
  'broken',
)
test('an element that does not end is refused', refuses, inside(`${beginning}<key>A</key><string>`), 'broken')
test(
  'a date that no calendar has is refused',
  refuses,
  inside(`${beginning}<key>RemovalDate</key><date>2026-02-30T00:00:00Z</date></dict>`),
  'broken',
)
test(
  'data that is not base64 is refused',
  refuses,
  inside(`${beginning}<key>Icon</key><data>!!</data></dict>`),
  'broken',
)
test(
  'text in another encoding is refused',
  refuses,
  Buffer.from(`<plist version="1.0"><string>\u00e5</string></plist>`, 'latin1'),
  'broken',
)
test(
  'a profile encrypted for an iPad is refused',
  refuses,
  writePlist({ ...profile, IsEncrypted: true, EncryptedPayloadContent: Buffer.from('x') }),
  'encrypted',
)
test(
  'an encrypted message instead of a signed one is refused',
  refuses,
  encryptFor(xml, {
    recipient: aDeviceSigner(authority.issuing).certificate,
    cipher: 'aes-256-cbc',
    randomBytes,
  }),
  'signature',
)
test(
  'bytes that only begin like a signature are refused',
  refuses,
  Buffer.concat([Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), Buffer.alloc(1000)]),
  'signature',
)
test(
  'a signed profile that was changed is refused',
  refuses,
  changed(signProfile(xml, signer, today)),
  'signature',
)

function changed(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes)
  const at = copy.indexOf('se.example.foreign')
  copy[at] = 'S'.charCodeAt(0)
  return copy
}

test('a profile signed by an expired certificate is refused with the day', t => {
  const later = new Date('2099-01-01T00:00:00Z')
  const error = t.throws(() => openForeignProfile(signProfile(xml, signer, today), later), {
    instanceOf: ForeignProfileError,
  })
  t.is(error.fault, 'signer-expired')
  t.regex(error.words[1], /expired 20\d\d-|expired on 20\d\d-/)
})

test('the place of a fault is told with its line and what is wrong there', t => {
  const bytes = inside(`${beginning}<key>A</key><integer>12abc</integer></dict>`)
  const error = t.throws(() => openForeignProfile(bytes, today), { instanceOf: ForeignProfileError })
  const [, second = ''] = Buffer.from(bytes).toString('utf8').split('\n')
  t.like(error.xml, { fault: 'number', line: 2 })
  const column = error.xml?.column ?? 0
  t.true(column > second.indexOf('12abc') && column <= second.indexOf('</dict>') + 1)
})

test('a profile cut off or spoilt at any byte is taken in whole or refused, and nothing else happens', t => {
  const signed = Buffer.from(signProfile(xml, signer, today))
  for (const whole of [Buffer.from(xml), signed]) {
    for (let at = 0; at < whole.length; at += 7) {
      const spoilt = Buffer.from(whole)
      spoilt[at] = (spoilt[at] ?? 0) ^ 0x41
      for (const bytes of [whole.subarray(0, at), spoilt]) {
        try {
          const opened = openForeignProfile(bytes, today)
          t.is(opened.profile['PayloadType'], 'Configuration')
          t.notThrows(() => validateProfile(opened.profile, nobody))
        } catch (error) {
          t.true(error instanceof ForeignProfileError, String(error))
        }
      }
    }
  }
})

const nobody = {
  ipads: [],
  serverUrl: 'https://mdm.example.se',
  typesElsewhere: new Map<string, number>(),
  now: today,
}

test('5 MB of parts without end are refused, or read within a bound', t => {
  const part = '<dict><key>PayloadType</key><string>x</string></dict>'
  const count = Math.floor((maxProfileBytes - 500) / part.length)
  const bytes = inside(`${beginning}<key>PayloadContent</key><array>${part.repeat(count)}</array></dict>`)
  const began = performance.now()
  t.throws(() => openForeignProfile(bytes, today), { instanceOf: ForeignProfileError })
  t.true(performance.now() - began < 20_000)
})

test('written in the one way, profiles with the same content have the same bytes', t => {
  const turned = Object.fromEntries(Object.entries(profile).reverse())
  t.deepEqual(canonicalProfile(profile), canonicalProfile(turned))
  t.notDeepEqual(canonicalProfile(profile), canonicalProfile({ ...profile, PayloadVersion: 2 }))
})

const samples = join(import.meta.dirname, '../../../shared/samples/profiles')

test('profiles of other makers are taken in, checked, and come through a round unchanged', t => {
  if (!existsSync(samples)) {
    t.pass(skipped(t, 'profiles of other makers are not in ../shared/samples/profiles'))
    return
  }
  const files = readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.mobileconfig'),
  )
  t.true(files.length > 0)
  for (const file of files) {
    const bytes = readFileSync(join(samples, file))
    const opened = openForeignProfile(bytes, today)
    t.is(opened.bytes, bytes, file)
    const again = readPlist(canonicalProfile(opened.profile), { bytes: maxProfileBytes, values: 50_000 })
    t.deepEqual(again, opened.profile, file)
    const findings = validateProfile(opened.profile, nobody)
    t.log(
      `${file}: ${findings.length} findings${findings.map(({ code, words }) => `\n  ${code}: ${words[1]}`).join('')}`,
    )
    t.deepEqual(
      findings.filter(({ severity }) => severity === 'error'),
      [],
      file,
    )
  }
})
