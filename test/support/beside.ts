import { existsSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'

/** Recorded messages and Apple's schemas lie in `../shared` beside the project, never in it. */
const shared = join(import.meta.dirname, '..', '..', '..', 'shared')

/** A file or folder beside the project, and the `test` for what needs it: where it is missing that counts as skipped. */
export function beside(path: string): {
  readonly path: string
  readonly test: typeof test | typeof test.skip
} {
  const whole = join(shared, path)
  return { path: whole, test: existsSync(whole) ? test : test.skip }
}
