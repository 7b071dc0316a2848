import test from 'ava'
import { colourFault, contrastWithWhite, darker } from '../../../server/organisations/colour.ts'
import { cleanPng } from '../../../server/organisations/logo.ts'
import { organisationErrors } from '../../../server/organisations/organisation.ts'
import { pngParts } from '../../support/a-logo.ts'

const { signature, chunk, head, pixels, end } = pngParts
const png = (...parts: Buffer[]) => Buffer.concat([signature, ...parts])
const plain = png(head(40, 20), pixels(40, 20), end)

test('a picture keeps its pixels and loses everything else that was in the file', t => {
  t.deepEqual(cleanPng(plain), { bytes: plain, width: 40, height: 20 })
  const talkative = png(
    head(40, 20),
    chunk('tEXt', Buffer.from('Comment\0<script>alert(1)</script>')),
    chunk('eXIf', Buffer.from('59.27,15.21')),
    pixels(40, 20),
    end,
    Buffer.from('<?php system($_GET[0]) ?>'),
  )
  t.deepEqual(cleanPng(talkative).bytes, plain)
})

const refused = test.macro((t, bytes: Buffer, code: string) => {
  t.throws(() => cleanPng(bytes), { code })
})
test('an SVG is no picture', refused, Buffer.from('<svg onload="alert(1)"/>'), 'logo-invalid')
test('a file that only begins as a PNG is none', refused, signature, 'logo-invalid')
test('a picture cut short is none', refused, plain.subarray(0, -20), 'logo-invalid')
test('a sum that does not fit is refused', refused, Buffer.from(plain).fill(1, 30, 33), 'logo-invalid')
test('a picture without pixels is none', refused, png(head(40, 20), end), 'logo-invalid')
test('one that is too wide is refused', refused, png(head(2001, 20), pixels(2001, 20), end), 'logo-invalid')
test('one that swells is refused', refused, png(head(16, 16), pixels(2000, 1000), end), 'logo-invalid')
test('a large file is refused by its size', refused, Buffer.alloc(200_001), 'logo-large')

test('a colour is taken when white text can be read on it', t => {
  t.is(contrastWithWhite('#000000'), 21)
  t.is(contrastWithWhite('#ffffff'), 1)
  t.is(Math.round(contrastWithWhite('#767676') * 100) / 100, 4.54, 'the grey that WCAG writers know')
  t.is(colourFault('#767676'), undefined)
  t.is(colourFault('#777777')?.code, 'colour-contrast')
  t.is(colourFault('#f2b43c')?.values?.['contrast'], 1.8)
  for (const wrong of ['red', '#12345', '#12345g', 'url(x)', '#123456;'])
    t.is(colourFault(wrong)?.code, 'colour-form')
  t.is(colourFault(''), undefined, 'none of its own')
  t.is(darker('#804020', 0.5), '#402010')
})

test('a price is whole öre and no less than nothing', t => {
  const paths = (prices: object) => organisationErrors({ settings: { prices } }).map(({ path }) => path)
  t.deepEqual(paths({ device: 499_500, pen: 0 }), [])
  t.deepEqual(paths({ device: -1, pen: 0.5, cable: 10_000_001 }).sort(), [
    ...['settings.prices.cable', 'settings.prices.device', 'settings.prices.pen'],
  ])
})
