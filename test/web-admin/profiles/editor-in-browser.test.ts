import test, { type ExecutionContext } from 'ava'
import { anAuthority } from '../../support/a-signer.ts'
import { faultsOf } from '../../support/axe.ts'
import { browserPath, openBrowser, type Desk } from '../../support/browser.ts'
import { addDeskStaff, signInAt } from '../../support/desk-staff.ts'
import { startTestServer } from '../../support/server.ts'

/** Where there is no browser the journey counts as skipped, and the run says so loudly. */
const inBrowser = browserPath === undefined ? test.skip : test

const sizes = [
  { width: 1180, height: 820 },
  { width: 1440, height: 900 },
  { width: 320, height: 640 },
] as const

/** Looks at the page at each width: nothing sticks out, and axe finds no fault. */
const cleanAt =
  (t: ExecutionContext, { page, picture }: Pick<Desk, 'page' | 'picture'>) =>
  async (name: string): Promise<void> => {
    for (const size of sizes) {
      await page.setViewportSize(size)
      const wide = Number(await page.evaluate('document.documentElement.scrollWidth'))
      t.true(wide <= size.width, `${name} is ${wide} wide at ${size.width}`)
      await picture(`editor-${name}-${size.width}`)
    }
    await page.setViewportSize(sizes[0])
    t.deepEqual(await faultsOf(page), [], name)
  }

inBrowser('a profile with Wi-Fi, certificate, restrictions and mail is written in the browser', async t => {
  t.timeout(600_000)
  const server = await startTestServer(t)
  await addDeskStaff(server)
  const { page, complaints, picture } = await signInAt(await openBrowser(t), server, 'second-line', 'sv')
  const clean = cleanAt(t, { page, picture })
  const add = async (search: string, title: string) => {
    await page.getByRole('link', { name: 'Lägg till del' }).click()
    await page.getByLabel('Sök bland delar och inställningar').fill(search)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: `Lägg till: ${title}`, exact: true }).click()
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  }
  const saveAndBack = async () => {
    await page.getByRole('button', { name: 'Spara och gå tillbaka' }).click()
    await page.getByText('Sparat i utkastet.').waitFor()
  }

  await page.goto('/profiles/new/empty')
  await page.getByLabel('Namn', { exact: true }).fill('Skolans nät')
  await page.getByLabel('Identifierare').fill('se.norrby.skola')
  await clean('new')
  await page.getByRole('button', { name: 'Börja' }).click()
  await page.getByText('Profilen har inga delar ännu').waitFor()

  await page.getByRole('link', { name: 'Lägg till del' }).click()
  await clean('add')
  await page.goBack()
  await add('rotcertifikat', 'Rotcertifikat')
  const { certificate } = anAuthority().root
  await page.locator('input[type="file"]').setInputFiles({
    name: 'norrby.pem',
    mimeType: 'application/x-pem-file',
    buffer: Buffer.from(certificate.toString()),
  })
  await page.getByLabel(/^Namn/).fill('Norrbys rot')
  await saveAndBack()

  await add('trådlöst', 'Wi-Fi')
  await page.getByLabel(/Nätverksnamn/).fill('Norrby skola')
  await page.getByLabel(/^Säkerhet/).selectOption({ label: 'WPA2 eller nyare' })
  await page.locator('summary', { hasText: 'Inloggning i nätet' }).click()
  await page.getByLabel('PEAP: användarnamn och lösenord').check()
  await page.locator('[id="f-EAPClientConfiguration_UserName"]').click()
  await page.getByRole('button', { name: '{{person.username}}' }).click()
  await page.getByLabel(/Rotcertifikat: Norrbys rot/).check()
  await clean('wifi')
  await saveAndBack()
  await page.getByRole('link', { name: 'Wi-Fi', exact: true }).click()
  t.is(await page.locator('[id="f-EAPClientConfiguration_UserName"]').inputValue(), '{{person.username}}')
  t.true(await page.getByLabel(/Rotcertifikat: Norrbys rot/).isChecked())
  await page.goBack()

  await add('begränsningar', 'Begränsningar')
  await page.getByLabel('Sök bland inställningarna').fill('kamera')
  await clean('restrictions-found')
  await page.getByLabel(/allowCamera/).selectOption({ label: 'Av' })
  await saveAndBack()

  await add('exchange', 'Exchange')
  await page
    .getByLabel(/^Server/)
    .first()
    .fill('outlook.example.se')
  // With the keyboard one passes other fields on the way to the variables.
  const address = page.getByLabel(/EmailAddress/)
  await address.pressSequentially('ny.')
  await page.keyboard.press('Tab')
  await page.getByText('Sätts in i fältet: ').waitFor()
  await page.getByRole('button', { name: '{{person.username}}' }).focus()
  await page.keyboard.press('Enter')
  t.is(await address.inputValue(), 'ny.{{person.username}}')
  await address.fill('')
  await address.click()
  await page.getByRole('button', { name: '{{person.email}}' }).click()
  await clean('mail')
  await saveAndBack()

  await clean('draft')
  await page.getByRole('link', { name: 'Uppgifter om profilen' }).click()
  await clean('profile')
  await page.goBack()
  await page.getByRole('link', { name: 'Förhandsvisning' }).click()
  await clean('preview')
  await page.goBack()
  await page.getByRole('link', { name: 'Som XML' }).click()
  await clean('xml')
  const xml = await page.locator('[name="xml"]').inputValue()
  for (const part of ['Norrby skola', '{{person.email}}', '{{person.username}}', '<key>allowCamera</key>'])
    t.true(xml.includes(part), part)
  await page.locator('[name="xml"]').fill(xml.replace('<key>allowCamera</key>', '<key>allowCamera<key>'))
  await page.locator('.skip').focus()
  await page.keyboard.press('Enter')
  t.is(await page.evaluate('document.activeElement.id'), 'content')
  await page.getByRole('button', { name: 'Spara', exact: true }).click()
  await page
    .getByText(/rad \d+, tecken \d+/)
    .first()
    .waitFor()
  t.is(await page.evaluate('document.activeElement.getAttribute("role")'), 'alert')
  await clean('xml-broken')
  await page.getByRole('link', { name: 'Avbryt' }).click()
  await page.getByRole('button', { name: 'Spara som version' }).click()
  await page.getByText('Versionen är sparad.').waitFor()
  await clean('saved')
  t.deepEqual(
    complaints.filter(each => !each.includes('422')),
    [],
  )
})

inBrowser('a Home Screen is arranged row by row, and two people at once do not undo each other', async t => {
  t.timeout(600_000)
  const server = await startTestServer(t)
  await addDeskStaff(server)
  const browser = await openBrowser(t)
  const one = await signInAt(browser, server, 'second-line')
  const two = await signInAt(browser, server, 'admin')
  const { page, complaints } = one
  const clean = cleanAt(t, one)
  await page.goto('/profiles/new/meeting-room')
  await page.getByLabel(/Apps on the Home Screen/).fill('se.example.one\nse.example.two')
  await page.getByRole('button', { name: 'Create the profile' }).click()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByRole('link', { name: 'Home Screen', exact: true }).click()
  await page.locator('summary', { hasText: 'Row 1: se.example.one' }).first().waitFor()
  await clean('home-screen')
  await page.getByRole('button', { name: 'Add a row: Dock' }).click()
  const last = page.locator('[id="f-Dock"] > details').last()
  await last.locator('select').selectOption({ label: 'App' })
  await last.getByLabel(/BundleID/).fill('se.example.three')
  await page.keyboard.press('Enter')
  await page.getByText('Saved in the draft.').waitFor()
  const address = new URL(page.url()).pathname
  t.regex(await page.locator('[id="f-Dock"] > details').last().innerHTML(), /value="se\.example\.three"/)

  await two.page.goto(address)
  const first = two.page.locator('[id="f-Dock"] > details').first()
  await first.locator('summary').first().click()
  await first.getByLabel(/BundleID/).fill('se.example.of-two')
  await two.page.getByRole('button', { name: 'Save', exact: true }).click()
  await two.page.getByText('Saved in the draft.').waitFor()
  const second = page.locator('[id="f-Dock"] > details').nth(1)
  await second.locator('summary').first().click()
  await second.getByLabel(/BundleID/).fill('se.example.of-one')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText(/somebody else saved: .*admin 1/).waitFor()
  await clean('conflict')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved in the draft.').waitFor()
  const dock = await page.locator('[id="f-Dock"]').innerHTML()
  t.regex(dock, /value="se\.example\.of-one"/)
  t.regex(dock, /value="se\.example\.of-two"/)

  await page.goto(address.replace(/parts.*/, 'add'))
  await page.getByRole('button', { name: 'Add: VPN', exact: true }).click()
  await clean('vpn')
  t.deepEqual(
    [...complaints, ...two.complaints].filter(each => !each.includes('409')),
    [],
  )
})
