import test from 'ava'
import { type Browser, type Page } from 'playwright-core'
import { systemActor } from '../../server/staff/actor.ts'
import { codeAt, stepOf } from '../../server/staff/totp.ts'
import { faultsOf, withAxe } from '../support/axe.ts'
import { browserPath, openBrowser } from '../support/browser.ts'
import { created } from '../support/hand-out.ts'
import { liveIn, type LivedIn } from '../support/lived-in.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { zoomed } from '../support/zoomed.ts'

/** Where there is no browser the looks count as skipped, and the run says so loudly. */
const inBrowser = browserPath === undefined ? test.skip : test

const password = 'a long password for tests'

inBrowser('what opens or comes of a deed is free of faults, at 200 % too', async t => {
  t.timeout(300_000)
  const server = await startTestServer(t, { engineThread: true })
  const livedIn = await liveIn(server)
  const browser = await openBrowser(t)
  const faults: string[] = []
  const look = (page: Page) => async (name: string) => {
    faults.push(...(await faultsOf(page)).map(one => `${name}: ${one}`))
  }
  // Both at once: while one page is drawn the server answers the other.
  await Promise.all([
    (async () => {
      const page = await signIn(browser, server, 'sv')
      await openings(page, look(page))
      await columnsChosen(page, look(page))
    })(),
    (async () => {
      const page = await signIn(browser, server, 'en')
      await secretsShownOnce(page, look(page))
      await takenBack(page, livedIn, look(page))
      await deedsOnMany(page, look(page))
      await peopleMadeOne(page, server, look(page))
      const admin = await server.as('admin')
      const tags = ['EKV-0001']
      for (const id of [livedIn.enrolled, livedIn.enrolledToo])
        tags.push((await admin.get<{ assetTag: string }>(`/api/v1/devices/${id}`)).body.assetTag)
      await askedAndAgreed(page, { second: await signIn(browser, server, 'en'), tags }, look(page))
    })(),
  ])
  t.deepEqual(faults, [])
})

type LookAt = (name: string) => Promise<void>

/** The menu of a narrow screen, and hits under the search field: opened, walked and left with the keyboard alone. */
async function openings(page: Page, look: LookAt): Promise<void> {
  await page.goto('/')
  await page.locator('[data-menu] > summary').focus()
  await page.keyboard.press('Enter')
  await page.locator('.places a').last().waitFor()
  await look('the open menu')
  await page.keyboard.press('/')
  const field = page.locator('#search-all')
  await page.keyboard.type('EKV')
  await page.locator('#suggestions [role=option]').nth(1).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.locator('#suggestion-0[aria-selected=true]').waitFor()
  await look('suggestions, one of them chosen')
  await page.keyboard.press('Escape')
  await page.locator('#suggestions').waitFor({ state: 'hidden' })
  await field.and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Space')
  await page.locator('#suggestions [role=option]').first().waitFor()
  await page.keyboard.press('ArrowUp')
  await Promise.all([page.waitForURL(/devices\//), page.keyboard.press('Enter')])
}

/** What is chosen of a list lies over it: it goes with Escape, and by itself when one goes on. */
async function columnsChosen(page: Page, look: LookAt): Promise<void> {
  await page.goto('/devices')
  const [choice, button] = [page.locator('.columns-choice'), page.locator('.columns-choice > summary')]
  await button.focus()
  await page.keyboard.press('Enter')
  await choice.locator('[name="column"]').first().focus()
  await look('the choice of columns')
  await page.keyboard.press('Escape')
  await page.locator('.columns-choice:not([open])').waitFor()
  await button.and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  await choice.locator('button').last().focus()
  await page.keyboard.press('Tab')
  await page.locator('.columns-choice:not([open])').waitFor()
}

/** Keys, secrets, links and codes, which their page shows this one time. */
async function secretsShownOnce(page: Page, look: LookAt): Promise<void> {
  await page.goto('/settings/tokens')
  await page.locator('summary', { hasText: 'New API key' }).click()
  await page.locator('[name="name"]').fill('Payroll')
  await page.locator('[name="roles"]').first().check()
  await send(page, '/settings/tokens')
  await look('a new token')
  await copies(page)
  await page.goto('/settings/tokens')
  await page.locator('td summary', { hasText: 'Revoke' }).last().focus()
  await page.keyboard.press('Enter')
  await look('whether to revoke a token')

  await page.goto('/settings/webhooks/add')
  await page.locator('[name="url"]').fill('https://tar-emot.example/hook')
  await page.locator('[name="events"]').first().check()
  await send(page, '/settings/webhooks/add')
  await look('the secret of a webhook')
  await copies(page)

  await page.goto('/settings/staff/add')
  await page.locator('[name="name"]').fill('Nova Lind')
  await page.locator('[name="email"]').fill('nova.lind@ekeby.example')
  await page.locator('[name="roles"]').first().check()
  await send(page, '/settings/staff/add')
  await look('the first link of a colleague')
  await copies(page)

  await page.goto('/account/second-factor')
  const key = (await page.locator('.plain-steps .mono').textContent()) ?? ''
  await page.locator('[name="code"]').fill(codeAt(bytesOf(key), stepOf(new Date(Date.now()))))
  await send(page, '/account/second-factor')
  await page.locator('.codes li').nth(9).waitFor()
  await look('recovery codes')
  await copies(page)
}

/** What was done a moment ago and can be undone: a return at the desk, and another state of an iPad. */
async function takenBack(page: Page, { lent, stock }: LivedIn, look: LookAt): Promise<void> {
  const undo = page.locator('.notice.undo form button')
  await page.goto(`/returns?device=${lent}`)
  await page.locator('[name="condition"]').nth(1).check()
  await Promise.all([
    page.waitForURL(/returns\?done=/),
    page.locator('form[action="/returns"] .main').last().click(),
  ])
  await look('a return that can be undone')
  await Promise.all([page.waitForURL(/returns\?device=/), undo.click()])
  await page.locator('.notice.done').waitFor()
  await look('a return that was undone')
  await page.goto(`/devices/${stock}`)
  await page.locator(`details:has(form[action="/devices/${stock}/lifecycle"]) > summary`).click()
  await page.locator('[name="to"]').selectOption('broken')
  await page.locator('form[action$="/lifecycle"] [name="reason"]').fill('Fell on the floor.')
  await send(page, `/devices/${stock}/lifecycle`)
  await undo.waitFor()
  await look('another state that can be taken back')
  await Promise.all([page.waitForEvent('load'), undo.click()])
  await page.locator('.notice.done:not(.undo)').waitFor()
}

/** Rows chosen with the keyboard, what would happen to them, and what did. */
async function deedsOnMany(page: Page, look: LookAt): Promise<void> {
  await page.goto('/devices')
  await page.locator('[name="device"]').first().focus()
  await page.keyboard.press('Space')
  await page.locator('#deed').focus()
  await page.locator('#deed').selectOption({ index: 1 })
  await look('rows chosen')
  await page.keyboard.press('Tab')
  await Promise.all([page.waitForURL(/devices\/bulk/), page.keyboard.press('Enter')])
  await look('what a deed on many would do')
  const reason = page.locator('main [name="reason"]')
  if ((await reason.count()) > 0) await reason.fill('Counted in the storeroom.')
  const start = page.locator('form[action="/devices/bulk/start"] button')
  if ((await start.count()) > 0) await Promise.all([page.waitForURL(/\/jobs\/|bulk\/start/), start.click()])
  await look('what a deed on many did')
}

async function peopleMadeOne(page: Page, server: TestServer, look: LookAt): Promise<void> {
  const admin = await server.as('admin')
  const ids: string[] = []
  for (const email of ['bodil.kvist@ekeby.example', 'bodil.kvist@gamla.example']) {
    const person = { givenName: 'Bodil', familyName: 'Kvist', email, language: 'sv' }
    ids.push((await created<{ id: string }>(admin, '/api/v1/people', person)).id)
  }
  await page.goto('/people/doubles')
  await look('people who are probably one')
  await page.goto(`/people/${ids.join('/merge/')}`)
  await page.locator('.button.danger').focus()
  await Promise.all([page.waitForURL(/people\/[^/]+$/), page.keyboard.press('Enter')])
  await page.locator('.notice.done').waitFor()
  await look('a person made of two')
}

/** A roll-out tried on paper, asked for, and agreed to by somebody else. */
async function askedAndAgreed(
  page: Page,
  { second, tags }: { second: Page; tags: readonly string[] },
  look: LookAt,
): Promise<void> {
  await page.goto('/profiles/rollouts/new')
  await page.locator('[name="profile"]').selectOption({ index: 2 })
  await page.locator('[name="whom"]').selectOption('devices')
  await page.locator('[name="tags"]').fill(tags.join(', '))
  await Promise.all([page.waitForEvent('load'), page.locator('[name="do"][value="try"]').click()])
  await page.locator('[name="reason"]').fill('All iPads need it before the council meets.')
  await look('a roll-out tried on paper')
  await Promise.all([page.waitForURL(/requests\//), page.locator('[name="do"][value="start"]').click()])
  await look('a roll-out that waits for somebody')
  await second.goto('/approvals')
  const what = second.locator('.approval', { hasText: 'before the council meets' })
  await what.locator('form[action$="/approve"] button').click()
  await second.locator('.notice.done').waitFor()
  await page.reload()
  await page.locator('a[href^="/profiles/rollouts/"].main').waitFor()
  await look('a roll-out that was agreed to')
}

/** The form that goes to `action`, sent by its own button; what comes has answered for itself, or the look says so. */
async function send(page: Page, action: string): Promise<void> {
  const button = page.locator(
    `main form[action="${action}"] .button.main, main form:not([action]) .button.main`,
  )
  await Promise.all([page.waitForEvent('load'), button.first().click()])
}

/** The words are taken along with the keyboard, and it says that they were. */
async function copies(page: Page): Promise<void> {
  const button = page.locator('[data-copy]').first()
  await button.focus()
  await page.keyboard.press('Enter')
  await page.locator('[data-copy] + [role="status"]', { hasText: 'Copied' }).waitFor({ state: 'attached' })
}

function bytesOf(key: string): Buffer {
  const bits = Array.from(key.replaceAll(' ', ''), letter =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
}

let signedIn = 0

/** An administrator who also counts as everybody else; in Swedish at 200 %, in English at a desk in the dark. */
async function signIn(browser: Browser, server: TestServer, language: 'sv' | 'en'): Promise<Page> {
  const email = `allt.${String((signedIn += 1))}@ekeby.example`
  await server.ornkoll.staff.add(systemActor(server.organisationId), {
    name: 'Allt Öppet',
    email,
    password,
    language,
    roles: ['admin', 'second-line', 'handout', 'finance', 'auditor'],
  })
  const context = await browser.newContext({
    baseURL: server.url,
    locale: language === 'sv' ? 'sv-SE' : 'en-GB',
    ...(language === 'sv'
      ? zoomed
      : { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' as const }),
    permissions: ['clipboard-write'],
  })
  await withAxe(context)
  const page = await context.newPage()
  // A machine that runs all tests at once is slow; what never comes fails all the same.
  page.setDefaultTimeout(60_000)
  await page.goto('/sign-in')
  await page.locator('[name="email"]').fill(email)
  await page.locator('[name="password"]').fill(password)
  await page.locator('form:has([name="password"]) button').click()
  await page.waitForURL(address => address.pathname === '/')
  return page
}
