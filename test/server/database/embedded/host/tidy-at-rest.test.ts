import { setTimeout as wait } from 'node:timers/promises'
import test from 'ava'
import { tidyAtRest } from '../../../../../server/database/embedded/host/tidy-at-rest.ts'

const patienceMs = 30_000

/** Something that nobody holds any more, seen only by whether it has been collected. */
const dropped = () => new WeakRef({ pages: Array.from({ length: 1000 }, (_, index) => ({ index })) })

test('what a busy spell leaves behind is given back once the thread rests', async t => {
  const left = dropped()
  t.teardown(tidyAtRest({ everyMs: 20, restingShare: 1.1, worthMs: 0 }))
  const until = performance.now() + patienceMs
  while (left.deref() !== undefined && performance.now() < until) await wait(20)
  t.is(left.deref(), undefined)
})

test('the collector is handed to nobody else', t => {
  tidyAtRest({ everyMs: 60_000, restingShare: 0, worthMs: 0 })()
  t.is(typeof Reflect.get(globalThis, 'gc'), 'undefined')
})
