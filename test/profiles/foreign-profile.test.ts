import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { canonicalProfile } from '../../profiles/canonical-profile.ts'
import { ForeignProfileError, maxProfileBytes, openForeignProfile } from '../../profiles/foreign-profile.ts'
import { readPlist } from '../../profiles/plist/read-plist.ts'
import { signProfile } from '../../profiles/sign-profile.ts'
import { validateProfile } from '../../profiles/validation/validate-profile.ts'
import { today } from '../support/a-signer.ts'
import {
  emptyForeignProfile,
  foreignSigner,
  heavyProfiles,
  hostileProfiles,
  insidePlist,
  profileBeginning,
} from '../support/hostile-profiles.ts'
import { beside } from '../support/beside.ts'

const xml = emptyForeignProfile
const signer = foreignSigner

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

const asText = Buffer.from(emptyForeignProfile).toString('utf8')
const otherwiseWritten: readonly (readonly [title: string, bytes: Uint8Array])[] = [
  ['with a byte order mark', Buffer.from(`\uFEFF${asText}`)],
  ['with the ends of lines of Windows', Buffer.from(asText.replaceAll('\n', '\r\n'))],
  ['with blank lines before it', Buffer.from(`\n  ${asText}`)],
  ['without the line that names its encoding', Buffer.from(asText.replace(/<\?xml[^>]*>\s*/, ''))],
]
for (const [title, bytes] of otherwiseWritten)
  test(`a profile ${title} is taken in byte for byte`, t => {
    const opened = openForeignProfile(bytes, today)
    t.is(opened.profile['PayloadIdentifier'], 'se.example.foreign')
    t.is(opened.bytes, bytes)
  })

const named = asText.replace('UTF-8', 'UTF-16')
const otherEncodings: readonly (readonly [
  title: string,
  bytes: Uint8Array,
  fault: ForeignProfileError['fault'],
])[] = [
  ['in UTF-16', Buffer.from(`\uFEFF${named}`, 'utf16le'), 'broken'],
  ['in UTF-16, the other way round', Buffer.from(`\uFEFF${named}`, 'utf16le').swap16(), 'broken'],
  ['in ISO 8859-1', Buffer.from(asText.replace('foreign', 'främmande'), 'latin1'), 'broken'],
  ['that says it is in ISO 8859-1', Buffer.from(asText.replace('UTF-8', 'ISO-8859-1')), 'broken'],
  [
    'signed and written as text (PEM)',
    Buffer.from('-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----\n'),
    'armoured',
  ],
]
for (const [title, bytes, fault] of otherEncodings)
  test(`a profile ${title} is refused, and told how to save it`, refuses, bytes, fault)

for (const [title, bytes, fault] of hostileProfiles) test(title, refuses, bytes, fault)

for (const [title, bytes] of heavyProfiles)
  test(`${title} is taken in, judged and written again`, t => {
    const { profile } = openForeignProfile(bytes, today)
    t.notThrows(() => validateProfile(profile, nobody))
    t.true(canonicalProfile(profile).length > 0)
  })

test('a profile signed by an expired certificate is refused with the day', t => {
  const later = new Date('2099-01-01T00:00:00Z')
  const error = t.throws(() => openForeignProfile(signProfile(xml, signer, today), later), {
    instanceOf: ForeignProfileError,
  })
  t.is(error.fault, 'signer-expired')
  t.regex(error.words[1], /expired 20\d\d-|expired on 20\d\d-/)
})

test('the place of a fault is told with its line and what is wrong there', t => {
  const bytes = insidePlist(`${profileBeginning}<key>A</key><integer>12abc</integer></dict>`)
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
  const bytes = insidePlist(
    `${profileBeginning}<key>PayloadContent</key><array>${part.repeat(count)}</array></dict>`,
  )
  const began = performance.now()
  t.throws(() => openForeignProfile(bytes, today), { instanceOf: ForeignProfileError })
  t.true(performance.now() - began < 20_000)
})

test('written in the one way, profiles with the same content have the same bytes', t => {
  const { profile } = openForeignProfile(xml, today)
  const turned = Object.fromEntries(Object.entries(profile).reverse())
  t.deepEqual(canonicalProfile(profile), canonicalProfile(turned))
  t.notDeepEqual(canonicalProfile(profile), canonicalProfile({ ...profile, PayloadVersion: 2 }))
})

const theirs = beside('samples/profiles')

theirs.test('profiles of other makers are taken in, checked, and come through a round unchanged', t => {
  const files = readdirSync(theirs.path, { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.mobileconfig'),
  )
  t.true(files.length > 0)
  for (const file of files) {
    const bytes = readFileSync(join(theirs.path, file))
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
