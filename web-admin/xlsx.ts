import { setImmediate } from 'node:timers/promises'
import { type Cell } from './csv.ts'
import { zipOf } from './zip.ts'

/** Excel takes no longer names of sheets, and none of these letters in them. */
const longestName = 31
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** Places in the list of formats below. */
const formats = { plain: 0, bold: 1, amount: 2, text: 3, day: 4, minute: 5, second: 6 } as const

/**
 * A table as a workbook of one sheet (ECMA-376): texts are texts, so that leading zeros live and nothing is taken for a
 * formula; numbers and amounts can be summed, and days and times, which read as in the other file, filtered by month.
 * The first row is the head, stays in sight and filters. A fleet of 45,000 is written in parts, between which others
 * are served; the libraries that there are hold everybody up for seconds.
 */
export async function xlsxOf(name: string, rows: readonly (readonly Cell[])[]): Promise<Buffer> {
  const sheet = escaped(name.replace(/[\\/?*[\]:]/g, ' ').slice(0, longestName))
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const file = (path: string, xml: string) => ({ name: path, bytes: Buffer.from(head + xml) })
  return zipOf([
    file(
      '[Content_Types].xml',
      `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`,
    ),
    file(
      '_rels/.rels',
      `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    file(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    file(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ),
    file('xl/styles.xml', styles),
    { name: 'xl/worksheets/sheet1.xml', bytes: await sheetOf(rows) },
  ])
}

// 4 is Excel's own `#,##0.00` and 49 its `@`, which keeps a text a text when somebody edits it.
// 164 is the first number that is ours to give.
const dateFormats = ['yyyy-mm-dd', 'yyyy-mm-dd hh:mm', 'yyyy-mm-dd hh:mm:ss'].map((code, at) => ({
  code,
  id: 164 + at,
}))
const styles = `<styleSheet xmlns="${main}"><numFmts count="${dateFormats.length}">${dateFormats
  .map(({ code, id }) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`)
  .join(
    '',
  )}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${4 + dateFormats.length}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>${dateFormats
  .map(({ id }) => `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`)
  .join('')}</cellXfs></styleSheet>`

const atOnce = 1000

async function sheetOf(rows: readonly (readonly Cell[])[]): Promise<Buffer> {
  const width = Math.max(1, ...rows.slice(0, 1).map(({ length }) => length))
  const columns = Array.from({ length: width }, (_, at) => letters(at))
  const cols = columns
    .map((_, at) => `<col min="${at + 1}" max="${at + 1}" width="${widthOf(rows, at)}" customWidth="1"/>`)
    .join('')
  const parts = [
    Buffer.from(
      `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols}</cols><sheetData>`,
    ),
  ]
  for (let from = 0; from < rows.length; from += atOnce) {
    const part = rows.slice(from, from + atOnce)
    parts.push(Buffer.from(part.map((row, at) => rowOf(row, { number: from + at + 1, columns })).join('')))
    await setImmediate()
  }
  const last = `${columns.at(-1) ?? 'A'}${Math.max(1, rows.length)}`
  parts.push(Buffer.from(`</sheetData><autoFilter ref="A1:${last}"/></worksheet>`))
  return Buffer.concat(parts)
}

function rowOf(
  row: readonly Cell[],
  { number, columns }: { readonly number: number; readonly columns: readonly string[] },
): string {
  const cells = row.map((cell, at) => cellOf(cell, `${columns[at] ?? letters(at)}${number}`, number === 1))
  return `<row r="${number}">${cells.join('')}</row>`
}

function cellOf(cell: Cell, place: string, isHead: boolean): string {
  if (cell === undefined || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (typeof cell === 'object') return `<c r="${place}" s="${formats.amount}"><v>${cell.ore / 100}</v></c>`
  const moment = isHead ? undefined : momentOf(cell)
  if (moment) return `<c r="${place}" s="${moment.format}"><v>${moment.serial}</v></c>`
  const format = isHead ? formats.bold : formats.text
  return `<c r="${place}" s="${format}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

const momentPattern = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2})(:\d{2})?)?$/
/** Days are counted from here (ECMA-376 part 1, 18.17.4.1); Excel has a day in 1900 that never was. */
const dayNought = Date.UTC(1899, 11, 30)
const firstSafeDay = '1901-01-01'

/** A local day or time as files have it, counted in days as Excel does; undefined for every other text. */
function momentOf(text: string): { readonly serial: number; readonly format: number } | undefined {
  const [, on = '', minute, second] = momentPattern.exec(text) ?? []
  if (on < firstSafeDay) return undefined
  const iso = `${on}T${minute ?? '00:00'}${second ?? ':00'}.000Z`
  const at = new Date(iso)
  // The 31st of February comes back as another day, and stays the text that it was.
  if (Number.isNaN(at.getTime()) || at.toISOString() !== iso) return undefined
  const format = second ? formats.second : minute ? formats.minute : formats.day
  return { serial: (at.getTime() - dayNought) / 86_400_000, format }
}

/** A, B … Z, AA, AB … */
function letters(at: number): string {
  const before = Math.floor(at / 26)
  return (before > 0 ? letters(before - 1) : '') + String.fromCharCode(65 + (at % 26))
}

function escaped(text: string): string {
  return (
    text
      // XML has no place for them.
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  )
}

const looked = 200

/** Wide enough for what the first rows hold, within reason. */
function widthOf(rows: readonly (readonly Cell[])[], at: number): number {
  const lengths = rows.slice(0, looked).map(row => {
    const cell = row[at]
    return typeof cell === 'object' ? 12 : String(cell ?? '').length
  })
  return Math.min(60, Math.max(8, ...lengths) + 2)
}
