import test from 'ava'
import { usualPlan, wavesOf } from '../../../server/assignments/wave-plan.ts'

const ids = (count: number) => Array.from({ length: count }, (_, index) => `d${index}`)
const sizes = (count: number, plan = usualPlan) => wavesOf(ids(count), plan).map(({ length }) => length)

test('five iPads, then a tenth of all, then everybody who is left', t => {
  t.deepEqual(sizes(469), [5, 47, 417])
  t.deepEqual(wavesOf(ids(469), usualPlan).flat(), ids(469), 'nobody twice, nobody forgotten, in order')
})

test('waves that nobody is left for are not made, and there is always one', t => {
  t.deepEqual(sizes(3), [3])
  t.deepEqual(sizes(6), [5, 1])
  t.deepEqual(sizes(0), [0])
  t.deepEqual(sizes(9, { waves: [] }), [9])
})
