import test from 'ava'
import { createPushQueue } from '../../../server/push/push-queue.ts'

type Deps = Parameters<typeof createPushQueue>[0]

/** A queue over iPads that are all due, with a service that answers when it is told to. */
function aQueue(ids: readonly string[]) {
  const pushes: string[][] = []
  const answers: (() => void)[] = []
  const queue = createPushQueue({
    enrolments: {
      findWakeable: (wanted: readonly string[]) =>
        Promise.resolve(wanted.map(id => ({ id, token: 'ab', pushMagic: 'm', wakeAttempts: 0 }))),
      dueForWake: () => Promise.resolve(ids),
      woken: () => Promise.resolve(),
    } as unknown as Deps['enrolments'],
    pusher: () =>
      Promise.resolve({
        wake: async targets => {
          pushes.push(targets.map(({ enrolmentId }) => enrolmentId))
          await new Promise<void>(resolve => answers.push(resolve))
          return new Map(targets.map(({ enrolmentId }) => [enrolmentId, { kind: 'sent' }]))
        },
        close: () => Promise.resolve(),
      }),
    pushed: () => Promise.resolve(),
    clock: { now: () => new Date('2026-11-22T08:00:00Z') },
    note: () => undefined,
  })
  /** Until the service has been asked so many times. */
  const asked = async (times: number) => {
    while (answers.length < times) await new Promise(resolve => setImmediate(resolve))
  }
  const answer = async () => {
    while (answers.length > 0) answers.shift()?.()
    await queue.idle()
  }
  return { queue, pushes, asked, answer }
}

test('a sweep leaves out whose push has not been answered yet', async t => {
  const { queue, pushes, asked, answer } = aQueue(['one', 'other'])
  queue.wake(['one'])
  await asked(1)
  const swept = queue.sweep()
  await asked(2)
  t.deepEqual(pushes, [['one'], ['other']])
  await answer()
  await swept
  const again = queue.sweep()
  await asked(1)
  t.deepEqual(pushes.at(-1), ['one', 'other'], 'once it is answered its time decides')
  await answer()
  await again
})

test('a start looks for the pushes of the process before, not for its own', async t => {
  const { queue, pushes, asked, answer } = aQueue(['one', 'other'])
  queue.wake(['one'])
  await asked(1)
  await answer()
  const begun = queue.startOver()
  await asked(1)
  t.deepEqual(pushes, [['one'], ['other']])
  await answer()
  await begun
})
