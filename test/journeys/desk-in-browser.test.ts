import { createHash } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import { ownKeys } from '../../scripts/simulate/identity-keys.ts'
import { systemActor } from '../../server/staff/actor.ts'
import { browserPath, openBrowser } from '../support/browser.ts'
import { addDeskStaff, drawSignature, scan, signInAt, staffPassword } from '../support/desk-staff.ts'
import { created } from '../support/hand-out.ts'
import { enrolByLink, startSimulation } from '../support/simulation.ts'
import { type TestServer } from '../support/server.ts'

/** Where there is no browser the journey counts as skipped, and the run says so loudly. */
const inBrowser = browserPath === undefined ? test.skip : test

inBrowser(
  'a day at the desk in a real browser: signed by hand, stolen, erased by two people, paid for',
  async t => {
    t.timeout(240_000)
    const { server, ipad } = await startSimulation(t, { engineThread: true })
    const admin = await server.as('admin')
    await admin.patch('/api/v1/organisations/current', {
      version: 1,
      settings: { lostModePhone: '08-465 004 00' },
    })
    const bodies = await Promise.all(
      ['Kulturnämnden', 'Miljönämnden', 'Valnämnden'].map(name =>
        created<{ id: string }>(admin, '/api/v1/bodies', { name, type: 'committee', startsOn: '2026-01-01' }),
      ),
    )
    const person = await created<{ id: string }>(admin, '/api/v1/people', {
      givenName: 'Embla',
      familyName: 'Dimmhage',
      email: 'embla.dimmhage@kommun.example',
      language: 'en',
    })
    await created(admin, '/api/v1/mandates', {
      personId: person.id,
      bodyId: bodies[0]?.id,
      startsOn: '2026-01-01',
    })
    const device = await created<{ id: string }>(admin, '/api/v1/devices', {
      serialNumber: 'DESK00000001',
      assetTag: 'EKV-0001',
    })
    const one = ipad('DESK00000001', { keys: ownKeys })
    await enrolByLink(admin, device.id, one)
    await addDeskStaff(server)
    const browser = await openBrowser(t)

    // Handed out, with a signature drawn by hand.
    const desk = await signInAt(browser, server, 'handout')
    await desk.page.goto('/hand-out')
    await scan(desk.page, 'EKV-0001')
    await scan(desk.page, 'Dimmhage')
    await desk.page.locator('input[name="identity"][value="id-shown"]').check()
    await desk.picture('01-hand-out')
    await desk.page.getByRole('button', { name: 'Show the terms' }).click()
    await desk.picture('02-terms')
    await desk.page.getByRole('link', { name: 'I have read' }).click()
    await t.throwsAsync(
      desk.page.locator('[data-draw]').click({ timeout: 500 }),
      undefined,
      'nothing is drawn yet',
    )
    await drawSignature(desk.page)
    await desk.picture('03-signature')
    await desk.page.locator('[data-draw]').click()
    await desk.page.getByRole('link', { name: 'Staff: next person' }).waitFor()
    await desk.picture('04-signed')

    // Back at the desk: only for the one who is signed in, and there it can be undone for a minute.
    await desk.page.getByRole('link', { name: 'Staff: next person' }).click()
    await desk.page.getByRole('heading', { name: 'Back to the desk' }).waitFor()
    await desk.picture('04b-back-to-the-desk')
    t.is(await desk.page.getByRole('navigation').count(), 0)
    await desk.page.locator('[name="confirmPassword"]').fill(staffPassword)
    await desk.page.getByRole('button', { name: 'Continue' }).click()
    await desk.page.getByText('Embla Dimmhage has received EKV-0001.').waitFor()
    await desk.picture('04c-undo')
    await checkLoan(t, server, { deviceId: device.id, personId: person.id })

    // Reported stolen; the page shows by itself how the iPad is locked.
    const helpdesk = await signInAt(browser, server, 'helpdesk')
    await helpdesk.page.goto('/theft')
    await helpdesk.page.locator('#q').fill('Dimmhage')
    await helpdesk.page.keyboard.press('Enter')
    await helpdesk.picture('05-theft-desk')
    await helpdesk.page.getByRole('link', { name: /^Report/ }).click()
    await helpdesk.page.locator('input[name="kind"][value="theft"]').check()
    await helpdesk.page.locator('[name="description"]').fill('Gone from a table in the library.')
    await helpdesk.page.locator('[name="policeNumber"]').fill('0000-K1234-26')
    await helpdesk.picture('06-report')
    await helpdesk.page.getByRole('button', { name: 'Report now' }).click()
    await one.answered('EnableLostMode')
    await one.answered('DeviceLocation')
    await helpdesk.page.locator('.stages li.is-done').nth(1).waitFor()
    await helpdesk.page.getByRole('button', { name: 'Show positions' }).click()
    await helpdesk.page.getByText('59.62').first().waitFor()
    await helpdesk.picture('07-case')
    const caseUrl = new URL(helpdesk.page.url()).pathname.replace(/\/positions$/, '')
    t.is(await helpdesk.page.getByText('Ask for a wipe').count(), 0, 'the helpdesk cannot ask for a wipe')

    // The wipe: one asks, and cannot approve it; another does.
    const second = await signInAt(browser, server, 'second-line')
    await second.page.goto(caseUrl)
    await second.page.locator('summary', { hasText: 'Ask for a wipe' }).click()
    await second.page.locator('[name="reason"]').last().fill('Papers of the committee are on it.')
    await second.picture('08-ask-for-wipe')
    await second.page.getByRole('button', { name: 'Ask for a wipe' }).click()
    await second.page.goto('/approvals')
    t.is(await second.page.getByRole('button', { name: 'Approve the wipe' }).count(), 0)
    await second.picture('09-own-request')
    t.is(one.management(), 'enrolled')

    const approver = await signInAt(browser, server, 'second-line', 2)
    await approver.page.goto('/approvals')
    await approver.picture('10-approvals')
    await approver.page.getByRole('button', { name: 'Approve the wipe' }).click()
    await one.answered('EraseDevice')
    t.is(one.management(), 'new')
    await helpdesk.page.goto(caseUrl)
    await helpdesk.page.locator('.stages li.is-done').nth(4).waitFor()
    await helpdesk.page.locator('#timeline').getByText('Wipe: done').waitFor()
    await helpdesk.picture('11-erased')

    // Paid for: one hundred kronor and one öre over three committees, to the öre.
    await addCost(server)
    const finance = await signInAt(browser, server, 'finance')
    await finance.page.goto(`/costs?year=${thisYear()}`)
    const amounts = await finance.page
      .locator('table.statement')
      .first()
      .locator('tbody td:last-child')
      .allInnerTexts()
    t.deepEqual(amounts.map(plain).toSorted(), ['33.33', '33.34', '33.34'])
    await finance.picture('12-costs')

    for (const { complaints } of [desk, helpdesk, second, approver, finance]) t.deepEqual(complaints, [])
  },
)

const thisYear = () => new Date(Date.now()).getFullYear()

/** An amount as a page shows it, without its currency, blanks and decimal comma. */
const plain = (amount: string) => amount.replace(/[^\d.,]/g, '').replace(',', '.')

/** The loan is active, and its receipt is what was signed, byte for byte. */
async function checkLoan(
  t: ExecutionContext,
  server: TestServer,
  { deviceId, personId }: { deviceId: string; personId: string },
): Promise<void> {
  const { loans, papers } = server.ornkoll
  const actor = { ...systemActor(server.organisationId), roles: ['admin'] as const }
  const loan = await loans.openLoanOf(server.organisationId, deviceId)
  t.like(loan, { state: 'active', personId })
  const form = await papers.get(actor, loan?.formId ?? '')
  t.is(form.signedBy, 'drawn')
  const { bytes } = await papers.receipt(actor, form.id, 'borrower')
  t.is(createHash('sha256').update(bytes).digest('hex'), form.pdfSha256)
}

async function addCost({ ornkoll, organisationId }: TestServer): Promise<void> {
  const { costs } = ornkoll
  const actor = { ...systemActor(organisationId), roles: ['finance'] as const }
  const validFrom = `${thisYear()}-01-01`
  const { id: keyId } = await costs.addKey(actor, { name: 'Equal parts', basis: 'equal', validFrom })
  await costs.addLine(actor, {
    kind: 'annual',
    fromOn: validFrom,
    amountOre: 10_001,
    payer: { kind: 'central' },
    bearer: { kind: 'key', keyId },
    text: 'Mobile broadband',
    category: 'subscription',
  })
}
