import test from 'ava'
import { startTestServer } from '../../support/server.ts'
import { aReceiver } from '../../support/webhook-receiver.ts'
import { signedIn, textsOf } from '../visitor.ts'

const accepted = { ORNKOLL_PRIVATE_WEBHOOKS: 'accepted' }

test('a webhook is added, tried, corrected, sent again and removed on its pages', async t => {
  const server = await startTestServer(t, { env: accepted })
  const desk = await signedIn(server, ['admin'])
  const receiver = await aReceiver(t)
  t.regex((await desk.see('/settings/webhooks')).html, /No webhooks/)

  const added = await desk.send('/settings/webhooks/add', {
    url: receiver.url,
    events: ['loan.signed', 'loan.returned'],
    active: 'on',
  })
  t.is(added.status, 200)
  t.is(added.headers.get('cache-control'), 'no-store')
  const [secret = ''] = textsOf(added.html, 'code')
  t.regex(secret, /^whsec_/)
  const [, path = ''] = /action="(\/settings\/webhooks\/[^"/]+)"/.exec(added.html) ?? []
  t.false((await desk.see(path)).html.includes(secret), 'the secret is shown once')

  const tried = await desk.send(`${path}/test`, {})
  t.regex(tried.html, /The test event arrived: answered 204/)
  t.is(receiver.heard.length, 1)
  receiver.answer.status = 503
  t.regex((await desk.send(`${path}/test`, {})).html, /The test event did not arrive: answered 503/)

  const [, replay = ''] = /action="([^"]+\/replay)"/.exec((await desk.see(path)).html) ?? []
  const failed = await desk.see(`${path}?state=failed`)
  t.is(textsOf(failed.html, 'tr').length, 2, 'the head and the one that did not arrive')
  t.regex((await desk.see(`${path}?state=waiting`)).html, /Nothing matches/)
  const file = (await desk.see(`${path}/list.csv?state=failed`)).html
    .replace('\uFEFF', '')
    .trimEnd()
    .split('\r\n')
  t.is(file[0], 'Event;About;When;State;Answer')
  t.regex(file[1] ?? '', /^test;webhook .*;Not delivered;answered 503, 1 attempt$/)
  t.is(file.length, 2)

  receiver.answer.status = 200
  t.is((await desk.send(replay, {})).location, path)
  await server.ornkoll.webhooks.deliverDue()
  t.is(receiver.heard.length, 3)

  const [, version = ''] = /name="version" value="(\d+)"/.exec((await desk.see(path)).html) ?? []
  const changes = { url: receiver.url, events: 'incident.reported', version }
  t.is((await desk.send(path, changes)).location, path)
  t.is((await desk.send(path, changes)).status, 422, 'a form that is older than what stands is refused')
  t.regex((await desk.see('/settings/webhooks')).html, /Paused/)

  const trouble = {
    failures: 3,
    since: new Date('2026-11-20T09:00:00Z'),
    until: new Date('2026-11-20T09:05:00Z'),
  }
  const rows = server.ornkoll.connected.db.collection('webhooks')
  await rows.updateOne({}, { $set: { active: true, trouble } })
  t.regex((await desk.see(path)).html, /The receiver has accepted nothing since .*20 Nov 2026/)
  t.regex((await desk.see('/settings/webhooks')).html, /Not accepted/)
  await rows.updateOne({}, { $set: { active: false, goneAt: trouble.since }, $unset: { trouble: '' } })
  t.regex(
    (await desk.see(path)).html,
    /The receiver answered on .* that the address no longer exists \(410\)/,
  )
  t.regex((await desk.see('/settings/webhooks')).html, /Turned off: the receiver is gone/)

  const stored = await rows.findOne({})
  await rows.updateOne({}, { $set: { active: true, sealedSecret: 'lost' }, $unset: { goneAt: '' } })
  t.regex((await desk.see(path)).html, /Nothing is sent\. The secret cannot be opened/)
  t.regex((await desk.send(`${path}/test`, {})).html, /did not arrive: the secret cannot be opened/)
  await rows.updateOne({}, { $set: { sealedSecret: stored?.['sealedSecret'] as string } })

  const renewed = await desk.send(`${path}/renew-secret`, {})
  t.not(textsOf(renewed.html, 'code')[0], secret)
  t.regex((await desk.see(path)).html, /The previous secret also works/)
  t.is((await desk.see(`${path}/renew-secret`)).location, path)

  t.is((await desk.send(`${path}/remove`, {})).location, '/settings/webhooks')
  t.is((await desk.see(path)).status, 404)
})

test('an address without encryption, without events or with a password is not taken, and what was typed stays', async t => {
  const server = await startTestServer(t)
  const desk = await signedIn(server, ['admin'], { language: 'sv' })
  const wrong = ['http://intern.example.se/', 'https://a:b@example.se/', 'ftp://example.se', 'ingenting']
  for (const url of wrong) {
    const { status, html } = await desk.send('/settings/webhooks/add', { url, events: 'loan.signed' })
    t.is(status, 422, url)
    t.regex(html, /börjar med https:/, url)
    t.true(html.includes(`value="${url}"`), url)
  }
  const none = await desk.send('/settings/webhooks/add', { url: 'https://example.se/hook' })
  t.is(none.status, 422)
  t.regex(none.html, /id="field-events-error"/)
  t.regex((await desk.see('/settings/webhooks')).html, /Inga webhooks/)
  const others = await signedIn(server, ['second-line', 'auditor', 'finance'])
  t.is((await others.see('/settings/webhooks')).status, 403)
})
