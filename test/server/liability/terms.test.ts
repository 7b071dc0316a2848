import test from 'ava'
import { defaultTerms } from '../../../server/liability/default-terms.ts'
import { anActor, openLending } from '../../support/lending.ts'

const a = anActor('a')
const own = {
  kind: 'information-receipt',
  texts: { sv: { title: 'Information', body: 'Läs.' }, en: { title: 'Information', body: 'Read.' } },
} as const

test('an organisation begins with one wording, also when two ask first at once', async t => {
  const { terms } = await openLending(t)
  const [one, two] = await Promise.all([terms.current(a), terms.current(a)])
  t.is(one.id, two.id)
  t.like(one, { number: 1, kind: 'agreement', texts: defaultTerms.texts })
  t.is((await terms.list(a)).length, 1)
})

test('a new wording is a new version, and the old one stays as it was', async t => {
  const { terms } = await openLending(t)
  const first = await terms.current(a)
  const second = await terms.publish(a, own)
  t.is(second.number, 2)
  t.is((await terms.current(a)).id, second.id)
  t.deepEqual(await terms.get(a, first.id), first)
  t.deepEqual(
    (await terms.list(a)).map(version => version.number),
    [2, 1],
  )
  await t.throwsAsync(terms.publish(a, own), { code: 'terms-same' })
  const empty = { ...own, texts: { ...own.texts, en: { title: '', body: ' ' } } }
  await t.throwsAsync(terms.publish(a, empty), { code: 'terms-invalid' })
  t.is((await terms.list(a)).length, 2)
})

test('another organisation does not see the wording', async t => {
  const { terms } = await openLending(t)
  const { id } = await terms.publish(a, own)
  const b = anActor('b')
  await t.throwsAsync(terms.get(b, id), { code: 'terms-unknown' })
  t.is((await terms.current(b)).number, 1)
  t.not((await terms.current(b)).sha256, (await terms.current(a)).sha256)
})
