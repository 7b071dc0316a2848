import test from 'ava'
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
  ['an absent value', { a: undefined }],
  ['null in a list', [null]],
  ['an invalid date', new Date(NaN)],
] as const)
  test(`${what} is never written`, t => {
    t.throws(() => writePlist(value as never), { instanceOf: PlistValueError })
  })
