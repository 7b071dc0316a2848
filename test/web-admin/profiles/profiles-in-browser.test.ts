import test from 'ava'
import { faultsOf } from '../../support/axe.ts'
import { browserPath, openBrowser } from '../../support/browser.ts'
import { addDeskStaff, signInAt } from '../../support/desk-staff.ts'
import { startTestServer } from '../../support/server.ts'

/** Where there is no browser the journey counts as skipped, and the run says so loudly. */
const inBrowser = browserPath === undefined ? test.skip : test

inBrowser('a profile is made from a template in the browser, and no page has a fault for axe', async t => {
  t.timeout(300_000)
  const server = await startTestServer(t)
  await addDeskStaff(server)
  const { page, complaints, picture } = await signInAt(await openBrowser(t), server, 'second-line')
  await page.setViewportSize({ width: 1180, height: 820 })
  await page.locator('.preferences button[lang="sv"]').click()
  const clean = async (name: string) => {
    t.deepEqual(await faultsOf(page), [], name)
    await picture(`profiles-${name}`)
  }
  for (const [name, path] of [
    ['empty', '/profiles'],
    ['new', '/profiles/new'],
    ['file', '/profiles/new/file'],
    ['policies', '/profiles/policies'],
    ['write-policy', '/profiles/policies/write'],
  ] as const) {
    await page.goto(path)
    await clean(name)
  }
  await page.goto('/profiles/new/standard')
  await clean('template')
  await page.locator('[name="domain"]').fill('norrby.example')
  await page.locator('[name="mailDomains"]').fill('norrby.example')
  await page.locator('[name="helpUrl"]').fill('https://norrby.example/ipad')
  await page.getByRole('button', { name: 'Skapa profilen' }).click()
  await page.getByText('Versionen är sparad.').waitFor()
  await clean('one')
  await page.locator('summary', { hasText: 'inställningar' }).first().click()
  await clean('one-open')
  await page.getByRole('button', { name: 'Provkör' }).click()
  await page.getByRole('heading', { name: 'Provkörning' }).waitFor()
  await clean('trial')
  await page.goto('/profiles')
  await clean('list')

  await page.getByRole('link', { name: 'Standardprofil i fyra delar' }).click()
  await page.getByRole('button', { name: 'Redigera' }).click()
  await page.getByRole('link', { name: 'Lösenkod', exact: true }).click()
  await page.getByLabel(/minLength/).fill('8')
  await page.getByRole('button', { name: 'Spara och gå tillbaka' }).click()
  await page.getByRole('button', { name: 'Spara som version' }).click()
  await page.getByText('Versionen är sparad.').waitFor()
  await page.getByRole('button', { name: 'Visa skillnader' }).click()
  await page.getByRole('heading', { name: 'Version 1 och 2' }).waitFor()
  const row = page.locator('tbody tr', { hasText: 'Ändrat' })
  t.regex(await row.innerText(), /Lösenkod[\s\S]*6[\s\S]*8/)
  t.is(await row.count(), 1, 'nothing else has changed')
  await clean('compare')

  await page.goto('/profiles/policies/write')
  await page.getByLabel('Rubrik').fill('iPads i Norrby')
  await page.getByLabel('Policyn').fill('Varje iPad har en lösenkod.')
  await page.getByRole('button', { name: 'Spara' }).click()
  await page.getByRole('heading', { name: 'iPads i Norrby' }).waitFor()
  await clean('policy')
  t.deepEqual(complaints, [])
})
