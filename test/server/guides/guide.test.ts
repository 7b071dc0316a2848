import test from 'ava'
import { guideFault, maxGuideBytes } from '../../../server/guides/guide.ts'
import { aPdf } from '../../support/a-pdf.ts'

const codeOf = (bytes: Uint8Array) => guideFault(bytes)?.code

test('a guide is a whole PDF, judged by what is in it', t => {
  t.is(codeOf(aPdf('Lathund')), undefined)
  t.is(codeOf(Buffer.from('<html>not a PDF</html>')), 'guide-no-pdf')
  t.is(codeOf(aPdf('Lathund').subarray(0, 60)), 'guide-no-pdf', 'cut off')
  t.is(codeOf(new Uint8Array()), 'guide-no-pdf')
  t.is(codeOf(new Uint8Array(maxGuideBytes + 1)), 'guide-too-large')
})

test('a PDF that is locked, runs scripts or starts programs is no guide', t => {
  t.is(codeOf(aPdf('x', '/Encrypt 5 0 R')), 'guide-locked')
  t.is(codeOf(aPdf('x', '/OpenAction << /S /JavaScript /JS (app.alert) >>')), 'guide-active')
  t.is(codeOf(aPdf('x', '/A << /S /Launch >>')), 'guide-active')
})
