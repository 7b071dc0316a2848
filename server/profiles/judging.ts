import { type IpadFacts } from '../../profiles/catalogue/availability.ts'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { type Finding } from '../../profiles/validation/finding.ts'
import { validateProfile } from '../../profiles/validation/validate-profile.ts'
import { type Clock } from '../clock.ts'
import { type Actor } from '../staff/actor.ts'
import { type Fleet } from './fleet.ts'

export interface JudgingDeps {
  readonly fleet: Pick<Fleet, 'ipads'>
  /** Public base address without a trailing slash. */
  readonly publicUrl: string
  readonly clock: Clock
}

/** What is found in a profile on these iPads; on all that are enrolled when none are named. */
export type Judge = (
  actor: Actor,
  profile: PlistDictionary,
  ipads?: readonly IpadFacts[],
) => Promise<readonly Finding[]>

export function createJudge({ fleet, publicUrl, clock }: JudgingDeps): Judge {
  return async (actor, profile, ipads) =>
    validateProfile(profile, {
      ipads: ipads ?? (await fleet.ipads(actor)),
      serverUrl: publicUrl,
      typesElsewhere: new Set(),
      now: clock.now(),
    })
}
