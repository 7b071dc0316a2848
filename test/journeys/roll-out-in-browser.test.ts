import test from 'ava'
import { systemActor } from '../../server/staff/actor.ts'
import { clipIdentifier, profileDesk, webClip } from '../support/approved-profile.ts'
import { aPdf } from '../support/a-pdf.ts'
import { faultsOf } from '../support/axe.ts'
import { browserPath, openBrowser, openDesk } from '../support/browser.ts'
import { staffPassword } from '../support/desk-staff.ts'
import { anEnrolled, has } from '../support/roll-out.ts'
import { fewKeys, startSimulation } from '../support/simulation.ts'

const inBrowser = browserPath === undefined ? test.skip : test

inBrowser('a profile and a guide are rolled out in the browser, which follows without a reload', async t => {
  t.timeout(300_000)
  const simulation = await startSimulation(t, { engineThread: true })
  const { server } = simulation
  const { admin, profile } = await profileDesk(server)
  const ipads = []
  for (const number of [1, 2, 3]) {
    const refuses = number === 3 ? ['InstallProfile'] : []
    const serialNumber = `DMPB0000000${number}`
    ipads.push(await anEnrolled(simulation, admin, serialNumber, { keys: fewKeys, refuses }))
  }
  await profile('Intranet', webClip('Intranet'))
  await server.ornkoll.staff.add(systemActor(server.organisationId), {
    name: 'Disa Desk',
    email: 'disa@kommun.example',
    password: staffPassword,
    language: 'en',
    roles: ['admin'],
  })
  const { page, complaints, picture } = await openDesk(await openBrowser(t), server.url)
  await page.goto('/sign-in')
  await page.locator('[name="email"]').fill('disa@kommun.example')
  await page.locator('[name="password"]').fill(staffPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(address => address.pathname === '/')

  await page.goto('/profiles/rollouts/new')
  await page.locator('[name="profile"]').selectOption({ label: 'Intranet' })
  await page.locator('[name="waves"]').fill('2')
  await page.locator('[name="stopAfter"]').fill('')
  await page.getByRole('button', { name: 'Show what would happen' }).click()
  const answer = page.getByText('3 iPads are affected. Nothing has been sent.')
  await answer.waitFor()
  const { y = Infinity } = (await answer.boundingBox()) ?? {}
  t.true(y > 0 && y < 780, 'what was asked for is seen without scrolling')
  t.deepEqual(await faultsOf(page), [])
  t.false(ipads.some(one => has(one, clipIdentifier)))
  await page.getByRole('button', { name: 'Start the roll-out' }).click()
  await page.getByText('Running').waitFor()
  const before = page.url()
  await page.locator('.tile', { hasText: 'Waiting for its wave' }).getByText('1').waitFor()
  await page.getByRole('button', { name: 'Open the next wave' }).click()
  await page.locator('#course').getByText('2 of 3 confirmed').waitFor()
  await page.locator('.tile.danger', { hasText: 'Failed' }).getByText('1').waitFor()
  await page.locator('#course').getByText('Done').waitFor()
  t.is(page.url(), before)
  t.deepEqual(await faultsOf(page), [])
  await picture('roll-out')
  t.is(ipads.filter(one => has(one, clipIdentifier)).length, 2)

  await page.goto('/profiles/guides/new')
  await page.locator('[name="name"]').fill('Short guide')
  const file = { name: 'guide.pdf', mimeType: 'application/pdf' }
  await page.locator('[name="file"]').setInputFiles({ ...file, buffer: aPdf('Welcome') })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('link', { name: 'Roll out' }).click()
  await page.locator('[name="waves"]').fill('')
  await page.getByRole('button', { name: 'Show what would happen' }).click()
  await page.getByRole('button', { name: 'Start the roll-out' }).click()
  await page.locator('#course').getByText('3 of 3 confirmed').waitFor()
  await page.goto('/profiles/guides')
  await page.getByText('100 % of 3 iPads have the newest').waitFor()
  await page.goto(`/devices/${ipads[2]?.deviceId ?? ''}`)
  await page.locator('#contents').getByText('Profile Installation Failed').waitFor()
  t.deepEqual(await faultsOf(page), [])
  await picture('roll-out-on-an-ipad')

  const opened = page.locator('#papers details')
  await opened.locator('summary').click()
  await page.locator('h1').click()
  // What the first look brings is on the page when the second one is asked for.
  for (const label of ['one', 'two']) {
    const looked = page.waitForResponse(answer => answer.request().headers()['x-live'] === 'yes')
    await admin.put(`/api/v1/devices/${ipads[2]?.deviceId ?? ''}/labels`, { labels: [label] })
    await looked
  }
  t.not(await opened.getAttribute('open'), null, 'what was opened stays open')
  t.deepEqual(complaints, [])
})
