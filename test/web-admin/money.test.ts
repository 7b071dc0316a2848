import test from 'ava'
import { kronor, oreFrom, typedKronor } from '../../web-admin/money.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test('an amount is written the Swedish way, with blanks that do not break', t => {
  t.is(plain(kronor(123_450, 'sv')), '1 234,50 kr')
  t.notRegex(kronor(123_450, 'sv'), / /)
  t.is(kronor(123_450, 'en'), '1,234.50\u00a0kr')
  t.is(plain(kronor(-5, 'sv')), '\u22120,05 kr')
  t.is(plain(kronor(0, 'sv')), '0,00 kr')
})

test('what people type as an amount is read in öre', t => {
  t.is(oreFrom('1 234,50'), 123_450)
  t.is(oreFrom('1234.5'), 123_450)
  t.is(oreFrom('1234 kr'), 123_400)
  t.is(oreFrom('0,07'), 7)
  t.is(oreFrom('-100'), -10_000)
})

test('an amount that could be read in two ways, or is none, is not guessed', t => {
  for (const typed of ['1.234', '1,2345', '1.234,50', 'tolv', '', '1e5', '12,'])
    t.is(oreFrom(typed), undefined, typed)
})

test('an amount comes back from the form field as it went in', t => {
  for (const ore of [0, 7, 123_450, 99_999_999]) t.is(oreFrom(typedKronor(ore)), ore)
})
