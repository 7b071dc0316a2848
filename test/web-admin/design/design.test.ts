import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { contrast, pairs, readTokens } from '../../../web-admin/design/tokens.ts'
import { styleFiles, stylesFolder } from '../../../web-admin/style-sheet.ts'
import { oneServer } from '../one-server.ts'
import { signedIn, textsOf, visitor } from '../visitor.ts'

const newOrganisation = oneServer(test)

test('contrast is counted as WCAG 2.1 counts it', t => {
  t.is(contrast('#000', '#fff'), 21)
  t.is(contrast('#777777', '#ffffff').toFixed(2), '4.48')
  t.is(contrast('#fff', '#777').toFixed(2), '4.48')
  t.is(contrast('#abcdef', '#abcdef'), 1)
  t.throws(() => contrast('red', '#fff'))
})

test('everything that stands on something has contrast enough, in light and in dark', t => {
  const { light, dark } = readTokens()
  for (const [front, back, least] of pairs) {
    t.true(contrast(light[front] ?? '', light[back] ?? '') >= least, `${front} on ${back}, light`)
    t.true(contrast(dark[front] ?? '', dark[back] ?? '') >= least, `${front} on ${back}, dark`)
  }
  t.true(pairs.length > 20)
})

test('every file of styles is sent, each once', t => {
  t.deepEqual(styleFiles.map(name => `${name}.css`).sort(), readdirSync(stylesFolder).sort())
})

test('dark is the same whether chosen here or on the device', t => {
  const sheet = readFileSync(join(import.meta.dirname, '../../../web-admin/styles/tokens.css'), 'utf8')
  const lists = [...sheet.matchAll(/color-scheme: dark;([^}]+)}/g)].map(([, list = '']) =>
    list.replace(/\s+/g, ' '),
  )
  t.is(lists.length, 2)
  t.is(lists[0], lists[1])
})

test('whoever is signed in sees what the pages are made of, in both languages', async t => {
  const server = await newOrganisation()
  const auditor = await signedIn(server, ['auditor'], { language: 'sv' })
  t.regex((await auditor.see('/')).html, /<footer[\s\S]*href="\/design"/)
  const { html } = await auditor.see('/design')
  t.deepEqual(textsOf(html, 'h1'), ['Formspråk'])
  t.true(html.includes('fill="#0f4c56"'))
  t.regex(html, /aria-invalid="true"/)
  const english = await signedIn(server, ['auditor'], { name: 'Eva Ek' })
  t.deepEqual(textsOf((await english.see('/design')).html, 'h1'), ['Design'])
  t.is((await visitor(server).see('/design')).status, 302)
})
