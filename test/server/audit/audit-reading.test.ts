import test from 'ava'
import { createAuditReading } from '../../../server/audit/audit-reading.ts'
import { anActor, openLending } from '../../support/lending.ts'

const a = anActor('a')

test('what the log says of somebody is not shown from the day their identity is protected', async t => {
  const { people, audit } = await openLending(t)
  const goneInto = () => Promise.resolve([])
  const reading = createAuditReading({ audit, protectedAmong: people.protectedAmong, goneInto })
  const anna = await people.register(a, { givenName: 'Anna', familyName: 'Berg', email: 'anna@example.se' })
  const bo = await people.register(a, { givenName: 'Bo', familyName: 'Ek', email: 'bo@example.se' })
  await people.edit(a, anna.id, { version: 1, familyName: 'Ceder' })
  await people.edit(a, bo.id, { version: 1, familyName: 'Dal' })
  const names = { names: ['Anna Berg', { former: ['Anna Ceder'] }], count: [2] }
  await audit.record(a, { action: 'people.edit', on: { kind: 'person', id: anna.id }, after: names })
  const shown = async () => JSON.stringify(await reading.list('a', { limit: 20 }))
  t.regex(await shown(), /Ceder/)
  await people.edit(a, anna.id, { version: 2, protectedIdentity: true })
  t.notRegex(await shown(), /Ceder|Berg/)
  t.regex(await shown(), /Dal/, 'others are told of as before')
  t.regex(await shown(), /"familyName":"\*\*\*"/)
  t.regex(await shown(), /"names":\["\*\*\*",\{"former":\["\*\*\*"\]\}\],"count":\[2\]/, 'lists as well')
  t.regex(JSON.stringify(await audit.list('a', { limit: 20 })), /Ceder/, 'what is chained stays as it was')
})
