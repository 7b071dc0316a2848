import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { createHandlebars } from '../../web-admin/handlebars.ts'
import { texts } from '../../web-admin/texts/texts.ts'

const root = join(import.meta.dirname, '../..')

function filesUnder(folder: string, ending: string): { name: string; text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(ending))
    .map(name => ({ name: join(folder, name), text: readFileSync(join(root, folder, name), 'utf8') }))
}

const views = filesUnder('web-admin/views', '.hbs')
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).sort()

test('every text says something in Swedish and in English, with the same places to fill in', t => {
  for (const [key, { sv, en }] of Object.entries(texts)) {
    t.not(sv.trim(), '', key)
    t.not(en.trim(), '', key)
    t.deepEqual(placeholders(sv), placeholders(en), key)
  }
})

test('no two parts give words to the same key, of which the later would win unseen', async t => {
  const keys: string[] = []
  for (const { name } of filesUnder('web-admin/texts', '.ts')) {
    if (name.endsWith('texts.ts')) continue
    const part = (await import(join(root, name))) as Readonly<Record<string, object>>
    keys.push(...Object.values(part).flatMap(words => Object.keys(words)))
  }
  t.deepEqual(
    keys.filter((key, place) => keys.indexOf(key) !== place),
    [],
  )
  t.is(keys.length, Object.keys(texts).length, 'every part is in the whole')
})

test('every text is shown somewhere: its key is in the source, or a template there makes it', t => {
  const pages = [...views, ...filesUnder('web-admin', '.ts'), ...filesUnder('web-admin/public', '.js')]
  const shown = pages.filter(({ name }) => !name.startsWith(join('web-admin', 'texts')))
  const rules = [
    ...filesUnder('server', '.ts'),
    ...filesUnder('profiles', '.ts'),
    ...filesUnder('mdm', '.ts'),
  ]
  const isShown = namedIn(shown)
  // A refusal or a reason is shown by its code, so somebody has to refuse with it.
  const isGiven = namedIn([...shown, ...rules])
  const unseen = Object.keys(texts).filter(key => {
    const [, code] = /^(?:refusal|reason)\.(.+)$/.exec(key) ?? []
    return code ? !isGiven(code) : !isShown(key) && !isShown(key.replace(/\.(one|many)$/, ''))
  })
  t.deepEqual(unseen, [])
})

/** Whether a word stands in quotes in one of the files, or is what a template there can make of its fixed beginning. */
function namedIn(files: readonly { text: string }[]): (word: string) => boolean {
  const source = files.map(({ text }) => text).join('\n')
  const named = new Set([...source.matchAll(/['"`]([\w.-]+)['"`]/g)].map(([, name = '']) => name))
  const made = [...source.matchAll(/`([a-z][\w-]*[.-](?:[\w.-]|\$\{[^{}`]*\})*)`|concat "([a-z][\w.-]*)"/g)]
  const forms = [...new Set(made.map(([, script, view]) => script ?? `${view}\${}`))].map(
    form => new RegExp(`^${form.replaceAll('.', '\\.').replace(/\$\{[^{}]*\}/g, '.+')}$`),
  )
  return word => named.has(word) || forms.some(form => form.test(word))
}

test('every text that a view asks for is in the catalogue', t => {
  for (const { name, text } of views) {
    for (const [, key = ''] of text.matchAll(/[{(]t "([^"]+)"/g)) t.true(key in texts, `${name}: ${key}`)
  }
  t.true(views.length > 20)
})

test('no view holds words of its own', t => {
  for (const { name, text } of views) {
    const spoken = text
      .replace(/\{\{\{?[\s\S]*?\}\}\}?/g, '')
      .replace(/<!doctype[^>]*>|<!--[\s\S]*?-->/g, '')
      .replace(/\s(?:aria-label|title|placeholder|alt)="([^"]*)"/g, ' >$1< ')
      .replace(/<[^>]*>/g, '')
    t.notRegex(spoken, /\p{L}{2,}/u, `${name} says: ${spoken.replace(/\s+/g, ' ').trim()}`)
  }
})

test('no view holds a script or a style of its own, which the security policy would refuse', t => {
  for (const { name, text } of views) {
    t.notRegex(text, /<style|\sstyle=|\son\w+=|javascript:/i, name)
    t.notRegex(text, /<script(?![^>]*\ssrc=)/i, name)
  }
})

test('every form that is sent carries the token of the browser', t => {
  for (const { name, text } of views) {
    for (const [form] of text.matchAll(/<form\b[^>]*method="post"[\s\S]*?<\/form>/g)) {
      t.regex(form, /\{\{> crumb\}\}|name="crumb"/, `${name}: ${form.slice(0, 120)}`)
    }
  }
})

test('every view can be read by the engine', t => {
  const handlebars = createHandlebars()
  for (const { name, text } of views) t.notThrows(() => handlebars.precompile(text), name)
})

test('what a use case refuses has words in both languages', t => {
  const codes = new Set<string>()
  for (const { text } of filesUnder('server', '.ts')) {
    const refusals = text.matchAll(
      /(?:DomainError|refuse\w*)\(\s*'(?:not-found|conflict|invalid|forbidden)',\s*'([a-z-]+)'/g,
    )
    for (const [, code = ''] of refusals) codes.add(code)
  }
  t.true(codes.size > 40)
  for (const code of codes) if (!onlyForPrograms.has(code)) t.true(`refusal.${code}` in texts, code)
})

test('every reason of a wrong field or row has words in both languages, with the same places to fill in', t => {
  const reasons = new Map<string, string>()
  for (const { text } of filesUnder('server', '.ts')) {
    const found = text.matchAll(/because\(\s*'([a-z-]+)',\s*'([^']+)'/g)
    for (const [, code = '', sentence = ''] of found) reasons.set(code, sentence)
  }
  t.true(reasons.size > 40)
  for (const [code, sentence] of reasons) {
    const words = (texts as Readonly<Record<string, { sv: string; en: string }>>)[`reason.${code}`]
    t.deepEqual(words && placeholders(words.sv), placeholders(sentence), code)
  }
})

test('no slice gives a wrong field words of its own, which a page could say in one language only', t => {
  for (const { name, text } of filesUnder('server', '.ts')) {
    if (name.startsWith(join('server', 'http'))) continue
    // One field whose refusal has words of its own is said with those.
    t.notRegex(text, /\[path, , \w+\]\) => \(\{ path, message|wrong\.push\(\{ path, message/, name)
  }
})

/** Refusals of what only programs send, or of what is caught before a page can show it. */
const onlyForPrograms = new Set([
  'idempotency-answer-lost',
  'idempotency-key',
  'idempotency-key-reused',
  'idempotency-running',
  'incident-claimed',
  'webhook-unknown',
])
