import test from 'ava'
import { commonPasswords } from '../../../server/staff/common-passwords.ts'
import { passwordFault } from '../../../server/staff/password-rule.ts'

const owner = { name: 'Asta Lindqvist', email: 'asta.lindqvist@example.se', organisations: ['Ekeby kommun'] }
const fault = (password: string) => passwordFault(password, owner, commonPasswords)

test('a few words in a row will do, also with the owner’s own name among them', t => {
  for (const password of [
    'fyra korta vanliga ord',
    'en lång mening som lösenord',
    'korrekt häst batteri',
    'Asta åt tre glassar i juli',
    'xK7#mQ2!vR9p',
    'another good one',
    'planterat lösenord som ingen gissar',
    'Ekeby lånar ut plattor',
    'h7vtq2mzx4kp',
  ])
    t.is(fault(password), undefined, password)
})

test('eleven characters are too few and two hundred and one too many, however they are counted', t => {
  t.is(fault('korrekt häs'), 'password-short')
  t.is(fault('🦅🐟🐝🌲🍂🌊⚡️🎈🧭🚲'), 'password-short')
  t.is(fault('korrekt häst '.repeat(16)), 'password-long')
})

test('what is tried first is refused', t => {
  for (const password of [
    'unbelievable',
    '1qaz2wsx3edc4rfv',
    'Password2026!',
    'P@ssw0rd2026!',
    'Sommar2026!!',
    'välkommen1234',
    'passwordpassword',
    'hejhejhejhej',
    'aaaaaaaaaaaab',
    '123456789012',
    'abcdefghijklmn',
    'qwertyuiopåasdf',
    'LÖSENORD2026',
    'sommar2026sommar',
    'Kommun2026Sommar',
    'vår2026hösten26',
    'stockholm2026göteborg',
    'fotboll hejsan sommar',
    'hemligt-hemligt-2026',
    'S0mm@r-i-Sverige-26',
    'admin admin admin admin',
    'volvo volvo saab 1234',
  ])
    t.is(fault(password), 'password-common', password)
})

test('one’s own name, address or organisation with a few signs is refused', t => {
  for (const password of [
    'Asta Lindqvist1',
    'astalindqvist26',
    'asta.lindqvist@example.se',
    'asta.lindqvist!',
    'asta2026lindqvist',
    'Lindqvist&Asta99',
    'EkebyKommun2026!',
    'ekeby-ipad-2026',
  ])
    t.is(fault(password), 'password-personal', password)
})
