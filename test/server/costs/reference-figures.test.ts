import test from 'ava'
import { proportion, split } from '../../../server/costs/split.ts'
import { statementOf } from '../../../server/costs/statement.ts'
import { aBase, aLine, bodies } from './costly.ts'

// The published figures of the city that went first (F4–F18), and what follows from them (D1–D9).
const ipadsOre = 197_972_700
const annualOre = 145_026_000
const kronor = (ore: number) => Math.round(ore / 100)
const each = (total: number, count: number) =>
  split(
    total,
    Array.from({ length: count }, () => 1n),
  )
const hours = (minutes: number, digits: number) => (minutes / 60).toFixed(digits)

test('D1: each of 383 iPads cost 5 169.00 kr exactly', t => {
  t.deepEqual(new Set(each(ipadsOre, 383)), new Set([516_900]))
})

test('D2: a sheet cost 8 öre of clicks and 6 öre of paper', t => {
  const sheets = 3_750_000
  const click = proportion(30_000_000, 1, sheets)
  const paper = proportion(22_500_000, 1, sheets)
  t.deepEqual([click, paper, click + paper], [8, 6, 14])
  t.is(click * sheets, 30_000_000)
  t.is(paper * sheets, 22_500_000)
})

test('D3: 7.5 g of carbon dioxide a sheet and 105 kg an iPad, which is 14 000 sheets', t => {
  const milligrams = 1_000_000
  const sheet = proportion(28_125 * milligrams, 1, 3_750_000)
  const ipad = proportion(52_500 * milligrams, 1, 500)
  t.deepEqual([sheet, ipad], [7500, 105 * milligrams])
  t.is(ipad / sheet, 14_000)
})

test('D4: 24 hours a session, 6.0 for each of four, and 2.66 an iPad', t => {
  const minutes = 1248 * 60
  t.deepEqual(new Set(each(minutes, 52)), new Set([24 * 60]))
  t.deepEqual(new Set(each(minutes, 52 * 4)), new Set([6 * 60]))
  t.is(hours(minutes / 469, 2), '2.66')
  t.deepEqual([(469 / 52).toFixed(2), (388 / 52).toFixed(2)], ['9.02', '7.46'])
})

test('D5: the open hours of four would have been 1456, so 1248 is 85.7 per cent', t => {
  t.is(7 * 4 * 52, 1456)
  t.is(((1248 / 1456) * 100).toFixed(1), '85.7')
})

test('D6: 2.68 hours a training, 15.8 minutes a person, 2.07 trainings a body', t => {
  t.is(hours((150 * 60) / 56, 2), '2.68')
  t.is(((150 * 60) / 570).toFixed(1), '15.8')
  t.is((56 / 27).toFixed(2), '2.07')
})

test('D7: the roll-out took 1398 hours, 2.98 an iPad', t => {
  t.is(1248 + 150, 1398)
  t.is(hours((1398 * 60) / 469, 2), '2.98')
})

const perBody = (count: number) =>
  statementOf(2015, [aLine({ amountOre: annualOre })], aBase({ bodies: bodies(count) })).bodies.map(
    body => body.annualOre,
  )

const fee = test.macro((t, count: number, expected: number) => {
  const shares = perBody(count)
  t.is(
    shares.reduce((a, b) => a + b, 0),
    annualOre,
  )
  t.true(Math.max(...shares) - Math.min(...shares) <= 1)
  t.deepEqual(new Set(shares.map(kronor)), new Set([expected]))
})
test('D8: 23 committees bear 63 055 kr each', fee, 23, 63_055)
test('D8: 24 committees bear 60 428 kr each', fee, 24, 60_428)
test('D8: 25 committees bear 58 010 kr each', fee, 25, 58_010)
test('D8: 26 committees bear 55 779 kr each', fee, 26, 55_779)
test('D8: 27 committees bear 53 713 kr each', fee, 27, 53_713)
test('D8: 28 committees bear 51 795 kr each', fee, 28, 51_795)

test('D8: no number of committees that bear the same makes the published 57 000 kr', t => {
  t.is((annualOre / 5_700_000).toFixed(2), '25.44')
  for (let count = 1; count <= 60; count++) {
    const thousands = new Set(perBody(count).map(ore => Math.round(ore / 100_000)))
    t.false(thousands.has(57), `${String(count)} committees`)
  }
})

test('D9: 57 000 kr from each of 23 and 120 000 kr from the centre leave 19 260 kr that nobody bears, and it shows', t => {
  const lines = [
    aLine({ id: 'fee', amountOre: 23 * 5_700_000 }),
    aLine({ id: 'frame', amountOre: 12_000_000, bearer: { kind: 'central' } }),
    aLine({ id: 'rest', amountOre: annualOre - 23 * 5_700_000 - 12_000_000, bearer: { kind: 'none' } }),
  ]
  const statement = statementOf(2015, lines, aBase({ bodies: bodies(23) }))
  t.deepEqual(new Set(statement.bodies.map(body => body.annualOre)), new Set([5_700_000]))
  t.is(statement.central.annualOre, 12_000_000)
  t.is(statement.unattributed.annualOre, 1_926_000)
  t.is(statement.totals.annualOre, annualOre)
})

test('C5: what was bought once is never added to what comes every year', t => {
  const bought = aLine({
    id: 'ipads',
    kind: 'one-off',
    fromOn: '2015-03-01',
    amountOre: ipadsOre,
    category: 'device',
  })
  const statement = statementOf(
    2015,
    [bought, aLine({ amountOre: annualOre })],
    aBase({ bodies: bodies(23) }),
  )
  t.deepEqual(statement.totals, { oneOffOre: ipadsOre, annualOre })
  t.false(JSON.stringify(statement).includes(String(ipadsOre + annualOre)))
})
