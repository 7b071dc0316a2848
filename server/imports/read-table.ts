import { detect } from 'chardet'
import { parse, type CsvError } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { DomainError } from '../domain-error.ts'
import {
  delimiters,
  type Delimiter,
  type Encoding,
  type Reading,
  type Table,
  type TableRow,
} from './reading.ts'

/** More than the largest municipality has; a file beyond it is not what it is meant to be. */
export const mostRows = 5000

/**
 * The cells of a CSV file as text. Nothing is guessed about their meaning, and no row is bent to fit.
 * @throws {DomainError} invalid `not-csv`, `wrong-encoding`, `wrong-delimiter`, `csv-broken`, `csv-empty`, `too-many-rows`
 */
export function readTable(bytes: Buffer, reading: Reading): Table {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK')
    refuse('not-csv', 'This is a workbook. Save the sheet as CSV and choose that file.')
  const encoding = reading.encoding ?? encodingOf(bytes)
  const text = decoded(bytes, encoding)
  const likely = delimiterOf(text)
  const delimiter = reading.delimiter ?? likely
  // Before the cells are read: with the wrong separator, quotation marks make no sense either.
  if (columnsOf(text, delimiter) < 2 && columnsOf(text, likely) > 1)
    refuse('wrong-delimiter', `The columns are separated by ${words[likely]}, not by ${words[delimiter]}.`)
  const [head, ...rows] = recordsOf(text, delimiter)
  if (!head) refuse('csv-empty', 'There is nothing in the file.')
  const header = head.cells.map(cell => cell.trim())
  if (rows.length === 0) refuse('csv-empty', 'The file has a header and no rows.')
  if (rows.length > mostRows) refuse('too-many-rows', `The file has more than ${mostRows} rows.`)
  return { encoding, delimiter, header, rows }
}

const words: Readonly<Record<Delimiter, string>> = { ';': 'semicolons', ',': 'commas', '\t': 'tabs' }

/** What the bytes themselves say: a mark at the start, or else whether they are UTF-8. */
function encodingOf(bytes: Buffer): Encoding {
  if (bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xfe]))) return 'utf-16le'
  if (bytes.subarray(0, 2).equals(Buffer.from([0xfe, 0xff])))
    refuse('wrong-encoding', 'The file is UTF-16 with its bytes the other way round. Save it as UTF-8.')
  // Every letter of a Swedish heading has an empty second byte in UTF-16, and none in the others.
  const [start, known] = [bytes.subarray(0, 400), detect(bytes.subarray(0, 4000)) ?? '']
  if (start.filter(byte => byte === 0).length > start.length / 4 || known.startsWith('UTF-16'))
    return 'utf-16le'
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function decoded(bytes: Buffer, encoding: Encoding): string {
  const text = iconv.decode(bytes, encoding)
  if (encoding === 'utf-16le' && !bytes.includes(0))
    refuse(
      'wrong-encoding',
      'The file is not utf-16le: every other byte would be empty. Choose another encoding.',
    )
  if (text.includes('�') || text.includes('\0') || /[\u0080-\u009f]/.test(text))
    refuse(
      'wrong-encoding',
      `The file is not ${encoding}: some letters cannot be read. Choose another encoding.`,
    )
  // å, ä, ö and é of UTF-8, read byte by byte.
  if (encoding === 'windows-1252' && /Ã[¥¤¶…„–©]/.test(text))
    refuse(
      'wrong-encoding',
      'The file is UTF-8, not windows-1252: å, ä and ö come out as two characters. Choose utf-8.',
    )
  return text
}

/** The separator that the header has most of, outside quotes; text further down may hold any of them. */
function delimiterOf(text: string): Delimiter {
  return delimiters.reduce((best, next) => (columnsOf(text, next) > columnsOf(text, best) ? next : best))
}

function columnsOf(text: string, delimiter: Delimiter): number {
  const header = /^(?:"[^"]*"|[^"\r\n])*/.exec(text)?.[0] ?? ''
  return header.replace(/"[^"]*"/g, '').split(delimiter).length
}

function recordsOf(text: string, delimiter: Delimiter): TableRow[] {
  try {
    const records = parse(text, {
      delimiter,
      bom: true,
      // Short and long rows are told apart later, with their numbers and in words.
      relax_column_count: true,
      skip_empty_lines: false,
      skip_records_with_empty_values: false,
    })
    return records
      .map((cells, index) => ({ row: index + 1, cells }))
      .filter(({ cells }) => cells.some(cell => cell.trim() !== ''))
  } catch (error) {
    const { lines } = error as CsvError & { lines?: number }
    return refuse(
      'csv-broken',
      `A quotation mark on line ${lines ?? '?'} is not closed or stands inside a cell.`,
    )
  }
}

function refuse(code: string, message: string): never {
  throw new DomainError('invalid', code, message)
}
