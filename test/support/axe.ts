import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** WCAG 2.1 A and AA, contrast included: what the law asks for (EN 301 549). */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/** What axe finds wrong with the page as it stands: the rule and where, in one line each; empty when nothing is. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(source)
  const found = await page.evaluate(
    wanted => (globalThis as unknown as { axe: Axe }).axe.run({ runOnly: { type: 'tag', values: wanted } }),
    tags,
  )
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

interface Axe {
  run(options: object): Promise<{
    violations: readonly { id: string; nodes: readonly { target: readonly string[] }[] }[]
  }>
}
