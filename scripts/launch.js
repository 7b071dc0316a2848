// The first step of every npm script, in plain JavaScript because it must run on any Node from 20 up: installs what is
// missing or stale, then runs the named TypeScript file on the Node 24 that came with the packages.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serverFile } from './bundle.js'
import { nodeEnvironment, nodeFlags } from './node-settings.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const [script, ...args] = process.argv.slice(2)

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Örnkoll needs Node 20 or newer to start; this is ${process.version}.`)
  process.exit(1)
}

// npm leaves its own copy of the lock file behind when it has finished; one older than ours means packages have changed.
const installed =
  existsSync(node) && changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json')
if (!installed) {
  // Standard output belongs to the script that follows: a token printed there must stand alone.
  console.error('Installing packages …')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0 || !existsSync(node)) {
    console.error('npm could not install the packages; nothing was started. Is the network reachable?')
    process.exit(1)
  }
}

const file = script === 'server/main.ts' ? await serverFile() : join(root, script ?? '')
const child = spawn(node, [...nodeFlags, file, ...args], {
  stdio: 'inherit',
  env: { ...nodeEnvironment, ...process.env },
})
// Ctrl-C reaches the child by the terminal; a signal sent to npm's child alone is passed on.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))

function changedAt(file) {
  return statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
