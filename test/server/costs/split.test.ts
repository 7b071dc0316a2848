import test from 'ava'
import fc from 'fast-check'
import { proportion, split } from '../../../server/costs/split.ts'

const ore = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 })
const weights = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 30n }), { minLength: 1, maxLength: 60 })
  .filter(all => all.some(weight => weight > 0n))

test('a hundred kronor in thirds', t => {
  t.deepEqual(split(10_000, [1n, 1n, 1n]), [3334, 3333, 3333])
})

test('the öre goes to the largest remainder, not to the first', t => {
  t.deepEqual(split(100, [1n, 1n, 4n]), [17, 17, 66])
  t.deepEqual(split(10, [3n, 3n, 4n, 5n]), [2, 2, 3, 3])
})

test('a table that did not sum when each cell was rounded sums now', t => {
  // The sources' table of 2014: 0.9 + 0.3 + 2.5 + 2.2, printed with the sum 5.8 (contradiction C16).
  t.deepEqual(split(58, [9n, 3n, 25n, 22n]), [9, 3, 24, 22])
})

test('shares always sum to the total to the öre', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(ore, weights, (total, all) => split(total, all).reduce((a, b) => a + b, 0) === total),
    ),
  )
})

test('no share is an öre or more from the exact one, and none has another sign than the total', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(ore, weights, (total, all) => {
        const sum = all.reduce((a, b) => a + b, 0n)
        return split(total, all).every((share, index) => {
          const distance = BigInt(share) * sum - BigInt(total) * (all[index] ?? 0n)
          const near = distance < sum && distance > -sum
          return near && share * Math.sign(total) >= 0
        })
      }),
    ),
  )
})

test('who weighs nothing bears nothing, and who weighs more never bears less', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.nat(1_000_000_000), weights, (total, all) => {
        const shares = split(total, all)
        return all.every((weight, i) =>
          weight === 0n
            ? shares[i] === 0
            : all.every((other, j) => weight <= other || (shares[i] ?? 0) >= (shares[j] ?? 0)),
        )
      }),
    ),
  )
})

test('a credit is split as its opposite', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(ore, weights, (total, all) => {
        const there = split(total, all)
        return split(-total, all).every((share, index) => share === (-(there[index] ?? 0) || 0))
      }),
    ),
  )
})

test('nothing can be split over nobody', t => {
  t.throws(() => split(100, []), { instanceOf: RangeError })
  t.throws(() => split(100, [0n, 0n]), { instanceOf: RangeError })
  t.throws(() => split(100, [2n, -1n]), { instanceOf: RangeError })
})

test('a part of a year is rounded to the nearest öre', t => {
  t.is(proportion(365, 1, 365), 1)
  t.is(proportion(100, 1, 3), 33)
  t.is(proportion(100, 2, 3), 67)
  t.is(proportion(1, 1, 2), 1)
  t.is(proportion(-1, 1, 2), -1)
  t.is(proportion(1, 1, 3), 0)
  t.is(proportion(145_026_000, 365, 365), 145_026_000)
})
