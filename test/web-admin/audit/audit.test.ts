import test from 'ava'
import { type AuditEvent } from '../../../server/audit/audit.ts'
import { auditPage, auditRow, changesOf } from '../../../web-admin/audit/audit-view.ts'
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

test('an event reads as who, what, on what and when, on the clock of the municipality', t => {
  t.like(auditRow(anEvent(), 'sv'), {
    when: '22 nov. 2026 14:05:09',
    who: 'Asta Lind',
    what: 'Ändrade',
    kind: 'Nämnd eller bolag',
    href: '/bodies/b1',
    historyHref: '/audit?kind=body&id=b1',
  })
})

test('a deed that has no words yet is shown by its own name', t => {
  t.is(auditRow(anEvent({ action: 'moon.land' }), 'en').what, 'moon.land')
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

test('a page never ends between events of one time', t => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 12, 0, second))
  const events = [5, 4, 3, 3, 3, 2].map((second, index) => anEvent({ id: `e${index}`, at: at(second) }))
  const first = auditPage(events, 3)
  t.deepEqual(
    first.events.map(({ id }) => id),
    ['e0', 'e1', 'e2', 'e3', 'e4'],
  )
  t.deepEqual(first.before, at(3))
  t.is(auditPage(events, 5).before?.getTime(), at(3).getTime())
  t.is(auditPage(events, 6).before, undefined)
  t.is(auditPage([], 3).before, undefined)
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
  const next = /href="(\/audit\?before[^"]+)"/.exec(html)?.[1] ?? ''
  const rest = await auditor.see(next.replace('&#x3D;', '='))
  const added = (page: string) => textsOf(page, 'b').filter(text => text === 'Added').length
  t.is(added(html) + added(rest.html), 60)
  t.notRegex(rest.html, /href="\/audit\?before/)
})

test('an address that is no time shows the newest, and a thing of nobody shows nothing', async t => {
  const server = await newOrganisation()
  const auditor = await signedIn(server, ['auditor'])
  t.is((await auditor.see('/audit?before=yesterday')).status, 200)
  t.regex((await auditor.see('/audit?kind=body&id=none')).html, /Nothing has happened yet/)
})

test('the log is for those who review, not for the helpdesk', async t => {
  const server = await newOrganisation()
  t.is((await (await signedIn(server, ['helpdesk', 'second-line'])).see('/audit')).status, 403)
})
