import { EventEmitter, once } from 'node:events'
import test from 'ava'
import { createLargeFiles } from '../../../server/profiles/large-files.ts'

const file = (length: number) => ({ from: 'file', bytes: new Uint8Array(length) }) as const

test('large files are dealt with one after the other, also after one that is refused; a small one waits for none', async t => {
  const inTurnIfLarge = createLargeFiles()
  const course: string[] = []
  const work = (name: string, end: () => Promise<void>) => async () => {
    course.push(`${name} begins`)
    await end()
    course.push(`${name} ends`)
    return name
  }
  const gate = new EventEmitter()
  const opened = once(gate, 'open')
  const begun = once(gate, 'begun')
  const first = inTurnIfLarge(
    file(3_000_000),
    work('first', async () => {
      gate.emit('begun')
      await opened
      throw new Error('Not a profile')
    }),
  )
  const second = inTurnIfLarge(
    file(300_000),
    work('second', () => Promise.resolve()),
  )
  await begun
  t.is(
    await inTurnIfLarge(
      file(2000),
      work('small', () => Promise.resolve()),
    ),
    'small',
  )
  gate.emit('open')
  await t.throwsAsync(first, { message: 'Not a profile' })
  t.is(await second, 'second')
  t.deepEqual(course, ['first begins', 'small begins', 'small ends', 'second begins', 'second ends'])
})
