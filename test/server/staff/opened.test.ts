import test from 'ava'
import { createMayBeOneOf, handsOf, openersBehind, openersOf } from '../../../server/staff/opened.ts'

const at = new Date('2026-03-02T12:00:00Z')
const after = (hours: number) => new Date(at.getTime() + hours * 3_600_000)
const opened = { by: ['karin'], at }

test('an account that somebody opened is theirs too for seven days', t => {
  t.deepEqual(openersOf({ opened }, at), ['karin'])
  t.deepEqual(openersOf({ opened }, after(7 * 24 - 1)), ['karin'])
  t.deepEqual(openersOf({ opened }, after(7 * 24)), [])
  t.deepEqual(openersOf({}, at), [])
})

/** Accounts and keys as they are stored. */
const stored = (account?: { opened?: typeof opened }, openers?: readonly string[]) =>
  ({
    find: () => Promise.resolve(account),
    findToken: () => Promise.resolve(openers && { openers }),
  }) as unknown as Parameters<typeof handsOf>[1]

test('a door is opened by the person who answers, and by those who opened their account', async t => {
  const nils = { kind: 'staff', id: 'nils' } as const
  t.deepEqual(await handsOf(nils, stored({}), at), ['nils'])
  t.deepEqual(await handsOf(nils, stored({ opened }), at), ['nils', 'karin'])
  t.deepEqual(await handsOf(nils, stored({ opened }), after(200)), ['nils'])
  const program = { kind: 'token', id: 't1', behind: { id: 'nils', name: 'Nils' } } as const
  t.deepEqual(await handsOf(program, stored({ opened }), at), ['nils', 'karin'])
  t.deepEqual(await handsOf({ kind: 'token', id: 'of the command line' }, stored(), at), [
    'of the command line',
  ])
  t.deepEqual(await handsOf({ kind: 'system', id: 'system' }, stored(), at), [])
})

test('a key that was made at an opened account is its openers for as long as it lives', async t => {
  const program = { kind: 'token', id: 't1', behind: { id: 'nils', name: 'Nils' } } as const
  t.deepEqual(await openersBehind(program, stored({}, ['karin']), after(9000)), ['karin'])
  t.deepEqual(await openersBehind({ kind: 'staff', id: 'nils' }, stored({}, ['karin']), after(9000)), [])
})

test('of two accounts either may have opened the other', async t => {
  const openers: Record<string, readonly string[]> = { nils: ['karin'] }
  const mayBeOneOf = createMayBeOneOf(({ id }) => Promise.resolve(openers[id] ?? []))
  const one = (id: string) => ({ kind: 'staff', id }) as const
  t.true(await mayBeOneOf(one('nils'), ['eva', 'karin']))
  t.true(await mayBeOneOf(one('karin'), ['eva', 'nils']))
  t.false(await mayBeOneOf(one('eva'), ['nils', 'karin']))
  t.false(await mayBeOneOf(one('nils'), []))
})
