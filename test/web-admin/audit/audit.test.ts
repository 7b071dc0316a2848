import test from 'ava'
import { type AuditEvent } from '../../../server/audit/audit.ts'
import { auditColumns } from '../../../web-admin/audit/audit-columns.ts'
import { changesOf } from '../../../web-admin/audit/audit-view.ts'
import { type CellView } from '../../../web-admin/tables/columns.ts'
import { eventually } from '../../support/eventually.ts'
import { oneServer } from '../one-server.ts'
import { signedIn, textsOf } from '../visitor.ts'

const newOrganisation = oneServer(test)

function anEvent(fields: Partial<AuditEvent> = {}): AuditEvent {
  return {
    id: 'e1',
    organisationId: 'o1',
    at: new Date('2026-11-22T13:05:09Z'),
    actor: { kind: 'staff', id: 's1', name: 'Asta Lind' },
    action: 'bodies.edit',
    on: { kind: 'body', id: 'b1' },
    ...fields,
  }
}

/** What a column of the log shows of an event. */
function shown(key: string, event: AuditEvent, language: 'sv' | 'en' = 'sv'): CellView {
  const cell = auditColumns(language, () => undefined)
    .find(column => column.key === key)
    ?.show(event)
  return typeof cell === 'string' ? { text: cell } : (cell ?? {})
}

test('an event reads as who, what, on what and when, on the clock of the municipality', t => {
  t.is(shown('when', anEvent()).text, '22 nov. 2026 14:05:09')
  t.is(shown('who', anEvent()).text, 'Asta Lind')
  t.is(shown('what', anEvent()).text, 'Ändrade')
  t.like(shown('on', anEvent()), { text: 'Nämnd eller bolag b1', href: '/bodies/b1' })
  t.like(shown('history', anEvent()).deed, { href: '/audit?kind=body&id=b1' })
})

test('what somebody was refused is said in words, and its address is among the details', t => {
  const refused = anEvent({
    action: 'access.refused',
    on: { kind: 'route', id: 'get /audit' },
    after: { right: 'audit.read' },
  })
  t.is(shown('on', refused).text, 'Läsa händelseloggen')
  t.is(shown('on', refused, 'en').text, 'Read the audit log')
  t.like(shown('what', refused).details?.facts, [{ label: 'Anropad adress', value: 'get /audit' }])
  const older = anEvent({ ...refused, after: {} })
  t.is(shown('on', older).text, 'Del av Örnkoll get /audit', 'nothing was written down about it then')
})

test('a deed that has no words yet is shown by its own name', t => {
  t.is(shown('what', anEvent({ action: 'moon.land' }), 'en').text, 'moon.land')
})

test('only the fields that differ are shown, inner ones too, and no ids of the thing itself', t => {
  const before = {
    id: 'b1',
    organisationId: 'o1',
    note: '',
    name: 'A',
    settings: { fourEyes: true, phone: '1' },
    version: 1,
  }
  const after = { name: 'A', settings: { fourEyes: false, phone: '1' }, version: 2, added: ['x'] }
  t.deepEqual(changesOf({ before, after }), [
    { field: 'added', before: '', after: '["x"]' },
    { field: 'settings.fourEyes', before: 'true', after: 'false' },
    { field: 'version', before: '1', after: '2' },
  ])
})

test('the log shows what was done, newest first, page by page, and nothing of others', async t => {
  const elsewhere = await newOrganisation()
  const theirs = await signedIn(elsewhere, ['admin'], { name: 'Somebody Else' })
  await theirs.send('/bodies/add', { name: 'Theirs', type: 'committee', startsOn: '2026-01-01' })
  const server = await newOrganisation()
  const api = await server.as('admin', server.organisationId)
  for (let number = 0; number < 60; number += 1) {
    await api.post('/api/v1/bodies', { name: `Body ${number}`, type: 'committee', startsOn: '2026-01-01' })
  }
  const auditor = await signedIn(server, ['auditor'], { name: 'Rut Revisor' })
  const { html } = await auditor.see('/audit')
  t.notRegex(html, /Somebody Else/)
  t.is(textsOf(html, 'td').indexOf('Rut Revisor'), 1)
  const next = /href="(\/audit\?after[^"]+)"/.exec(html)?.[1] ?? ''
  const rest = await auditor.see(next.replace('&#x3D;', '='))
  const added = (page: string) => textsOf(page, 'b').filter(text => text === 'Added').length
  t.is(added(html) + added(rest.html), 60)
  t.notRegex(rest.html, /href="\/audit\?after/)
  const oldest = await auditor.see('/audit?sort=at')
  t.regex(oldest.html, /aria-sort="ascending"/)
  t.is(textsOf(oldest.html, 'td').indexOf('Rut Revisor'), -1, 'who came last stands on no first page')
})

test('an order that is none shows the newest, a place that is none is refused, a thing of nobody shows nothing', async t => {
  const server = await newOrganisation()
  const auditor = await signedIn(server, ['auditor'])
  t.regex((await auditor.see('/audit?sort=sideways')).html, /aria-sort="descending"/)
  t.is((await auditor.see('/audit?after=yesterday')).status, 422)
  t.regex((await auditor.see('/audit?kind=body&id=none')).html, /Nothing matches/)
})

test('the log calls things by the names they have, and hides those of protected people', async t => {
  const server = await newOrganisation()
  const asta = await signedIn(server, ['admin'], { name: 'Asta Lind' })
  const api = await server.as('admin', server.organisationId)
  const post = async (path: string, payload: object) => {
    const { status, body } = await api.post<{ id: string }>(`/api/v1/${path}`, payload)
    t.is(status, 201, path)
    return body.id
  }
  await post('bodies', { name: 'Tekniska nämnden', type: 'committee', startsOn: '2026-01-01' })
  const deviceId = await post('devices', { serialNumber: 'LOGNAME00001', assetTag: 'LOG-0001' })
  await post('incidents', { kind: 'fault', deviceId, description: 'Startar inte.' })
  await post('people', { givenName: 'Nils', familyName: 'Öppen', email: 'nils@log.example' })
  const secret = { givenName: 'Hemma', familyName: 'Skyddad', email: 'hemma@log.example' }
  await post('people', { ...secret, protectedIdentity: true })
  const things = textsOf((await asta.see('/audit')).html, 'td').join('\n')
  for (const name of [
    'Committee or company Tekniska nämnden',
    'iPad LOG-0001',
    'Person Nils Öppen',
    'Account Asta Lind',
  ])
    t.true(things.includes(name), name)
  t.regex(things, /Case \d{4}-\d{4}/)
  t.notRegex(things, /Hemma/)
  const { html } = await asta.see(`/audit?kind=device&id=${deviceId}`)
  t.regex(html, /iPad LOG-0001/)
})

test('the log is for those who review, not for the helpdesk', async t => {
  const server = await newOrganisation()
  t.is((await (await signedIn(server, ['helpdesk', 'second-line'])).see('/audit')).status, 403)
})

test('the log is narrowed by who, what and days, and taken along as a file, which the log tells of', async t => {
  const server = await newOrganisation()
  const asta = await signedIn(server, ['admin'], { name: 'Asta Lind' })
  const body = { type: 'committee', startsOn: '2026-01-01' }
  await asta.send('/bodies/add', { name: '=cmd()', ...body })
  const other = await server.as('admin', server.organisationId)
  await other.post('/api/v1/bodies', { name: 'By a program', ...body })
  const auditor = await signedIn(server, ['auditor'], { name: 'Rut Revisor' })
  const deeds = async (query: string) => textsOf((await auditor.see(`/audit?${query}`)).html, 'b')
  t.deepEqual(await deeds('who=asta&action=bodies.add'), ['Added'])
  t.is((await deeds('action=bodies.add')).length, 2)
  t.deepEqual(await deeds('action=bodies.add&to=2001-01-01'), [])
  t.is((await deeds('action=bodies.add&from=nonsense')).length, 2)
  const file = await auditor.see('/audit/list.csv?action=bodies.add')
  t.regex(file.headers.get('content-type') ?? '', /^text\/csv/)
  const lines = file.html.replace('\uFEFF', '').trimEnd().split('\r\n')
  t.is(lines.length, 3)
  t.true(lines.some(line => line.includes('Asta Lind') && line.includes('bodies.add')))
  t.true(
    lines.some(line => line.includes('""name"":""=cmd()""')),
    'what is opened on the page stands in the file',
  )
  t.deepEqual(await deeds('action=lists.export'), ['Exported a list'])
})

test('a reader sees that the log is untouched, and where it was touched', async t => {
  const server = await newOrganisation()
  const api = await server.as('admin', server.organisationId)
  for (const name of ['A', 'B', 'C'])
    await api.post('/api/v1/bodies', { name, type: 'committee', startsOn: '2026-01-01' })
  const auditor = await signedIn(server, ['auditor'], { name: 'Rut Revisor' })
  const look = async () => (await auditor.see('/audit/check')).html
  t.regex(await eventually(look, html => /[4-9] events were checked/.test(html), 20), /The log is unchanged/)
  const rows = server.ornkoll.connected.db.collection<{ organisationId: string; action: string }>('audit')
  await rows.updateOne(
    { organisationId: server.organisationId, action: 'bodies.add' },
    { $set: { 'actor.name': 'Nobody' } },
  )
  const touched = await look()
  t.regex(touched, /changed in one place/)
  t.deepEqual(textsOf(touched, 'td')[1], 'The event was changed')
  await rows.updateOne(
    { organisationId: server.organisationId, action: 'bodies.add' },
    { $set: { sequence: -1 } },
  )
  t.true(textsOf(await look(), 'td').includes('Has a place that is not in the log'))
  // Nobody who may not read the log may check it either.
  t.is((await (await signedIn(server, ['helpdesk'])).see('/audit/check')).status, 403)
})
