import test from 'ava'
import iconv from 'iconv-lite'
import { readDay, readPrice, readRole, readYes } from '../../../server/imports/cells.ts'
import { deviceColumns, findColumns, peopleColumns } from '../../../server/imports/columns.ts'
import { errorRowsCsv } from '../../../server/imports/error-rows.ts'
import { mostRows, readTable } from '../../../server/imports/read-table.ts'
import { type Encoding, type Reading } from '../../../server/imports/reading.ts'

const text =
  'Förnamn;Efternamn;E-post\r\nÅsa;Öberg-Ek;asa@example.se\r\nEnzo "Z";Ärlig, jr;enzo@example.se\r\n'
const quoted = text.replace('Enzo "Z"', '"Enzo ""Z"""')

const files: readonly [string, Buffer, Encoding][] = [
  ['UTF-8', Buffer.from(quoted), 'utf-8'],
  ['UTF-8 with its mark', Buffer.from(`\uFEFF${quoted}`), 'utf-8'],
  ['UTF-16LE with its mark', Buffer.from(`\uFEFF${quoted}`, 'utf16le'), 'utf-16le'],
  ['UTF-16LE without a mark', Buffer.from(quoted, 'utf16le'), 'utf-16le'],
  ['Windows-1252', iconv.encode(quoted, 'windows-1252'), 'windows-1252'],
]
for (const [name, bytes, encoding] of files)
  test(`${name} is found out and read`, t => {
    const table = readTable(bytes, {})
    t.is(table.encoding, encoding)
    t.is(table.delimiter, ';')
    t.deepEqual(table.header, ['Förnamn', 'Efternamn', 'E-post'])
    t.deepEqual(table.rows, [
      { row: 2, cells: ['Åsa', 'Öberg-Ek', 'asa@example.se'] },
      { row: 3, cells: ['Enzo "Z"', 'Ärlig, jr', 'enzo@example.se'] },
    ])
  })

test('the separator is found in the header, whatever the text below holds', t => {
  for (const delimiter of [';', ',', '\t'] as const) {
    const table = readTable(Buffer.from(`a${delimiter}b\n"x,y,z;;;\t\t\t"${delimiter}2\n`), {})
    t.is(table.delimiter, delimiter)
    t.deepEqual(table.rows[0]?.cells, ['x,y,z;;;\t\t\t', '2'])
  }
  t.is(readTable(Buffer.from('"a,b,c";d\n1;2\n'), {}).delimiter, ';', 'a comma inside quotes is text')
})

test('rows are numbered as a spreadsheet numbers them, with empty ones between', t => {
  const { rows } = readTable(Buffer.from('a;b\n\n1;2\n;\n3;4\n\n'), {})
  t.deepEqual(
    rows.map(({ row }) => row),
    [3, 5],
  )
})

test('a short row keeps the cells it has: nothing is made up', t => {
  t.deepEqual(readTable(Buffer.from('a;b;c\n1;2\n'), {}).rows, [{ row: 2, cells: ['1', '2'] }])
})

const refused = test.macro((t, bytes: Buffer, reading: Reading, code: string) => {
  const error = t.throws(() => readTable(bytes, reading), { code })
  t.true(error.message.length > 20, 'in words')
})
test(
  'Windows-1252 read as UTF-8 is refused',
  refused,
  iconv.encode(text, 'windows-1252'),
  { encoding: 'utf-8' },
  'wrong-encoding',
)
test(
  'UTF-8 read as Windows-1252 is refused',
  refused,
  Buffer.from(text),
  { encoding: 'windows-1252' },
  'wrong-encoding',
)
test(
  'UTF-16 read as UTF-8 is refused',
  refused,
  Buffer.from(text, 'utf16le'),
  { encoding: 'utf-8' },
  'wrong-encoding',
)
test(
  'UTF-8 read as UTF-16 is refused',
  refused,
  Buffer.from(`${text}x`),
  { encoding: 'utf-16le' },
  'wrong-encoding',
)
test(
  'another separator than the file has is refused',
  refused,
  Buffer.from(quoted),
  { delimiter: ',' },
  'wrong-delimiter',
)
test('a workbook is refused', refused, Buffer.from('PK\u0003\u0004xl/workbook.xml'), {}, 'not-csv')
test('an empty file is refused', refused, Buffer.from(''), {}, 'csv-empty')
test('a header alone is refused', refused, Buffer.from('a;b\n'), {}, 'csv-empty')
test(
  'a quotation mark that is never closed is refused',
  refused,
  Buffer.from('a;b\n"x;2\n3;4\n'),
  {},
  'csv-broken',
)
test(
  'a picture is refused',
  refused,
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
  {},
  'wrong-encoding',
)
test(
  'more rows than any municipality has are refused',
  refused,
  Buffer.from(`a;b\n${'1;2\n'.repeat(mostRows + 1)}`),
  {},
  'too-many-rows',
)

test('headings are known in Swedish and English, with any capitals and signs', t => {
  const { at, ignored } = findColumns(
    ['FÖRNAMN', 'last name', ' e-mail ', 'Nämnd', 'Partibeteckning'],
    peopleColumns,
    ['givenName'],
  )
  t.deepEqual(
    [...at],
    [
      ['givenName', 0],
      ['familyName', 1],
      ['email', 2],
      ['body', 3],
    ],
  )
  t.deepEqual(ignored, ['Partibeteckning'])
  t.deepEqual(
    [...findColumns(['S/N', 'Inköpspris', 'garanti t.o.m.'], deviceColumns, []).at.keys()],
    ['serialNumber', 'price', 'warrantyEndsOn'],
  )
})

test('a missing column is named, and two that mean the same are refused', t => {
  const error = t.throws(() => findColumns(['Modell', 'Pris'], deviceColumns, ['serialNumber']), {
    code: 'columns-missing',
  })
  t.regex(error.message, /Serienummer.*Modell, Pris/)
  t.throws(() => findColumns(['Pris', 'Price'], deviceColumns, []), { code: 'columns-twice' })
})

const price = test.macro((t, cell: string, expected: number | RegExp) => {
  const read = readPrice(cell)
  if (typeof expected === 'number') t.deepEqual(read, { value: expected })
  else t.regex('wrong' in read ? read.wrong.message : `read as ${read.value}`, expected)
})
for (const [cell, ore] of [
  ['5169', 516_900],
  ['5169,00', 516_900],
  ['5169.00', 516_900],
  ['5 169,50', 516_950],
  ['5\u00a0169,5 kr', 516_950],
  ['5\u202f169:-', 516_900],
  ['5.169,50', 516_950],
  ['5,169.50', 516_950],
  ['0,07', 7],
  ['1234,56 SEK', 123_456],
  ['8,1', 810],
  ['1 979 727', 197_972_700],
] as const)
  test(`a price written “${cell}” is ${ore} öre`, price, cell, ore)
for (const [cell, words] of [
  ['1,234', /two ways/],
  ['1.234', /two ways/],
  ['\u2212100,00', /negative/],
  ['-1', /negative/],
  ['12,345', /two ways/],
  ['1,2345', /not a price/],
  ['1,2,3', /not a price/],
  ['gratis', /not a price/],
  ['1e3', /not a price/],
  ['99999999999999999', /not a price/],
] as const)
  test(`a price written “${cell}” is asked about`, price, cell, words)

test('days are read when their order is plain', t => {
  t.deepEqual(readDay('2026-03-01'), { value: '2026-03-01' })
  t.deepEqual(readDay('20260301'), { value: '2026-03-01' })
  t.deepEqual(readDay('2026/03/01'), { value: '2026-03-01' })
  for (const cell of ['01/03/2026', '1 mars 2026', '2026-02-30', '45000', '260301'])
    t.true('wrong' in readDay(cell), cell)
})

test('words of both languages mean roles and yes', t => {
  t.deepEqual(readRole('Vice ordförande'), { value: 'vice-chair' })
  t.deepEqual(readRole('v. ordf.'), { value: 'vice-chair' })
  t.deepEqual(readRole('ERSÄTTARE'), { value: 'substitute' })
  t.true('wrong' in readRole('adjungerad'))
  t.deepEqual(
    [readYes('Ja'), readYes('nej'), readYes('X')],
    [{ value: true }, { value: false }, { value: true }],
  )
})

test('error rows go back with their reason, and a formula becomes text', t => {
  const table = readTable(Buffer.from('S/N;Pris\nA;=1+1\nB;-5,0\nC;"x;y"\nD;1\n'), {})
  const planned = table.rows.map(({ row }) => ({
    row,
    outcome: row === 5 ? ('same' as const) : ('error' as const),
    subject: '',
    fields: [],
    reasons: ['No.', 'Nor "this".'].map(message => ({ code: 'any', message })),
  }))
  const reason = '"No. Nor ""this""."'
  t.is(
    errorRowsCsv(table, planned),
    `\uFEFFS/N;Pris;Orsak / Reason\r\nA;'=1+1;${reason}\r\nB;-5,0;${reason}\r\nC;"x;y";${reason}\r\n`,
  )
})
