import test from 'ava'
import { catalogue, entryFor, payloadTypes } from '../../../profiles/catalogue/catalogue.ts'
import { type CatalogueKey, type Keys, type Words } from '../../../profiles/catalogue/notation.ts'
import { everyPayload, topLevel } from '../../../profiles/catalogue/top-level.ts'

const entries = [topLevel, everyPayload, ...catalogue]

function* everyKey(keys: Keys, at: string): Generator<[path: string, key: CatalogueKey]> {
  for (const [name, key] of Object.entries(keys)) {
    yield [`${at}.${name}`, key]
    yield* everyKey(key.keys ?? {}, `${at}.${name}`)
    if (key.of !== undefined)
      yield* everyKey(
        { '[]': { ...key.of, title: key.title ?? ['?', '?'], help: key.help ?? ['?', '?'] } },
        `${at}.${name}`,
      )
  }
}

test('every payload and every key has a title and a help in Swedish and in English', t => {
  const good = (words: Words | undefined) =>
    words?.every(word => word.trim() === word && word.length > 0) ?? false
  for (const entry of entries) {
    t.true(good(entry.title) && good(entry.help), entry.type)
    for (const [path, key] of everyKey(entry.keys, entry.type))
      t.true(good(key.title) && good(key.help), path)
  }
})

test('every default lies within what the key allows', t => {
  let defaults = 0
  for (const entry of entries) {
    for (const [path, key] of everyKey(entry.keys, entry.type)) {
      if (key.default === undefined) continue
      defaults += 1
      const kind: string = key.kind === 'integer' || key.kind === 'real' ? 'number' : key.kind
      t.is<string, string>(typeof key.default, kind, path)
      if (key.allowed !== undefined) t.true(key.allowed.includes(key.default as string | number), path)
      if (key.min !== undefined) t.true(Number(key.default) >= key.min, path)
      if (key.max !== undefined) t.true(Number(key.default) <= key.max, path)
    }
  }
  t.true(defaults > 100)
})

test('every password is marked as a secret', t => {
  for (const entry of entries) {
    for (const [path, { kind, secret }] of everyKey(entry.keys, entry.type)) {
      if ((kind !== 'string' && kind !== 'data') || !/(Password|password|SharedSecret|Challenge)$/.test(path))
        continue
      t.true(secret === true || path.endsWith('PasswordAutoFill'), path)
    }
  }
})

test('of the two payloads with one type, the one that fits the content is found', t => {
  const kerberos = entryFor({
    PayloadType: 'com.apple.extensiblesso',
    ExtensionIdentifier: 'com.apple.AppSSOKerberos.KerberosExtension',
  })
  t.is(kerberos?.variant?.name, 'kerberos')
  const other = entryFor({ PayloadType: 'com.apple.extensiblesso', ExtensionIdentifier: 'se.example.sso' })
  t.is(other?.type, 'com.apple.extensiblesso')
  t.is(other?.variant, undefined)
  t.is(entryFor({ PayloadType: 'com.apple.dock' }), undefined)
  t.is(payloadTypes.length, catalogue.length - 1)
})

test('the groups of the restrictions hold each of their keys once', t => {
  for (const { groups, keys } of catalogue) {
    if (groups === undefined) continue
    const grouped = groups.flatMap(group => Object.keys(group.keys))
    t.deepEqual(grouped.toSorted(), Object.keys(keys).toSorted())
  }
})
