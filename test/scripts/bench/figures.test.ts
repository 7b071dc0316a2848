import test from 'ava'
import { percentile, resultLine } from '../../../scripts/bench/figures.ts'

test('a percentile is one of the values, whatever their order', t => {
  const values = [5, 1, 4, 2, 3, 10, 9, 8, 7, 6]
  t.is(percentile(values, 0.5), 5)
  t.is(percentile(values, 0.95), 10)
  t.is(percentile(values, 1), 10)
  t.is(percentile([7], 0.5), 7)
  t.throws(() => percentile([], 0.5), { instanceOf: RangeError })
})

test('the last line of a bench can be read by a machine', t => {
  t.is(resultLine('memory', 151.26, 200), 'RESULT memory value=151 limit=200 ratio=0.756')
  t.is(resultLine('theft-to-lock', 0.41234, 2), 'RESULT theft-to-lock value=0.412 limit=2 ratio=0.206')
})
