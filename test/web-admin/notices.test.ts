import test from 'ava'
import { created, handOut } from '../support/hand-out.ts'
import { oneServer } from './one-server.ts'
import { signedIn, textsOf } from './visitor.ts'

const newOrganisation = oneServer(test)
const reason = 'Papers of the committee are on it.'

/** A theft whose wipe somebody has asked for, and an overdue loan. */
async function somethingWaits(server: Awaited<ReturnType<typeof newOrganisation>>, serial: string) {
  const second = await server.as(['admin', 'second-line'], server.organisationId)
  const post = (path: string, body: object) => created<{ id: string }>(second, `/api/v1/${path}`, body)
  const device = await post('devices', { serialNumber: `NTCS${serial}001`, assetTag: `NT-${serial}` })
  const late = await post('devices', { serialNumber: `NTCS${serial}002`, assetTag: `LATE-${serial}` })
  const person = await post('people', {
    givenName: 'Embla',
    familyName: 'Dimmhage',
    email: `embla.${serial}@norrby.example`,
  })
  await handOut(second, person.id, late.id)
  const report = { kind: 'theft', deviceId: device.id, description: 'Gone.' }
  const incident = await post('incidents', report)
  await post(`incidents/${incident.id}/request-wipe`, { reason, papersChecked: true })
  return { incident: incident.id, second }
}

test('what waits stands on the bell of those who can deal with it, until it is dealt with', async t => {
  const server = await newOrganisation()
  const { incident, second } = await somethingWaits(server, '00000')
  const approver = await signedIn(server, ['second-line'])
  const page = await approver.see('/notifications')
  t.deepEqual(textsOf(page.html, 'h1'), ['Notifications'])
  t.regex(page.html, /Waiting for your decision: [^<]*\d{4}-\d{4}/)
  t.notRegex(page.html, /Embla/, 'no borrower is named')
  t.regex(page.html, /id="count-approvals"><span class="count-new">1/)
  t.regex(page.html, /id="bell"[\s\S]*?count-new">1</)

  const helpdesk = await signedIn(server, ['helpdesk'])
  t.notRegex((await helpdesk.see('/notifications')).html, /Waiting for your decision/)
  const neighbour = await signedIn(await newOrganisation(), ['second-line'])
  t.notRegex((await neighbour.see('/notifications')).html, /Waiting for your|id="count-approvals"><span/)

  t.is((await approver.send('/notifications/read', { all: 'yes' })).status, 303)
  const read = (await approver.see('/notifications')).html
  t.regex(read, /Waiting for your decision/)
  t.notRegex(read, /class="is-new"/)
  t.regex(read, /id="count-approvals"><span class="count-new">1/, 'reading it is not deciding it')
  t.notRegex(/id="bell"[\s\S]*?<\/a>/.exec(read)?.[0] ?? '', /count-new/)

  await created(second, `/api/v1/incidents/${incident}/recover`, { note: 'Found.' })
  const after = (await approver.see('/notifications')).html
  t.notRegex(after, /Waiting for your decision/)
  t.regex(after, /Case \d{4}-\d{4} is waiting for a decision on compensation/)
})

test('one person’s reading is theirs alone, and only what waits for them can be read', async t => {
  const server = await newOrganisation()
  await somethingWaits(server, '00001')
  const first = await signedIn(server, ['second-line'], { name: 'Eva Ek' })
  const other = await signedIn(server, ['second-line'], { name: 'Olle Alm', language: 'sv' })
  const id = /name="id" value="([^"]+)"/.exec((await first.see('/notifications')).html)?.[1] ?? ''
  t.not(id, '')
  await first.send('/notifications/read', { id })
  t.notRegex((await first.see('/notifications')).html, /class="is-new"/)
  t.regex((await other.see('/notifications')).html, /class="is-new"/)
  t.is((await other.send('/notifications/read', { id: 'approval of somebody else' })).status, 303)
  t.regex((await other.see('/notifications')).html, /class="is-new"/)
  const nobody = await signedIn(server, ['secretary'])
  t.regex((await nobody.see('/notifications')).html, /Nothing is waiting for you/)
})

test('programs read the same, and mark it read', async t => {
  const server = await newOrganisation()
  await somethingWaits(server, '00002')
  const approver = await server.as('second-line', server.organisationId)
  const { body } = await approver.get<{ items: { id: string; kind: string; isRead: boolean }[] }>(
    '/api/v1/me/notices',
  )
  t.deepEqual(
    body.items.map(({ kind, isRead }) => [kind, isRead]),
    [['approval', false]],
  )
  t.false(
    JSON.stringify(body).includes(reason),
    'what somebody wrote is for those who decide, on its own page',
  )
  const marked = await approver.post('/api/v1/me/notices/read', { all: true })
  t.like(marked, { status: 200, body: { unread: 0, approvals: 1 } })
  t.is((await approver.post('/api/v1/me/notices/read', {})).status, 400)
})

test('everybody chooses what they are mailed about, among what concerns them', async t => {
  const server = await newOrganisation()
  const helpdesk = await signedIn(server, ['helpdesk'])
  const page = await helpdesk.see('/notifications/mail')
  t.regex(page.html, /Örnkoll cannot send e-mail yet/)
  t.true(page.html.includes('name="case"'))
  t.false(page.html.includes('name="approval"'), 'the helpdesk decides nothing')
  const saved = await helpdesk.send('/notifications/mail', { case: 'daily', command: 'never' })
  t.is(saved.location, '/notifications/mail')
  const again = (await helpdesk.see('/notifications/mail')).html
  t.regex(again, /name="case"[\s\S]*?value="daily" selected/)
  t.regex(again, /Your choices have been saved/)
  const wrong = await helpdesk.send('/notifications/mail', { case: 'every-second' })
  t.is(wrong.status, 422)
})

test('whoever asked hears what a second person answered, and nobody else does', async t => {
  const server = await newOrganisation()
  const { second } = await somethingWaits(server, '00009')
  const decider = await server.as('second-line', server.organisationId)
  const answers = async (client: typeof decider) => {
    const { body } = await client.get<{ items: { kind: string; variant: string }[] }>('/api/v1/me/notices')
    return body.items.filter(({ kind }) => kind === 'answer').map(({ variant }) => variant)
  }
  t.deepEqual(await answers(second), [])
  const { body } = await decider.get<{ items: { id: string }[] }>('/api/v1/approvals?state=waiting')
  const path = `/api/v1/approvals/${body.items[0]?.id ?? ''}/refuse`
  t.is((await decider.post(path, { note: 'The police want to follow it.' })).status, 200)
  t.deepEqual(await answers(second), ['refused'])
  t.deepEqual(await answers(decider), [], 'whoever answered knows it')
})
