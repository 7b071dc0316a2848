import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import test from 'ava'
import { tidyAtRest } from '../../../../../server/database/embedded/host/tidy-at-rest.ts'

const patienceMs = 30_000

function work(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

test.serial('what a busy spell leaves behind is collected once, when the thread rests', async t => {
  const collected: string[] = []
  const collect = ({ flavor }: { flavor: string }) => collected.push(flavor)
  t.teardown(tidyAtRest(collect, { everyMs: 20, restingShare: 1.1, worthMs: 40 }))
  work(50)
  const until = performance.now() + patienceMs
  while (collected.length === 0 && performance.now() < until) await wait(5)
  t.deepEqual(collected, ['last-resort'], 'which gives back half-empty pages too')
})

test.serial('a thread at work is left alone', async t => {
  let collected = 0
  const stop = tidyAtRest(() => collected++, { everyMs: 5, restingShare: 0, worthMs: 0 })
  work(20)
  // Its time to look has passed while the thread worked: it looks in one of these turns.
  await nextTurn()
  await nextTurn()
  work(20)
  stop()
  t.is(collected, 0)
})

test.serial('without a collector there is nothing to do, and nothing to stop', t => {
  t.notThrows(tidyAtRest(undefined))
})
