import { type Browser, type Page } from 'playwright-core'
import { type Language } from '../../server/organisations/organisation.ts'
import { roles, type Role } from '../../server/staff/rights.ts'
import { systemActor } from '../../server/staff/actor.ts'
import { openDesk, type Desk } from './browser.ts'
import { type TestServer } from './server.ts'

/** Of everybody at the desks of the journeys. */
export const staffPassword = 'a long password for tests'

const mail = (role: Role, number: number) => `${role}.${number}@kommun.example`

/** Two of each role, so that a wipe has its second person. */
export async function addDeskStaff({ ornkoll, organisationId }: TestServer): Promise<void> {
  for (const role of roles)
    for (const number of [1, 2])
      await ornkoll.staff.add(systemActor(organisationId), {
        name: `${role} ${number}`,
        email: mail(role, number),
        password: staffPassword,
        language: 'en',
        roles: [role],
      })
}

/** A browser of their own in which somebody with this role is signed in: the first or second one, in English or another language. */
export async function signInAt(
  browser: Browser,
  { url }: Pick<TestServer, 'url'>,
  role: Role,
  which: number | Language = 1,
): Promise<Desk> {
  const [number, language] = typeof which === 'number' ? [which, 'en' as const] : [1, which]
  const desk = await openDesk(browser, url, language)
  await desk.page.goto('/sign-in')
  await desk.page.locator('[name="email"]').fill(mail(role, number))
  await desk.page.locator('[name="password"]').fill(staffPassword)
  await desk.page.getByRole('button', { name: /^(Sign in|Logga in)$/ }).click()
  await desk.page.waitForURL(address => address.pathname === '/')
  return desk
}

/** What a scanner does: letters into the field that has the focus, then Enter; the page knows what was meant. */
export async function scan(page: Page, code: string): Promise<void> {
  await page.locator('#scan').fill(code)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: code, exact: false }).waitFor()
}

/** Two strokes with the mouse down. */
export async function drawSignature(page: Page): Promise<void> {
  const box = await page.locator('[data-pad] canvas').boundingBox()
  if (!box) throw new Error('There is no pad to sign on.')
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const
  for (const [from, to] of [
    [0.15, 0.55],
    [0.5, 0.85],
  ] as const) {
    await page.mouse.move(...at(from, 0.6))
    await page.mouse.down()
    for (let step = 0; step <= 20; step++)
      await page.mouse.move(...at(from + ((to - from) * step) / 20, 0.5 + 0.25 * Math.sin(step / 2)))
    await page.mouse.up()
  }
}
