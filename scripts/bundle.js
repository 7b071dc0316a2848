// The server in a handful of files, made anew when a source has changed. Plain JavaScript, because the launcher runs on
// any Node. Started so, it takes a third less time and memory: nothing is stripped of its types, no thousand files are
// looked up, and neither comments nor the cache of what was compiled of each stay in memory (docs/decisions/0019).
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const self = fileURLToPath(import.meta.url)
const root = dirname(dirname(self))
const cache = join(root, 'node_modules', '.cache', 'server')
const rooms = ['server', 'profiles', 'mdm', 'web-admin']

/** Threads have a file of their own; its name is the one that the source asks for. */
const entries = {
  main: 'server/main.ts',
  'engine-thread': 'server/database/embedded/host/engine-worker.ts',
  'file-worker': 'server/database/embedded/storage/file-worker.ts',
  'press-worker': 'server/liability/press-worker.ts',
}

/** Read files that lie beside them, or start threads of their own. */
const external = ['pdfkit', 'fontkit', 'pino', 'tinypool']

/** Earlier ones that are kept: a server that still runs on one goes on loading parts of it. */
const kept = 4

/** One at a time in a process: whoever is ready first stops the tool, and others would wait for it for ever. */
const making = new Map()

/** What Node is to start as the server: the bundle of the sources as they are now, or the sources where none can be made. */
export async function serverFile() {
  try {
    const name = fingerprint()
    if (!making.has(name)) making.set(name, bundled(name))
    return await making.get(name)
  } catch (error) {
    console.error(`Starting from the sources, which takes longer: ${error.message}`)
    return join(root, entries.main)
  }
}

async function bundled(name) {
  const folder = join(cache, name)
  const main = join(folder, 'main.js')
  if (existsSync(main)) return main
  // Before anything is put together: the folder may be closed to us.
  mkdirSync(cache, { recursive: true })
  const unfinished = mkdtempSync(`${folder}.`)
  try {
    await make(unfinished)
    renameSync(unfinished, folder)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    // Somebody who made the same at the same time was first.
    if (!existsSync(main)) throw error
  }
  forgetOld()
  return main
}

async function make(outdir) {
  const { build, stop } = await import('esbuild')
  try {
    const { outputFiles } = await build({
      write: false,
      absWorkingDir: root,
      entryPoints: entries,
      outdir,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      external,
      // Ours is the module and the job runner's the older kind: one copy serves both.
      alias: { luxon: join(root, 'node_modules', 'luxon', 'src', 'luxon.js') },
      legalComments: 'none',
      logLevel: 'error',
      // Packages of the older kind ask for Node's modules with `require`.
      banner: {
        js: "import { createRequire as toRequire } from 'node:module'; const require = toRequire(import.meta.url);",
      },
      plugins: [{ name: 'places', setup: keepPlaces }],
    })
    for (const { path, text } of outputFiles) writeFileSync(path, oneByteEach(text))
  } finally {
    // Its process would otherwise stay as long as the launcher, which is as long as the server.
    await stop()
  }
}

/**
 * The same source in ASCII: one other letter anywhere in a file, and Node holds all of it with two bytes for each. What
 * esbuild leaves is in comments and in patterns, where an escape says the same.
 */
const oneByteEach = text =>
  text.replaceAll(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** What others are making, or have just taken away, is left to them. */
function forgetOld() {
  const madeAt = name => statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const made = readdirSync(cache).filter(name => !name.includes('.'))
  const newestFirst = made.sort((a, b) => madeAt(b) - madeAt(a))
  for (const name of newestFirst.slice(1 + kept)) rmSync(join(cache, name), { recursive: true, force: true })
}

/** Sources that read files beside them go on finding them; threads are found among the bundled files. */
function keepPlaces({ onLoad }) {
  const own = rooms.map(room => join(root, room, '/'))
  onLoad({ filter: /\.ts$/ }, ({ path }) =>
    own.some(room => path.startsWith(room)) ? { loader: 'ts', contents: inPlace(path) } : undefined,
  )
}

const inPlace = path =>
  readFileSync(path, 'utf8')
    .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
    .replaceAll(/new URL\('\.\/([\w-]+)\.ts', import\.meta\.url\)/g, "new URL('./$1.js', import.meta.url)")

/** Changes with every source and every package. */
function fingerprint() {
  const hash = createHash('sha256')
  const add = file => {
    const { mtimeMs, size } = statSync(file)
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  for (const room of rooms)
    for (const name of readdirSync(join(root, room), { recursive: true }).sort())
      if (/\.[jt]s$/.test(name)) add(join(root, room, name))
  add(join(root, 'package-lock.json'))
  add(self)
  return hash.digest('hex').slice(0, 16)
}
