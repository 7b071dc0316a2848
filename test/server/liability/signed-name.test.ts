import test from 'ava'
import { checkSignedName, isSignedAs } from '../../../server/liability/signed-name.ts'

const borrower = (givenName: string, familyName: string) => ({ givenName, familyName })

/** What is typed by whom is meant, and by whom it is not. */
const cases = [
  {
    who: borrower('Åsa Maria', 'Lindström-Öberg'),
    own: [
      'Åsa Lindström-Öberg',
      'asa lindstrom oberg',
      'ÅSA  MARIA LINDSTRÖM',
      'Lindström, Åsa',
      'Å. Lindström',
      'ÅM Öberg',
      'Maria Öberg',
      'ÅsaMariaLindströmÖberg',
      'Asa\u030A Lindstro\u0308m',
      'Ása Lindström',
      'Åsa Karin Öberg',
    ],
    other: [
      'Åsa',
      'Lindström',
      'Erik Lindström',
      'Åsa Berg',
      'Åsa Lundström',
      'E Öberg',
      'Lindström Öberg',
      '',
      '...',
      'Åsa Maria',
    ],
  },
  {
    who: borrower('Erik', 'von Essen'),
    own: ['Erik von Essen', 'Erik Essen', 'erik vonessen', 'E. von Essen'],
    other: ['Erik von Sydow', 'Eva Essen-Ek', 'von Essen'],
  },
  {
    who: borrower('Bo', 'Ek'),
    own: ['Bo Ek', 'ek bo', 'B Ek'],
    other: ['Bo Ekman', 'Bo El', 'Bu Ek', 'Ek', 'Bo'],
  },
  { who: borrower('Pat', 'O’Brien'), own: ["Pat O'Brien", 'pat obrien', 'P O’Brien'], other: ['Pat Bryan'] },
  { who: borrower('Søren', 'Præst'), own: ['Soren Praest', 'Søren Præst'], other: ['Søren Holm'] },
  { who: borrower('Олена', 'Шевченко'), own: ['олена шевченко'], other: ['Олена Бондар', 'Olena Bondar'] },
  { who: borrower('Sukarno', ''), own: ['Sukarno', 'sukarno'], other: ['Suharto', 'S'] },
  { who: borrower('', 'Sukarno'), own: ['Sukarno'], other: ['S', 'Suharto'] },
  {
    who: borrower('Karl', 'Karlsson'),
    own: ['Karl Karlsson', 'Karl Karlson'],
    other: ['Karlsson', 'Karl', 'Karl Larsson'],
  },
]

test('a name is taken as people write their own, and not when it is another’s', t => {
  for (const { who, own, other } of cases) {
    for (const typed of own) t.true(isSignedAs(typed, who), `${typed} is ${who.givenName} ${who.familyName}`)
    for (const typed of other) t.false(isSignedAs(typed, who), `${typed} is not ${who.givenName}`)
  }
})

test('a typed name of somebody else is refused; a drawn signature is not read', t => {
  const bo = borrower('Bo', 'Ek')
  t.throws(() => checkSignedName({ kind: 'typed', name: 'Anna Berg' }, bo), { code: 'signature-other-name' })
  t.notThrows(() => checkSignedName({ kind: 'typed', name: 'B. Ek' }, bo))
  t.notThrows(() => checkSignedName({ kind: 'drawn', width: 600, height: 200, strokes: [] }, bo))
})
