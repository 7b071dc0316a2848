import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import fc from 'fast-check'
import { build, parse } from 'plist'
import { PlistError, type PlistFault } from '../../../profiles/plist/plist-error.ts'
import { type PlistValue } from '../../../profiles/plist/plist-value.ts'
import { readPlist } from '../../../profiles/plist/read-plist.ts'
import { writePlist } from '../../../profiles/plist/write-plist.ts'
import { beside } from '../../support/beside.ts'

const limits = { bytes: 4_000_000, values: 200_000 }
const bytes = (text: string) => new TextEncoder().encode(text)
const inPlist = (inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0">${inner}</plist>`
const read = (text: string) => readPlist(bytes(text), limits)

/** Objects of ours have no prototype and those of others have; a comparison looks at the content. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Date) return value.getTime()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
  return value
}

test('every kind of value is read', t => {
  const value = read(
    inPlist(`<dict>
      <key>text</key><string>Åse &amp; Örn &#x1F426; <![CDATA[<b>]]></string>
      <key>count</key><integer>-12</integer>
      <key>large</key><integer>18446744073709551615</integer>
      <key>hexadecimal</key><integer>0x1F</integer>
      <key>share</key><real>0.5</real>
      <key>when</key><date>2026-11-22T08:00:00Z</date>
      <key>bytes</key><data>
        aGVq
        c2Fu
      </data>
      <key>yes</key><true/><key>no</key><false></false>
      <key>list</key><array><string/><dict/><!-- nothing --></array>
    </dict>`),
  )
  t.deepEqual(plain(value), {
    text: 'Åse & Örn 🐦 <b>',
    count: -12,
    large: 18446744073709551615n,
    hexadecimal: 31,
    share: 0.5,
    when: Date.parse('2026-11-22T08:00:00Z'),
    bytes: Buffer.from('hejsan').toString('hex'),
    yes: true,
    no: false,
    list: ['', {}],
  })
  t.is(Object.getPrototypeOf(value), null)
})

test('white space inside a string stays, and line ends become one kind', t => {
  t.is(read(inPlist('<string>  a\r\nb\rc </string>')), '  a\nb\nc ')
})

test("a byte order mark, Apple's document type and comments are no obstacle", t => {
  const text =
    '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- x -->\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0"><string>a<!-- b -->c</string></plist>\n'
  t.is(read(text), 'ac')
})

const nested = (depth: number) => inPlist('<array>'.repeat(depth) + '</array>'.repeat(depth))

const refused: readonly (readonly [string, PlistFault, string | Uint8Array])[] = [
  ['a binary property list', 'binary', 'bplist00\u0000'],
  [
    'a document type of its own',
    'doctype',
    '<!DOCTYPE plist [<!ENTITY a "b">]><plist version="1.0"><string>&a;</string></plist>',
  ],
  [
    'an external entity',
    'doctype',
    '<!DOCTYPE plist [<!ENTITY a SYSTEM "file:///etc/passwd">]><plist><string>&a;</string></plist>',
  ],
  ['an undeclared entity', 'entity', inPlist('<string>&a9;</string>')],
  ['a reference to no character', 'entity', inPlist('<string>&#xD800;</string>')],
  ['a bare ampersand', 'entity', inPlist('<string>a & b</string>')],
  ['sixty-five levels', 'too-deep', nested(65)],
  ['a hundred thousand levels', 'too-deep', nested(100_000)],
  ['the key __proto__', 'key', inPlist('<dict><key>__proto__</key><dict/></dict>')],
  ['the key __proto__ in disguise', 'key', inPlist('<dict><key>__pr<![CDATA[oto]]>__</key><dict/></dict>')],
  ['a key that stands twice', 'key', inPlist('<dict><key>a</key><true/><key>a</key><false/></dict>')],
  ['a key without a value', 'structure', inPlist('<dict><key>a</key></dict>')],
  ['a value without a key', 'structure', inPlist('<dict><true/></dict>')],
  ['an integer with letters', 'number', inPlist('<integer>12abc</integer>')],
  ['an empty integer', 'number', inPlist('<integer/>')],
  ['an integer of 65 bits', 'number', inPlist('<integer>18446744073709551616</integer>')],
  ['a real that is no number', 'number', inPlist('<real>1,5</real>')],
  ['a real in hexadecimal', 'number', inPlist('<real>0x10</real>')],
  ['the 31st of February', 'date', inPlist('<date>2026-02-31T00:00:00Z</date>')],
  ['a date without a zone', 'date', inPlist('<date>2026-02-01T00:00:00</date>')],
  ['data that is not base64', 'data', inPlist('<data>Base64=</data>')],
  ['data in the url alphabet', 'data', inPlist('<data>_-8=</data>')],
  ['an unknown element', 'structure', inPlist('<set/>')],
  ['an attribute', 'structure', inPlist('<string id="1">a</string>')],
  ['an element that does not end', 'structure', '<plist version="1.0"><dict>'],
  ['text that does not end', 'markup', '<plist version="1.0"><string>a'],
  ['tags that cross', 'structure', inPlist('<array><dict></array></dict>')],
  ['two roots', 'structure', inPlist('<true/><true/>')],
  ['something after the end', 'structure', `${inPlist('<true/>')}<plist/>`],
  ['text between elements', 'structure', inPlist('<array>a<true/></array>')],
  ['a control character', 'markup', inPlist('<string>a\u0001</string>')],
  ['another encoding by name', 'encoding', '<?xml version="1.0" encoding="UTF-16"?><plist><true/></plist>'],
  ['bytes that are not UTF-8', 'encoding', Uint8Array.of(0x3c, 0xff, 0xfe)],
  ['nothing', 'structure', ''],
  ['JSON', 'structure', '{"MessageType":"Authenticate"}'],
  ['an OpenStep property list', 'structure', '{ MessageType = Authenticate; }'],
  ['more values than allowed', 'too-many-values', inPlist(`<array>${'<true/>'.repeat(200_001)}</array>`)],
]

for (const [what, fault, text] of refused)
  test(`${what} is refused`, t => {
    const error = t.throws(() => readPlist(typeof text === 'string' ? bytes(text) : text, limits), {
      instanceOf: PlistError,
    })
    t.is(error.fault, fault)
    t.false(error.message.includes('passwd'))
  })

test('a property list above the byte limit is refused unread', t => {
  const error = t.throws(() => readPlist(bytes(inPlist('<true/>')), { ...limits, bytes: 20 }), {
    instanceOf: PlistError,
  })
  t.is(error.fault, 'too-large')
})

test('sixty-four levels are read', t => {
  t.notThrows(() => read(nested(64)))
})

test('no key of a stranger reaches the prototype of objects', t => {
  read(inPlist('<dict><key>constructor</key><dict><key>prototype</key><string>x</string></dict></dict>'))
  t.is(({} as Record<string, unknown>)['prototype'], undefined)
})

const scalar = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter(text => !/[^\P{Cc}\n\t]|[\ufffe\uffff\ud800-\udfff]/u.test(text)),
  fc.integer(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter(value => !Number.isInteger(value)),
  fc
    .date({ min: new Date('1601-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map(date => new Date(Math.floor(date.getTime() / 1000) * 1000)),
  fc.uint8Array(),
)
const { value: anyValue } = fc.letrec<{ value: PlistValue }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.stringMatching(/^[A-Za-zÅÄÖ ]{1,8}$/), tie('value'), { maxKeys: 5 }),
  ),
}))

test('what is written is read as it was', t => {
  t.notThrows(() => {
    fc.assert(
      fc.property(anyValue, value => {
        const again = readPlist(writePlist(value), limits)
        return JSON.stringify(plain(again), bigints) === JSON.stringify(plain(value), bigints)
      }),
      { numRuns: 300 },
    )
  })
})

test('the reader agrees with the library on what the library writes', t => {
  t.notThrows(() => {
    fc.assert(
      fc.property(anyValue, value => {
        const text = build(value as never)
        // The library takes U+2028 and U+2029 for line breaks, as XML 1.1 does; a property list is XML 1.0.
        fc.pre(!/[\u2028\u2029]/.test(text))
        // The library reads an integer beyond 2^53 as the nearest double; that is why it does not read here.
        return JSON.stringify(plain(read(text)), asDouble) === JSON.stringify(plain(parse(text)), asDouble)
      }),
      { numRuns: 300 },
    )
  })
})

test('random damage gives a value or a refusal, never another fault', t => {
  const whole = new TextDecoder().decode(
    writePlist({ UDID: 'a', list: [1, new Date(0), Uint8Array.of(1, 2)] }),
  )
  t.notThrows(() => {
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(20), fc.string(), (at, cut, put) => {
        try {
          read(whole.slice(0, at) + put + whole.slice(at + cut))
        } catch (error) {
          if (!(error instanceof PlistError)) throw error
        }
      }),
      { numRuns: 2000 },
    )
  })
})

const theirs = beside('samples')

theirs.test('messages and profiles of real devices are read as the library reads them', t => {
  const files = readdirSync(theirs.path, { recursive: true, encoding: 'utf8' }).filter(name =>
    /\.(xml|plist|mobileconfig)$/.test(name),
  )
  const badData: string[] = []
  for (const name of files) {
    const content = readFileSync(join(theirs.path, name))
    if (!content.includes('<plist')) continue
    try {
      t.deepEqual(
        plain(readPlist(content, limits)),
        plain(parse(content.toString('utf8').replace(/^\ufeff/, ''))),
        name,
      )
    } catch (error) {
      if (!(error instanceof PlistError) || error.fault !== 'data') throw new Error(name, { cause: error })
      badData.push(name)
      t.throws(() => parse(content.toString('utf8')), undefined, `${name}: the library takes it`)
    }
  }
  t.log(`${files.length} samples, ${badData.length} with data that is not base64: ${badData.join(', ')}`)
  t.true(files.length > 0)
})

function bigints(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

function asDouble(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}
