import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type ExecutionContext } from 'ava'
import { chromium, type Browser, type Page } from 'playwright-core'
import { findBrowser } from '../../scripts/browser.ts'
import { type Language } from '../../server/organisations/organisation.ts'

/** The browser for the journeys; undefined where there is none, and then the run says so. */
export const browserPath = findBrowser(process.env)

const artifacts = join(import.meta.dirname, '..', '..', 'artifacts', 'journeys')

/** A real browser without a window, gone when the test ends. */
export async function openBrowser(t: Pick<ExecutionContext, 'teardown'>): Promise<Browser> {
  const browser = await chromium.launch({
    ...(browserPath !== undefined && { executablePath: browserPath }),
    // Root, as in a container, has no sandbox to sit in.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  t.teardown(() => browser.close())
  return browser
}

export interface Desk {
  readonly page: Page
  /** What the browser complained about: scripts that failed, files that are missing, breaches of the policy. */
  readonly complaints: readonly string[]
  /** Keeps what the screen shows, as `artifacts/journeys/NAME.png`. */
  readonly picture: (name: string) => Promise<void>
}

/** An iPad's screen in somebody's hands at the desk, with a session of its own. */
export async function openDesk(browser: Browser, url: string, language: Language = 'en'): Promise<Desk> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1180, height: 820 },
    locale: language === 'en' ? 'en-GB' : 'sv-SE',
    hasTouch: true,
  })
  const page = await context.newPage()
  // A machine that runs all tests at once is slow; what never comes fails all the same.
  page.setDefaultTimeout(60_000)
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`)
  })
  return {
    page,
    complaints,
    async picture(name) {
      await mkdir(artifacts, { recursive: true })
      await page.screenshot({ path: join(artifacts, `${name}.png`), fullPage: true })
    },
  }
}
