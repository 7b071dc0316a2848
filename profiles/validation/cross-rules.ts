import { entryFor } from '../catalogue/catalogue.ts'
import { type CataloguePayload } from '../catalogue/notation.ts'
import { knownValues } from '../catalogue/known-values.ts'
import { type PlistDictionary, type PlistValue } from '../plist/plist-value.ts'
import { checkAppVpns } from './app-vpns.ts'
import { callIt } from './check-value.ts'
import { checkDoubles } from './doubles.ts'
import { type Finding, type Place } from './finding.ts'
import { type Findings } from './findings.ts'
import { checkHomeScreens } from './home-screen-doubles.ts'

/** A payload and its place in the profile. */
export interface NumberedPayload {
  readonly index: number
  readonly payload: PlistDictionary
}

export const identities: ReadonlySet<string> = new Set([
  'com.apple.security.pkcs12',
  'com.apple.security.scep',
  'com.apple.security.acme',
  'com.apple.ADCertificate.managed',
])
export const certificates: ReadonlySet<string> = new Set([
  ...identities,
  'com.apple.security.root',
  'com.apple.security.pkcs1',
  'com.apple.security.pem',
])

/** What other profiles put on the same iPads: types, and on how many of them. */
interface Elsewhere {
  readonly types: ReadonlyMap<string, number>
  readonly of: number
  /** It is not certain that the profile comes to these iPads. */
  readonly isForAnybody: boolean
}

/** What holds between the payloads of a profile, and with those of other profiles on the same iPads. */
export function checkCrossRules(
  profile: PlistDictionary,
  payloads: readonly NumberedPayload[],
  elsewhere: Elsewhere,
  findings: Findings,
): void {
  checkUnique(profile, payloads, findings)
  checkOnlyOne(payloads, elsewhere, findings)
  const typeOf = new Map(
    payloads.map(({ payload }) => [upper(payload['PayloadUUID']), payload['PayloadType']]),
  )
  for (const { index, payload } of payloads) checkReferences(payload, index, typeOf, findings)
  checkAppVpns(payloads, findings)
  checkDoubles(payloads, findings)
  checkHomeScreens(payloads, findings)
  checkRemovalPassword(profile, payloads, findings)
}

/** UUIDs are the same whatever the case of their letters. */
const upper = (value: PlistValue | undefined): string =>
  typeof value === 'string' ? value.toUpperCase() : ''

function checkUnique(
  profile: PlistDictionary,
  payloads: readonly NumberedPayload[],
  findings: Findings,
): void {
  const uuids = new Set([upper(profile['PayloadUUID'])])
  const identifiers = new Set<string>()
  for (const { index, payload } of payloads) {
    const uuid = upper(payload['PayloadUUID'])
    if (uuid !== '' && uuids.has(uuid))
      findings.error('same-uuid', { payload: index, path: ['PayloadUUID'] }, [
        'UUID används redan i profilen; varje del måste ha en egen.',
        'The UUID is already used in the profile; each part must have its own.',
      ])
    uuids.add(uuid)
    const identifier = payload['PayloadIdentifier']
    if (typeof identifier !== 'string') continue
    if (identifiers.has(identifier))
      findings.error('same-identifier', { payload: index, path: ['PayloadIdentifier'] }, [
        'Två delar har samma identifierare; iPaden blandar då ihop dem när profilen byts.',
        'Two parts have the same identifier; the iPad then confuses them when the profile is replaced.',
      ])
    identifiers.add(identifier)
  }
}

function checkOnlyOne(
  payloads: readonly NumberedPayload[],
  { types, of, isForAnybody }: Elsewhere,
  findings: Findings,
): void {
  const seen = new Set<string>()
  for (const { index, payload } of payloads) {
    const entry = entryFor(payload)
    if (entry === undefined || entry.several) continue
    const place = { payload: index, path: [] }
    if (seen.has(entry.type))
      findings.error('only-one', place, [
        `${entry.title[0]} får bara finnas en gång på en iPad, men finns flera gånger i profilen.`,
        `${entry.title[1]} may exist only once on an iPad, but appears several times in the profile.`,
      ])
    else {
      const severity = isForAnybody ? 'warning' : 'error'
      reportElsewhere(entry, { severity, affected: types.get(entry.type) ?? 0, of }, place, findings)
    }
    seen.add(entry.type)
  }
}

function reportElsewhere(
  { title }: CataloguePayload,
  { severity, affected, of }: NonNullable<Finding['ipads']> & { readonly severity: 'error' | 'warning' },
  place: Place,
  findings: Findings,
): void {
  if (affected === 0) return
  findings[severity](
    'only-one',
    place,
    [
      `${title[0]} får bara finnas en gång på en iPad och finns redan i en annan profil på ${affected} av ${of} iPads.`,
      `${title[1]} may exist only once on an iPad and is already in another profile on ${affected} of ${of} iPads.`,
    ],
    { ipads: { affected, of } },
  )
}

function checkReferences(
  payload: PlistDictionary,
  index: number,
  typeOf: ReadonlyMap<string, PlistValue | undefined>,
  findings: Findings,
): void {
  const entry = entryFor(payload)
  if (entry === undefined) return
  for (const { key, value, path } of knownValues(payload, entry)) {
    if (key.refersTo === undefined || typeof value !== 'string') continue
    const wanted = key.refersTo === 'identity' ? identities : certificates
    const type = typeOf.get(upper(value))
    if (typeof type === 'string' && wanted.has(type)) continue
    const place = { payload: index, path }
    const [sv, en] = callIt(key, place)
    findings.error(
      'no-such-payload',
      place,
      type === undefined
        ? [
            `${sv} pekar på en del som inte finns i profilen.`,
            `${en} points to a part that is not in the profile.`,
          ]
        : [
            `${sv} pekar på en del som inte är ${key.refersTo === 'identity' ? 'ett certifikat med nyckel' : 'ett certifikat'}.`,
            `${en} points to a part that is not ${key.refersTo === 'identity' ? 'a certificate with a key' : 'a certificate'}.`,
          ],
    )
  }
}

function checkRemovalPassword(
  profile: PlistDictionary,
  payloads: readonly NumberedPayload[],
  findings: Findings,
): void {
  const has = payloads.some(({ payload }) => payload['PayloadType'] === 'com.apple.profileRemovalPassword')
  if (profile['HasRemovalPasscode'] !== true || has) return
  findings.error('missing-here', { path: ['HasRemovalPasscode'] }, [
    'Profilen ska ha ett lösenord för borttagning, men ingen del anger det.',
    'The profile should have a removal password, but no part sets it.',
  ])
}
