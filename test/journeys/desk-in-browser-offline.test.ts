import test from 'ava'
import { type Page } from 'playwright-core'
import { browserPath, openBrowser } from '../support/browser.ts'
import { addDeskStaff, drawSignature, scan, signInAt, staffPassword } from '../support/desk-staff.ts'
import { created } from '../support/hand-out.ts'
import { startTestServer } from '../support/server.ts'
import { systemActor } from '../../server/staff/actor.ts'

/** Where there is no browser the journey counts as skipped, and the run says so loudly. */
const inBrowser = browserPath === undefined ? test.skip : test

inBrowser(
  'a signature outlives a reload and a lost network, is given once, and is undone within the minute',
  async t => {
    t.timeout(240_000)
    const server = await startTestServer(t, { engineThread: true })
    const { loans, papers } = server.ornkoll
    const admin = await server.as('admin')
    const actor = { ...systemActor(server.organisationId), roles: ['admin'] as const }
    await created(admin, '/api/v1/people', {
      givenName: 'Embla',
      familyName: 'Dimmhage',
      email: 'embla.dimmhage@kommun.example',
      language: 'en',
    })
    const device = await created<{ id: string }>(admin, '/api/v1/devices', {
      serialNumber: 'LOST00000001',
      assetTag: 'EKV-0009',
    })
    await addDeskStaff(server)
    const { page } = await signInAt(await openBrowser(t), server, 'handout')
    await page.goto('/hand-out')
    await scan(page, 'EKV-0009')
    await scan(page, 'Dimmhage')
    await page.locator('input[name="identity"][value="id-shown"]').check()
    await page.getByRole('button', { name: 'Show the terms' }).click()
    await page.getByRole('link', { name: 'I have read' }).click()

    // Drawn, and half a name typed; then the page is loaded again.
    await drawSignature(page)
    await page.locator('summary', { hasText: 'Type the name instead' }).click()
    await page.locator('[name="name"]').fill('Embla')
    const before = { drawn: await inkOf(page), attempt: await attemptOf(page) }
    t.true(before.drawn > 100)
    await page.reload()
    await page.locator('[data-draw]:enabled').waitFor()
    t.is(await page.locator('[name="name"]').inputValue(), 'Embla')
    t.is(await attemptOf(page), before.attempt)
    t.true(Math.abs((await inkOf(page)) - before.drawn) < before.drawn / 5, 'the same strokes')

    // The network goes away; what is signed waits on the screen, and goes when the network is back.
    const sent: string[] = []
    page.on('request', request => {
      if (request.method() === 'POST') sent.push(request.postData() ?? '')
    })
    await page.context().setOffline(true)
    await page.locator('[data-draw]').click()
    await page.locator('[data-waiting]').waitFor({ state: 'visible' })
    t.is((await loans.openLoanOf(server.organisationId, device.id))?.state, 'terms-shown')
    await page.context().setOffline(false)
    await page.getByRole('link', { name: 'Staff: next person' }).waitFor()
    t.true(sent.length >= 2)
    const attempts = sent.map(body => new URLSearchParams(body).get('attemptId'))
    t.deepEqual([...new Set(attempts)], [before.attempt])
    const loan = await loans.openLoanOf(server.organisationId, device.id)
    t.is(loan?.state, 'active')
    t.is((await papers.get(actor, loan?.formId ?? '')).signedBy, 'drawn')
    const kept = await page.evaluate(() =>
      Object.keys(sessionStorage).filter(key => key.startsWith('signature ')),
    )
    t.deepEqual(kept, [], 'nobody’s signature stays on the screen')

    await page.getByRole('link', { name: 'Staff: next person' }).click()
    await page.locator('[name="confirmPassword"]').fill(staffPassword)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('Embla Dimmhage has received EKV-0009.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('The hand-out has been undone.').waitFor()
    t.is(await loans.openLoanOf(server.organisationId, device.id), undefined)
    t.is(await page.getByText('Embla Dimmhage has received EKV-0009.').count(), 0)
  },
)

const attemptOf = (page: Page) => page.locator('[name="attemptId"]').inputValue()

/** How many dots of the pad are inked. */
const inkOf = (page: Page) =>
  page.evaluate<number>(`(() => {
    const canvas = document.querySelector('[data-pad] canvas')
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    return data.filter((value, at) => at % 4 === 3 && value > 0).length
  })()`)
