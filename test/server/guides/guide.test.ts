import { randomBytes, randomUUID } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import test from 'ava'
import { createGuides } from '../../../server/guides/guides.ts'
import { systemActor } from '../../../server/staff/actor.ts'
import { guideFault, maxGuideBytes } from '../../../server/guides/guide.ts'
import { pdfStructure } from '../../../server/guides/pdf-structure.ts'
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
  t.is(
    codeOf(aPdf('x', '/A << /S /L#61unch >>')),
    'guide-active',
    'a letter of the name written as its number',
  )
})

test('what pictures and pages spell by chance is no script, what is packed in an object stream is', t => {
  t.is(codeOf(aPdf('x /JS (picture) /Encrypt /Launch ')), undefined)
  const packed = (objects: string) => deflateSync(Buffer.from(objects)).toString('latin1')
  const stream = (body: string) =>
    `>> endobj 9 0 obj << /Type /ObjStm /Length ${body.length} >>\nstream\r\n${body}\r\nendstream endobj <<`
  t.is(codeOf(aPdf('x', stream(packed('10 0 << /S /JavaScript /JS (app.alert) >>')))), 'guide-active')
  t.is(codeOf(aPdf('x', stream(packed('10 0 << /Type /Page >>')))), undefined)
})

test('a PDF whose objects unpack to hundreds of megabytes is refused at the first that goes too far', t => {
  const packed = (bytes: number) => deflateSync(Buffer.alloc(bytes, ' ')).toString('latin1')
  const stream = (body: string) =>
    `>> endobj 9 0 obj << /Type /ObjStm /Length ${body.length} >>\nstream\n${body}\nendstream endobj <<`
  const bomb = stream(packed(200 * 1024 * 1024))
  t.is(codeOf(aPdf('x', bomb)), 'guide-packed')
  t.is(pdfStructure(aPdf('x', `/JS ${bomb.repeat(20)}`)), undefined, 'the others are not unpacked')
  t.is(codeOf(aPdf('x', stream(packed(1024 * 1024)).repeat(40))), 'guide-packed', 'nor by many small ones')
  t.is(codeOf(aPdf('x', stream(packed(1024 * 1024)).repeat(20))), undefined)
})

test('the address of a guide outlives a change of the secret key, and no other secret opens it', async t => {
  const kept = new Map<string, { bytes: Uint8Array; secret: string }>()
  const never = () => Promise.reject(new Error('not asked for'))
  const guidesWith = (addressKey: string) =>
    createGuides({
      guides: {
        find: never,
        all: never,
        insert: () => Promise.resolve(),
        advance: never,
        versions: never,
        findVersion: never,
        insertVersion: ({ id }, bytes, secret) => Promise.resolve(void kept.set(id, { bytes, secret })),
        file: id => Promise.resolve(kept.get(id)?.bytes),
        secretOf: id => Promise.resolve(kept.get(id)?.secret),
      },
      addressKey,
      publicUrl: 'https://ipad.example.se',
      newId: randomUUID,
      randomBytes,
      audit: { record: () => Promise.resolve() },
      transaction: work => work(),
      clock: { now: () => new Date('2026-11-22T09:00:00Z') },
    })
  const pdf = aPdf('Lathund')
  const before = guidesWith('a key')
  const { version } = await before.create(systemActor('o'), { name: 'Lathund', bytes: pdf })
  const address = await before.addressOf(version.id)
  const secret = address.split('/').at(-2) ?? ''
  const after = guidesWith('another key')
  t.is(await after.addressOf(version.id), address)
  t.deepEqual(await after.behind(version.id, secret), pdf)
  t.is(await after.behind(version.id, 'A'.repeat(43)), undefined)
})
