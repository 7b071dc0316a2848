import test from 'ava'
import { entryFor } from '../../../profiles/catalogue/catalogue.ts'
import { type IpadFacts } from '../../../profiles/catalogue/availability.ts'
import { type CatalogueKey, type Keys } from '../../../profiles/catalogue/notation.ts'
import { everyPayload, topLevel } from '../../../profiles/catalogue/top-level.ts'
import {
  isDictionary,
  isList,
  type PlistDictionary,
  type PlistValue,
} from '../../../profiles/plist/plist-value.ts'
import { readPlist } from '../../../profiles/plist/read-plist.ts'
import { writePlist } from '../../../profiles/plist/write-plist.ts'
import { templates } from '../../../profiles/templates/templates.ts'
import { validateProfile, type ValidationContext } from '../../../profiles/validation/validate-profile.ts'
import { variablesOf } from '../../../profiles/variables.ts'
import { templateFacts } from '../../support/a-template.ts'
import { impossibleFor, misspelt, ofAnotherKind } from '../../support/spoiling.ts'

const municipalIpad: IpadFacts = {
  osVersion: '18.1',
  supervised: true,
  enrolment: 'device',
  sharedIpad: false,
}
const privateIpad: IpadFacts = { osVersion: '18.1', supervised: false, enrolment: 'user', sharedIpad: false }

const context = (ipad: IpadFacts): ValidationContext => ({
  ipads: [ipad],
  serverUrl: 'https://mdm.example.se',
  typesElsewhere: new Map(),
  now: new Date('2026-11-22T09:00:00Z'),
})

const built = templates.map(template => ({
  template,
  profile: readPlist(writePlist(template.build(templateFacts())), {
    bytes: 100_000,
    values: 10_000,
  }) as PlistDictionary,
  ipad: template.id === 'byod' ? privateIpad : municipalIpad,
}))

for (const { template, profile, ipad } of built) {
  test(`the template ${template.id} has no fault on the iPads it is made for`, t => {
    t.deepEqual(validateProfile(profile, context(ipad)), [])
  })
}

test('all templates but those for no person in particular need a municipal mail address', t => {
  for (const { template, profile } of built)
    t.is(variablesOf(profile).includes('person.email'), template.id !== 'meeting-room', template.id)
})

test('on a private iPad the standard profile is told to be unavailable, part by part', t => {
  const standard = built.find(({ template }) => template.id === 'standard')
  const findings = validateProfile(standard?.profile ?? '', context(privateIpad))
  t.true(findings.length > 5)
  t.true(
    findings.every(
      ({ severity, ipads }) => severity === 'unavailable' && ipads?.affected === 1 && ipads.of === 1,
    ),
  )
})

/** One way of spoiling one value of a profile. */
interface Mutation {
  readonly how: 'wrong type' | 'missing required' | 'misspelt key' | 'impossible value'
  readonly at: string
  readonly profile: PlistDictionary
}

test('a wrong type, a missing required key, a misspelt key or an impossible value anywhere in a template is caught', t => {
  const caught = { 'wrong type': 0, 'missing required': 0, 'misspelt key': 0, 'impossible value': 0 }
  const made = { ...caught }
  const named = { right: 0 }
  const slipped: string[] = []
  for (const { template, profile, ipad } of built) {
    for (const mutation of mutationsOf(profile)) {
      made[mutation.how] += 1
      const findings = validateProfile(mutation.profile, context(ipad))
      const name = mutation.at.split('.').at(-1) ?? ''
      if (findings.length > 0) caught[mutation.how] += 1
      else slipped.push(`${template.id}: ${mutation.how} at ${mutation.at}`)
      if (mutation.how === 'misspelt key' && findings.some(({ suggestion }) => suggestion === name))
        named.right += 1
    }
  }
  for (const how of ['wrong type', 'missing required', 'misspelt key', 'impossible value'] as const)
    t.log(`${how}: ${caught[how]} of ${made[how]} caught (${((100 * caught[how]) / made[how]).toFixed(1)} %)`)
  t.log(`misspelt key: the right one named in ${named.right} of ${made['misspelt key']}`)
  t.deepEqual(slipped, [])
  t.true(made['wrong type'] > 300 && made['missing required'] > 100 && made['misspelt key'] > 300)
  t.true(made['impossible value'] > 30)
  t.is(named.right, made['misspelt key'])
})

function* mutationsOf(profile: PlistDictionary): Generator<Mutation> {
  yield* mutationsWithin(profile, topLevel.keys, '', changed => changed as PlistDictionary)
  const payloads = profile['PayloadContent']
  if (!isList(payloads)) return
  for (const [index, payload] of payloads.entries()) {
    if (!isDictionary(payload)) continue
    const keys = { ...everyPayload.keys, ...entryFor(payload)?.keys }
    yield* mutationsWithin(payload, keys, `PayloadContent.${index}`, changed => ({
      ...profile,
      PayloadContent: payloads.with(index, changed),
    }))
  }
}

function* mutationsWithin(
  dictionary: PlistDictionary,
  keys: Keys,
  at: string,
  put: (changed: PlistValue) => PlistDictionary,
): Generator<Mutation> {
  for (const [name, value] of Object.entries(dictionary)) {
    const key = keys[name]
    if (key === undefined) continue
    const path = at === '' ? name : `${at}.${name}`
    const others = Object.fromEntries(Object.entries(dictionary).filter(([other]) => other !== name))
    yield { how: 'wrong type', at: path, profile: put({ ...dictionary, [name]: ofAnotherKind(value) }) }
    yield { how: 'misspelt key', at: path, profile: put({ ...others, [misspelt(name, keys)]: value }) }
    const impossible = impossibleFor(key)
    if (impossible !== undefined)
      yield { how: 'impossible value', at: path, profile: put({ ...dictionary, [name]: impossible }) }
    if (key.required === true) yield { how: 'missing required', at: path, profile: put(others) }
    yield* mutationsInside(value, key, path, changed => put({ ...dictionary, [name]: changed }))
  }
}

function* mutationsInside(
  value: PlistValue,
  key: CatalogueKey,
  at: string,
  put: (changed: PlistValue) => PlistDictionary,
): Generator<Mutation> {
  if (isList(value) && key.of !== undefined) {
    const [first] = value
    if (first === undefined) return
    yield { how: 'wrong type', at: `${at}.0`, profile: put(value.with(0, ofAnotherKind(first))) }
    yield* mutationsInside(first, key.of, `${at}.0`, changed => put(value.with(0, changed)))
  } else if (isDictionary(value) && key.keys !== undefined) yield* mutationsWithin(value, key.keys, at, put)
}

test('an app has one place on the Home Screen, also one that stands in the Dock by itself', t => {
  const apps = [
    'se.example.a',
    'com.apple.mobilemail',
    'se.example.a',
    'se.example.b',
    'se.example.c',
    'se.example.d',
  ]
  for (const template of templates) {
    const parts = template.build(templateFacts({ apps: [...apps, 'com.apple.mobilesafari'] }))[
      'PayloadContent'
    ]
    if (!isList(parts)) return t.fail()
    const [layout] = parts
      .filter(isDictionary)
      .filter(part => part['PayloadType'] === 'com.apple.homescreenlayout')
    if (!layout) continue
    const places: readonly string[] =
      JSON.stringify([layout['Dock'], layout['Pages']]).match(/(?<="BundleID":")[^"]+/g) ?? []
    t.deepEqual(places.length, new Set(places).size, template.id)
    for (const app of apps)
      t.true(
        places.some(each => each === app),
        `${template.id}: ${app}`,
      )
  }
})
