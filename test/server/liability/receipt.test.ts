import test from 'ava'
import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { DomainError } from '../../../server/domain-error.ts'
import { type SignedRecord, sha256OfRecord } from '../../../server/liability/liability-form.ts'
import { defaultTerms } from '../../../server/liability/default-terms.ts'
import { blocksOf, sha256OfTerms, tidyTerms } from '../../../server/liability/liability-terms.ts'
import { opaquePng } from '../../../server/liability/paper-picture.ts'
import { priceRows } from '../../../server/liability/receipt-words.ts'
import { createPressThread } from '../../../server/liability/press-thread.ts'
import { createReceipts } from '../../../server/liability/receipts.ts'
import { returnReceipt, signedReceipt } from '../../../server/liability/receipt.ts'
import { checkSignature, signaturePath, type DrawnSignature } from '../../../server/liability/signature.ts'
import { cleanPng } from '../../../server/organisations/logo.ts'
import { type OrganisationSettings } from '../../../server/organisations/organisation.ts'
import { readPdfFonts } from '../../../server/pdf-fonts.ts'

const drawn: DrawnSignature = {
  kind: 'drawn',
  width: 600,
  height: 200,
  strokes: [
    {
      points: [
        { x: 50, y: 150 },
        { x: 120, y: 40 },
        { x: 190, y: 150 },
      ],
    },
    {
      points: [
        { x: 70, y: 100 },
        { x: 170, y: 100 },
      ],
    },
  ],
}

function aRecord(fields: Partial<SignedRecord> = {}): SignedRecord {
  return {
    receiptNumber: '2026-000123',
    organisation: { name: 'Exempelby kommun', number: '212000-0000' },
    language: 'sv',
    borrower: { name: 'Anna Åberg', email: 'anna@example.se' },
    bodies: ['Kulturnämnden'],
    devices: [
      { id: 'd1', assetTag: '7K3QF9', serialNumber: 'DMPXQ1ABCD', model: 'iPad (A16)', theftMark: 'ÖK-42' },
    ],
    accessories: ['charger', 'case'],
    terms: { ...defaultTerms.texts.sv, number: 3, kind: 'agreement', sha256: sha256OfTerms(defaultTerms) },
    signature: drawn,
    identityCheck: 'id-shown',
    staffName: 'Disa Desk',
    signedAt: new Date('2026-11-22T09:04:05Z'),
    ...fields,
  }
}

const fonts = readPdfFonts()
const receiptOf = async (fields: Partial<SignedRecord> = {}) => signedReceipt(aRecord(fields), await fonts)

/** The drawing orders of all pages and the dictionaries, in clear. */
function insideOf(pdf: Buffer): string {
  const parts: string[] = []
  let at = 0
  for (;;) {
    const start = pdf.indexOf('stream\n', at)
    if (start < 0) break
    const end = pdf.indexOf('endstream', start)
    parts.push(pdf.subarray(at, start).toString('latin1'))
    try {
      parts.push(inflateSync(pdf.subarray(start + 7, end)).toString('latin1'))
    } catch {
      parts.push(pdf.subarray(start + 7, end).toString('latin1'))
    }
    at = end + 9
  }
  return [...parts, pdf.subarray(at).toString('latin1')].join('\n')
}

test('the same record gives the same bytes, and another second gives others', async t => {
  const [one, two] = [await receiptOf(), await receiptOf()]
  t.true(one.equals(two))
  t.false(one.equals(await receiptOf({ signedAt: new Date('2026-11-22T09:04:06Z') })))
})

test('many receipts at once do not mix: fonts are shared, pages are not', async t => {
  const alone = await receiptOf()
  const others = await Promise.all(
    Array.from({ length: 4 }, (_, index) => receiptOf(index === 2 ? {} : { staffName: `Desk ${index} ĄŽ` })),
  )
  t.true(alone.equals(others[2] ?? Buffer.alloc(0)))
})

test('a receipt is a tagged PDF/A-2b in its language, with its fonts in it', async t => {
  const pdf = await receiptOf()
  const inside = insideOf(pdf)
  t.regex(inside, /<pdfaid:part>2<\/pdfaid:part>/)
  t.regex(inside, /<pdfaid:conformance>B<\/pdfaid:conformance>/)
  t.regex(inside, /\/S \/GTS_PDFA1/)
  t.regex(inside, /\/Marked true/)
  t.regex(inside, /\/Lang \(sv\)/)
  t.regex(inside, /\/DisplayDocTitle true/)
  for (const tag of [
    'Document',
    'H1',
    'H2',
    'P',
    'Table',
    'TR',
    'TH',
    'TD',
    'L',
    'LI',
    'Lbl',
    'LBody',
    'Figure',
  ])
    t.regex(inside, new RegExp(`/S /${tag}\\b`), tag)
  t.is([...inside.matchAll(/\/FontFile2/g)].length, 2)
  t.notRegex(inside, /Helvetica/, 'no font that is not in the file')
  t.notRegex(
    inside,
    /\/SMask|\/Subtype \/Image|\/JavaScript|\/Encrypt/,
    'the signature is lines, nothing is transparent',
  )
  t.true(pdf.length < 120_000, `${pdf.length} bytes`)
})

test('a drawn signature is lines that fit their box, and a dot is drawn too', t => {
  const { path, width, height } = signaturePath(drawn, { width: 240, height: 70 })
  t.true(width <= 240 && height <= 70.001)
  t.is(path, 'M 0 70 L 44.55 0 L 89.09 70 M 12.73 38.18 L 76.36 38.18')
  const dot = signaturePath({ ...drawn, strokes: [{ points: [{ x: 5, y: 5 }] }] }, { width: 240, height: 70 })
  t.regex(dot.path, /^M 0 0 L /)
})

test('a touch by mistake is no signature, nor is a blank name', t => {
  t.notThrows(() => checkSignature(drawn))
  t.throws(
    () =>
      checkSignature({
        ...drawn,
        strokes: [
          {
            points: [
              { x: 1, y: 1 },
              { x: 4, y: 1 },
            ],
          },
        ],
      }),
    {
      code: 'signature-empty',
    },
  )
  t.throws(() => checkSignature({ kind: 'typed', name: ' . ' }), { code: 'signature-empty' })
  t.notThrows(() => checkSignature({ kind: 'typed', name: 'Bo Ek' }))
})

test('the hash of a record does not depend on the order of its fields, and changes with any of them', t => {
  const record = aRecord()
  const { devices, ...rest } = record
  t.is(sha256OfRecord({ ...rest, devices }), sha256OfRecord(record))
  t.not(sha256OfRecord(aRecord({ staffName: 'Disa Disk' })), sha256OfRecord(record))
  t.not(sha256OfRecord(aRecord({ signature: { kind: 'typed', name: 'Anna' } })), sha256OfRecord(record))
})

test('terms are read in pieces, and blanks at line ends do not make other terms', t => {
  t.deepEqual(blocksOf('One\nline\n\n# Head\nunder\n\n- a\n- b'), [
    { kind: 'paragraph', text: 'One line' },
    { kind: 'heading', text: 'Head' },
    { kind: 'paragraph', text: 'under' },
    { kind: 'list', items: ['a', 'b'] },
  ])
  const typed = {
    ...defaultTerms,
    texts: {
      ...defaultTerms.texts,
      sv: { ...defaultTerms.texts.sv, body: `${defaultTerms.texts.sv.body}  \r\n\r\n` },
    },
  }
  t.is(sha256OfTerms(tidyTerms(typed)), sha256OfTerms(tidyTerms(defaultTerms)))
  t.deepEqual(tidyTerms(defaultTerms), defaultTerms)
  t.is(blocksOf(defaultTerms.texts.sv.body).length, blocksOf(defaultTerms.texts.en.body).length)
})

test('a return receipt says what is missing, in the language of the loan', async t => {
  const record = {
    receiptNumber: '2026-000124',
    organisation: { name: 'Exempelby kommun', number: '' },
    language: 'en',
    borrower: { name: 'Anna Åberg' },
    device: { id: 'd1', assetTag: '7K3QF9', serialNumber: 'DMPXQ1ABCD', model: 'iPad (A16)' },
    handedOutAt: new Date('2026-11-22T09:04:05Z'),
    returnedAt: new Date('2026-12-22T09:04:05Z'),
    condition: 'C',
    accessories: ['charger'],
    missing: ['case'],
    note: 'Scratched',
    staffName: 'Disa Desk',
  } as const
  const pdf = await returnReceipt(record, await fonts)
  t.true(pdf.equals(await returnReceipt(record, await fonts)))
  t.regex(insideOf(pdf), /\/Lang \(en\)/)
})

/** A PNG of one colour in each quarter, packed with every filter; `alpha` is that of its right half. */
function aPicture(alpha: number): Buffer {
  const [width, height] = [32, 16]
  const raw = Buffer.alloc(width * height * 4)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      raw.set([y < 8 ? 200 : 20, 40, x < 16 ? 0 : 250, x < 16 ? 255 : alpha], (y * width + x) * 4)
  return pngOf({ width, height, type: 6, step: 4 }, raw)
}

interface Drawn {
  readonly width: number
  readonly height: number
  readonly type: number
  /** Bytes of a pixel. */
  readonly step: number
}

/** Each row with another filter, as the specification defines them. */
function pngOf({ width, height, type, step }: Drawn, raw: Buffer, more: readonly Buffer[] = []): Buffer {
  const length = width * step
  const packed = Buffer.alloc((length + 1) * height)
  for (let y = 0; y < height; y += 1) {
    const filter = y % 5
    packed[y * (length + 1)] = filter
    for (let x = 0; x < length; x += 1) {
      const left = x >= step ? (raw[y * length + x - step] ?? 0) : 0
      const above = y > 0 ? (raw[(y - 1) * length + x] ?? 0) : 0
      const corner = y > 0 && x >= step ? (raw[(y - 1) * length + x - step] ?? 0) : 0
      const near = [left, above, corner].toSorted(
        (a, b) => Math.abs(left + above - corner - a) - Math.abs(left + above - corner - b),
      )[0]
      const guess = [0, left, above, (left + above) >> 1, near][filter] ?? 0
      packed[y * (length + 1) + 1 + x] = (raw[y * length + x] ?? 0) - guess
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, type, 0, 0, 0], 8)
  return pngOfChunks(head, packed, more)
}

function pngOfChunks(head: Buffer, packed: Buffer, more: readonly Buffer[] = []): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    size.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(named))
    return Buffer.concat([size, named, sum])
  }
  const start = Buffer.from('89504e470d0a1a0a', 'hex')
  const parts = [
    chunk('IHDR', head),
    ...more,
    chunk('IDAT', deflateSync(packed)),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([start, ...parts])
}

/** The colours of an opaque PNG without filters, pixel by pixel. */
function pixelAt(png: Buffer, x: number, y: number): number[] {
  const width = png.readUInt32BE(16)
  const at = png.indexOf('IDAT') + 4
  const pixels = inflateSync(png.subarray(at, at + png.readUInt32BE(at - 8)))
  const from = y * (width * 3 + 1) + 1 + x * 3
  return [...pixels.subarray(from, from + 3)]
}

test('a logo stands on white on a paper, whatever of it lets light through', t => {
  const png = opaquePng(aPicture(0)) ?? Buffer.alloc(0)
  t.deepEqual(cleanPng(png).width, 32, 'it is a picture that the checks of a logo accept')
  t.deepEqual(pixelAt(png, 3, 2), [200, 40, 0])
  t.deepEqual(pixelAt(png, 3, 12), [20, 40, 0])
  t.deepEqual(pixelAt(png, 20, 2), [255, 255, 255])
  t.deepEqual(pixelAt(opaquePng(aPicture(255)) ?? Buffer.alloc(0), 20, 12), [20, 40, 250])
  const grey = pngOf({ width: 16, height: 16, type: 0, step: 1 }, Buffer.alloc(256, 77))
  t.deepEqual(pixelAt(opaquePng(grey) ?? Buffer.alloc(0), 9, 9), [77, 77, 77])
})

test('a logo that is larger than a paper needs is made smaller, each pixel the mean of those it stands for', t => {
  const sides = { width: 1500, height: 8 }
  const raw = Buffer.from(Array.from({ length: 1500 * 8 }, (_, at) => (at % 2 === 0 ? 40 : 80)))
  const png = opaquePng(pngOf({ ...sides, type: 0, step: 1 }, raw)) ?? Buffer.alloc(0)
  t.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [750, 4])
  for (const [x, y] of [
    [0, 0],
    [374, 2],
    [749, 3],
  ] as const)
    t.deepEqual(pixelAt(png, x, y), [60, 60, 60])
})

test('a logo that is sent in layers is read as well, and one that cannot be read is left off', t => {
  const [grey, layered] = [0, 1]
  const head = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, grey, 0, 0, layered])
  // Of two by two pixels: the first alone, then its neighbour, then the row below (PNG, 8.2); each with its filter.
  const png = pngOfChunks(head, Buffer.from([0, 10, 0, 20, 0, 30, 40]))
  const read = opaquePng(png) ?? Buffer.alloc(0)
  const pixels = [pixelAt(read, 0, 0), pixelAt(read, 1, 0), pixelAt(read, 0, 1), pixelAt(read, 1, 1)]
  t.deepEqual(
    pixels.map(([red]) => red),
    [10, 20, 30, 40],
  )
  t.is(opaquePng(png.subarray(0, 40)), undefined)
})

test('a logo that is taken away while somebody signs leaves a paper without one', async t => {
  const gone = new DomainError('not-found', 'logo-unknown', 'There is no such logo.')
  const logo = { sha256: '0'.repeat(64), width: 32, height: 16 }
  const settings = { colour: '', logo } as unknown as OrganisationSettings
  const press = createPressThread()
  t.teardown(() => press.stop())
  const receipts = createReceipts({ press, logos: { bytesOf: () => Promise.reject(gone) } })
  const paper = await receipts.signed(aRecord(), { settings })
  t.true(paper.equals(await signedReceipt(aRecord(), await fonts)))
  const broken = createReceipts({
    press,
    logos: { bytesOf: () => Promise.reject(new Error('The disk is gone.')) },
  })
  await t.throwsAsync(broken.signed(aRecord(), { settings }), { message: 'The disk is gone.' })
})

test('the paper wears colour and logo of whose it is, and stays the same bytes and PDF/A', async t => {
  const png = opaquePng(aPicture(128)) ?? Buffer.alloc(0)
  const look = { colour: '#0f4c56', logo: { png, width: 32, height: 16 } }
  const own = async () => signedReceipt(aRecord(), await fonts, look)
  const pdf = await own()
  t.true(pdf.equals(await own()))
  const press = createPressThread()
  t.teardown(() => press.stop())
  const logo = { sha256: 'a'.repeat(64), width: 32, height: 16, bytes: aPicture(128) }
  const order = { kind: 'signed', record: aRecord(), letterhead: { colour: look.colour, logo } } as const
  const unsettable = { ...order, record: { ...aRecord(), signedAt: undefined as unknown as Date } }
  await t.throwsAsync(press.set(unsettable))
  t.true(pdf.equals(await press.set(order)), 'a thread of its own sets the same, also after one that failed')
  const inside = insideOf(pdf)
  t.is([...inside.matchAll(/\/Subtype \/Image/g)].length, 1)
  t.notRegex(inside, /\/SMask/, 'nothing is transparent')
  t.regex(inside, /<pdfaid:part>2<\/pdfaid:part>/)
  t.false(pdf.equals(await receiptOf()))
})

test('prices that were shown stand on the paper and are part of what is signed', async t => {
  const prices = { device: 499_550, charger: 24_900 }
  const [bare, priced] = [aRecord(), aRecord({ prices })]
  t.not(sha256OfRecord(bare), sha256OfRecord(priced))
  t.is(
    sha256OfRecord(bare),
    sha256OfRecord({ ...bare, prices: undefined }),
    'papers of before keep their sum',
  )
  t.true((await receiptOf({ prices })).length > (await receiptOf()).length)
  t.deepEqual(priceRows(prices, 'sv'), [
    ['iPad', '4\u00a0995,50 kr'],
    ['Laddare', '249,00 kr'],
  ])
  t.deepEqual(priceRows({ pen: 0, cover: undefined }, 'en'), [['Pencil', '0.00 kr']])
})
