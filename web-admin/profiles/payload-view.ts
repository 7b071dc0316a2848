import { entryFor } from '../../profiles/catalogue/catalogue.ts'
import { everyPayload } from '../../profiles/catalogue/top-level.ts'
import { isDictionary, isList, type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { type Finding } from '../../profiles/validation/finding.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { sayIn } from '../language.ts'
import { findingAt, findingView } from './finding-view.ts'
import { inWords, pathWords, valuesIn } from './words.ts'

/** What every payload has, and nobody reads about. */
const wrapping = new Set([
  'PayloadType',
  'PayloadVersion',
  'PayloadUUID',
  'PayloadIdentifier',
  'PayloadContent',
])
const mostRows = 400

/** The payloads of a masked profile in words, each finding at the value it is about, or at the head of its payload. */
export function payloadViews(profile: PlistDictionary, findings: readonly Finding[], language: Language) {
  const content = profile['PayloadContent']
  if (!isList(content)) return []
  return content.map((payload, index) => {
    const own = findings.filter(({ place }) => place.payload === index)
    return payloadView(isDictionary(payload) ? payload : {}, { index, findings: own, language })
  })
}

interface About {
  readonly index: number
  readonly findings: readonly Finding[]
  readonly language: Language
}

function payloadView(payload: PlistDictionary, { index, findings, language }: About) {
  const say = sayIn(language)
  const entry = entryFor(payload)
  const type = payload['PayloadType']
  const name = payload['PayloadDisplayName']
  const shown = Object.entries(payload)
    .filter(([key]) => !wrapping.has(key))
    .flatMap(([key, value]) => valuesIn(value, language, [key]))
  const keys = { ...everyPayload.keys, ...entry?.keys }
  const said = new Set<Finding>()
  const rows = shown.slice(0, mostRows).map(({ path, ...value }) => {
    const here = findings.filter(({ place }) => place.path.join('.') === path.join('.'))
    for (const finding of here) said.add(finding)
    return {
      ...value,
      title: pathWords(keys, path, language),
      key: path.join('.'),
      findings: here.map(finding => findingView(finding, language, say)),
    }
  })
  return {
    id: `payload-${index}`,
    type: typeof type === 'string' ? type : '–',
    title: entry ? inWords(entry.title, language) : say('profile.payload.unknown'),
    name: typeof name === 'string' ? name : '',
    help: entry ? inWords(entry.help, language) : '',
    isOpen: findings.length > 0,
    rows,
    count: say('profile.values', { count: shown.length }),
    cut:
      shown.length > mostRows ? say('profile.values.cut', { count: mostRows, of: shown.length }) : undefined,
    // What is about a key that is missing, or about the payload as a whole.
    findings: findings
      .filter(finding => !said.has(finding))
      .map(each => findingAt(each, pathWords(keys, each.place.path, language), language, say)),
  }
}
