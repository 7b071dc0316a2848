import test from 'ava'
import { type Browser, type Page } from 'playwright-core'
import { systemActor } from '../../server/staff/actor.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { texts, type Text } from '../../web-admin/texts/texts.ts'
import { faultsOf, withAxe, type Judged } from '../support/axe.ts'
import { browserPath, openBrowser, openDesk } from '../support/browser.ts'
import { faultsOfEmptyForm, formsOf } from '../support/form-faults.ts'
import { liveIn, type LivedIn } from '../support/lived-in.ts'
import { pagesOf, type Address, type Addressed, type Looker } from '../support/page-addresses.ts'
import { roles, type Role } from '../../server/staff/rights.ts'
import { shapesOf, unlike } from '../support/role-shapes.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { lostWhenSpaced } from '../support/text-spacing.ts'
import { lostIn, zoomed } from '../support/zoomed.ts'

/** Where there is no browser the walk counts as skipped, and the run says so loudly. */
const inBrowser = browserPath === undefined ? test.skip : test

const password = 'a long password for tests'
const desk = { width: 1180, height: 820 }
const narrow = { width: 320, height: 640 }

inBrowser('every page is free of faults in both languages, light and dark, and fits 320 pixels', async t => {
  t.timeout(900_000)
  const server = await startTestServer(t, { engineThread: true })
  const livedIn = await liveIn(server)
  const door = server.ornkoll.doors.staff
  if (!door) throw new Error('There is no staff door')
  const { addresses, unknown } = pagesOf(door, livedIn)
  const browser = await openBrowser(t)
  const anybody = await signIn(browser, server, 'sv')
  const { found, missing } = await discover(anybody, { addresses, unknown }, `/profiles/${livedIn.profile}`)
  const everywhere = [...addresses, ...found]
  const ofStaff = everywhere.filter(({ looker }) => looker === 'staff').map(({ path }) => path)
  const forms = [...(await formsOf(anybody, ofStaff))]
  const judged = new Set((await shapesOf(anybody, ofStaff)).flatMap(({ parts }) => parts))
  t.deepEqual(missing, [], 'pages without an address in test/support/page-addresses.ts')
  await anybody.context().close()
  // Both at once: while one browser page is drawn the server answers the other. Forms are looked at the other way round.
  const wrong = await Promise.all(
    looks.map(async (look, at) => {
      const pages = await lookers(browser, server, { ...look, livedIn })
      const faults = await wrongWithAll(pages, everywhere, look)
      // Signed in anew: deeds that want a fresh proof are refused for what is in the form.
      const page = await otherwise(await signIn(browser, server, look.language), look)
      for (const [kind, path] of forms.filter((_, index) => index % looks.length === at))
        for (const fault of await faultsOfEmptyForm(page, path, kind))
          faults.push(`${kind} on ${path}, sent empty: ${fault}`)
      for (const each of Object.values(pages)) await each.context().close()
      return faults
    }),
  )
  t.log(`${everywhere.length} pages, each in both languages; ${forms.length} forms sent empty`)
  const byRole = await wrongByRole(browser, server, { paths: ofStaff, judged })
  t.log(`${byRole.judged.length} of ${byRole.read} pages are built otherwise for a role: ${byRole.told}`)
  t.deepEqual([...wrong.flat(), ...byRole.wrong], [])
  t.true(byRole.judged.length >= roles.length)
  t.true(addresses.length > 70)
  t.true(forms.length > 20)
})

inBrowser('an organisation with nothing in it has pages without faults too', async t => {
  t.timeout(600_000)
  const server = await startTestServer(t, { engineThread: true })
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
  const pages = { staff: page, borrower: page, stranger: page }
  t.deepEqual(
    await wrongWithAll(pages, plain, { language: 'sv', theme: 'light', judged: 'all', size: desk }),
    [],
  )
})

/** Finds a page for each of the patterns by following the links of the others, as people do; what only leads on is no page. */
async function discover(page: Page, { addresses, unknown }: Addressed, profile: string) {
  const found = new Map<string, string>()
  const seen = new Set<string>()
  const patternOf = (path: string) =>
    unknown.find(pattern => new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
  const noteIfWanted = (path: string) => {
    // Files stand where things stand, and are no pages.
    if (/\.(csv|xlsx)$/.test(path)) return
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
  /** A page is built the same way in both; what the other look changes is its words and its colours. */
  readonly judged: Judged
  /** A desk, or half of it, as when everything is twice as large: there nothing may be cut off or lie under a bar. */
  readonly size: Readonly<{ width: number; height: number }>
}

// Colours are the same at every size, so that the look at them is the one at 200 %, in the longer words of Swedish.
const looks: readonly Look[] = [
  { language: 'en', theme: 'light', judged: 'all', size: desk },
  { language: 'sv', theme: 'dark', judged: 'contrast', size: zoomed.viewport },
]

/**
 * What is wrong with what each role sees. All their pages are read; those are drawn and judged that hold a part which no
 * page judged before them has, and each role's start page with its menu: in turn in one language and the other, in
 * both lights.
 */
async function wrongByRole(
  browser: Browser,
  server: TestServer,
  { paths, judged }: { paths: readonly string[]; judged: Set<string> },
) {
  const wrong: string[] = []
  const drawn: string[] = []
  const told: string[] = []
  for (const role of roles) {
    const pages = {
      sv: await signIn(browser, server, 'sv', [role]),
      en: await signIn(browser, server, 'en', [role]),
    }
    const shapes = await shapesOf(pages.sv, paths)
    for (const { path, status, broken } of shapes) {
      if (status >= 500) wrong.push(`${path} (${role}): status ${String(status)}`)
      wrong.push(...broken.map(one => `${path} (${role}): ${one}`))
    }
    const own = unlike(judged, shapes)
      .map(({ path }) => path)
      .filter(path => path !== '/')
    for (const [language, page] of Object.entries(pages)) {
      wrong.push(...(await wrongInBothLights(page, '/', 'page')).map(one => `${one} (${role}, ${language})`))
      for (const path of own.filter((_, at) => (at % 2 === 0) === (language === 'sv')))
        wrong.push(
          ...(await wrongInBothLights(page, path, 'content')).map(one => `${one} (${role}, ${language})`),
        )
      await page.context().close()
    }
    drawn.push('/', ...own)
    told.push(`${role} ${own.length + 1}`)
  }
  return { wrong, judged: drawn, told: told.join(', '), read: roles.length * paths.length }
}

/** By axe in the light, by its colours in the dark, and by its width on a narrow screen: the page is loaded once. */
async function wrongInBothLights(page: Page, path: string, within: 'page' | 'content'): Promise<string[]> {
  await page.goto(path, { waitUntil: 'load' })
  await page.evaluate(openAll)
  const faults = await faultsOf(page, { within })
  await page.evaluate(`document.documentElement.dataset.theme = 'dark'`)
  const dark = await faultsOf(page, { within, judged: 'contrast' })
  await page.setViewportSize(narrow)
  const sticksOut = await page.evaluate<string[]>(openAndMeasure)
  await page.setViewportSize(desk)
  return [
    ...faults,
    ...dark.map(one => `in the dark: ${one}`),
    ...sticksOut.map(one => `wider than 320 pixels: ${one}`),
  ].map(one => `${path}: ${one}`)
}

/** The page in the other light. */
async function otherwise(page: Page, { theme }: Look): Promise<Page> {
  const other = theme === 'light' ? 'dark' : 'light'
  await page.context().addCookies([{ name: 'theme', value: other, url: new URL(page.url()).origin }])
  return page
}

type Pages = Readonly<Record<Looker, Page>>

/** What is wrong with these pages. Each is loaded at one width and changed to the other, which the next begins with. */
async function wrongWithAll(pages: Pages, addresses: readonly Address[], look: Look): Promise<string[]> {
  const wrong: string[] = []
  const isNarrow = new Map<Page, boolean>()
  for (const address of addresses) {
    const page = pages[address.looker]
    const within = isNarrow.has(page) ? 'content' : 'page'
    const begins = isNarrow.get(page) ?? false
    wrong.push(...(await wrongWith(page, address, { ...look, within, begins: begins ? 'narrow' : 'wide' })))
    isNarrow.set(page, !begins)
  }
  for (const page of isNarrow.keys()) await page.setViewportSize(desk)
  return wrong
}

/** What is wrong with a page: by axe with everything opened that opens, and on a narrow screen. */
async function wrongWith(
  page: Page,
  { path, looker }: Address,
  { language, theme, judged, size, within, begins }: Look & Begun,
): Promise<string[]> {
  const answer = await page.goto(path, { waitUntil: 'load' })
  const stuckOut = begins === 'narrow' ? await page.evaluate<string[]>(openAndMeasure) : undefined
  const { spoken, words, small, faults } = await wrongAtSize(page, { judged, size, within })
  if (begins === 'wide') await page.setViewportSize(narrow)
  const sticksOut = stuckOut ?? (await page.evaluate<string[]>(openAndMeasure))
  const foreign = looker === 'borrower' ? [] : wordsOf(words, language)
  const status = answer?.status() ?? 500
  return [
    ...(status < 500 ? [] : [`status ${status}`]),
    // A borrower reads in the language of the terms.
    ...(spoken === language || looker === 'borrower' ? [] : [`speaks ${spoken}`]),
    ...faults,
    ...small.map(one => `too small for a finger: ${one}`),
    ...foreign.map(one => `says “${one}” in the other language`),
    ...sticksOut.map(one => `wider than 320 pixels: ${one}`),
  ].map(one => `${path} (${language}, ${theme}): ${one}`)
}

/** What stands on the page, and what is wrong with it at this size. Leaves it at this size. */
async function wrongAtSize(
  page: Page,
  { judged, size, within }: Pick<Look & Begun, 'judged' | 'size' | 'within'>,
): Promise<Read & { readonly faults: readonly string[] }> {
  // The frame is looked at once, at its full width: on a smaller screen its menu is folded together.
  if (within === 'page') await page.setViewportSize(desk)
  const ofFrame = within === 'page' ? await faultsOf(page, { judged }) : []
  await page.setViewportSize(size)
  const standing = await page.evaluate<Read>(read)
  const { headings } = standing
  const faults = [
    ...(headings === 1 ? [] : [`${headings} headings of the first order`]),
    ...ofFrame,
    ...(await faultsOf(page, { judged, within: 'content' })),
    ...(await lostWhenSpaced(page)).map(one => `with its text spaced out: ${one}`),
    ...(size === desk ? [] : await lostIn(page)).map(one => `at 200 %: ${one}`),
  ]
  return { ...standing, faults }
}

interface Begun {
  readonly begins: 'narrow' | 'wide'
  readonly within: 'page' | 'content'
}

interface Read {
  readonly headings: number
  readonly spoken: string
  readonly words: string
  /** What is pressed all day and is lower than 44 pixels. */
  readonly small: readonly string[]
}

/** Words of the catalogue in the other language that stand in `text`, and mean nothing in this one. */
function wordsOf(text: string, language: Language): string[] {
  const own = stored.reduce((left, words) => left.replaceAll(words, ''), text)
  return otherWords[language].filter(words => own.includes(words))
}

/** What the organisation itself has written, in its own language. */
const stored = ['Den här iPaden är stulen eller borttappad.']

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

/** Everything that is folded together but what lies over the page when it opens; `open-states-in-browser` opens that. */
const openAll = `for (const one of document.querySelectorAll('details:not([data-menu], .columns-choice)')) one.open = true`

/** What stands on the page, but for parts that say themselves which language they are in. */
const read = `(() => {
  ${openAll}
  const copy = document.body.cloneNode(true)
  for (const part of copy.querySelectorAll('[lang], textarea')) part.remove()
  return {
    headings: document.querySelectorAll('h1').length,
    spoken: document.documentElement.lang,
    words: copy.textContent.replace(/\\s+/g, ' '),
    small: [...document.querySelectorAll('.places a, .button.main, button.main')]
      .map(one => [one, one.getBoundingClientRect()])
      .filter(([, { width, height }]) => width > 0 && height < 44)
      .map(([one, { height }]) => height + ' px: ' + one.textContent.trim().slice(0, 30)),
  }
})()`

/** What makes the page scroll sideways: the elements that stick out of it, outside of what scrolls by itself. */
const openAndMeasure = `(() => {
  ${openAll}
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
  { livedIn, language, theme }: Omit<Look, 'judged'> & { livedIn: LivedIn },
): Promise<Pages> {
  const themed = async (page: Page) => {
    await page.context().addCookies([{ name: 'theme', value: theme, url: server.url }])
    return page
  }
  const staff = await themed(await signIn(browser, server, language))
  const borrower = await themed(await signIn(browser, server, language))
  await borrower.goto('/hand-out')
  await borrower.locator(`form[action="/hand-out/${livedIn.shown}/terms"] button`).click()
  const stranger = await themed((await openDesk(browser, server.url, language)).page)
  return { staff, borrower, stranger }
}

let signedIn = 0

/** An administrator who also counts as everybody else, so that no page is closed; or somebody with these roles alone. */
async function signIn(
  browser: Browser,
  { url, ornkoll, organisationId }: TestServer,
  language: Language,
  held: readonly Role[] = ['admin', 'second-line', 'handout', 'finance', 'auditor'],
) {
  const email = `alla.${String((signedIn += 1))}@ekeby.example`
  await ornkoll.staff.add(systemActor(organisationId), {
    name: 'Alla Behörigheter',
    email,
    password,
    language,
    roles: held,
  })
  const { page } = await openDesk(browser, url, language)
  await withAxe(page.context())
  await page.goto('/sign-in')
  await page.locator('[name="email"]').fill(email)
  await page.locator('[name="password"]').fill(password)
  await page.locator('form:has([name="password"]) button').click()
  await page.waitForURL(address => address.pathname === '/')
  return page
}
