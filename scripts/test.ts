import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findBrowser, installDebian } from './browser.ts'
import { runSteps } from './steps.ts'

const root = join(import.meta.dirname, '..')
const counts = { passed: 0, failed: 0, skipped: 0 }

let browser = findBrowser(process.env)
if (!browser && installDebian('chromium')) browser = findBrowser(process.env)
const mustHaveBrowser = process.env['CI'] === 'true'

// Each says what it found in one go at its end, so they may run beside each other.
const steps = await Promise.all((['types', 'lint', 'format'] as const).map(step => runSteps([step])))
counts.passed += steps.filter(passed => passed).length
counts.failed += steps.filter(passed => !passed).length

await runAva(process.argv.slice(2))

if (!browser) {
  console.error(
    '\n!! No browser was found: the journeys in a real browser were SKIPPED. Install chromium or set CHROME_PATH.\n',
  )
  if (mustHaveBrowser) counts.failed += 1
}
console.log(
  `${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`,
)
process.exitCode = counts.failed === 0 ? 0 : 1

/** Runs ava and counts what its TAP says; failures are printed as they come. */
async function runAva(files: readonly string[]): Promise<void> {
  const child = spawn(join(root, 'node_modules', '.bin', 'ava'), ['--tap', ...files], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
      ...(browser && { CHROME_PATH: browser }),
    },
  })
  const finished = new Promise<number>(resolve => child.on('exit', code => resolve(code ?? 1)))
  let passing = true
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('not ok ')) {
      counts.failed += 1
      passing = false
    } else if (line.startsWith('ok ')) {
      if (line.includes('# SKIP')) counts.skipped += 1
      else counts.passed += 1
      passing = true
    }
    if (!passing || line.startsWith('#')) console.log(line)
  }
  const status = await finished
  // A worker that crashes or hangs fails no test of its own, and must fail the run all the same.
  if (status !== 0 && counts.failed === 0) counts.failed += 1
}
