import { catalogue } from '../../profiles/catalogue/catalogue.ts'
import { topLevel } from '../../profiles/catalogue/top-level.ts'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type ProfileVersion } from '../../server/profiles/profile.ts'
import { dayAndTime } from '../dates.ts'
import { sayIn } from '../language.ts'
import { approvalBadge, findingAt, findingCounts } from './finding-view.ts'
import { payloadViews } from './payload-view.ts'
import { inWords, pathWords } from './words.ts'

/** What is in a version, in words. */
export function contentsOf(
  { types, variants }: Pick<ProfileVersion, 'types' | 'variants'>,
  language: Language,
): string {
  return types.flatMap(type => titlesOf(type, variants, language)).join(', ')
}

/** What a type is called; of one that stands for several things, those that are in the profile. */
function titlesOf(type: string, variants: readonly string[] | undefined, language: Language): string[] {
  const entries = catalogue.filter(each => each.type === type)
  const named = entries.filter(({ variant }) => variant !== undefined && variants?.includes(variant.name))
  const chosen = named.length > 0 ? named : entries.slice(-1)
  return chosen.length > 0 ? chosen.map(({ title }) => inWords(title, language)) : [type]
}

/** A version as a row beside the one that is shown. */
export function versionRow(
  version: ProfileVersion,
  { shown, language }: { readonly shown: number; readonly language: Language },
) {
  const say = sayIn(language)
  return {
    href: `/profiles/${version.profileId}/versions/${version.number}`,
    text: say('profile.version', { number: version.number }),
    isShown: version.number === shown,
    saved: say('profile.saved-by', {
      when: dayAndTime(version.savedAt, language),
      name: version.savedBy.name,
    }),
    note: version.note,
    approval: approvalBadge(version, say),
    approvedBy:
      version.approval &&
      say('profile.approved-under', {
        name: version.approval.by.name,
        number: version.approval.policyNumber,
      }),
  }
}

interface ReadVersion {
  readonly version: ProfileVersion
  /** With its secrets masked, as the XML too. */
  readonly profile: PlistDictionary
  readonly xml: Uint8Array
}

/** The version in words: what is in it, what was found, where it came from. */
export function versionView({ version, profile, xml }: ReadVersion, language: Language) {
  const say = sayIn(language)
  const { approval, findings } = version
  return {
    number: say('profile.version', { number: version.number }),
    approval: approvalBadge(version, say),
    approvedBy:
      approval &&
      say('profile.approved-by', {
        when: dayAndTime(approval.at, language),
        name: approval.by.name,
        number: approval.policyNumber,
      }),
    origin: say(`profile.origin.${version.origin}`),
    signer: version.signer?.replaceAll('\n', ', '),
    variables: version.variables.map(name => `{{${name}}}`).join(', '),
    size: say('profile.bytes', { count: version.size }),
    sha256: version.sha256,
    hasSecrets: version.hasSecrets,
    counts: findingCounts(findings, say),
    // Those about a payload stand at it.
    findings: findings
      .filter(({ place }) => place.payload === undefined)
      .map(each => findingAt(each, pathWords(topLevel.keys, each.place.path, language), language, say)),
    payloads: payloadViews(profile, findings, language),
    xml: Buffer.from(xml).toString('utf8'),
  }
}
