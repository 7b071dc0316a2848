import test from 'ava'
import { doubleKeysOf, doubleOf, doublesAmong, pairKey } from '../../../server/people/doubles.ts'
import { type Person } from '../../../server/people/person.ts'

const nobody = { givenName: 'Anna', familyName: 'Berg', email: 'anna.berg@ekeby.example' }
type Fields = Partial<typeof nobody> & { phone?: string }

/** As the store groups them. */
function byKey(people: readonly Person[]): Iterable<readonly Person[]> {
  const groups = new Map<string, Person[]>()
  for (const one of people)
    for (const key of doubleKeysOf(one)) groups.set(key, [...(groups.get(key) ?? []), one])
  return groups.values()
}

const proposed = test.macro({
  exec(t, one: Fields, other: Fields, expected: string) {
    const email = 'somebody.else@home.example'
    const [a, b] = [
      { ...nobody, ...one },
      { ...nobody, email, ...other },
    ]
    const told = (double: ReturnType<typeof doubleOf>) =>
      double ? `${double.likelihood}: ${double.reasons.join(', ')}` : 'no'
    t.is(told(doubleOf(a, b)), expected)
    t.is(told(doubleOf(b, a)), expected, 'the other way round')
  },
  title: (given = '', one, other, expected) =>
    given === '' ? `${JSON.stringify([one, other])} is ${String(expected)}` : given,
})

const phone = '070-123 45 67'
test('a name alone is worth a look', proposed, {}, {}, 'possible: same-name')
test(proposed, { phone }, { phone: '+46 (0)70 123 45 67' }, 'likely: same-name, same-phone')
test(proposed, { phone }, { phone: '0046701234567' }, 'likely: same-name, same-phone')
test(proposed, {}, { email: 'anna.berg@home.example' }, 'likely: same-name, same-local-part')
test(proposed, {}, { email: 'annaberg+ipad@ekeby.example' }, 'likely: same-name, same-mailbox')
test(
  'swapped names are the same',
  proposed,
  {},
  { givenName: 'Berg', familyName: 'Anna' },
  'possible: same-name',
)
const asa = { givenName: 'Åsa', familyName: 'Sjöö-Ängström' }
test(
  'å, ä and ö are the letters that other systems write',
  proposed,
  asa,
  { givenName: 'Asa', familyName: 'Sjoo Angstrom' },
  'possible: same-name',
)
test(proposed, asa, { givenName: 'AASA', familyName: 'Sjøø Ængstrøm' }, 'possible: same-name')
const carl = { givenName: 'Carl', familyName: 'Johansson' }
test(
  'a name that only sounds the same needs something besides',
  proposed,
  carl,
  { givenName: 'Karl', familyName: 'Johanson' },
  'no',
)
test(
  proposed,
  { ...carl, phone },
  { givenName: 'Karl', familyName: 'Johanson', phone },
  'likely: alike-name, same-phone',
)
test(proposed, { ...nobody, phone }, { givenName: 'Anna Maria', phone }, 'likely: alike-name, same-phone')
test(
  'one slip of the finger',
  proposed,
  { familyName: 'Lundqvist', phone },
  { familyName: 'Lundqvit', phone },
  'likely: alike-name, same-phone',
)
test(
  'whoever marries keeps the given name and the phone',
  proposed,
  { phone },
  { familyName: 'Ek', phone },
  'possible: same-given-name, same-phone',
)
test('a family at one phone is several people', proposed, { phone }, { givenName: 'Bo', phone }, 'no')
test('a given name is common', proposed, {}, { familyName: 'Ek' }, 'no')
test('a number too short is nobody’s', proposed, { phone: '112' }, { phone: '112' }, 'possible: same-name')
test(
  '“info” says nothing',
  proposed,
  { email: 'info@a.example' },
  { email: 'info@b.example' },
  'possible: same-name',
)
test(
  'short names that differ by a letter are two people',
  proposed,
  { givenName: 'Bo', familyName: 'Ek', phone },
  { givenName: 'Bo', familyName: 'Ed', phone },
  'possible: same-given-name, same-phone',
)

const person = (id: string, fields: Partial<Person>): Person => ({
  ...nobody,
  id,
  organisationIds: ['a'],
  language: 'sv',
  protectedIdentity: false,
  version: 1,
  email: `${id}@ekeby.example`,
  ...fields,
})

test('pairs are found among many, likelier first, and neither protected people nor pairs kept apart', t => {
  const people = [
    ...Array.from({ length: 2000 }, (_, index) =>
      person(`p${index}`, {
        givenName: `G${'abcdefghij'[index % 10] ?? ''}`,
        familyName: `Fam${index.toString(2).replaceAll('0', 'x').replaceAll('1', 'y')}`,
      }),
    ),
    person('a1', {}),
    person('a2', {}),
    person('a3', { protectedIdentity: true }),
    person('b1', { givenName: 'Örjan', familyName: 'Öberg', phone }),
    person('b2', { givenName: 'Orjan', familyName: 'Oberg', phone }),
    person('c1', { givenName: 'Cia', familyName: 'Dahl' }),
    person('c2', { givenName: 'Cia', familyName: 'Dahl' }),
  ]
  const kept = pairKey('c2', 'c1')
  const found = doublesAmong(byKey(people), (one, other) => pairKey(one, other) === kept)
  t.deepEqual(
    found.map(({ people: [one, other], likelihood }) => `${one.id} ${other.id} ${likelihood}`),
    ['b1 b2 likely', 'a1 a2 possible'],
  )
})

test('a number that half the house answers proposes nobody', t => {
  const many = Array.from({ length: 61 }, (_, index) =>
    person(`p${index}`, {
      givenName: 'Anna',
      familyName: `Fam${'x'.repeat(index)}y${index % 2 ? 'q' : ''}`,
      phone,
    }),
  )
  t.deepEqual(
    doublesAmong(byKey(many), () => false),
    [],
  )
})
