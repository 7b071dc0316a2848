import test from 'ava'
import { catalogue } from '../../../profiles/catalogue/catalogue.ts'
import { type CatalogueKey, type CataloguePayload, type Form } from '../../../profiles/catalogue/notation.ts'
import { everyPayload } from '../../../profiles/catalogue/top-level.ts'
import { type PlistDictionary, type PlistValue } from '../../../profiles/plist/plist-value.ts'
import { type Finding, placeText } from '../../../profiles/validation/finding.ts'
import { validateProfile } from '../../../profiles/validation/validate-profile.ts'
import { impossibleFor, misspelt, ofAnotherKind } from '../../support/spoiling.ts'

const context = {
  ipads: [],
  serverUrl: 'https://mdm.example.se',
  typesElsewhere: new Map<string, number>(),
  now: new Date('2026-11-22T09:00:00Z'),
}

const goodForms: Readonly<Record<Form, PlistValue>> = {
  port: 443,
  url: 'https://example.se/',
  https: 'https://example.se/',
  link: 'https://example.se/',
  host: 'example.se',
  mail: 'eva.berg@example.se',
}
const formed = ['https://mdm.example.se', '00:1a:2b:3c:4d:5e', '5A03BA', '240010']

/** A value that the key takes, with nothing in it but what must be. */
function goodFor(key: CatalogueKey): PlistValue {
  const { kind, allowed, form, format, min, max, items } = key
  if (allowed?.[0] !== undefined) return allowed[0]
  if (form !== undefined) return goodForms[form]
  if (format !== undefined) return formed.find(each => format.test(each)) ?? ''
  if (kind === 'integer' || kind === 'real') return min ?? Math.min(1, max ?? 1)
  if (kind === 'array')
    return Array.from({ length: Math.max(1, items?.[0] ?? 1) }, () => (key.of ? goodFor(key.of) : 'a'))
  if (kind === 'dictionary') return requiredOf(key)
  return { boolean: true, date: context.now, data: Buffer.from('abcd'), string: 'abcdefgh', any: 'a' }[kind]
}

const requiredOf = ({ keys = {} }: Pick<CatalogueKey, 'keys'>): PlistDictionary =>
  Object.fromEntries(
    Object.entries(keys).flatMap(([name, key]) => (key.required === true ? [[name, goodFor(key)]] : [])),
  )

/** Where a key stands: in which dictionary, and how that comes into a payload that is otherwise good. */
interface Spot {
  readonly name: string
  readonly key: CatalogueKey
  /** The keys beside it, itself among them; undefined where any other name is taken as well. */
  readonly beside: NonNullable<CatalogueKey['keys']> | undefined
  readonly path: readonly (string | number)[]
  readonly within: PlistDictionary
  readonly put: (changed: PlistDictionary) => PlistDictionary
}

type Holder = Pick<CatalogueKey, 'keys' | 'others'>
type Place = Pick<Spot, 'path' | 'put'>

function* spotsOf(holder: Holder, { path, put }: Place): Generator<Spot> {
  const { keys = {}, others } = holder
  const within = requiredOf(holder)
  const beside = others === undefined ? keys : undefined
  for (const [name, key] of [...Object.entries(keys), ...(others ? [['se.example', others] as const] : [])]) {
    yield { name, key, beside, path: [...path, name], within, put }
    yield* inside(key, {
      path: [...path, name],
      put: (value: PlistValue) => put({ ...within, [name]: value }),
    })
  }
}

/** The keys of a dictionary, or of the dictionaries in an array. */
function* inside(
  key: CatalogueKey,
  { path, put }: { readonly path: Spot['path']; readonly put: (value: PlistValue) => PlistDictionary },
): Generator<Spot> {
  if (key.of !== undefined)
    yield* inside(key.of, { path: [...path, 0], put: (value: PlistValue) => put([value]) })
  else if (key.kind === 'dictionary') yield* spotsOf(key, { path, put })
}

/** What every part has, on a part with nothing of its own that must be there. */
const commonKeys: CataloguePayload = {
  ...everyPayload,
  type: 'com.apple.applicationaccess',
  keys: Object.fromEntries(Object.entries(everyPayload.keys).filter(([name]) => name !== 'PayloadType')),
}

/** A key of an entry, and what becomes of the payload when that key is left out, put in, or renamed. */
function* spotsOfPayload(entry: CataloguePayload): Generator<Spot> {
  const common = entry === commonKeys ? {} : requiredOf(everyPayload)
  const own = { ...common, PayloadType: entry.type }
  const put = (changed: PlistDictionary) => ({ ...own, ...entry.variant?.when, ...changed })
  yield* spotsOf({ keys: entry.keys, ...(entry.others && { others: entry.others }) }, { path: [], put })
}

const judged = (payload: PlistDictionary): readonly Finding[] =>
  validateProfile(
    {
      PayloadType: 'Configuration',
      PayloadVersion: 1,
      PayloadIdentifier: 'se.example.profile',
      PayloadUUID: '6F9619FF-8B86-D011-B42D-00CF4FC964F0',
      PayloadContent: [payload],
    },
    context,
  )

const hows = ['good value', 'wrong type', 'missing required', 'misspelt key', 'impossible value'] as const
type How = (typeof hows)[number]

interface Spoiling {
  readonly how: How
  readonly changed: PlistDictionary
  readonly at: Spot['path']
  /** One of these must be found there; none: nothing that is wrong in itself may be. */
  readonly codes: readonly string[]
}

function* spoilings({ name, key, beside, within, path }: Spot): Generator<Spoiling> {
  const { [name]: own, ...others } = within
  const good = own ?? goodFor(key)
  yield { how: 'good value', changed: { ...within, [name]: good }, at: path, codes: [] }
  if (key.required === true) yield { how: 'missing required', changed: others, at: path, codes: ['missing'] }
  if (beside !== undefined) {
    const wrong = misspelt(name, beside)
    const at = [...path.slice(0, -1), wrong]
    yield { how: 'misspelt key', changed: { ...others, [wrong]: good }, at, codes: ['unknown-key'] }
  }
  for (const { how, value, at, codes } of spoiltValues(key, path))
    yield { how, changed: { ...within, [name]: value }, at, codes }
}

/** Wrong values of a key, and of the items of a list. */
function* spoiltValues(
  key: CatalogueKey,
  at: Spot['path'],
): Generator<Omit<Spoiling, 'changed'> & { readonly value: PlistValue }> {
  if (key.kind !== 'any')
    yield { how: 'wrong type', value: ofAnotherKind(goodFor(key)), at, codes: ['wrong-type'] }
  const impossible = impossibleFor(key)
  if (impossible !== undefined) yield { how: 'impossible value', value: impossible, at, codes: wrongValues }
  if (key.of === undefined) return
  for (const item of spoiltValues(key.of, [...at, 0])) yield { ...item, value: [item.value] }
}

const wrongValues = ['wrong-form', 'out-of-range', 'not-allowed', 'wrong-count']

/** Wrong in itself, whatever stands beside it. */
const inItself = ['wrong-type', 'missing', 'unknown-key', ...wrongValues]

/** What no check of the key can catch, and why. */
const exceptions: Readonly<Record<string, string>> = Object.fromEntries(
  ['missing required', 'impossible value'].map(how => [
    `${how}: com.apple.extensiblesso kerberos PayloadContent.0.ExtensionIdentifier`,
    'By it the two payloads of this type are told apart: with another value it is the other payload, which is judged as that.',
  ]),
)

test('every key of every payload is missed when it must be there, and its spoilt values and names are caught', t => {
  const made = Object.fromEntries(hows.map(how => [how, 0])) as Record<How, number>
  const slipped: string[] = []
  let [keys, named] = [0, 0]
  for (const entry of [commonKeys, ...catalogue]) {
    const called = [entry.type, entry.variant?.name].filter(Boolean).join(' ')
    for (const spot of spotsOfPayload(entry)) {
      keys += 1
      for (const { how, changed, at, codes } of spoilings(spot)) {
        made[how] += 1
        const place = placeText({ payload: 0, path: at })
        const there = judged(spot.put(changed)).filter(each => placeText(each.place) === place)
        const isFound = there.some(({ code }) => (codes.length === 0 ? inItself : codes).includes(code))
        if (isFound !== codes.length > 0) slipped.push(`${how}: ${called} ${place}`)
        if (how === 'misspelt key' && there.some(({ suggestion }) => suggestion === spot.name)) named += 1
      }
    }
  }
  const missed = (how: How) => slipped.filter(each => each.startsWith(how)).length
  t.log(`${catalogue.length} payloads, ${keys} keys`)
  t.log(`good value: ${made['good value'] - missed('good value')} of ${made['good value']} taken`)
  for (const how of hows.slice(1)) t.log(`${how}: ${made[how] - missed(how)} of ${made[how]} caught`)
  t.log(`misspelt key: the right one named in ${named} of ${made['misspelt key']}`)
  for (const [spoilt, why] of Object.entries(exceptions)) t.log(`not caught: ${spoilt}: ${why}`)
  t.deepEqual(slipped.toSorted(), Object.keys(exceptions).toSorted())
  t.true(keys > 850 && made['wrong type'] > 850 && made['impossible value'] > 200)
  t.true(named >= made['misspelt key'] - 6, 'a name that lies as near another may be taken for that')
})
