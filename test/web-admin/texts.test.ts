import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import ts from 'typescript'
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
])

/** Words outside the catalogue, each with why they may stand where they do. */
const saidElsewhere: Readonly<Record<string, string>> = {
  'Tillhör ': 'a first value of a text on the iPad itself, for whoever finds it',
  'Cookie, Accept-Language': 'a header',
  'private, no-store': 'a header',
  'Authorization: Bearer orn_…': 'a header, as it is typed',
  'yyyy-mm-dd hh:mm': 'a format of cells in a workbook',
  'yyyy-mm-dd hh:mm:ss': 'a format of cells in a workbook',
  'five minutes': 'a phrase in the description of the API, which is English',
  'This person has a protected identity; a form that hides it changes nothing.':
    'a refusal, which has words by its code',
  'No iPad of yours is called ': 'a refusal, which has words by its code',
  'No file': 'a message of Joi, which forms never show',
}

/** Words of a language: two in a row, or a letter that only Swedish has. */
const isSaid = (text: string) => /[åäöÅÄÖ]|\p{L}{2,}[,.]? \p{L}{2,}/u.test(text)

/** A refusal has words by its code, a fault is for the log, `sv` and `en` side by side are both languages. */
function isForOthers(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isNewExpression(parent)) return parent.expression.getText().endsWith('Error')
  if (ts.isPropertyAssignment(parent)) return ['sv', 'en'].includes(parent.name.getText())
  // Built of several parts: what holds for the whole holds for them.
  const isPart = [ts.isTemplateExpression, ts.isTemplateSpan, ts.isBinaryExpression].some(is => is(parent))
  return isPart && isForOthers(parent)
}

/** The words that a source file would show to everybody alike. */
function untranslated({ name, text }: { name: string; text: string }): string[] {
  const found: string[] = []
  function look(node: ts.Node): void {
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
    // Forms have words of their own for what Joi says of a {{#label}}, and markup is no sentence.
    if (isText && isSaid(node.text) && !/^\{\{#label\}\}|[<>]|xmlns/.test(node.text) && !isForOthers(node))
      found.push(node.text)
    ts.forEachChild(node, look)
  }
  look(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true))
  return found
}

test('no page says something outside the catalogue that is in one language only', t => {
  const example = `const a = 'Sparat nu'; new DomainError('x', 'y', 'No such thing.'); const b = { sv: 'Två ord' }
    const c = \`\${a} är borta\`; const d = 'plain-key'`
  t.deepEqual(untranslated({ name: 'example.ts', text: example }), ['Sparat nu', ' är borta'])
  const pages = filesUnder('web-admin', '.ts').filter(
    ({ name }) => !name.startsWith(join('web-admin', 'texts')),
  )
  const found = pages.flatMap(page => untranslated(page).map(text => ({ name: page.name, text })))
  t.deepEqual(
    found.filter(({ text }) => !Object.hasOwn(saidElsewhere, text)),
    [],
  )
  for (const text of Object.keys(saidElsewhere))
    t.true(
      found.some(one => one.text === text),
      `nothing says “${text}” any more`,
    )
})
