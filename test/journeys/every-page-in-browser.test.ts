import test from 'ava'
import { type Browser, type Page } from 'playwright-core'
import { systemActor } from '../../server/staff/actor.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { texts, type Text } from '../../web-admin/texts/texts.ts'
import { faultsOf } from '../support/axe.ts'
import { browserPath, openBrowser, openDesk } from '../support/browser.ts'
import { liveIn, type LivedIn } from '../support/lived-in.ts'
import { pagesOf, type Address, type Addressed, type Looker } from '../support/page-addresses.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

/** Where there is no browser the walk counts as skipped, and the run says so loudly. */
const inBrowser = browserPath === undefined ? test.skip : test

const password = 'a long password for tests'
const desk = { width: 1180, height: 820 }
const narrow = { width: 320, height: 640 }

inBrowser('every page is free of faults in both languages, light and dark, and fits 320 pixels', async t => {
  t.timeout(900_000)
  const server = await startTestServer(t)
  const livedIn = await liveIn(server)
  const door = server.ornkoll.doors.staff
  if (!door) throw new Error('There is no staff door')
  const { addresses, unknown } = pagesOf(door, livedIn)
  const browser = await openBrowser(t)
  const anybody = await signIn(browser, server, 'sv')
  const { found, missing } = await discover(anybody, { addresses, unknown }, `/profiles/${livedIn.profile}`)
  t.deepEqual(missing, [], 'pages without an address in test/support/page-addresses.ts')
  await anybody.context().close()
  const wrong: string[] = []
  for (const look of [
    { language: 'sv', theme: 'light' },
    { language: 'en', theme: 'dark' },
  ] as const) {
    const pages = await lookers(browser, server, { ...look, livedIn })
    for (const address of [...addresses, ...found])
      wrong.push(...(await wrongWith(pages[address.looker], address, look)))
    for (const page of Object.values(pages)) await page.context().close()
  }
  t.log(`${addresses.length + found.length} pages, each in both languages`)
  t.deepEqual(wrong, [])
  t.true(addresses.length > 70)
})

inBrowser('an organisation with nothing in it has pages without faults too', async t => {
  t.timeout(600_000)
  const server = await startTestServer(t)
  const door = server.ornkoll.doors.staff
  if (!door) throw new Error('There is no staff door')
  const { id } = await server.ornkoll.organisations.create({
    name: 'Tomby',
    language: 'sv',
    secondFactorFor: [],
  })
  const browser = await openBrowser(t)
  const page = await signIn(browser, { ...server, organisationId: id }, 'sv')
  const { addresses } = pagesOf(door, {} as LivedIn)
  const plain = addresses.filter(
    ({ path, looker }) => looker === 'staff' && !/undefined|\?|nowhere/.test(path),
  )
  t.true(plain.length > 30)
  const wrong: string[] = []
  for (const address of plain)
    wrong.push(...(await wrongWith(page, address, { language: 'sv', theme: 'light' })))
  t.deepEqual(wrong, [])
})

/** Finds a page for each of the patterns by following the links of the others, as people do; what only leads on is no page. */
async function discover(page: Page, { addresses, unknown }: Addressed, profile: string) {
  const found = new Map<string, string>()
  const seen = new Set<string>()
  const patternOf = (path: string) =>
    unknown.find(pattern => new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
  const noteIfWanted = (path: string) => {
    const pattern = patternOf(path)
    if (pattern !== undefined && !found.has(pattern)) found.set(pattern, path)
  }
  let next = addresses.filter(({ looker }) => looker === 'staff').map(({ path }) => path)
  if (unknown.includes('/profiles/drafts/{draft}')) next.push(await beginDraft(page, profile))
  while (next.length > 0 && found.size < unknown.length) {
    const links: string[] = []
    for (const path of next) {
      seen.add(path)
      const html = await (await page.request.get(path)).text()
      links.push(...[...html.matchAll(/href="(\/[^"#?]*)"/g)].map(([, href = '']) => href))
    }
    for (const path of next) noteIfWanted(path)
    const fresh = [...new Set(links)].filter(path => !seen.has(path))
    for (const path of fresh) noteIfWanted(path)
    next = fresh.filter(path => [...found.values()].includes(path))
  }
  const missing: string[] = []
  for (const pattern of unknown.filter(one => !found.has(one))) {
    const looked = await page.request.get(pattern.replaceAll(/\{\w+\}/g, 'any'), { maxRedirects: 0 })
    if (looked.status() !== 303) missing.push(pattern)
  }
  return { found: [...found.values()].map((path): Address => ({ path, looker: 'staff' })), missing }
}

/** A change of the profile that there is, begun and not finished. */
async function beginDraft(page: Page, profile: string): Promise<string> {
  await page.goto(profile)
  await page.locator(`form[action="${profile}/edit"] button`).click()
  await page.waitForURL(/drafts/)
  return new URL(page.url()).pathname
}

interface Look {
  readonly language: Language
  readonly theme: 'light' | 'dark'
}

/** What is wrong with a page: by axe with everything opened that opens, and on a narrow screen. */
async function wrongWith(
  page: Page,
  { path, looker }: Address,
  { language, theme }: Look,
): Promise<string[]> {
  const answer = await page.goto(path, { waitUntil: 'load' })
  const headings = await page.locator('h1').count()
  const spoken = await page.locator('html').getAttribute('lang')
  await page.evaluate(openAll)
  const faults = await faultsOf(page)
  const foreign = looker === 'borrower' ? [] : wordsOf(await page.evaluate<string>(ownWords), language)
  await page.setViewportSize(narrow)
  const sticksOut = await page.evaluate<string[]>(tooWide)
  await page.setViewportSize(desk)
  const status = answer?.status() ?? 500
  return [
    ...(status < 500 ? [] : [`status ${status}`]),
    ...(headings === 1 ? [] : [`${headings} headings of the first order`]),
    // A borrower reads in the language of the terms.
    ...(spoken === language || looker === 'borrower' ? [] : [`speaks ${spoken ?? 'nothing'}`]),
    ...faults,
    ...foreign.map(words => `says “${words}” in the other language`),
    ...sticksOut.map(one => `wider than 320 pixels: ${one}`),
  ].map(words => `${path} (${language}, ${theme}): ${words}`)
}

/** What stands on the page, but for parts that say themselves which language they are in. */
const ownWords = `(() => {
  const copy = document.body.cloneNode(true)
  for (const part of copy.querySelectorAll('[lang], textarea')) part.remove()
  return copy.textContent.replace(/\\s+/g, ' ')
})()`

/** Words of the catalogue in the other language that stand in `text`, and mean nothing in this one. */
function wordsOf(text: string, language: Language): string[] {
  const own = stored.reduce((left, words) => left.replaceAll(words, ''), text)
  return otherWords[language].filter(words => own.includes(words))
}

/** What the organisation itself has written, in its own language. */
const stored = ['Den här iPaden är anmäld stulen.']

const all: readonly Text[] = Object.values(texts)
const otherWords: Readonly<Record<Language, readonly string[]>> = {
  sv: onlyIn('en', 'sv'),
  en: onlyIn('sv', 'en'),
}

/** Texts of several words without places to fill in, that are no text of the other language; one word may be a name. */
function onlyIn(language: Language, other: Language): string[] {
  const shared = new Set(all.map(text => text[other]))
  return all
    .map(text => text[language])
    .filter(words => words.length >= 12 && words.includes(' ') && !words.includes('{') && !shared.has(words))
    .filter(words => !all.some(text => text[other].includes(words)))
}

/** Everything that is folded together but the menu of a narrow screen. */
const openAll = `for (const one of document.querySelectorAll('details:not([data-menu])')) one.open = true`

/** What makes the page scroll sideways: the elements that stick out of it, outside of what scrolls by itself. */
const tooWide = `(() => {
  const wide = document.documentElement.scrollWidth
  if (wide <= innerWidth) return []
  const out = [...document.querySelectorAll('main *')].filter(one =>
    one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.table-scroll, .xml, .unseen'))
  return [wide + ' px', ...out.slice(0, 4).map(one => one.tagName + '.' + String(one.className))]
})()`

/** One page for each who looks, in one language and one light. */
async function lookers(
  browser: Browser,
  server: TestServer,
  { livedIn, language, theme }: Look & { livedIn: LivedIn },
): Promise<Readonly<Record<Looker, Page>>> {
  const themed = async (page: Page) => {
    await page.context().addCookies([{ name: 'theme', value: theme, url: server.url }])
    return page
  }
  const staff = await themed(await signIn(browser, server, language))
  const borrower = await themed(await signIn(browser, server, language))
  await borrower.goto(`/hand-out/${livedIn.shown}/terms?identity=id-shown`)
  const stranger = await themed((await openDesk(browser, server.url, language)).page)
  return { staff, borrower, stranger }
}

let signedIn = 0

/** An administrator who also counts as everybody else, so that no page is closed. */
async function signIn(browser: Browser, { url, ornkoll, organisationId }: TestServer, language: Language) {
  const email = `alla.${String((signedIn += 1))}@ekeby.example`
  await ornkoll.staff.add(systemActor(organisationId), {
    ...{ name: 'Alla Behörigheter', email, password, language },
    roles: ['admin', 'second-line', 'handout', 'finance', 'auditor'],
  })
  const { page } = await openDesk(browser, url, language)
  await page.goto('/sign-in')
  await page.locator('[name="email"]').fill(email)
  await page.locator('[name="password"]').fill(password)
  await page.locator('form:has([name="password"]) button').click()
  await page.waitForURL(address => address.pathname === '/')
  return page
}
