import { createServer } from 'node:net'
import { once } from 'node:events'
import test, { type ExecutionContext } from 'ava'
import { type BrowserContext, type Page } from 'playwright-core'
import { systemActor } from '../../server/staff/actor.ts'
import { browserPath, openBrowser, openDesk } from '../support/browser.ts'
import { startTestServer } from '../support/server.ts'

const password = 'fyra korta vanliga ord'
const email = 'asta@example.se'

/** A port that is free now: passkeys are bound to the address, so it has to be known before the start. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** The browser gets a built-in authenticator that always says yes, as a person with a finger on it does. */
async function withAuthenticator(context: BrowserContext, page: Page) {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function astaAtADesk(t: ExecutionContext) {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const server = await startTestServer(t, {
    engineThread: true,
    env: { PORT: String(port), ORNKOLL_URL: url },
  })
  const actor = systemActor(server.organisationId)
  const wanted = { name: 'Asta Lind', email, password, language: 'en', roles: ['admin'] } as const
  const { id } = await server.ornkoll.staff.add(actor, wanted)
  const browser = await openBrowser(t)
  const desk = await openDesk(browser, url)
  await withAuthenticator(desk.page.context(), desk.page)
  return { server, url, desk, id }
}

const journey = browserPath === undefined ? test.skip : test

journey('a passkey is added, signs in alone, cannot be replayed, and is removed', async t => {
  const { server, url, desk, id } = await astaAtADesk(t)
  const { page } = desk
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.goto('/account')
  await page.getByRole('link', { name: 'Add a passkey' }).click()
  await page.getByLabel('What the device is called').fill('Desk iPad')
  await desk.picture('passkey-add')
  const made = page.waitForRequest(request => request.method() === 'POST')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const registration: unknown = JSON.parse(
    new URLSearchParams((await made).postData() ?? '').get('answer') ?? '',
  )
  await page.getByRole('heading', { name: 'Save your recovery codes' }).waitFor()
  t.is(await page.locator('.codes li').count(), 10)
  await desk.picture('passkey-recovery-codes')
  await page.goto('/account')
  t.is(await page.getByText('Desk iPad').count(), 1)
  const other = { name: 'Bo', email: 'bo@example.se', language: 'sv', roles: ['admin'] } as const
  const bo = await server.ornkoll.staff.add(systemActor(server.organisationId), other)
  for (const staffId of [id, bo.id])
    await t.throwsAsync(
      server.ornkoll.passkeys.register(staffId, { answer: registration, name: 'again' }),
      { code: 'passkey-refused' },
      'what made one passkey makes no other, here or on another account',
    )
  await desk.picture('account')

  // The password alone is no longer enough.
  const begun = await server.ornkoll.signIn.begin({ email, password }, { address: '', agent: '' })
  t.is(begun.waitsFor, 'second-factor')

  await page.getByRole('button', { name: 'Sign out', exact: true }).last().click()
  await page.waitForURL('**/sign-in')
  await desk.picture('passkey-sign-in')
  const sent = page.waitForRequest(request => request.url().endsWith('/sign-in/passkey'))
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  const form = new URLSearchParams((await sent).postData() ?? '')
  await page.waitForURL(`${url}/`)
  const [session] = await server.ornkoll.sessions.list(
    { ...systemActor(server.organisationId), kind: 'staff', id },
    id,
  )
  t.deepEqual(session?.methods, ['passkey'])

  // The same answer opens nothing a second time, nor does one that was tampered with.
  const answer: unknown = JSON.parse(form.get('answer') ?? '')
  const from = { address: '', agent: '' }
  await t.throwsAsync(server.ornkoll.passkeys.signIn(answer, from), { code: 'passkey-refused' })
  for (const broken of [undefined, null, 'x', {}, { id: 'nobody' }, { ...(answer as object), response: {} }])
    await t.throwsAsync(server.ornkoll.passkeys.signIn(broken, from), { code: 'passkey-refused' })

  await page.goto('/account')
  await page.getByRole('button', { name: 'Remove: Desk iPad' }).click()
  await page.getByText('The passkey has been removed.').waitFor()
  t.is((await server.ornkoll.signIn.begin({ email, password }, from)).waitsFor, undefined)
  t.deepEqual(desk.complaints, [])
})

journey('whoever has to set up a second step takes a passkey in place of the app', async t => {
  const { server, desk, id } = await astaAtADesk(t)
  const { organisations, sessions } = server.ornkoll
  const actor = systemActor(server.organisationId)
  const { version } = await organisations.get(actor)
  await organisations.edit(actor, { version, settings: { secondFactorFor: ['admin'] } })
  const { page } = desk
  await page.goto('/sign-in?next=/devices')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByLabel('What the device is called').fill('Desk iPad')
  t.is(
    await page.getByText('It did not work with the device’s passkey').isVisible(),
    false,
    'nothing has failed yet',
  )
  await desk.picture('passkey-set-up')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('heading', { name: 'Save your recovery codes' }).waitFor()
  t.is(await page.locator('.codes li').count(), 10)
  await page.goto('/devices')
  await page.getByRole('heading', { name: 'iPads', exact: true }).waitFor()
  const [session, ...others] = await sessions.list({ ...actor, kind: 'staff', id }, id)
  t.deepEqual([session?.methods, others], [['password', 'passkey'], []], 'the session that waited is gone')
  const again = await server.ornkoll.signIn.begin({ email, password }, { address: '', agent: '' })
  t.is(again.waitsFor, 'second-factor')
  t.deepEqual(desk.complaints, [])
})
