import { spawn } from 'node:child_process'
import { join } from 'node:path'

const bin = (name: string) => join(import.meta.dirname, '..', 'node_modules', '.bin', name)

const steps = {
  types: [bin('tsc'), '--noEmit', '-p', '.'],
  lint: [bin('eslint'), '--quiet', '.'],
  format: [bin('prettier'), '--check', '--log-level', 'warn', '.'],
} as const satisfies Record<string, readonly [string, ...string[]]>

type Step = keyof typeof steps

/** Runs the steps one after the other and tells which failed; true when all passed. */
export async function runSteps(names: readonly Step[]): Promise<boolean> {
  let passed = true
  for (const name of names) {
    const [command, ...args] = steps[name]
    const status = await run(command, args)
    console.error(status === 0 ? `✔ ${name}` : `✘ ${name} failed`)
    passed &&= status === 0
  }
  return passed
}

/** The exit status of a command run from the project's folder with its own Node first in the path. */
function run(command: string, args: readonly string[]): Promise<number> {
  const root = join(import.meta.dirname, '..')
  const path = `${join(root, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: path } })
    child.on('error', reject)
    child.on('exit', code => resolve(code ?? 1))
  })
}
