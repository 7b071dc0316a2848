import { randomBytes } from 'node:crypto'
import test from 'ava'
import { createSecretBox, SecretError } from '../../../server/certificates/secret-box.ts'

const key = Buffer.alloc(32, 1)
const box = createSecretBox(key, randomBytes)
const secret = Buffer.from('-----BEGIN PRIVATE KEY----- åäö')
const place = 'push/org-1'

test('a sealed secret opens with the same key at the same place', t => {
  for (const each of [secret, Buffer.alloc(0), randomBytes(5_000)]) {
    t.deepEqual(Buffer.from(box.openSecret(box.sealSecret(each, place), place)), each)
  }
})

test('a sealed secret shows nothing of what is in it and is another one each time', t => {
  const sealed = box.sealSecret(secret, place)
  t.regex(sealed, /^v1\.[A-Za-z0-9_-]+$/)
  t.false(Buffer.from(sealed.slice(3), 'base64url').includes(Buffer.from('PRIVATE')))
  t.not(box.sealSecret(secret, place), sealed)
})

test('another key, another place and any change are refused', t => {
  const sealed = box.sealSecret(secret, place)
  const other = createSecretBox(Buffer.alloc(32, 2), randomBytes)
  t.throws(() => other.openSecret(sealed, place), { instanceOf: SecretError })
  t.throws(() => box.openSecret(sealed, 'push/org-2'), { instanceOf: SecretError })
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    t.throws(() => box.openSecret(`v1.${changed.toString('base64url')}`, place), { instanceOf: SecretError })
  }
})

test('what was never sealed is refused', t => {
  for (const text of [
    '',
    'v1.',
    'v2.AAAA',
    secret.toString(),
    `v1.${Buffer.alloc(27).toString('base64url')}`,
  ]) {
    t.throws(() => box.openSecret(text, place), { instanceOf: SecretError }, text)
  }
})

test('keys for other uses differ by purpose and by secret key, and come out the same each time', t => {
  const other = createSecretBox(Buffer.alloc(32, 2), randomBytes)
  t.is(box.keyFor('staff-cookie'), createSecretBox(key, randomBytes).keyFor('staff-cookie'))
  t.not(box.keyFor('staff-cookie'), box.keyFor('webhooks'))
  t.not(box.keyFor('staff-cookie'), other.keyFor('staff-cookie'))
  t.regex(box.keyFor('staff-cookie'), /^[A-Za-z0-9_-]{43}$/)
  t.not(box.keyFor(''), key.toString('base64url'))
})
