import { entryFor, payloadTypes } from '../catalogue/catalogue.ts'
import { inherit, type IpadFacts } from '../catalogue/availability.ts'
import { item } from '../catalogue/notation.ts'
import { everyPayload, topLevel } from '../catalogue/top-level.ts'
import {
  isDictionary,
  isList,
  withNumbers,
  type PlistDictionary,
  type PlistValue,
} from '../plist/plist-value.ts'
import { checkAvailability, checkDeprecation, kindsOfIpads, type IpadKind } from './check-availability.ts'
import { checkContent } from './check-content.ts'
import { checkKeys } from './check-keys.ts'
import { checkMasks } from './check-masks.ts'
import { checkConditions } from './conditions.ts'
import { checkConflicts } from './conflicts.ts'
import { checkCrossRules, type NumberedPayload } from './cross-rules.ts'
import { checkDangers } from './dangers.ts'
import { checkSize } from './check-size.ts'
import { type Finding } from './finding.ts'
import { Findings } from './findings.ts'
import { nearestName } from './nearest-name.ts'
import { checkSayings } from './said-in-prose.ts'

export interface ValidationContext {
  /** The iPads that the profile is meant for; none: availability is not judged. */
  readonly ipads: readonly IpadFacts[]
  /** Public base address of our server, without a trailing slash. */
  readonly serverUrl: string
  /** Payload types that other profiles put on the same iPads, and on how many of them. */
  readonly typesElsewhere: ReadonlyMap<string, number>
  /** Nobody has said yet which iPads get it: what another profile has there is told, and does not refuse it. */
  readonly isForAnybody?: boolean
  readonly now: Date
}

/**
 * Everything that is wrong, unavailable or doubtful in a profile, in the order of the profile. Nothing is thrown for
 * any value that a property list can hold. Judged: kinds, presence, ranges and forms of the keys (catalogue), what
 * Apple says in prose (conditions, conflicts), what must hold between payloads, and what would strand an iPad.
 */
export function validateProfile(given: PlistValue, context: ValidationContext): readonly Finding[] {
  const findings = new Findings()
  // How large a number is counts, not whether it is written as a real.
  const profile = withNumbers(given)
  if (!isDictionary(profile)) {
    findings.error('not-a-profile', { path: [] }, [
      'Detta är inte en konfigurationsprofil.',
      'This is not a configuration profile.',
    ])
    return findings.all()
  }
  const kinds = kindsOfIpads(context.ipads)
  const ground = { around: inherit({}, topLevel), kinds, total: context.ipads.length, findings }
  checkTopLevel(profile, ground)
  const payloads = payloadsOf(profile, findings)
  for (const { index, payload } of payloads) {
    if (findings.isFull) break
    checkPayload(payload, index, { ...ground, now: context.now })
  }
  checkMasks(profile, { path: [] }, findings)
  const { typesElsewhere, ipads, isForAnybody = false } = context
  checkCrossRules(profile, payloads, { types: typesElsewhere, of: ipads.length, isForAnybody }, findings)
  // One iPad without another network is one that is lost.
  const withNetwork = typesElsewhere.get('com.apple.wifi.managed') ?? 0
  const networksElsewhere = withNetwork > 0 && withNetwork >= ipads.length
  const { serverUrl, now } = context
  checkDangers(profile, payloads, { serverUrl, networksElsewhere, now }, findings)
  checkSize(profile, findings)
  return findings.all()
}

interface Ground {
  readonly around: ReturnType<typeof inherit>
  readonly kinds: readonly IpadKind[]
  readonly total: number
  readonly findings: Findings
}

function checkTopLevel(profile: PlistDictionary, ground: Ground): void {
  const encrypted = profile['IsEncrypted'] === true
  const { PayloadContent: content, ...others } = topLevel.keys
  // What is in the payloads is checked by their own entries.
  const keys =
    encrypted || content === undefined
      ? others
      : { ...others, PayloadContent: { ...content, of: item('dictionary') } }
  checkKeys(profile, { keys }, { ...ground, place: { path: [] } })
  checkConditions(profile, { path: [] }, ground.findings)
  if (encrypted)
    ground.findings.warning('encrypted', { path: ['EncryptedPayloadContent'] }, [
      'Profilen är krypterad för en viss iPad; innehållet kan inte kontrolleras.',
      'The profile is encrypted for one particular iPad; its content cannot be checked.',
    ])
}

/** The payloads that are dictionaries; anything else there has its own finding. */
function payloadsOf(profile: PlistDictionary, findings: Findings): NumberedPayload[] {
  const content = profile['PayloadContent']
  if (!isList(content)) return []
  if (content.length === 0)
    findings.warning('missing', { path: ['PayloadContent'] }, [
      'Profilen har inga delar.',
      'The profile has no parts.',
    ])
  return content.flatMap((payload, index) => (isDictionary(payload) ? [{ index, payload }] : []))
}

function checkPayload(
  payload: PlistDictionary,
  index: number,
  ground: Ground & { readonly now: Date },
): void {
  const { findings } = ground
  const place = { payload: index, path: [] }
  const entry = entryFor(payload)
  if (entry === undefined) {
    checkKeys(payload, { keys: everyPayload.keys, others: item('any') }, { ...ground, place })
    reportMisspeltType(payload, index, findings)
    if (typeof payload['PayloadType'] === 'string') reportUnknownType(payload['PayloadType'], index, findings)
    return
  }
  const on = inherit({}, entry)
  const kinds = checkAvailability({ name: entry.title, on, place }, ground.kinds, ground.total, findings)
  if (entry.deprecated !== undefined)
    checkDeprecation({ name: entry.title, on, place }, ground.kinds, findings)
  const keys = { ...everyPayload.keys, ...entry.keys }
  checkKeys(payload, { keys, others: entry.others }, { ...ground, kinds, around: on, place })
  checkConditions(payload, place, findings)
  checkSayings(payload, place, { ...ground, kinds })
  checkConflicts(payload, place, findings)
  checkContent(payload, place, ground.now, findings)
}

/** Without a type nothing is known of the keys, but the type itself may only be misspelt. */
function reportMisspeltType(payload: PlistDictionary, index: number, findings: Findings): void {
  if (Object.hasOwn(payload, 'PayloadType')) return
  const others = Object.keys(payload).filter(name => !Object.hasOwn(everyPayload.keys, name))
  const meant = nearestName('PayloadType', others)
  if (meant === undefined) return
  findings.warning(
    'unknown-key',
    { payload: index, path: [meant] },
    [`Menar du PayloadType i stället för ${meant}?`, `Did you mean PayloadType instead of ${meant}?`],
    { suggestion: 'PayloadType' },
  )
}

function reportUnknownType(type: string, index: number, findings: Findings): void {
  const suggestion = nearestName(type, payloadTypes)
  const shown = type.length > 80 ? `${type.slice(0, 80)}…` : type
  findings.warning(
    'unknown-payload',
    { payload: index, path: ['PayloadType'] },
    [
      `${shown} är inte en del som iPads känner till; den skickas med utan kontroll${suggestion === undefined ? '' : `. Menar du ${suggestion}?`}`,
      `${shown} is not a part that iPads know; it is sent unchecked${suggestion === undefined ? '' : `. Did you mean ${suggestion}?`}`,
    ],
    suggestion === undefined ? {} : { suggestion },
  )
}
