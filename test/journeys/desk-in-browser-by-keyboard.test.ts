import test, { type ExecutionContext } from 'ava'
import { type Locator, type Page } from 'playwright-core'
import { ownKeys } from '../../scripts/simulate/identity-keys.ts'
import { faultsOf } from '../support/axe.ts'
import { browserPath, openBrowser } from '../support/browser.ts'
import { addDeskStaff, signInAt, staffPassword } from '../support/desk-staff.ts'
import { created } from '../support/hand-out.ts'
import { type TestServer } from '../support/server.ts'
import { enrolByLink, startSimulation } from '../support/simulation.ts'
import { systemActor } from '../../server/staff/actor.ts'

/** Where there is no browser the journey counts as skipped, and the run says so loudly. */
const inBrowser = browserPath === undefined ? test.skip : test

inBrowser('hand-out, theft, approval and costs are done with the keyboard alone', async t => {
  t.timeout(300_000)
  const { server, ipad } = await startSimulation(t, { engineThread: true })
  const admin = await server.as('admin')
  const body = await created<{ id: string }>(admin, '/api/v1/bodies', {
    name: 'Kulturnämnden',
    type: 'committee',
    startsOn: '2026-01-01',
  })
  await created(admin, '/api/v1/people', {
    givenName: 'Embla',
    familyName: 'Dimmhage',
    email: 'embla.dimmhage@kommun.example',
    language: 'en',
  })
  const device = await created<{ id: string }>(admin, '/api/v1/devices', {
    serialNumber: 'KEYS00000001',
    assetTag: 'EKV-0007',
  })
  const one = ipad('KEYS00000001', { keys: ownKeys })
  await enrolByLink(admin, device.id, one)
  await addDeskStaff(server)
  const browser = await openBrowser(t)

  const { page: desk } = await signInAt(browser, server, 'handout')
  await desk.goto('/hand-out')
  for (const code of ['EKV-0007', 'Dimmhage']) {
    await onFocus(t, desk.locator('#scan'))
    await desk.keyboard.type(code)
    await desk.keyboard.press('Enter')
    await desk.getByRole('heading', { name: code, exact: false }).waitFor()
  }
  await clean(t, desk, 'hand-out')
  await choose(desk, desk.locator('input[name="identity"]').first())
  await press(desk, desk.getByRole('button', { name: 'Show the terms' }))
  await desk.getByRole('link', { name: 'I have read' }).waitFor()
  await clean(t, desk, 'terms')
  await press(desk, desk.getByRole('link', { name: 'I have read' }))
  await desk.locator('[data-pad]').waitFor()
  await clean(t, desk, 'sign')
  await press(desk, desk.locator('summary', { hasText: 'Type the name instead' }))
  await reach(desk, desk.locator('[name="name"]'))
  await desk.keyboard.type('Embla Dimmhage')
  await desk.keyboard.press('Enter')
  await desk.getByText('Hand the screen back').waitFor()
  await clean(t, desk, 'done')
  await press(desk, desk.getByRole('link', { name: 'Staff: next person' }))
  await desk.locator('[name="confirmPassword"]').waitFor()
  await clean(t, desk, 'back to the desk')
  await reach(desk, desk.locator('[name="confirmPassword"]'))
  await desk.keyboard.type(staffPassword)
  await desk.keyboard.press('Enter')
  await desk.getByText('Embla Dimmhage has received EKV-0007.').waitFor()
  await clean(t, desk, 'undo strip')
  await press(desk, desk.getByRole('link', { name: 'Checklist' }))
  const line = desk.locator('[name="done"]').first()
  await choose(desk, line)
  await desk.emulateMedia({ media: 'print' })
  t.true(await line.isVisible(), 'the lines stand on the paper too')
  t.false(await desk.getByRole('button', { name: 'Save' }).isVisible())

  const { page: help } = await signInAt(browser, server, 'helpdesk')
  await help.goto('/theft')
  await reach(help, help.locator('#q'))
  await help.keyboard.type('Dimmhage')
  await help.keyboard.press('Enter')
  await press(help, help.getByRole('link', { name: /^Report/ }))
  await help.locator('[name="description"]').waitFor()
  await choose(help, help.locator('input[name="kind"]').first())
  t.true(await help.locator('input[name="kind"][value="theft"]').isChecked())
  await reach(help, help.locator('[name="description"]'))
  await help.keyboard.type('Gone from a table in the library.')
  await clean(t, help, 'report')
  await press(help, help.getByRole('button', { name: 'Report now' }))
  await one.answered('EnableLostMode')
  await help.locator('.stages li.is-done').nth(1).waitFor()
  await clean(t, help, 'case')
  const casePath = new URL(help.url()).pathname

  const { page: second } = await signInAt(browser, server, 'second-line')
  await second.goto(casePath)
  await press(second, second.locator('summary', { hasText: 'Ask for a wipe' }))
  await reach(second, second.locator('details[open] [name="reason"]'))
  await second.keyboard.type('Papers of the committee are on it.')
  await press(second, second.getByRole('button', { name: 'Ask for a wipe' }))
  await second.getByText('Wipe').first().waitFor()

  const { page: approver } = await signInAt(browser, server, 'second-line', 2)
  await approver.goto('/approvals')
  await clean(t, approver, 'approvals')
  await press(approver, approver.getByRole('button', { name: 'Approve the wipe' }))
  await one.answered('EraseDevice')
  t.is(one.management(), 'new')

  await second.goto(casePath)
  await press(second, second.locator('summary', { hasText: 'The iPad is back' }))
  await clean(t, second, 'recover and close')

  await addCost(server, body.id)
  const { page: finance } = await signInAt(browser, server, 'finance')
  await press(finance, finance.getByRole('navigation').getByRole('link', { name: 'Costs', exact: true }))
  await finance.locator('table.statement').first().waitFor()
  await clean(t, finance, 'costs')
  await press(finance, finance.locator('table.statement tbody a').first())
  await finance.waitForURL(/costs\/of\//)
  await clean(t, finance, 'costs of one')
})

/** The focus goes to `wanted` with the Tab key alone, as far as it takes through the whole page. */
async function reach(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor({ state: 'attached' })
  for (let steps = 0; steps < 150; steps++) {
    if (await isFocused(wanted)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not reach ${String(wanted)}`)
}

async function press(page: Page, wanted: Locator): Promise<void> {
  await reach(page, wanted)
  await page.keyboard.press('Enter')
}

/** Of a group of choices. */
async function choose(page: Page, wanted: Locator): Promise<void> {
  await reach(page, wanted)
  await page.keyboard.press('Space')
}

/** A locator that also has the focus. */
const isFocused = async (wanted: Locator) => (await wanted.and(wanted.page().locator(':focus')).count()) === 1

async function onFocus(t: ExecutionContext, wanted: Locator): Promise<void> {
  await wanted.waitFor()
  t.true(await isFocused(wanted), 'the field to scan into has the focus by itself')
}

async function clean(t: ExecutionContext, page: Page, name: string): Promise<void> {
  t.deepEqual(await faultsOf(page), [], name)
}

async function addCost({ ornkoll, organisationId }: TestServer, bodyId: string): Promise<void> {
  const year = new Date(Date.now()).getFullYear()
  await ornkoll.costs.addLine(
    { ...systemActor(organisationId), roles: ['finance'] },
    {
      kind: 'annual',
      fromOn: `${year}-01-01`,
      amountOre: 10_001,
      payer: { kind: 'central' },
      bearer: { kind: 'body', bodyId },
      text: 'Mobile broadband',
      category: 'subscription',
    },
  )
}
