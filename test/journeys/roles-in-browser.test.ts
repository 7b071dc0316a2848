import { readFile } from 'node:fs/promises'
import test, { type ExecutionContext } from 'ava'
import { type Page } from 'playwright-core'
import { type Language } from '../../server/organisations/organisation.ts'
import { type Role } from '../../server/staff/rights.ts'
import { browserPath, openBrowser } from '../support/browser.ts'
import { addDeskStaff, signInAt } from '../support/desk-staff.ts'
import { created } from '../support/hand-out.ts'
import { liveIn, type LivedIn } from '../support/lived-in.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

/** Where there is no browser the journeys count as skipped, and the run says so loudly. */
const inBrowser = browserPath === undefined ? test.skip : test

interface Day {
  readonly page: Page
  readonly t: ExecutionContext
  readonly of: LivedIn
  readonly server: TestServer
  readonly language: Language
}

interface RoleDay {
  readonly role: Role
  /** Places that its work needs, and places that are not shown and are refused when they are typed. */
  readonly sees: readonly string[]
  readonly refused: readonly string[]
  /** Nothing of this stands on any page that it comes by. */
  readonly lacks: string
  readonly deed: (day: Day) => Promise<void>
}

const days: readonly RoleDay[] = [
  {
    role: 'admin',
    sees: ['/hand-out', '/approvals', '/settings', '/audit'],
    refused: [],
    lacks: '[data-nothing]',
    async deed({ page, t, language }) {
      await page.goto('/settings/staff/add')
      const name = language === 'sv' ? 'Sven Ny' : 'Eve New'
      await page.locator('[name="name"]').fill(name)
      await page.locator('[name="email"]').fill(`${name.replace(' ', '.').toLowerCase()}@ekeby.example`)
      await page.locator('[name="roles"][value="handout"]').check()
      await send(page, '/settings/staff/add')
      await page.goto('/settings/staff')
      t.is(await page.getByText(name).count(), 1)
    },
  },
  {
    role: 'second-line',
    sees: ['/approvals', '/theft', '/devices'],
    refused: ['/settings', '/costs', '/hand-out', '/audit'],
    lacks: 'a[href^="/settings"], a[href^="/hand-out"]',
    async deed({ page, t, server, of, language }) {
      await page.goto('/notifications')
      const before = await countOf(page)
      // Somebody else asks while this page is open: it says so without being loaded again.
      await page.evaluate(`globalThis.isSame = true`)
      const stolen = language === 'sv' ? of.stock : of.enrolled
      const asker = await server.as('second-line')
      const incident = await openCaseOf(asker, stolen)
      const reason = 'Handlingar ligger på den.'
      await created(asker, `/api/v1/incidents/${incident}/request-wipe`, { reason, papersChecked: true })
      const count = page.locator('#count-approvals .count-new')
      await count.filter({ hasText: String(before + 1) }).waitFor()
      t.is(await page.evaluate<unknown>('globalThis.isSame'), true)
      await page.goto('/approvals')
      const own = page.locator('article', { hasText: reason }).first()
      await own.locator('form[action$="/approve"] button').click()
      await page.locator('.notice.done').waitFor()
      t.is(await countOf(page), before)
    },
  },
  {
    role: 'helpdesk',
    sees: ['/theft', '/devices', '/people'],
    refused: ['/settings', '/costs', '/hand-out', '/audit', '/people/add'],
    lacks: 'a[href^="/settings"], form[action$="/request-wipe"], form[action$="/approve"]',
    async deed({ page, t, of, language }) {
      await page.goto('/theft')
      await page.locator('#q').fill(language === 'sv' ? 'EKV-0002' : 'EKV-0005')
      await page.keyboard.press('Enter')
      await page.locator('.found a[href^="/theft/report"]').first().click()
      await page.locator('[name="kind"][value="theft"]').check()
      await page.locator('[name="description"]').fill('Borta från tåget 02:10, natten till söndag.')
      await send(page, '/theft/report')
      t.regex(new URL(page.url()).pathname, /^\/theft\/[\w-]{20,}$/)
      t.true((await page.locator('.stages li.is-done').count()) >= 1)
      t.true(of.lent.length > 0)
    },
  },
  {
    role: 'handout',
    sees: ['/hand-out', '/returns', '/people'],
    refused: ['/settings', '/costs', '/approvals', '/audit', '/people/add'],
    lacks: 'a[href^="/settings"], a[href="/people/add"]',
    async deed({ page, t, of, server, language }) {
      const admin = await server.as('admin')
      const serialNumber = `ROLE0000000${language === 'sv' ? '1' : '2'}`
      const assetTag = serialNumber
      const { id } = await created<{ id: string }>(admin, '/api/v1/devices', { serialNumber, assetTag })
      await page.goto('/hand-out')
      await page.locator('#scan').fill(assetTag)
      await page.keyboard.press('Enter')
      await page.locator('.chosen h2', { hasText: assetTag }).waitFor()
      await page.goto(`/hand-out?person=${of.person}&device=${id}`)
      await page.locator('[name="identity"]').first().check()
      await page.locator('[name="second"]').check()
      await send(page, '/hand-out')
      t.is(await page.locator('[data-menu]').count(), 0, 'the borrower sees no menu')
    },
  },
  {
    role: 'secretary',
    sees: ['/people', '/bodies'],
    refused: ['/settings', '/costs', '/theft', '/hand-out', '/audit', '/approvals'],
    lacks: 'a[href^="/theft"], a[href^="/costs"]',
    async deed({ page, t, of, server, language }) {
      const somebody = { givenName: 'Ny', familyName: language, email: `ny.${language}@ekeby.example` }
      const secretary = await server.as('secretary')
      const { id } = await created<{ id: string }>(secretary, '/api/v1/people', somebody)
      await page.goto(`/people/${id}`)
      await page.locator('details:has([name="bodyId"]) summary').click()
      await page.locator('[name="bodyId"]').selectOption(of.council)
      await page.locator('[name="role"]').selectOption('substitute')
      await page.locator('[name="startsOn"]').fill('2027-01-01')
      await send(page, `/people/${id}/mandates`)
      await page.locator('.notice.done').waitFor()
      t.true((await page.getByText('2027').count()) > 0)
    },
  },
  {
    role: 'finance',
    sees: ['/costs', '/bodies'],
    refused: ['/settings', '/people', '/theft', '/hand-out', '/audit', '/approvals'],
    lacks: 'a[href^="/people"], a[href^="/theft"]',
    async deed({ page, t }) {
      await page.goto('/costs?year=2026')
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('a[href^="/costs/statement.csv"]').click(),
      ])
      const text = await readFile(await file.path(), 'utf8')
      t.true(text.startsWith('\uFEFF'))
      t.regex(text, /;61728,39/)
      t.regex(file.suggestedFilename(), /\.csv$/)
    },
  },
  {
    role: 'auditor',
    sees: ['/audit', '/costs', '/theft', '/people'],
    refused: ['/settings', '/hand-out', '/returns', '/people/add', '/devices/register'],
    lacks: 'a[href$="/add"], a[href$="/edit"], form[action$="/approve"], form[action$="/request-wipe"]',
    async deed({ page, t, of }) {
      await page.goto(`/theft/${of.theft}`)
      t.is(await page.locator('main form[method="post"]').count(), 0, 'an auditor changes nothing')
      await page.goto('/audit')
      t.true((await page.locator('[data-table="audit"] tbody tr').count()) > 10)
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('a[href^="/audit/list.csv"]').click(),
      ])
      t.true((await readFile(await file.path(), 'utf8')).split('\r\n').length > 10)
    },
  },
]

inBrowser(
  'each role finds its work on the start page, does it in its language, and nothing else is shown or opened',
  async t => {
    t.timeout(600_000)
    const server = await startTestServer(t, { engineThread: true })
    const of = await liveIn(server)
    await addDeskStaff(server)
    const browser = await openBrowser(t)
    for (const { role, sees, refused, lacks, deed } of days) {
      for (const language of ['sv', 'en'] as const) {
        const where = `${role}, ${language}`
        const { page, complaints, picture } = await signInAt(browser, server, role, language)
        t.is(await page.locator('html').getAttribute('lang'), language, where)
        const places = await page.evaluate<string[]>(
          `[...document.querySelectorAll('.places a')].map(link => link.getAttribute('href'))`,
        )
        for (const place of sees) t.true(places.includes(place), `${where} sees ${place}`)
        await picture(`role-${role}-${language}`)
        t.is(await page.locator(lacks).count(), 0, `${where}: the start page`)
        for (const path of refused) {
          t.false(places.includes(path), `${where} is shown ${path}`)
          const answer = await page.goto(path)
          t.is(answer?.status(), 403, `${where} opens ${path}`)
        }
        const missing = complaints.length
        await deed({ page, t, of, server, language })
        t.is(await page.locator(lacks).count(), 0, `${where}: after its deed`)
        t.deepEqual(complaints.slice(missing), [], where)
        await page.context().close()
      }
    }
  },
)

/** Sends the form of this address as the person would, with its last button, and waits for the page that follows. */
async function send(page: Page, action: string): Promise<void> {
  const button = page.locator(
    `form[method="post"][action="${action}"] button.main, form[method="post"][action="${action}"] button.danger`,
  )
  await Promise.all([page.waitForEvent('load'), button.last().click()])
}

async function countOf(page: Page): Promise<number> {
  const shown = page.locator('#count-approvals .count-new')
  return (await shown.count()) === 0 ? 0 : Number.parseInt(await shown.innerText(), 10)
}

/** The open case of an iPad, or a new one. */
async function openCaseOf(client: Awaited<ReturnType<TestServer['as']>>, deviceId: string): Promise<string> {
  const { body } = await client.get<{ items: { id: string }[] }>(
    `/api/v1/incidents?deviceId=${deviceId}&open=true`,
  )
  const known = body.items[0]?.id
  if (known !== undefined) return known
  const report = { kind: 'theft', deviceId, description: 'Borta.' }
  return (await created<{ id: string }>(client, '/api/v1/incidents', report)).id
}
