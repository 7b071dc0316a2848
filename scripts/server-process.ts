import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { serverFile } from './bundle.js'
import { nodeEnvironment, nodeFlags } from './node-settings.js'

/** The server as its own process, the way `npm start` runs it. */
export interface ServerProcess {
  readonly url: string
  readonly pid: number
  /** What it was started with. */
  readonly env: Readonly<Record<string, string>>
  /** A bearer token with these roles in the first organisation, as `npm run token` prints it. */
  token(...roles: readonly string[]): Promise<string>
  /** Resident memory of the process and all it has started, in bytes. */
  memory(): Promise<number>
  /** kill -9, with all it has started: nobody can write anything any more once this resolves. */
  kill(): Promise<void>
  /** SIGTERM; resolves when it has ended. Throws when it ends with another status than 0. */
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '..')
const run = promisify(execFile)

/**
 * Starts the server with `env` on top of a bare environment and waits until it is ready.
 * @throws Error with what it said when it ends instead
 */
export async function startServerProcess(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const settings = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    ORNKOLL_LOG: 'error',
    ...nodeEnvironment,
    ...env,
  }
  const child = spawn(process.execPath, [...nodeFlags, await serverFile()], {
    cwd: root,
    env: settings,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that a kill reaches what it has started as well.
    detached: true,
  })
  const ended = once(child, 'exit') as Promise<[number | null]>
  const pid = child.pid ?? 0
  const killGroup = () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL')
  }
  // Nobody is left to stop it when its starter ends in the middle.
  process.once('exit', killGroup)
  void ended.then(() => process.off('exit', killGroup))
  const url = await readyAt(child)
  return {
    url,
    pid,
    env: settings,
    async token(...roles) {
      const script = join(root, 'scripts', 'token.ts')
      const { stdout } = await run(process.execPath, [script, ...roles.flatMap(role => ['--role', role])], {
        cwd: root,
        env: settings,
      })
      return stdout.trim()
    },
    memory: () => memoryOf(pid),
    async kill() {
      killGroup()
      await ended
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const [status] = await ended
      if (status !== 0) throw new Error(`The server ended with status ${String(status)}.`)
    },
  }
}

const readyLine = /^Örnkoll is ready at (\S+)$/

async function readyAt(child: ChildProcess): Promise<string> {
  let said = ''
  child.stderr?.on('data', (piece: Buffer) => (said = `${said}${piece.toString()}`.slice(-4_000)))
  return new Promise((resolve, reject) => {
    if (!child.stdout) throw new Error('The server has no output.')
    // Read to the end, or a full pipe would stop the server.
    createInterface({ input: child.stdout }).on('line', line => {
      const url = readyLine.exec(line)?.[1]
      if (url) resolve(url)
    })
    child.once('error', reject)
    child.once('exit', status =>
      reject(new Error(`The server did not start (status ${String(status)}): ${said}`)),
    )
  })
}

/** A port that was free a moment ago, for a server that has to come back where it was. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function memoryOf(pid: number): Promise<number> {
  const all = await processes()
  const ours = new Set([pid])
  // Parents need not stand before their children in the list.
  for (let known = 0; known !== ours.size;) {
    known = ours.size
    for (const { id, parent } of all) if (ours.has(parent)) ours.add(id)
  }
  return all.reduce((sum, { id, kilobytes }) => sum + (ours.has(id) ? kilobytes * 1024 : 0), 0)
}

interface Running {
  readonly id: number
  readonly parent: number
  /** Resident. */
  readonly kilobytes: number
}

/** Everything that runs here: out of /proc, or from `ps` where there is none. */
async function processes(): Promise<Running[]> {
  if (process.platform !== 'linux') {
    const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss='])
    const rows = stdout
      .trim()
      .split('\n')
      .map(line => line.trim().split(/\s+/).map(Number))
    return rows.map(([id = 0, parent = 0, kilobytes = 0]) => ({ id, parent, kilobytes }))
  }
  const names = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const found = await Promise.all(
    names.map(async name => {
      // One that ends while we look has no memory any more.
      const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '')
      const number = (key: string) => Number(new RegExp(`^${key}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0)
      return { id: Number(name), parent: number('PPid'), kilobytes: number('VmRSS') }
    }),
  )
  return found
}
