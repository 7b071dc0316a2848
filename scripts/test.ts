import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findBrowser, installDebian } from './browser.ts'
import { runSteps } from './steps.ts'

const root = join(import.meta.dirname, '..')
const counts = { passed: 0, failed: 0 }
/** Why, by the title of the test; nothing where it is skipped as a whole. */
const skipped = new Map<string, string>()
const saysSkipped = '#   SKIPPED: '

let browser = findBrowser(process.env)
if (!browser && installDebian('chromium')) browser = findBrowser(process.env)
const mustHaveBrowser = process.env['CI'] === 'true'

// The checks say what they found in one go at their end, so they run beside the tests: a machine with two cores would
// leave one idle for most of the time that the lint takes.
const [steps] = await Promise.all([
  Promise.all((['types', 'lint', 'format'] as const).map(step => runSteps([step]))),
  runAva(process.argv.slice(2)),
])
counts.passed += steps.filter(passed => passed).length
counts.failed += steps.filter(passed => !passed).length

if (!browser) {
  console.error(
    '\n!! No browser was found: the journeys in a real browser were SKIPPED. Install chromium or set CHROME_PATH.\n',
  )
  if (mustHaveBrowser) counts.failed += 1
}
if (skipped.size > 0) console.error('\n!! SKIPPED, and so not checked:')
for (const [title, reason] of skipped) console.error(`   ${title}${reason && ` (${reason})`}`)
console.log(
  `${counts.passed} passed, ${counts.failed} failed${skipped.size > 0 ? `, ${skipped.size} skipped` : ''}`,
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
  const count = counter()
  for await (const line of createInterface({ input: child.stdout })) {
    const isOfPassed = count(line)
    if (!isOfPassed || line.startsWith('#')) console.log(line)
  }
  const status = await finished
  // A worker that crashes or hangs fails no test of its own, and must fail the run all the same.
  if (status !== 0 && counts.failed === 0) counts.failed += 1
}

/** Counts what each line of TAP says; tells whether the line belongs to a test that passed. */
function counter(): (line: string) => boolean {
  let passing = true
  let title = ''
  const ok = (line: string) => {
    title = line.replace(/^ok \d+ - /, '').replace(/ # SKIP$/, '')
    if (line.endsWith('# SKIP')) skipped.set(title, '')
    else counts.passed += 1
  }
  // A test that finds out while it runs that it has nothing to compare with has passed nothing.
  const skippedAfterAll = (reason: string) => {
    if (!skipped.has(title)) counts.passed -= 1
    skipped.set(title, reason)
  }
  return line => {
    const [result] = /^(not )?ok /.exec(line) ?? []
    if (result !== undefined) passing = result === 'ok '
    if (result === 'ok ') ok(line)
    else if (result !== undefined) counts.failed += 1
    else if (passing && line.startsWith(saysSkipped)) skippedAfterAll(line.slice(saysSkipped.length))
    return passing
  }
}
