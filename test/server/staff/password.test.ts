import { randomBytes } from 'node:crypto'
import test from 'ava'
import { hashPassword, isPassword } from '../../../server/staff/password.ts'

test('a password is known again, also when its å was typed as two characters', async t => {
  const hash = await hashPassword('blå himmel över ån', randomBytes)
  t.true(await isPassword('blå himmel över ån'.normalize('NFD'), hash))
  t.false(await isPassword('bla himmel over an', hash))
})

test('the hash holds its own cost and no part of the password', async t => {
  const hash = await hashPassword('korrekt häst batteri', randomBytes)
  t.regex(hash, /^scrypt\$65536\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
  t.not(hash, await hashPassword('korrekt häst batteri', randomBytes))
})

test('a damaged hash lets nobody in', async t => {
  for (const stored of ['', 'scrypt$65536$8$1$$', 'plain$x', 'bcrypt$1$2$3$4$5']) {
    t.false(await isPassword('', stored))
  }
})
