import test from 'ava'
import { oneServer } from '../one-server.ts'
import { atAccountOpenedBy, signedIn } from '../visitor.ts'

const newOrganisation = oneServer(test)

const policy = { title: 'iPads in Norrby', text: 'Every iPad has a passcode.' }
const line = {
  'check-0-question': 'Is loss reported within a day?',
  'check-0-answer': 'partly',
  'check-0-comment': 'Not on Sundays',
}

test('a policy is written with its checklist and approved by another, and then a profile under it', async t => {
  const server = await newOrganisation()
  const writer = await signedIn(server, ['admin', 'second-line'], { name: 'Eva Ek' })
  const other = await signedIn(server, ['second-line'], { name: 'Olle Alm', language: 'sv' })
  t.regex((await writer.see('/profiles/policies')).html, /No security policy yet/)
  const written = await writer.send('/profiles/policies/write', { ...policy, ...line })
  const at = written.location ?? ''
  t.regex(at, /^\/profiles\/policies\/./)
  const own = await writer.see(at)
  t.regex(own.html, /Is loss reported within a day\?/)
  t.regex(own.html, /<td>Partly<\/td><td>Not on Sundays<\/td><td>Eva Ek<\/td>/)
  t.notRegex(own.html, /<form method="post" action="\/profiles\/policies\/[^"]*approve"/)
  const refused = await writer.send(`${at}/approve`, {})
  t.is(refused.status, 422)
  t.regex(refused.html, /Another person must approve what you have written/)

  const profile = await writer.send('/profiles/new/byod', {
    name: 'Own iPads',
    organisationName: 'Norrby kommun',
    domain: 'norrby.example',
    mailServer: 'mail.norrby.example',
    mailDomains: 'norrby.example',
    apps: '',
    helpUrl: 'https://norrby.example/ipad',
    returnTo: 'Norrby',
    note: '',
  })
  const version = `${profile.location ?? ''}/versions/1`
  const policyId = at.split('/').at(-1) ?? ''
  t.regex((await other.see(version)).html, /Det finns ingen godkänd säkerhetspolicy/)
  const early = await other.send(`${version}/approve`, { policyId })
  t.is(early.status, 422)
  t.regex(early.html, /bara ett utkast/)

  const opened = await atAccountOpenedBy(writer, server)
  const isShutOut = async (page: string, fields: Record<string, string>) => {
    const { html } = await opened.see(page)
    t.regex(html, /ask another administrator for a new password link/)
    t.notRegex(html, /<form method="post" action="[^"]*approve"/)
    const tried = await opened.send(`${page}/approve`, fields)
    t.is(tried.status, 422)
    t.regex(tried.html, /a third person has to decide/)
  }
  await isShutOut(at, {})

  t.is((await other.send(`${at}/approve`, {})).location, at)
  t.regex((await other.see('/profiles/policies')).html, /Godkänd/)
  t.regex((await writer.see(version)).html, /You wrote or saved in this version/)
  t.is((await writer.send(`${version}/approve`, { policyId })).status, 422)
  await isShutOut(version, { policyId })
  const auditor = await server.as('auditor', server.organisationId)
  for (const slice of ['policies', 'profiles']) {
    const tried = `/api/v1/audit?action=${slice}.own-account-approval-refused`
    t.is((await auditor.get<{ items: unknown[] }>(tried)).body.items.length, 1, slice)
  }
  t.regex((await other.see(version)).html, /Version 1: iPads in Norrby/)
  t.is((await other.send(`${version}/approve`, { policyId })).location, version)
  t.regex((await other.see(version)).html, /Godkänd .* av Olle Alm enligt säkerhetspolicyns version 1/)
  t.regex((await writer.see('/profiles')).html, /Approved/)
})

test('a checklist begins with the questions of the authority, and is approved when all are answered', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['second-line'], { language: 'sv', name: 'Siv Ask' })
  const other = await signedIn(server, ['second-line'], { name: 'Olle Alm' })
  const form = await desk.see('/profiles/policies/write')
  t.notRegex(form.html, /Den förra är ifylld/, 'there is none')
  const questions = [...form.html.matchAll(/<textarea id="field-check-\d+-question"[^>]*>([^<]+)</g)].map(
    ([, question]) => question ?? '',
  )
  t.true(questions.length > 10)
  t.regex(questions[2] ?? '', /lösenkod/)
  const answered = (answers: Readonly<Record<number, string>>) =>
    Object.fromEntries(
      questions.flatMap((question, at) => [
        [`check-${at}-question`, question],
        [`check-${at}-answer`, answers[at] ?? 'yes'],
      ]),
    )
  const half = await desk.send('/profiles/policies/write', { ...policy, ...answered({ 1: '' }) })
  t.regex((await desk.see(half.location ?? '')).html, /Inte besvarad/)
  const waiting = await other.see(half.location ?? '')
  t.regex(waiting.html, /questions without an answer/)
  t.notRegex(waiting.html, /ready-made list/, 'all of them are in it')
  t.notRegex(waiting.html, /action="[^"]*approve"/)

  // What stands as it was keeps who answered it; a change is signed by whoever made it.
  const mine = { ...policy, ...answered({ 1: 'no' }) }
  const stale = await other.send('/profiles/policies/write', { ...mine, basedOn: '0' })
  t.is(stale.status, 422, 'on a form from before the other version')
  t.regex(stale.html, /A colleague has saved a newer version/)
  t.regex(stale.html, /name="basedOn" value="1"/)
  const whole = await other.send('/profiles/policies/write', { ...mine, basedOn: '1' })
  t.regex((await other.see(whole.location ?? '')).html, /Version 2/, 'the refused one wrote nothing')
  const { html } = await desk.see(whole.location ?? '')
  t.regex(html, /<td>Nej<\/td><td>[^/]*<\/span><\/td><td>Olle Alm<\/td>/)
  t.is(html.match(/<td>Siv Ask<\/td>/g)?.length, questions.length - 1)
  // Most answers in it are still those of the first one.
  const { html: partly } = await desk.see(whole.location ?? '')
  t.regex(partly, /Du har skrivit/)
  t.notRegex(partly, /action="[^"]*approve"/)
  t.regex((await desk.send(`${whole.location ?? ''}/approve`, {})).html, /Någon annan måste godkänna/)
  const third = await signedIn(server, ['second-line'], { name: 'Tea Lund' })
  t.is((await third.send(`${whole.location ?? ''}/approve`, {})).location, whole.location)
  const again = await desk.see('/profiles/policies/write')
  t.is(again.html.match(/Senast besvarad av Siv Ask/g)?.length, questions.length - 1)
  const short = { ...policy, 'check-0-question': questions[0] ?? '', 'check-0-answer': 'yes', basedOn: '2' }
  const few = await desk.send('/profiles/policies/write', short)
  const shown = await third.see(few.location ?? '')
  t.regex(shown.html, new RegExp(`not in it: ${questions.length - 1}\\.`), 'whoever approves is told')
  t.is(shown.html.match(/<li>[^<]+\?<\/li>/g)?.length, questions.length - 1)
  const reader = await signedIn(server, ['helpdesk'])
  t.is((await reader.see('/profiles/policies')).status, 200)
  t.is((await reader.see('/profiles/policies/write')).status, 403)
})
