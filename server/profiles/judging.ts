import { type IpadFacts } from '../../profiles/catalogue/availability.ts'
import { entryFor } from '../../profiles/catalogue/catalogue.ts'
import { partsOf, textAt } from '../../profiles/editor/parts.ts'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { type Finding } from '../../profiles/validation/finding.ts'
import { validateProfile } from '../../profiles/validation/validate-profile.ts'
import { type Clock } from '../clock.ts'
import { type Actor } from '../staff/actor.ts'
import { type Fleet } from './fleet.ts'
import { type ProfileStore } from './profile-store.ts'

interface JudgingDeps {
  readonly fleet: Pick<Fleet, 'ipads' | 'installed'>
  readonly profiles: Pick<ProfileStore, 'all' | 'newest'>
  /** Public base address without a trailing slash. */
  readonly publicUrl: string
  readonly clock: Clock
}

/** The iPads that a profile is judged for. */
interface Judged {
  readonly ipads: readonly IpadFacts[]
  /** Identifiers of the profiles that each of them has told of. */
  readonly told: readonly ReadonlySet<string>[]
}

/** What is found in a profile on these iPads; on all that are enrolled when none are named. */
export type Judge = (actor: Actor, profile: PlistDictionary, judged?: Judged) => Promise<readonly Finding[]>

export function createJudge({ fleet, profiles, publicUrl, clock }: JudgingDeps): Judge {
  /** Types that the organisation's other profiles put on iPads, by the identifier of the profile. */
  async function typesByIdentifier(
    { organisationId }: Actor,
    identifier: string,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const newest = await profiles.newest(organisationId)
    const typesOf = new Map(newest.map(({ profileId, types }) => [profileId, types]))
    const others = (await profiles.all(organisationId)).filter(each => each.identifier !== identifier)
    return new Map(others.map(({ id, identifier: other }) => [other, typesOf.get(id) ?? []]))
  }

  async function elsewhere(
    actor: Actor,
    profile: PlistDictionary,
    judged: Judged | undefined,
  ): Promise<ReadonlyMap<string, number>> {
    if (!asksForOthers(profile)) return new Map()
    const identifier = textAt(profile, 'PayloadIdentifier')
    const types = await typesByIdentifier(actor, identifier)
    return typesOn(judged?.told ?? (await fleet.installed(actor)), {
      identifier,
      types,
      isChosen: judged !== undefined,
    })
  }

  return async (actor, profile, judged) => [
    ...validateProfile(profile, {
      ipads: judged?.ipads ?? (await fleet.ipads(actor)),
      serverUrl: publicUrl,
      typesElsewhere: await elsewhere(actor, profile, judged),
      isForAnybody: judged === undefined,
      now: clock.now(),
    }),
    ...(await identitiesIn(profile, clock.now())),
  ]
}

/** The reader of identities is heavy, and few profiles have one. */
async function identitiesIn(profile: PlistDictionary, now: Date): Promise<readonly Finding[]> {
  if (!partsOf(profile).some(part => part['PayloadType'] === 'com.apple.security.pkcs12')) return []
  const { pkcs12Findings } = await import('./pkcs12-findings.ts')
  return pkcs12Findings(profile, now)
}

/** Whether anything in the profile depends on what else is on the iPad; reading that of a fleet takes a while. */
const asksForOthers = (profile: PlistDictionary): boolean =>
  partsOf(profile).some(
    part =>
      entryFor(part)?.several === false ||
      part['forceWiFiToAllowedNetworksOnly'] === true ||
      part['forceWiFiWhitelisting'] === true,
  )

interface Beside {
  readonly identifier: string
  readonly types: ReadonlyMap<string, readonly string[]>
  /** The iPads were named, so the profile is meant for each of them. */
  readonly isChosen: boolean
}

/**
 * On how many iPads each type stands in another profile: of those that were chosen, or that have the profile. When none
 * has it yet nobody knows which it is for, and only what stands on every iPad counts.
 */
export function typesOn(
  told: readonly ReadonlySet<string>[],
  { identifier, types, isChosen }: Beside,
): ReadonlyMap<string, number> {
  const having = told.filter(identifiers => identifiers.has(identifier))
  const among = isChosen || having.length === 0 ? told : having
  const counts = new Map<string, number>()
  for (const identifiers of among)
    for (const type of new Set([...identifiers].flatMap(each => types.get(each) ?? [])))
      counts.set(type, (counts.get(type) ?? 0) + 1)
  if (isChosen || having.length > 0) return counts
  return new Map([...counts].filter(([, count]) => count === among.length))
}
