import test from 'ava'
import { createMayBeOneOf, handsOf, openersOf } from '../../../server/staff/opened.ts'

const at = new Date('2026-03-02T12:00:00Z')
const after = (hours: number) => new Date(at.getTime() + hours * 3_600_000)
const opened = { by: ['karin'], at }

test('an account that somebody opened is theirs too for seven days', t => {
  t.deepEqual(openersOf({ opened }, at), ['karin'])
  t.deepEqual(openersOf({ opened }, after(7 * 24 - 1)), ['karin'])
  t.deepEqual(openersOf({ opened }, after(7 * 24)), [])
  t.deepEqual(openersOf({}, at), [])
})

test('a door is opened by the person who answers, and by those who opened their account', t => {
  const nils = { kind: 'staff', id: 'nils' } as const
  t.deepEqual(handsOf(nils, {}, at), ['nils'])
  t.deepEqual(handsOf(nils, { opened }, at), ['nils', 'karin'])
  t.deepEqual(handsOf(nils, { opened }, after(200)), ['nils'])
  const program = { kind: 'token', id: 't1', behind: { id: 'nils', name: 'Nils' } } as const
  t.deepEqual(handsOf(program, { opened }, at), ['nils', 'karin'])
  t.deepEqual(handsOf({ kind: 'token', id: 'of the command line' }, undefined, at), ['of the command line'])
  t.deepEqual(handsOf({ kind: 'system', id: 'system' }, undefined, at), [])
})

test('of two accounts either may have opened the other', async t => {
  const openers: Record<string, readonly string[]> = { nils: ['karin'] }
  const mayBeOneOf = createMayBeOneOf(id => Promise.resolve(openers[id] ?? []))
  t.true(await mayBeOneOf('nils', ['eva', 'karin']))
  t.true(await mayBeOneOf('karin', ['eva', 'nils']))
  t.false(await mayBeOneOf('eva', ['nils', 'karin']))
  t.false(await mayBeOneOf('nils', []))
})
