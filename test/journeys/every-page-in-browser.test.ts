import test from 'ava'
import { type Browser, type Page } from 'playwright-core'
import { systemActor } from '../../server/staff/actor.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { faultsOf } from '../support/axe.ts'
import { browserPath, openBrowser, openDesk } from '../support/browser.ts'
import { liveIn, type LivedIn } from '../support/lived-in.ts'
import { pagesOf, type Address, type Looker } from '../support/page-addresses.ts'
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
  for (const path of unknown) {
    const looked = await anybody.request.get(path.replaceAll(/\{\w+\}/g, 'any'), { maxRedirects: 0 })
    t.is(
      looked.status(),
      303,
      `${path} needs an address in test/support/page-addresses.ts, or leads on to a page`,
    )
  }
  await anybody.context().close()
  const wrong: string[] = []
  for (const look of [
    { language: 'sv', theme: 'light' },
    { language: 'en', theme: 'dark' },
  ] as const) {
    const pages = await lookers(browser, server, { ...look, livedIn })
    for (const address of addresses) wrong.push(...(await wrongWith(pages[address.looker], address, look)))
    for (const page of Object.values(pages)) await page.context().close()
  }
  t.log(`${addresses.length} pages, each in both languages`)
  t.deepEqual(wrong, [])
  t.true(addresses.length > 70)
})

inBrowser('an organisation with nothing in it has pages without faults too', async t => {
  t.timeout(600_000)
  const server = await startTestServer(t)
  const door = server.ornkoll.doors.staff
  if (!door) throw new Error('There is no staff door')
  const { id } = await server.ornkoll.organisations.create({ name: 'Tomby', language: 'sv' })
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
    ...sticksOut.map(one => `wider than 320 pixels: ${one}`),
  ].map(words => `${path} (${language}, ${theme}): ${words}`)
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
