import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { canonicalProfile } from '../../../profiles/canonical-profile.ts'
import { catalogue } from '../../../profiles/catalogue/catalogue.ts'
import { type CatalogueKey, type Keys } from '../../../profiles/catalogue/notation.ts'
import { type FormField, type Moments } from '../../../profiles/editor/form-field.ts'
import {
  fieldsOfPart,
  fieldsOfProfile,
  newPart,
  partsOf,
  readPart,
  readProfile,
  withParts,
} from '../../../profiles/editor/parts.ts'
import { type Sent, type SentFields } from '../../../profiles/editor/read-fields.ts'
import { valueOfXml, xmlOf } from '../../../profiles/editor/xml-fragment.ts'
import { ForeignProfileError, openForeignProfile } from '../../../profiles/foreign-profile.ts'
import {
  isDictionary,
  isList,
  WholeReal,
  type PlistDictionary,
  type PlistValue,
} from '../../../profiles/plist/plist-value.ts'
import { mask } from '../../../profiles/secrets.ts'
import { templates } from '../../../profiles/templates/templates.ts'
import { countingUuids } from '../../support/a-template.ts'
import { beside } from '../../support/beside.ts'

const moments: Moments = {
  show: at => at.toISOString().slice(0, 16),
  read: text => {
    const at = new Date(`${text}:00Z`)
    return Number.isNaN(at.getTime()) ? undefined : at
  },
}

/** What a browser sends for the fields as they stand: line breaks in two characters, no files, no secrets. */
function sentAsShown(fields: readonly FormField[], sent = new Map<string, Sent>()): Map<string, Sent> {
  for (const { name, control, text, chosen, fields: inner, rows } of fields) {
    if (control === 'group' || control === 'rows') sentAsShown([...inner, ...rows], sent)
    else if (control === 'checks' || control === 'references') sent.set(name, { texts: ['', ...chosen] })
    else sent.set(name, { texts: [text.replaceAll('\n', '\r\n')] })
  }
  return sent
}

/** The profile after each of its forms was opened and saved without a change. */
function openedAndSaved(profile: PlistDictionary): PlistDictionary {
  const parts = partsOf(profile).map(part => {
    const { dictionary, faults } = readPart(part, sentAsShown(fieldsOfPart(part, moments)), moments)
    if (faults.length > 0) throw new Error(JSON.stringify(faults))
    return dictionary
  })
  const whole = withParts(profile, parts)
  return readProfile(whole, sentAsShown(fieldsOfProfile(whole, moments)), moments).dictionary
}

const text = (profile: PlistDictionary): string => Buffer.from(canonicalProfile(profile)).toString('utf8')

let made = 0
const facts = {
  organisationName: 'Ekeby kommun',
  domainReversed: 'se.example',
  mailServer: 'mail.example.se',
  mailDomains: ['example.se', 'skolan.example.se'],
  apps: ['se.example.one', 'se.example.two', 'se.example.three', 'se.example.four', 'se.example.five'],
  helpUrl: 'https://example.se/ipad',
  returnTo: 'Tillhör Ekeby kommun.\nLämnas i receptionen.',
  newUuid: () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
}

test('every template goes through its forms without a change', t => {
  for (const { id, build } of templates) {
    const profile = build(facts)
    t.is(text(openedAndSaved(profile)), text(profile), id)
  }
})

const theirs = beside('samples/profiles')

theirs.test('every sample profile goes through its forms without a change', t => {
  const files = readdirSync(theirs.path, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.mobileconfig'),
  )
  let compared = 0
  for (const file of files) {
    try {
      const { profile } = openForeignProfile(
        readFileSync(join(theirs.path, file)),
        new Date('2026-11-22T12:00:00Z'),
      )
      t.is(text(openedAndSaved(profile)), text(profile), file)
      compared += 1
    } catch (error) {
      if (!(error instanceof ForeignProfileError)) throw error
    }
  }
  t.log(`${compared} of ${files.length} files are profiles that can be opened`)
  t.true(compared >= 3)
})

test('values that no form was made for go through it without a change', t => {
  const odd: PlistDictionary = {
    PayloadType: 'Configuration',
    PayloadVersion: '1',
    PayloadIdentifier: '',
    PayloadUUID: 'none',
    RemovalDate: new Date('2026-11-22T12:30:59Z'),
    DurationUntilRemoval: 0.1,
    MadeBy: { Scale: new WholeReal(1), Depth: [1, [2, [3, { Four: 4 }]]] },
    PayloadContent: [
      {
        PayloadType: 'com.apple.wifi.managed',
        PayloadVersion: 1,
        SSID_STR: '  Norrby\nskola\t ',
        AutoJoin: 'yes',
        HIDDEN_NETWORK: new WholeReal(1),
        DNSServerPort: new WholeReal(5),
        ProxyServerPort: 12_345_678_901_234_567_890n,
        EncryptionType: 'WPA9',
        Password: 42,
        RoamingConsortiumOIs: ['a', '', ' b ', 'c\nd'],
        EAPClientConfiguration: { AcceptEAPTypes: [25, 13, 25], UserName: '', TLSMinimumVersion: 1.2 },
        QoSMarkingPolicy: {},
        constructor: 'x',
        'a.b c#0': [new Date('2026-01-01T00:00:00Z'), Buffer.from([0, 255])],
      },
      { PayloadType: 'com.apple.vpn.managed', IKEv2: 'no dictionary', VPNType: ['IKEv2'] },
      {
        PayloadType: 'com.apple.homescreenlayout',
        Dock: [{}, 'no icon'],
        Pages: [[], [{ Type: 'Folder', Pages: [[]] }]],
      },
      { PayloadType: 7, Key: 'value' },
      { Key: 'no type' },
    ],
  }
  t.is(text(openedAndSaved(odd)), text(odd))
})

/** A value that a key can have, and that a form can hold. */
function example(key: CatalogueKey, depth = 0): PlistValue {
  switch (key.kind) {
    case 'string':
      return String(key.allowed?.at(-1) ?? 'some text')
    case 'integer':
      return (key.allowed?.at(-1) as number | undefined) ?? key.max ?? key.min ?? 7
    case 'real':
      return key.allowed === undefined ? new WholeReal(7) : new WholeReal(Number(key.allowed.at(-1)))
    case 'boolean':
      return key.default !== true
    case 'date':
      return new Date('2026-11-22T12:30:00Z')
    case 'data':
      return Buffer.from('a file')
    case 'array':
      return key.of === undefined ? [] : [example(key.of, depth + 1)]
    case 'dictionary':
      return Object.keys(key.keys ?? {}).length === 0
        ? { Anything: 'goes' }
        : exampleOf(key.keys ?? {}, depth + 1)
    case 'any':
      return { Anything: [1, true] }
  }
}

const exampleOf = (keys: Keys, depth = 0): PlistDictionary =>
  Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, example(key, depth)]))

/** What somebody sends who types and chooses everything that the filled-in form of `whole` shows. */
function typedIn(
  fields: readonly FormField[],
  whole: PlistDictionary,
  sent = new Map<string, Sent>(),
): Map<string, Sent> {
  for (const field of fields) {
    const value = field.path.reduce<PlistValue>((at, step) => (at as never)[step], whole)
    if (field.control === 'group' || field.control === 'rows')
      typedIn([...field.fields, ...field.rows], whole, sent)
    else if (value instanceof Uint8Array) sent.set(field.name, { texts: [''], file: value })
    else if (field.control === 'secret') sent.set(field.name, { texts: [value as string] })
    else if (field.text.includes(mask)) sent.set(field.name, { texts: [xmlOf(value)] })
    else sentAsShown([field], sent)
  }
  return sent
}

/** The same with every value but the rows of arrays taken away: what stands in a form that nobody filled in. */
function emptied(value: PlistValue): PlistValue | undefined {
  if (isList(value)) {
    if (!value.some(each => typeof each === 'object')) return undefined
    return value.map(
      each => emptied(each) ?? (isList(each) ? [] : isDictionary(each) ? {} : new Uint8Array()),
    )
  }
  if (!isDictionary(value)) return undefined
  const left = Object.entries(value).flatMap(([name, each]) => {
    const inside = emptied(each)
    return inside === undefined ? [] : [[name, inside] as const]
  })
  return left.length === 0 ? undefined : Object.fromEntries(left)
}

test('what is typed into the empty form of every payload of the catalogue is what comes out', t => {
  let keys = 0
  for (const entry of catalogue) {
    const frame = { PayloadType: entry.type, PayloadVersion: 1, ...entry.variant?.when }
    const whole: PlistDictionary = { ...exampleOf(entry.keys), ...frame }
    const sent: SentFields = typedIn(fieldsOfPart(whole, moments), whole)
    keys += sent.size
    const empty: PlistDictionary = { ...(emptied(whole) as PlistDictionary | undefined), ...frame }
    const { dictionary, faults } = readPart(empty, sent, moments)
    t.deepEqual(faults, [], entry.type)
    t.is(text(dictionary), text(whole), `${entry.type} ${entry.variant?.name ?? ''}`)
  }
  t.log(`${keys} fields typed in ${catalogue.length} forms`)
  t.true(keys > 700)
})

test('a number that no property list of ours can hold is refused in a field too, with its line', t => {
  for (const number of ['nan', '-inf'])
    t.deepEqual(valueOfXml(`<array>\n  <real>${number}</real>\n</array>`), {
      broken: { fault: 'number', line: 2, column: 3 },
    })
})

test('a new VPN for some apps has the UUID that accounts point to it by, and another one for itself', t => {
  const vpns = catalogue.filter(({ type }) => type.startsWith('com.apple.vpn.managed'))
  const [own, ofApps] = vpns.map(entry => newPart(entry, {}, { title: 'VPN', newUuid: countingUuids() }))
  t.is(own?.['VPNUUID'], undefined)
  t.like(ofApps, {
    PayloadUUID: '00000000-0000-4000-8000-000000000001',
    VPNUUID: '00000000-0000-4000-8000-000000000002',
  })
})
