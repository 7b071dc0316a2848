import { type Page } from 'playwright-core'
import { faultsOf } from './axe.ts'

/** Forms by where they are sent, each once, with the page that they stand on. */
export async function formsOf(page: Page, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const forms = new Map<string, string>()
  for (const path of paths) {
    const html = await (await page.request.get(path)).text()
    for (const [form, attributes = ''] of html.matchAll(/<form ([^>]*novalidate[^>]*)>.*?<\/form>/gs)) {
      const action = /action="([^"]*)"/.exec(attributes)?.[1] ?? path.replace(/\?.*/, '')
      // Somebody else's screen and one's own way out are looked at where they are used.
      const asks = / required|class="role-choices/.test(form) && !attributes.includes('data-passkey')
      const kind = action.replaceAll(/[\w-]{20,}/g, '{id}')
      if (asks && !forms.has(kind)) forms.set(kind, path)
    }
  }
  return forms
}

/**
 * What is wrong with how a form on `path` is refused that is sent with nothing in it: the summary has the focus and
 * leads to each field, each field says by itself what it lacks, and axe finds nothing.
 */
export async function faultsOfEmptyForm(page: Page, path: string, kind: string): Promise<string[]> {
  await page.goto(path, { waitUntil: 'load' })
  const [answer] = await Promise.all([
    page.waitForResponse(each => each.request().method() === 'POST'),
    page.waitForEvent('load'),
    page.evaluate(`(${sendEmpty})(${JSON.stringify(kind)})`),
  ])
  const status = answer.status()
  if (status < 400 || status > 499) return [`it was answered ${status}`]
  return [...(await page.evaluate<string[]>(toldWrongly)), ...(await faultsOf(page))]
}

/** Empties the form that goes to `kind` and sends it by its own button. */
const sendEmpty = `kind => {
  const form = [...document.querySelectorAll('form[novalidate]')].find(one =>
    (one.getAttribute('action') ?? location.pathname).replaceAll(/[\\w-]{20,}/g, '{id}') === kind)
  if (!form) throw new Error('There is no form for ' + kind)
  for (const one of form.elements) {
    if (one.type === 'hidden' || one.type === 'submit' || one.tagName === 'FIELDSET') continue
    if (one.type === 'checkbox' || one.type === 'radio') one.checked = false
    else one.value = ''
  }
  form.requestSubmit(form.querySelector('button:not([type=button])'))
}`

const toldWrongly = `(() => {
  const wrong = []
  const summary = document.querySelector('main .errors')
  if (!summary) return ['nothing at the top says what is wrong']
  if (document.activeElement !== summary) wrong.push('the focus is not on what is wrong')
  for (const link of summary.querySelectorAll('a')) {
    link.click()
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (!target) wrong.push('a link to ' + link.hash + ', which is not there')
    else if (document.activeElement !== target) wrong.push('a link to ' + link.hash + ' leaves the focus elsewhere')
  }
  const fields = [...document.querySelectorAll('main [aria-invalid=true]')]
  if (fields.length === 0) wrong.push('no field is marked')
  for (const field of fields) {
    const words = (field.getAttribute('aria-describedby') ?? '').split(' ').map(id => document.getElementById(id))
    if (!words.some(one => one?.matches('.wrong-words') && one.textContent.trim() !== ''))
      wrong.push('no words at ' + (field.id || field.name))
    if (field.getClientRects().length === 0) wrong.push('out of sight: ' + (field.id || field.name))
  }
  return wrong
})()`
