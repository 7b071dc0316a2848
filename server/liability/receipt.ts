import { DateTime } from 'luxon'
import { zone } from '../calendar-day.ts'
import { type Language } from '../organisations/organisation.ts'
import { type PdfFonts } from '../pdf-fonts.ts'
import { sha256OfRecord, type SignedDevice, type SignedRecord } from './liability-form.ts'
import { blocksOf } from './liability-terms.ts'
import { createPaper, type Paper, type PaperLook } from './paper.ts'
import { type ReturnRecord } from './press.ts'
import { accessoryWord, conditionWords, priceRows, receiptWords } from './receipt-words.ts'

/** The signed liability form as it is kept: PDF/A-2b. The same record in the same look gives the same bytes. */
export async function signedReceipt(
  record: SignedRecord,
  fonts: PdfFonts,
  look?: PaperLook,
): Promise<Buffer> {
  const { language, organisation, terms, receiptNumber: number } = record
  const say = (key: keyof typeof receiptWords) => receiptWords[key][language]
  const paper = createPaper({
    title: `${terms.title} ${number}`,
    author: organisation.name,
    language,
    at: record.signedAt,
    foot: `${organisation.name}  ·  ${say('receipt')} ${number}`,
    fonts,
    look,
  })
  paper.title(terms.title)
  paper.table(
    undefined,
    [
      [say('organisation'), [organisation.name, organisation.number].filter(Boolean).join(', ')],
      [say('number'), number],
      [say('borrower'), [record.borrower.name, record.borrower.email].filter(Boolean).join(', ')],
      ...(record.bodies.length > 0 ? [[say('bodies'), record.bodies.join(', ')]] : []),
      [say('signedAt'), moment(record.signedAt)],
      ...(record.dueOn ? [[say('dueOn'), record.dueOn]] : []),
    ],
    [2, 5],
  )
  equipment(paper, record.devices, record.accessories, language)
  writeTerms(paper, terms.body)
  const prices = priceRows(record.prices ?? {}, language)
  if (prices.length > 0) {
    paper.heading(say('prices'))
    paper.paragraph(say('pricesText'))
    paper.table(undefined, prices, [2, 5])
  }
  paper.heading(say('signature'))
  paper.paragraph(say(terms.kind === 'agreement' ? 'accepted' : 'informed'))
  if (record.signature.kind === 'drawn') paper.drawn(record.signature, say('signatureAlt'))
  else {
    paper.typed(record.signature.name)
    paper.small(say('typed'))
  }
  paper.table(
    undefined,
    [
      [say('borrower'), record.borrower.name],
      [say('signedAt'), moment(record.signedAt)],
      [say('identity'), say(record.identityCheck)],
      [say('witness'), record.staffName],
      ...(record.station ? [[say('station'), record.station]] : []),
    ],
    [2, 5],
  )
  paper.heading(say('proof'))
  paper.small(`${say('terms')}, ${say('version')} ${terms.number}: SHA-256 ${terms.sha256}`)
  paper.small(`${say('receipt')}: SHA-256 ${sha256OfRecord(record)}`)
  return paper.end()
}

/** The receipt that a borrower takes home: PDF/A-2b. The same record gives the same bytes. */
export async function returnReceipt(
  record: ReturnRecord,
  fonts: PdfFonts,
  look?: PaperLook,
): Promise<Buffer> {
  const { language, organisation, receiptNumber: number } = record
  const say = (key: keyof typeof receiptWords) => receiptWords[key][language]
  const paper = createPaper({
    title: `${say('returnReceipt')} ${number}`,
    author: organisation.name,
    language,
    at: record.returnedAt,
    foot: `${organisation.name}  ·  ${say('receipt')} ${number}`,
    fonts,
    look,
  })
  paper.title(say('returnReceipt'))
  paper.table(
    undefined,
    [
      [say('organisation'), [organisation.name, organisation.number].filter(Boolean).join(', ')],
      [say('number'), number],
      [say('borrower'), record.borrower.name],
      ...(record.handedOutAt ? [[say('handedOutAt'), moment(record.handedOutAt)]] : []),
      [say('returnedAt'), moment(record.returnedAt)],
      [say('receivedBy'), record.staffName],
    ],
    [2, 5],
  )
  equipment(paper, [record.device], record.accessories, language)
  const missing = record.missing.map(accessory => accessoryWord(accessory, language))
  paper.table(
    undefined,
    [
      [say('condition'), conditionWords[record.condition][language]],
      [say('missing'), missing.join(', ') || say('none')],
      ...(record.note ? [[say('note'), record.note]] : []),
    ],
    [2, 5],
  )
  paper.heading(say('proof'))
  paper.small(`${say('receipt')}: SHA-256 ${sha256OfRecord(record)}`)
  return paper.end()
}

function equipment(
  paper: Paper,
  devices: readonly SignedDevice[],
  accessories: readonly string[],
  language: Language,
): void {
  const say = (key: keyof typeof receiptWords) => receiptWords[key][language]
  paper.heading(say('equipment'))
  paper.table(
    [say('tag'), say('serial'), say('theftMark'), say('model')],
    devices.map(({ assetTag, serialNumber, theftMark = '–', model }) => [
      assetTag,
      serialNumber,
      theftMark,
      model,
    ]),
    [3, 3, 3, 5],
  )
  const words = accessories.map(accessory => accessoryWord(accessory, language))
  paper.paragraph(`${say('accessories')}: ${words.join(', ') || say('none')}`)
}

function writeTerms(paper: Paper, body: string): void {
  for (const block of blocksOf(body)) {
    if (block.kind === 'heading') paper.heading(block.text)
    else if (block.kind === 'list') paper.list(block.items)
    else paper.paragraph(block.text)
  }
}

/** Day and time in Sweden, such as `2026-11-22 10:04`. */
function moment(at: Date): string {
  return DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd HH:mm')
}
