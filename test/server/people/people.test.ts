import test from 'ava'
import { fullName, handleOf } from '../../../server/people/person.ts'
import { personErrors } from '../../../server/people/person-input.ts'
import { folded, wordsOf } from '../../../server/people/person-search.ts'
import { type People } from '../../../server/people/people.ts'
import { anActor, openLending } from '../../support/lending.ts'

const a = anActor('a')
const b = anActor('b')
const desk = anActor('a', ['handout'])
const anna = { givenName: 'Anna', familyName: 'Berg-Öst', email: 'Anna.Berg@Example.se' }

async function names(people: People, actor: typeof a, q: string): Promise<string[]> {
  return (await people.list(actor, { q, limit: 50 })).items.map(fullName)
}

test('a person is found by beginnings of names and address, in any order of words', async t => {
  const { people } = await openLending(t)
  const person = await people.register(a, anna)
  t.is(person.email, 'anna.berg@example.se')
  for (const q of ['anna', 'BERG', 'öst', 'berg an', 'Berg, Anna', 'anna b', 'anna.berg@', ''])
    t.is((await names(people, a, q)).length, 1, q)
  for (const q of ['nna', 'anna x', 'anna.berg@other', '{"$ne":1}'])
    t.deepEqual(await names(people, a, q), [], q)
})

test('people stand in Swedish order, page by page', async t => {
  const { people } = await openLending(t)
  const families = ['Öberg', 'Ek', 'Åberg', 'Zetterlund', 'Élan', 'Ärlig', 'Ekström']
  for (const [index, familyName] of families.entries())
    await people.register(a, { givenName: 'Kim', familyName, email: `kim${index}@example.se` })
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await people.list(a, { limit: 2, after })
    seen.push(...page.items.map(person => person.familyName))
    after = page.next ?? undefined
  } while (after !== undefined)
  t.deepEqual(seen, ['Ek', 'Ekström', 'Élan', 'Zetterlund', 'Åberg', 'Ärlig', 'Öberg'])
})

test('an address that another organisation knows means the same person, and neither sees the other', async t => {
  const { people } = await openLending(t)
  const first = await people.register(a, { ...anna, phone: '070-123 45 67' })
  t.deepEqual((await people.list(b, { limit: 10 })).items, [])
  await t.throwsAsync(people.get(b, first.id), { code: 'person-unknown' })
  const shared = await people.register(b, { ...anna, givenName: 'Annika', phone: null })
  t.is(shared.id, first.id)
  t.is(shared.givenName, 'Anna', 'what stands about the person is not written over')
  t.deepEqual(shared.organisationIds, ['b'])
  t.deepEqual((await people.get(a, first.id)).organisationIds, ['a'])
  await t.throwsAsync(people.register(b, anna), { code: 'person-exists' })
})

test('saving a shared person keeps what the editor cannot see', async t => {
  const { people } = await openLending(t)
  const { id } = await people.register(a, anna)
  await people.register(b, anna)
  const seen = await people.get(b, id)
  const edit = () => people.edit(b, id, { ...seen, familyName: 'Berg' })
  await t.throwsAsync(edit, { code: 'person-not-yours-yet' }, 'an address alone opens nobody')
  t.is((await people.get(a, id)).familyName, anna.familyName)
  await people.hold(b, id)
  await edit()
  t.is((await people.get(a, id)).familyName, 'Berg')
  t.is((await people.get(a, id)).version, 2)
  t.is((await people.get(b, id)).familyName, 'Berg')
})

test('a stale form changes nothing', async t => {
  const { people } = await openLending(t)
  const { id } = await people.register(a, anna)
  await people.edit(a, id, { version: 1, phone: '070-123 45 67' })
  await t.throwsAsync(people.edit(a, id, { version: 1, phone: null }), { code: 'stale' })
  t.is((await people.get(a, id)).phone, '070-123 45 67')
  await people.edit(a, id, { version: 2, phone: null })
  t.false('phone' in (await people.get(a, id)))
})

test('an address is one person’s: another cannot take it', async t => {
  const { people } = await openLending(t)
  await people.register(a, anna)
  const other = await people.register(a, { givenName: 'Bo', familyName: 'Ek', email: 'bo@example.se' })
  await t.throwsAsync(people.edit(a, other.id, { version: 1, email: 'ANNA.berg@example.se' }), {
    code: 'email-taken',
  })
  t.is((await people.get(a, other.id)).email, 'bo@example.se')
})

test('a protected identity shows nowhere but to those who ask for it by right and reason', async t => {
  const { people, audit } = await openLending(t)
  const registered = await people.register(a, { ...anna, phone: '070-123 45 67', protectedIdentity: true })
  const { id } = registered
  const shownTo = [
    registered,
    await people.get(a, id),
    ...(await people.many(a, [id])),
    ...(await people.list(a, { limit: 10 })).items,
    ...(await people.list(a, { limit: 10, q: handleOf({ id }) })).items,
    await people.register(b, anna),
  ]
  t.is(shownTo.length, 6)
  for (const person of shownTo) {
    t.is(person.givenName, 'Skyddad person')
    t.notRegex(JSON.stringify(person), /anna|berg|070/i)
  }
  for (const q of ['anna', 'berg', 'anna.berg@example.se', '070'])
    t.deepEqual(await names(people, a, q), [], q)
  const { next } = await people.list(a, { limit: 1 })
  t.is(next, null)
  await t.throwsAsync(people.reveal(desk, id, 'to hand out'), { code: 'person-protected' })
  await t.throwsAsync(people.edit(desk, id, { version: 1, givenName: 'X' }), { code: 'person-protected' })
  await t.throwsAsync(people.edit(a, id, { version: 1, givenName: 'X' }), { code: 'person-reason' })
  t.is((await audit.list('a', { limit: 10 })).filter(event => event.action === 'people.reveal').length, 0)
  t.is((await people.reveal(a, id, 'wrong address on the form')).givenName, 'Anna')
  const [event] = (await audit.list('a', { limit: 10 })).filter(({ action }) => action === 'people.reveal')
  t.like(event, { reason: 'wrong address on the form', on: { id } })
  t.notRegex(JSON.stringify(await audit.list('a', { limit: 10 })), /anna|berg|070/i)
})

test('the log tells who has opened whom, once a day, somebody protected every time, and who was shown many', async t => {
  const { people, audit, time } = await openLending(t)
  const { id } = await people.register(a, anna)
  const hidden = await people.register(a, { ...anna, email: 'dold@example.se', protectedIdentity: true })
  const other = { ...anActor('a'), id: 'another' }
  const looks = async (action: string) =>
    (await audit.list('a', { action, limit: 100, oldestFirst: true })).map(({ actor, on, after }) => [
      ...[actor.id, on.id],
      ...(after ? [after['shown']] : []),
    ])
  for (let times = 0; times < 3; times++) await people.open(a, id)
  time.now = new Date('2026-11-23T09:00:01Z')
  await Promise.all([people.open(other, id), people.open(other, id)])
  await people.get(a, hidden.id)
  await t.throwsAsync(people.open(b, id), { code: 'person-unknown' })
  await people.open({ ...a, kind: 'system' }, hidden.id)
  t.deepEqual(await looks('people.read'), [
    [a.id, id],
    [other.id, id],
  ])
  time.now = new Date('2026-11-23T09:00:02Z')
  for (let times = 0; times < 2; times++) await people.open(a, hidden.id)
  time.now = new Date('2026-11-23T22:59:00Z')
  await people.open(a, id)
  time.now = new Date('2026-11-23T23:01:00Z')
  await people.open(a, id)
  t.deepEqual((await looks('people.read')).slice(2), [
    [a.id, hidden.id],
    [a.id, hidden.id],
    [a.id, id],
  ])

  t.false(await people.wantsProof(a, { limit: 200, after: 'x' }))
  for (let shown = 0; shown < 250; shown += 2) {
    time.now = new Date(time.now.getTime() + 1)
    await people.list(a, { limit: 50 })
  }
  await people.forFile(a, { limit: 50 })
  await people.list({ ...a, kind: 'token', id: 'key' }, { limit: 50 })
  const lists = await looks('people.read-many')
  t.deepEqual(lists, [
    [a.id, 'people', 100],
    [a.id, 'people', 200],
  ])
  t.false(await people.wantsProof(a, { limit: 50 }), 'whoever looks somebody up is never asked')
  t.true(await people.wantsProof(a, { limit: 50, after: 'x' }))
  t.true(await people.wantsProof(a, { limit: 200 }))
  t.false(await people.wantsProof(other, { limit: 200 }))
  t.deepEqual(await audit.list('b', { limit: 10 }), [])
})

test('who else knows somebody protected reads in their own log that they were looked at, and not by whom', async t => {
  const { people, audit } = await openLending(t)
  const { id } = await people.register(a, { ...anna, protectedIdentity: true })
  await people.register(b, anna)
  const before = await audit.list('b', { limit: 10 })
  await people.reveal(a, id, 'a letter of ours')
  await people.revealedOnPaper(a, id, 'paper-1')
  const known = before.map(event => event.id)
  const told = (await audit.list('b', { limit: 10 })).filter(event => !known.includes(event.id))
  t.is(told.length, 2)
  for (const event of told)
    t.like(event, { action: 'people.revealed-elsewhere', actor: { kind: 'system' }, on: { id } })
  t.notRegex(JSON.stringify(told), /letter|paper-1|anna|"a"/i)
  const own = await audit.list('a', { action: 'people', limit: 10 })
  t.false(own.some(({ action }) => action === 'people.revealed-elsewhere'))
})

test('whoever guesses the address of somebody protected learns nothing, and the others read of it', async t => {
  const { people, audit } = await openLending(t)
  const { id } = await people.register(a, { ...anna, protectedIdentity: true })
  const guess = () => people.register(b, { ...anna, givenName: 'Okänd' })
  await t.throwsAsync(guess, { code: 'person-named-otherwise' })
  t.deepEqual((await people.list(b, { limit: 10 })).items, [])
  await t.throwsAsync(people.get(b, id), { code: 'person-unknown' })
  const spelt = { ...anna, givenName: ` ${anna.givenName.toUpperCase()} ` }
  t.is((await people.register(b, spelt)).id, id, 'who knows the name may take them over')
  const told = (await audit.list('a', { limit: 10 })).filter(({ actor }) => actor.kind === 'system')
  t.deepEqual(told.map(({ action }) => action).toSorted(), [
    'people.guessed-elsewhere',
    'people.shared-elsewhere',
  ])
  t.notRegex(JSON.stringify(told), /okänd|"b"/i, 'not who it was')
})

test('the log tells what was changed from what to what, and of somebody protected only which fields', async t => {
  const { people, audit } = await openLending(t)
  const { id } = await people.register(a, { ...anna, phone: '070-123 45 67' })
  await people.edit(a, id, { version: 1, familyName: 'Ek', phone: null, language: 'sv' })
  await people.edit(a, id, { version: 2, familyName: 'Dold', protectedIdentity: true })
  await people.edit(a, id, { version: 3, email: 'ny@example.se', protectedIdentity: false, reason: 'Over' })
  const told = (await audit.list('a', { limit: 10 }))
    .filter(({ action }) => action === 'people.edit')
    .map(({ before, after }) => JSON.stringify([before, after]))
  t.deepEqual(told.toSorted(), [
    '[{"email":"***","protectedIdentity":true},{"email":"***","protectedIdentity":false}]',
    '[{"familyName":"***","protectedIdentity":false},{"familyName":"***","protectedIdentity":true}]',
    '[{"familyName":"Berg-Öst","phone":"070-123 45 67"},{"familyName":"Ek"}]',
  ])
})

test('the place of a protected person on a list gives no name away', async t => {
  const { people } = await openLending(t)
  await people.register(a, { ...anna, familyName: 'Aaa', protectedIdentity: true })
  await people.register(a, { givenName: 'Bo', familyName: 'Ek', email: 'bo@example.se' })
  const { items, next } = await people.list(a, { limit: 1 })
  t.is(items[0]?.familyName, 'Ek', 'not first, though the name begins with A')
  t.notRegex(String(next), /aaa/i)
  const marked = await people.edit(a, String(items[0]?.id), { version: 1, protectedIdentity: true })
  t.is(marked.givenName, 'Skyddad person')
  t.deepEqual(await names(people, a, 'Ek'), [], 'a later mark hides the person from searches too')
})

test('names are folded for searching, with Swedish letters kept apart', t => {
  t.is(folded('Élan'), 'elan')
  t.true(folded('z') < folded('å') && folded('å') < folded('ä') && folded('ä') < folded('ö'))
  t.deepEqual(wordsOf('Berg-Östlund'), [folded('berg-östlund'), folded('östlund')])
})

const refused = test.macro((t, input: Parameters<typeof personErrors>[0], paths: string[]) => {
  t.deepEqual(
    personErrors(input).map(error => error.path),
    paths,
  )
})
test('an address without a domain is refused', refused, { email: 'anna@kommun' }, ['email'])
test('two addresses in one field are refused', refused, { email: 'a@example.se;b@example.se' }, ['email'])
test('blanks are no name', refused, { givenName: ' ', familyName: '' }, ['givenName', 'familyName'])
test('letters are no phone number', refused, { phone: 'växeln' }, ['phone'])
test('an emptied phone is fine', refused, { phone: null }, [])
