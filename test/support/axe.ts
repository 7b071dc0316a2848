import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type BrowserContext, type Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What is looked at: everything, or what changes with the colours alone. */
export type Judged = 'all' | 'contrast'

const options = (judged: Judged) => ({
  // WCAG 2.1 A and AA, contrast included: what the law asks for (EN 301 549).
  runOnly:
    judged === 'all'
      ? { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }
      : { type: 'rule', values: ['color-contrast'] },
  resultTypes: ['violations'],
  // Fetches style sheets and films anew, for rules that are not among these or have nothing to look at here.
  preload: false,
})

/** The frame that every page of the desk has; it is the same everywhere, and the larger half of most pages. */
const frame = ['header.side', 'footer.foot']

/** Gives every page of a context axe as it begins, so that it need not be sent to each. */
export async function withAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: source })
}

/**
 * What axe finds wrong with the page as it stands: the rule and where, in one line each; empty when nothing is. With
 * `within` the content alone is looked at, for whoever has looked at the frame on another page.
 */
export async function faultsOf(
  page: Page,
  { judged = 'all', within = 'page' }: { judged?: Judged; within?: 'page' | 'content' } = {},
): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(source)
  const found = await page.evaluate(
    ([part, wanted]) => (globalThis as unknown as { axe: Axe }).axe.run(part, wanted),
    [{ exclude: within === 'content' ? frame : [] }, options(judged)] as const,
  )
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

interface Axe {
  run(
    part: object,
    options: object,
  ): Promise<{
    violations: readonly { id: string; nodes: readonly { target: readonly string[] }[] }[]
  }>
}
