import test from 'ava'
import { readPlist } from '../../../profiles/plist/read-plist.ts'
import { WholeReal } from '../../../profiles/plist/plist-value.ts'
import { PlistValueError, writePlist } from '../../../profiles/plist/write-plist.ts'

test("a property list carries Apple's header", t => {
  const text = new TextDecoder().decode(writePlist({ RequestType: 'DeviceLock' }))
  t.true(
    text.startsWith(
      '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">',
    ),
  )
  t.regex(text, /<key>RequestType<\/key>\s*<string>DeviceLock<\/string>/)
})

for (const [what, value] of [
  ['NaN', NaN],
  ['an infinite number', { a: [Infinity] }],
  ['a number that is not exact', 1e21],
  ['a control character', { a: 'b\u0001' }],
  ['half a surrogate pair', '\ud83d'],
  ['an infinite real', [new WholeReal(-Infinity)]],
  ['an absent value', { a: undefined }],
  ['null in a list', [null]],
  ['an invalid date', new Date(NaN)],
] as const)
  test(`${what} is never written`, t => {
    t.throws(() => writePlist(value as never), { instanceOf: PlistValueError })
  })

test('a real without a fraction that was kept is written as a real again, each in its place', t => {
  const inner =
    '<dict><key>a</key><real>1</real><key>b</key><array><real>-3</real><integer>2</integer>' +
    '<real>0.5</real><real>1e+22</real></array><key>text</key>' +
    '<string>&lt;real&gt;Infinity&lt;/real&gt;</string></dict>'
  const limits = { bytes: 1000, values: 100 }
  const bytes = Buffer.from(`<plist version="1.0">${inner.replace('<real>1<', '<real>1.0<')}</plist>`)
  const written = Buffer.from(writePlist(readPlist(bytes, { ...limits, reals: 'kept' }))).toString()
  t.true(written.replaceAll(/>\s+</g, '><').endsWith(`${inner}</plist>`), written)
  const text = '<real>Infinity</real>'
  t.deepEqual({ ...(readPlist(bytes, limits) as object) }, { a: 1, b: [-3, 2, 0.5, 1e22], text })
})
