import { catalogue } from '../../../profiles/catalogue/catalogue.ts'
import { type CataloguePayload } from '../../../profiles/catalogue/notation.ts'
import { everyPayload, topLevel } from '../../../profiles/catalogue/top-level.ts'
import { appleMistakes, otherMistakes } from './apple-mistakes.ts'
import { appleProse } from './apple-prose.ts'
import { isJudgedAs, leftOpen, namedAs, type Named } from './forms-by-name.ts'
import {
  appleFolder,
  appleSayings,
  appleSchemas,
  appleStatements,
  ourStatements,
  type Statement,
  type AppleSchema,
} from './apple-schemas.ts'

const ifHere = appleFolder.test

const entries = [topLevel, everyPayload, ...catalogue]

function entryOf({ file, payload: { payloadtype } }: AppleSchema): CataloguePayload | undefined {
  const variant = /\((.+)\)\.yaml$/.exec(file)?.[1]
  return entries.find(({ type, variant: ours }) => type === payloadtype && ours?.name === variant)
}

/** What came out of comparing the whole catalogue with Apple's schemas. */
class Comparison {
  readonly missing: string[] = []
  readonly differing: string[] = []
  readonly mistakes = new Set<string>()
  payloads = 0
  keys = 0
  facts = 0

  schema(schema: AppleSchema): void {
    const entry = entryOf(schema)
    if (entry === undefined) {
      this.missing.push(schema.file)
      return
    }
    this.payloads += 1
    const ours = ourStatements(entry)
    for (const [path, theirs] of appleStatements(schema)) {
      this.keys += path === '' ? 0 : 1
      const said = ours.get(path)
      if (said !== undefined) this.#facts(entry.type, path, said, theirs)
      else if (!this.#isMistake(entry.type, path, 'all')) this.missing.push(`${entry.type} ${path}`)
    }
  }

  #facts(type: string, path: string, ours: Statement, theirs: Statement): void {
    for (const [fact, value] of Object.entries(theirs)) {
      this.facts += 1
      // A UUID of another payload is looked up there, which is stricter than any form.
      if (same(ours[fact], value) || (fact === 'format' && ours['refersTo'] !== undefined)) continue
      if (!this.#isMistake(type, path, fact))
        this.differing.push(`${type} ${path} ${fact}: Apple ${String(value)}, we ${String(ours[fact])}`)
    }
  }

  #isMistake(type: string, path: string, fact: string): boolean {
    const known = appleMistakes.some(each => each.type === type && each.path === path && each.fact === fact)
    if (known) this.mistakes.add(`${type} ${path} ${fact}`)
    return known
  }
}

ifHere('every payload and key that an iPad knows is in the catalogue, with Apple’s facts', t => {
  const comparison = new Comparison()
  for (const schema of appleSchemas()) comparison.schema(schema)
  const { payloads, keys, facts, missing, differing, mistakes } = comparison
  t.log(
    `${payloads} payloads, ${keys} keys, ${facts} facts compared: ${missing.length} missing, ${differing.length} differing, ${mistakes.size} mistakes of Apple’s known`,
  )
  for (const { type, path, evidence } of [...appleMistakes, ...otherMistakes])
    t.log(`Apple’s mistake: ${type} ${path}: ${evidence}`)
  t.true(payloads >= 50 && keys > 1000)
  t.deepEqual(missing, [])
  t.deepEqual(differing, [])
  t.is(mistakes.size, appleMistakes.length, 'a listed mistake is none (any more)')
})

function same(ours: unknown, theirs: unknown): boolean {
  return JSON.stringify(ours) === JSON.stringify(theirs)
}

ifHere('the catalogue names no payload and no key that Apple’s schema does not have', t => {
  const schemas = appleSchemas()
  const unknown: string[] = []
  for (const entry of entries) {
    const schema = schemas.find(each => entryOf(each) === entry)
    const theirs = schema && appleStatements(schema, 2)
    if (theirs === undefined) unknown.push(entry.type)
    else
      for (const path of ourStatements(entry).keys())
        if (
          !theirs.has(path) &&
          // A schema that takes any key names none of them.
          !theirs.has('*') &&
          !appleMistakes.some(known => known.type === entry.type && known.instead === path)
        )
          unknown.push(`${entry.type} ${path}`)
  }
  t.deepEqual(unknown, [])
})

ifHere(
  'what the name of a key says that it holds, an address, a server, a port or a reference, is judged',
  t => {
    const judged: Record<Named, number> = {
      'web address': 0,
      server: 0,
      'mail address': 0,
      port: 0,
      certificate: 0,
    }
    const open = new Set<string>()
    for (const schema of appleSchemas()) {
      for (const { path, named, said } of namedKeys(schema)) {
        if (isJudgedAs(named, said)) judged[named] += 1
        else open.add(`${schema.payload.payloadtype} ${path}`)
      }
    }
    t.log(
      `judged: ${Object.entries(judged)
        .map(([named, count]) => `${count} as ${named}`)
        .join(', ')}; ${open.size} left open`,
    )
    for (const key of open) t.log(`left open: ${key}: ${leftOpen[key] ?? '?'}`)
    t.deepEqual([...open].sort(), Object.keys(leftOpen).sort())
    t.true(judged['web address'] > 20 && judged.server > 15 && judged.port > 8 && judged.certificate > 15)
  },
)

ifHere('what Apple says in prose only, of supervision, systems and what must be there, is judged too', t => {
  const said = new Set<string>()
  for (const schema of appleSchemas())
    for (const { path } of appleSayings(schema)) said.add(`${schema.payload.payloadtype} ${path}`)
  const known = Object.entries(appleProse).flatMap(([type, keys]) =>
    Object.entries(keys).map(([path, judged]) => ({ key: `${type} ${path}`, judged })),
  )
  const left = known.flatMap(({ key, judged }) =>
    typeof judged === 'object' ? [`${key}: ${judged.left}`] : [],
  )
  t.log(
    `${said.size} keys with something in prose only: ${said.size - left.length} judged, ${left.length} left`,
  )
  for (const each of left) t.log(`left: ${each}`)
  t.deepEqual([...said].sort(), known.map(({ key }) => key).sort())
})

function namedKeys(schema: AppleSchema): { path: string; named: Named; said: Statement }[] {
  const entry = entryOf(schema)
  if (entry === undefined) return []
  const ours = ourStatements(entry)
  return [...appleStatements(schema)].flatMap(([path, { kind }]) => {
    const [named, said] = [namedAs(path, kind), ours.get(path)]
    return named === undefined || said === undefined ? [] : [{ path, named, said }]
  })
}
