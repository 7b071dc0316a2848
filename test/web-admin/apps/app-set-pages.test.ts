import test from 'ava'
import { oneServer } from '../one-server.ts'
import { signedIn } from '../visitor.ts'

const newOrganisation = oneServer(test)

test('an app set that a colleague changed meanwhile keeps what was typed, and is saved at the next press', async t => {
  const server = await newOrganisation()
  const mine = await signedIn(server, ['admin'], { name: 'Siv Ask' })
  const colleague = await signedIn(server, ['admin'], { name: 'Olle Alm' })
  const content = (apps: string) => ({ apps, whom: 'organisation', note: '' })
  const wrong = await mine.send('/profiles/apps/new', { name: 'X', ...content('se.example.a A\nPapers') })
  t.is(wrong.status, 422)
  t.regex(wrong.html, /The line “Papers” is no app/)
  const many = Array.from({ length: 101 }, (_, number) => `se.example.app${number}`).join('\n')
  t.regex((await mine.send('/profiles/apps/new', { name: 'X', ...content(many) })).html, /at most 100 apps/)
  const made = await mine.send('/profiles/apps/new', {
    name: 'Members',
    ...content('se.example.papers Papers'),
  })
  const at = made.location ?? ''
  t.regex(at, /^\/profiles\/apps\/./)
  t.is((await colleague.send(at, { ...content('se.example.mail Mail'), basedOn: '1' })).status, 303)
  const stale = await mine.send(at, { ...content('se.example.notes Notes'), basedOn: '1' })
  t.is(stale.status, 422)
  t.regex(stale.html, /se\.example\.notes Notes/)
  t.regex(stale.html, /name="basedOn" value="2"/)
  t.notRegex((await colleague.see(at)).html, /Version 3/, 'the refused one saved nothing')
  t.is((await mine.send(at, { ...content('se.example.notes Notes'), basedOn: '2' })).status, 303)
  t.regex((await colleague.see(at)).html, /Version 3/)
  t.is((await mine.send(`${at}/end`, {})).status, 303)
  const late = await colleague.send(`${at}/end`, {})
  t.is(late.status, 422, 'the refusal is told on the page of the set')
  t.regex(late.html, /<h1>Members<\/h1>[^]*This app set has ended/)
  const reader = await signedIn(server, ['helpdesk'])
  t.is((await reader.send(at, { ...content('se.example.x X'), basedOn: '3' })).status, 403)
})
