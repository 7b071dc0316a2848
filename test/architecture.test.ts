import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import test from 'ava'

const root = join(import.meta.dirname, '..')

/** Who may import whom, by top-level folder. This table is the picture in ARCHITECTURE.md. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  profiles: ['profiles'],
  mdm: ['mdm', 'profiles'],
  server: ['server', 'mdm', 'profiles'],
  'web-admin': ['web-admin', 'server', 'profiles'],
}

/** The places that wire and start: they know everything. */
const knowsAll = (file: string) => /^server\/(compose(-[a-z]+)?|main|start)\.ts$/.test(file)

test('imports point one way: profiles, mdm, server, web-admin', t => {
  for (const { file, target } of projectImports()) {
    if (knowsAll(file)) continue
    t.true(allowed[topOf(file)]?.includes(topOf(target)), `${file} imports ${target}`)
  }
})

test('pages use the rules and use cases of a slice, never its store, routes or jobs', t => {
  for (const { file, target } of projectImports()) {
    if (!file.startsWith('web-admin/')) continue
    t.notRegex(target, /\/mongo-|-(routes|jobs|store)\.ts$/, `${file} imports ${target}`)
  }
})

test('a slice uses the rules, use cases and ports of another, never its tables, routes or jobs', t => {
  for (const { file, target } of projectImports()) {
    if (knowsAll(file) || !file.startsWith('server/') || !target.startsWith('server/')) continue
    if (dirname(file) === dirname(target)) continue
    t.notRegex(
      target,
      /^server\/(?!database\/)[^/]+\/(mongo-.*|.*-routes|.*-jobs)\.ts$/,
      `${file} imports ${target}`,
    )
  }
})

test('the embedded database knows nothing of the product', t => {
  for (const { file, target } of projectImports()) {
    if (file.startsWith('server/database/embedded/')) t.regex(target, /^server\/database\/embedded\//, file)
  }
})

test('mongoose is imported by stores, migrations and the database room alone', t => {
  for (const file of sources()) {
    // A migration knows rows of a form that no store knows any more.
    if (/^server\/(database|jobs|migrations)\/|\/mongo-/.test(file)) continue
    t.notRegex(read(file), /from '(mongoose|mongodb)'/, file)
  }
})

test('what a file exports, another file imports', t => {
  const files = sources('profiles', 'mdm', 'server', 'web-admin', 'scripts', 'test')
  const wholes = takenWhole(files)
  const wanted = new Set<string>()
  for (const file of files) {
    for (const [, names, path] of read(file).matchAll(
      /(?:import|export)(?: type)? \{([^}]*)\} from '(\.[^']+)'/g,
    )) {
      for (const name of names?.matchAll(/(?:type )?(\w+)(?: as \w+)?/g) ?? []) {
        wanted.add(`${targetOf(file, path)} ${name[1]}`)
      }
    }
  }
  for (const file of files) {
    if (wholes.has(file)) continue
    for (const [, name] of read(file).matchAll(
      /^export (?:async )?(?:const|function\*?|class|interface|type) (\w+)/gm,
    )) {
      t.true(wanted.has(`${file} ${name}`), `${file} exports ${name} for nobody`)
    }
  }
})

function* projectImports(): Generator<{ file: string; target: string }> {
  for (const file of sources()) {
    for (const [, path] of read(file).matchAll(/(?:from|import) '(\.{1,2}\/[^']+)'/g)) {
      yield { file, target: targetOf(file, path) }
    }
  }
}

/** The files that are loaded as a whole: by `import()`, as a namespace, or as a worker's thread. */
function takenWhole(files: readonly string[]): Set<string> {
  const loads = /(?:import\(|\* as \w+ from |new URL\()'(\.[^']+)'/g
  return new Set(files.flatMap(by => [...read(by).matchAll(loads)].map(([, path]) => targetOf(by, path))))
}

function targetOf(file: string, path = ''): string {
  return relative(root, resolve(root, dirname(file), path))
}

function sources(...folders: string[]): string[] {
  return (folders.length > 0 ? folders : Object.keys(allowed)).flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts'))
      .map(path => join(folder, path)),
  )
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function topOf(path: string): string {
  return path.split('/')[0] ?? ''
}
