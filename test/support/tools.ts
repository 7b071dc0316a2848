import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { existsSync } from 'node:fs'
import { type ExecutionContext } from 'ava'

/**
 * Whether a program that nobody here wrote is installed. When it is not, says so in the test's log and passes the
 * test, so that it can be seen what was not checked.
 */
export function hasTool(t: ExecutionContext, name: string): boolean {
  const found = (process.env['PATH'] ?? '').split(delimiter).some(folder => existsSync(join(folder, name)))
  if (!found) t.pass(skipped(t, `${name} is not installed`))
  return found
}

/** Says loudly that a check did not run. */
export function skipped(t: ExecutionContext, reason: string): string {
  t.log(`SKIPPED: ${reason}; this check did not run.`)
  return reason
}

interface ToolRun {
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
}

/** Runs a program in `folder` without a shell and waits for its end; a failing exit is a result, not an error. */
export function runTool(folder: string, name: string, args: readonly string[]): Promise<ToolRun> {
  return new Promise(resolve => {
    execFile(name, args, { cwd: folder, encoding: 'buffer', timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, stdout, stderr: stderr.toString() })
    })
  })
}

/** A folder of its own for one test, removed at its end; `files` are written into it first. */
export async function aFolder(
  t: ExecutionContext,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}
