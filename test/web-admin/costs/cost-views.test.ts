import test from 'ava'
import { type StatementView } from '../../../server/costs/costs.ts'
import { barsOf } from '../../../web-admin/costs/cost-bars.ts'
import { sharesFrom } from '../../../web-admin/costs/key-form.ts'
import { partsCsv, statementCsv } from '../../../web-admin/costs/statement-csv.ts'
import { statementView } from '../../../web-admin/costs/statement-view.ts'
import { csvOf } from '../../../web-admin/csv.ts'

const nothing = { oneOffOre: 0, annualOre: 0, parts: [] }

function aStatement(fields: Partial<StatementView> = {}): StatementView {
  const body = { bodyId: 'b1', name: 'Kultur; fritid', costCentre: '01100', type: 'committee' as const }
  const part = { costLineId: 'l1', kind: 'annual' as const, category: 'support' as const, keyId: 'k1' }
  return {
    year: 2026,
    bodies: [
      {
        ...body,
        oneOffOre: -1205,
        annualOre: 123456789,
        parts: [{ ...part, text: '=1+1', amountOre: 123456789 }],
      },
    ],
    central: nothing,
    unattributed: nothing,
    totals: { oneOffOre: -1205, annualOre: 123456789 },
    paidBy: [],
    keys: [
      { id: 'k1', organisationId: 'o1', name: 'Lika', basis: 'equal', validFrom: '2026-01-01', version: 1 },
    ],
    frozen: null,
    changedSince: false,
    ...fields,
  }
}

test('a table for spreadsheets has a byte order mark, semicolons, CRLF and decimal commas', t => {
  const bytes = Buffer.from(csvOf([['Å', { ore: 123450 }, { ore: -5 }, 1.5]]), 'utf8')
  t.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  t.is(bytes.subarray(3).toString('utf8'), 'Å;1234,50;-0,05;1,5\r\n')
})

test('an amount keeps its last öre however large it is', t => {
  t.is(csvOf([[{ ore: 999_999_999_999 }]]), '\uFEFF9999999999,99\r\n')
})

test('a text that looks like a formula is guarded, a negative amount is not', t => {
  for (const text of ['=A1', '+46', '-1', '@x', '\tx']) t.is(csvOf([[text]]), `\uFEFF'${text}\r\n`)
  t.is(csvOf([['\rx']]), `\uFEFF"'\rx"\r\n`)
  t.is(csvOf([[{ ore: -100 }]]), '\uFEFF-1,00\r\n')
})

test('quotes, semicolons and line ends inside a text stay in their cell', t => {
  t.is(csvOf([['a;b', 'say "no"', 'two\nlines']]), '\uFEFF"a;b";"say ""no""";"two\nlines"\r\n')
})

test('the file of a statement keeps one-off and annual apart and leading zeros of cost centres', t => {
  t.deepEqual(statementCsv(aStatement(), 'sv').split('\r\n'), [
    '\uFEFFÅr;Namn;Kostnadsställe;Engångskostnad (SEK);Årlig kostnad (SEK)',
    '2026;"Kultur; fritid";01100;-12,05;1234567,89',
    '',
  ])
})

test('the file of all lines names the allocation and guards what people wrote', t => {
  t.regex(partsCsv(aStatement(), 'sv'), /;'=1\+1;Support;Årlig;Lika;1234567,89\r\n$/)
})

test('amounts are read in Swedish form to the öre, and nothing adds the two kinds', t => {
  const view = statementView(aStatement(), 'sv')
  t.like(view.rows[0], { oneOff: '\u221212,05\u00a0kr', annual: '1\u00a0234\u00a0567,89\u00a0kr' })
  t.false(JSON.stringify(view).includes('1\u00a0234\u00a0555,84'))
})

test('what nobody bears is said with its amounts, and nothing is said when there is none', t => {
  const borne = (oneOffOre: number, annualOre: number) =>
    statementView(aStatement({ unattributed: { oneOffOre, annualOre, parts: [] } }), 'en')
  t.regex(borne(0, 480000).unattributed ?? '', /^Nobody bears 4,800\.00\u00a0kr in annual costs\./)
  t.regex(
    borne(100, 200).unattributed ?? '',
    /1\.00\u00a0kr in one-off costs and 2\.00\u00a0kr in annual costs/,
  )
  t.is(borne(0, 0).unattributed, undefined)
  t.is(borne(0, 480000).rows.at(-1)?.isUnattributed, true)
})

test('a year without costs is empty, though its bodies exist', t => {
  const { bodies } = aStatement()
  const idle = bodies.map(body => ({ ...body, ...nothing }))
  t.true(statementView(aStatement({ bodies: idle, totals: nothing }), 'sv').isEmpty)
  t.false(statementView(aStatement(), 'sv').isEmpty)
})

test('bars are in order of size, the longest is whole, and a credit is marked', t => {
  const bars = barsOf(
    [
      { name: 'A', ore: 500 },
      { name: 'B', ore: -1000 },
      { name: 'C', ore: 0 },
    ],
    12,
    'sv',
  )
  t.deepEqual(
    bars.map(({ name, percent, isCredit }) => [name, percent, isCredit]),
    [
      ['B', 100, true],
      ['A', 50, false],
    ],
  )
})

test('many bars end with one for all the rest', t => {
  const amounts = Array.from({ length: 60 }, (_, index) => ({ name: `N${index}`, ore: 100 + index }))
  const bars = barsOf(amounts, 12, 'en')
  t.is(bars.length, 13)
  t.is(bars.at(-1)?.name, 'Others (48)')
  t.true(bars.every(({ percent }) => percent <= 100))
})

test('shares are whole numbers; an empty field takes no part and anything else is refused', t => {
  t.deepEqual(sharesFrom({ name: 'x', 'parts-a': ' 2 ', 'parts-b': '', 'parts-c': '0' }), [
    { bodyId: 'a', parts: 2 },
  ])
  for (const wrong of ['1,5', '-1', 'två', '1e3', '9999999'])
    t.is(sharesFrom({ 'parts-a': wrong }), undefined)
})
