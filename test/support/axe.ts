import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type BrowserContext, type Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const options = {
  // WCAG 2.1 A and AA, contrast included: what the law asks for (EN 301 549).
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] },
  resultTypes: ['violations'],
  // Fetches style sheets and films anew, for rules that are not among these or have nothing to look at here.
  preload: false,
}

/** Gives every page of a context axe as it begins, so that it need not be sent to each. */
export async function withAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: source })
}

/** What axe finds wrong with the page as it stands: the rule and where, in one line each; empty when nothing is. */
export async function faultsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(source)
  const found = await page.evaluate(
    wanted => (globalThis as unknown as { axe: Axe }).axe.run(wanted),
    options,
  )
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

interface Axe {
  run(options: object): Promise<{
    violations: readonly { id: string; nodes: readonly { target: readonly string[] }[] }[]
  }>
}
