import test from 'ava'
import { organisationErrors } from '../../../server/organisations/organisation.ts'
import { anActor, openLending } from '../../support/lending.ts'

test('an installation begins with one organisation, also when two starts race', async t => {
  const { organisations } = await openLending(t)
  const [one, two] = await Promise.all([organisations.ensureFirst(), organisations.ensureFirst()])
  t.is(one.id, two.id)
  t.true(one.settings.fourEyes, 'nobody wipes alone from the start')
  t.is((await organisations.ensureFirst()).id, one.id)
})

test('a mail domain is a domain', t => {
  const wrong = (...mailDomains: string[]) =>
    organisationErrors({ settings: { mailDomains } }).map(({ path }) => path)
  t.deepEqual(wrong('ekeby.se', 'politik.ekeby.se'), [])
  for (const domain of ['ekeby', '@ekeby.se', 'eva@ekeby.se', 'ekeby.se.', 'https://ekeby.se', ''])
    t.deepEqual(wrong(domain), ['settings.mailDomains'], domain)
})

test('settings are changed field by field, and a stale form changes nothing', async t => {
  const { organisations, audit } = await openLending(t)
  const { id } = await organisations.ensureFirst()
  const changed = await organisations.edit(anActor(id), {
    version: 1,
    settings: { lostModePhone: '019-21 00 00', lostModeMessage: 'Ring\u000bkommunen' },
  })
  t.is(changed.settings.lostModePhone, '019-21 00 00')
  t.is(changed.settings.lostModeMessage, 'Ring kommunen', 'a lock can carry it')
  t.true(changed.settings.fourEyes, 'what was not sent stays')
  await t.throwsAsync(organisations.edit(anActor(id), { version: 1, name: 'Other' }), { code: 'stale' })
  t.is((await organisations.byId(id)).name, 'Min kommun')
  const log = await audit.list(id, { limit: 10 })
  t.deepEqual(
    log.map(event => event.action),
    ['organisations.edit'],
  )
})

test('each organisation edits only itself', async t => {
  const { organisations, audit } = await openLending(t)
  const one = await organisations.create({ name: 'Ena', language: 'sv' })
  const two = await organisations.create({ name: 'Andra', language: 'en' })
  const first = await Promise.all([one, two].map(async ({ id }) => (await organisations.byId(id)).settings))
  t.deepEqual(
    first.map(({ checklist }) => checklist[3]),
    ['E-posten fungerar', 'The e-mail works'],
  )
  await organisations.edit(anActor(one.id), { version: 1, name: 'Ena kommun', settings: { fourEyes: false } })
  t.deepEqual(
    (await audit.list(two.id, { limit: 10 })).map(({ action }) => action),
    ['organisations.create'],
  )
  t.is((await organisations.byId(two.id)).name, 'Andra')
  t.true((await organisations.byId(two.id)).settings.fourEyes)
})

const wrong = test.macro((t, changes: Parameters<typeof organisationErrors>[0], paths: string[]) => {
  t.deepEqual(
    organisationErrors(changes).map(error => error.path),
    paths,
  )
})
test('an empty name is refused', wrong, { name: '  ' }, ['name'])
test('a number that is no organisation number is refused', wrong, { number: '2120000000' }, ['number'])
test('an organisation number is accepted', wrong, { number: '212000-0000' }, [])
test('an unknown number may stay empty', wrong, { number: '' }, [])
test('words are no phone number', wrong, { settings: { lostModePhone: 'ring oss' } }, [
  'settings.lostModePhone',
])
test('an international number is accepted', wrong, { settings: { lostModePhone: '+46 19 21 00 00' } }, [])
test('a lock screen without a message is refused', wrong, { settings: { lostModeMessage: '' } }, [
  'settings.lostModeMessage',
])
