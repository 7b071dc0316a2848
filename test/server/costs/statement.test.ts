import test from 'ava'
import fc from 'fast-check'
import { type AllocationBase } from '../../../server/costs/allocation.ts'
import { type CostLine } from '../../../server/costs/cost-line.ts'
import { statementOf, type Statement } from '../../../server/costs/statement.ts'
import { aBase, aBody, aKey, aLine, bodies } from './costly.ts'

const borne = (statement: Statement) =>
  Object.fromEntries(statement.bodies.map(({ bodyId, annualOre }) => [bodyId, annualOre]))

const annual = (line: Partial<CostLine>, base: Partial<AllocationBase> = {}, year = 2025) => {
  const statement = statementOf(year, [aLine(line)], aBase(base))
  return {
    ...borne(statement),
    nobody: statement.unattributed.annualOre,
    central: statement.central.annualOre,
  }
}

test('equal shares of a whole year', t => {
  t.deepEqual(annual({}), { a: 18_250, b: 18_250, nobody: 0, central: 0 })
})

test('a cost that begins in July costs its days', t => {
  t.deepEqual(annual({ fromOn: '2025-07-01' }), { a: 9200, b: 9200, nobody: 0, central: 0 })
  t.deepEqual(annual({ toOn: '2025-01-10' }), { a: 500, b: 500, nobody: 0, central: 0 })
  t.deepEqual(annual({ fromOn: '2026-01-01' }), { a: 0, b: 0, nobody: 0, central: 0 })
})

test('a leap year costs what a year costs', t => {
  t.deepEqual(annual({}, {}, 2024), { a: 18_250, b: 18_250, nobody: 0, central: 0 })
})

test('a body that ends bears until its last day, and the others bear its part from then on', t => {
  const base = { bodies: [aBody('a'), aBody('b', { endsOn: '2025-01-31' })] }
  t.deepEqual(annual({}, base), { a: 36_500 - 1550, b: 1550, nobody: 0, central: 0 })
})

test('a body that begins in July changes nothing for the half year before', t => {
  const base = { bodies: [aBody('a'), aBody('b'), aBody('c', { startsOn: '2025-07-01' })] }
  // 181 days in halves, 184 in thirds, of 100 öre a day.
  t.deepEqual(annual({}, base), { a: 15_184, b: 15_183, c: 6133, nobody: 0, central: 0 })
})

test('after the seats of each body, by their weights and days', t => {
  const seat = { startsOn: '2020-01-01', costWeight: 1 }
  const base = {
    keys: [aKey({ basis: 'per-mandate' })],
    mandates: [
      { ...seat, bodyId: 'a' },
      { ...seat, bodyId: 'a', costWeight: 2 },
      { ...seat, bodyId: 'b' },
      { ...seat, bodyId: 'b', costWeight: 0 },
      { ...seat, bodyId: 'b', endsOn: '2024-12-31' },
    ],
  }
  t.deepEqual(annual({}, base), { a: 27_375, b: 9125, nobody: 0, central: 0 })
})

test('after the iPads on loan; one for two bodies is half of each', t => {
  const loan = { startsOn: '2025-01-01' }
  const base = {
    keys: [aKey({ basis: 'per-device' })],
    loans: [
      { ...loan, bodyIds: ['a'] },
      { ...loan, bodyIds: ['a', 'b'] },
    ],
  }
  t.deepEqual(annual({}, base), { a: 27_375, b: 9125, nobody: 0, central: 0 })
})

test('days on which nothing was lent are borne by nobody, and it shows', t => {
  const base = { keys: [aKey({ basis: 'per-device' })], loans: [{ bodyIds: ['a'], startsOn: '2025-12-22' }] }
  t.deepEqual(annual({}, base), { a: 1000, b: 0, nobody: 35_500, central: 0 })
})

test('agreed shares; the part of a body that is gone is nobody’s', t => {
  const shares = [
    { bodyId: 'a', parts: 3 },
    { bodyId: 'b', parts: 1 },
  ]
  const keys = [aKey({ basis: 'shares', shares })]
  t.deepEqual(annual({}, { keys }), { a: 27_375, b: 9125, nobody: 0, central: 0 })
  t.deepEqual(annual({}, { keys, bodies: [aBody('a'), aBody('b', { endsOn: '2025-01-31' })] }), {
    a: 27_375,
    b: 775,
    nobody: 8350,
    central: 0,
  })
})

test('a key that ends is followed by the one of its name', t => {
  const old = aKey({ id: 'key', validTo: '2025-01-31', basis: 'shares', shares: [{ bodyId: 'a', parts: 1 }] })
  const next = aKey({
    id: 'next',
    validFrom: '2025-02-01',
    basis: 'shares',
    shares: [{ bodyId: 'b', parts: 1 }],
  })
  t.deepEqual(annual({}, { keys: [old, next] }), { a: 3100, b: 33_400, nobody: 0, central: 0 })
  t.deepEqual(annual({}, { keys: [old] }), { a: 3100, b: 0, nobody: 33_400, central: 0 })
  const statement = statementOf(
    2025,
    [aLine()],
    aBase({ keys: [old, next, aKey({ id: 'x', name: 'Annan' })] }),
  )
  t.deepEqual(
    statement.keys.map(({ id }) => id),
    ['key', 'next'],
  )
})

test('only the kinds of bodies that the key names take part', t => {
  const base = {
    bodies: [aBody('a'), aBody('bolag', { type: 'company' as const })],
    keys: [aKey({ bodyTypes: ['committee'] })],
  }
  t.deepEqual(annual({}, base), { a: 36_500, bolag: 0, nobody: 0, central: 0 })
})

test('who pays is not who bears', t => {
  const statement = statementOf(
    2025,
    [
      aLine({ id: '1', payer: { kind: 'central' }, bearer: { kind: 'body', bodyId: 'b' }, amountOre: 100 }),
      aLine({ id: '2', payer: { kind: 'body', bodyId: 'a' }, bearer: { kind: 'central' }, amountOre: 30 }),
      aLine({ id: '3', payer: { kind: 'body', bodyId: 'a' }, bearer: { kind: 'none' }, amountOre: 7 }),
    ],
    aBase(),
  )
  t.deepEqual(borne(statement), { a: 0, b: 100 })
  t.is(statement.central.annualOre, 30)
  t.is(statement.unattributed.annualOre, 7)
  t.deepEqual(statement.paidBy, [
    { payer: 'central', name: '', oneOffOre: 0, annualOre: 100 },
    { payer: 'a', name: 'a', oneOffOre: 0, annualOre: 37 },
  ])
})

test('a cost of a body that was gone that year is nobody’s', t => {
  const base = { bodies: [aBody('a', { endsOn: '2024-12-31' })] }
  t.deepEqual(annual({ bearer: { kind: 'body', bodyId: 'a' } }, base), { nobody: 36_500, central: 0 })
})

test('one-off and annual stand apart and are never one sum', t => {
  const lines = [
    aLine({ id: '1', amountOre: 1000 }),
    aLine({ id: '2', kind: 'one-off', fromOn: '2025-05-05', amountOre: 400, category: 'device' }),
    aLine({ id: '3', kind: 'one-off', fromOn: '2024-12-31', amountOre: 999 }),
  ]
  const statement = statementOf(2025, lines, aBase())
  t.deepEqual(statement.totals, { oneOffOre: 400, annualOre: 1000 })
  t.like(statement.bodies[0], { bodyId: 'a', oneOffOre: 200, annualOre: 500 })
  t.false(JSON.stringify(statement).includes('1400'))
  t.deepEqual(Object.keys(statement.totals), ['oneOffOre', 'annualOre'])
})

test('a one-off cost is split by the bodies of its day', t => {
  const base = aBase({ bodies: [aBody('a'), aBody('b', { startsOn: '2025-05-06' })] })
  const line = aLine({ kind: 'one-off', fromOn: '2025-05-05', amountOre: 400 })
  t.deepEqual(
    statementOf(2025, [line], base).bodies.map(({ oneOffOre }) => oneOffOre),
    [400, 0],
  )
})

const day = fc
  .integer({ min: 0, max: 364 })
  .map(offset => new Date(Date.UTC(2025, 0, 1 + offset)).toISOString().slice(0, 10))
const period = fc
  .tuple(day, fc.option(day, { nil: undefined }))
  .map(([startsOn, other]) =>
    other === undefined || other < startsOn ? { startsOn } : { startsOn, endsOn: other },
  )

test('whatever begins and ends in a year, what is borne sums to what it cost', t => {
  const seats = fc.array(
    fc.tuple(period, fc.constantFrom('b01', 'b02', 'b03'), fc.nat(3)).map(([when, bodyId, costWeight]) => ({
      ...when,
      bodyId,
      costWeight,
    })),
    { maxLength: 12 },
  )
  const lives = fc.tuple(period, period, period)
  const basis = fc.constantFrom('equal' as const, 'per-mandate' as const, 'per-device' as const)
  t.notThrows(() =>
    fc.assert(
      fc.property(lives, seats, basis, period, fc.integer({ min: 1, max: 10_000_000 }), (...given) => {
        const [life, mandates, by, running, amountOre] = given
        const base = aBase({
          bodies: bodies(3).map((body, index) => ({ ...body, ...life[index] })),
          mandates,
          loans: mandates.map(({ bodyId, startsOn }) => ({ bodyIds: [bodyId, 'b01'], startsOn })),
          keys: [aKey({ basis: by })],
        })
        const { startsOn, endsOn } = running
        const line = aLine({ amountOre, fromOn: startsOn, ...(endsOn !== undefined && { toOn: endsOn }) })
        const { bodies: all, unattributed, totals } = statementOf(2025, [line], base)
        const sum = all.reduce((a, b) => a + b.annualOre, 0) + unattributed.annualOre
        return sum === totals.annualOre
      }),
      { numRuns: 200 },
    ),
  )
})
