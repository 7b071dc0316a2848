import test from 'ava'
import { authenticatorUri, base32, codeAt, stepOf, stepOfCode } from '../../../server/staff/totp.ts'

const secret = Buffer.from('12345678901234567890')

test('codes are those of RFC 6238, appendix B, in their last six digits', t => {
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ] as const)
    t.is(codeAt(secret, stepOf(new Date(seconds * 1000))), code)
})

test('a code works half a minute before and after, and never again', t => {
  const now = new Date('2026-11-22T09:00:10Z')
  const current = stepOf(now)
  const find = (step: number, after = 0) => stepOfCode(codeAt(secret, step), { secret, now, after })
  for (const step of [current - 1, current, current + 1]) t.is(find(step), step)
  for (const step of [current - 2, current + 2]) t.is(find(step), undefined)
  t.is(find(current, current), undefined)
  t.is(find(current, current + 1), undefined)
  t.is(find(current, current - 1), current)
})

test('what is no code of six digits matches nothing', t => {
  const now = new Date('2026-11-22T09:00:10Z')
  for (const code of ['', '12345', '1234567', '12345a', '１２３４５６'])
    t.is(stepOfCode(code, { secret, now, after: 0 }), undefined, code)
})

test('the secret stands in base32 as RFC 4648 has it', t => {
  t.is(base32(Buffer.from('foobar')), 'MZXW6YTBOI')
  t.is(base32(Buffer.from('f')), 'MY')
  const uri = new URL(authenticatorUri({ secret, account: 'asta@example.se' }))
  t.is(uri.searchParams.get('secret'), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  t.is(uri.searchParams.get('issuer'), 'Örnkoll')
})
