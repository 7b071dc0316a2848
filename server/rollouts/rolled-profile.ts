import { type X509Certificate } from 'node:crypto'
import { entryFor } from '../../profiles/catalogue/catalogue.ts'
import { inherit, unavailability } from '../../profiles/catalogue/availability.ts'
import { CmsError } from '../../profiles/cms/cms-error.ts'
import { type Signer } from '../../profiles/cms/sign-data.ts'
import { onlyOnesIn } from '../../profiles/only-ones.ts'
import { isDictionary, isList, type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { PlistValueError } from '../../profiles/plist/write-plist.ts'
import { prepareProfile } from '../../profiles/prepare-profile.ts'
import { holdsSecrets } from '../../profiles/secrets.ts'
import { mostSentBytes } from '../../profiles/sent-size.ts'
import { footingOf } from '../../profiles/stranding.ts'
import { isVariable, type VariableValues } from '../../profiles/variables.ts'
import { profilesOf } from '../../mdm/commands/results.ts'
import { type Clock } from '../clock.ts'
import { type Device } from '../devices/device.ts'
import { DomainError } from '../domain-error.ts'
import { type RandomBytes } from '../ids.ts'
import { factsSoFar, ipadFactsOf } from '../profiles/ipad-facts.ts'
import { type Judge } from '../profiles/judging.ts'
import { type ProfileVersion } from '../profiles/profile.ts'
import { markOf } from '../profiles/profile-mark.ts'
import { type Profiles } from '../profiles/profiles.ts'
import { type SendableProfiles } from '../profiles/sendable-profiles.ts'
import { systemActor } from '../staff/actor.ts'
import { type Hindrance } from './placement.ts'
import { type CommandWanted, type RolledContent, type RolledVersion } from './rolled-content.ts'

export interface RolledProfileDeps {
  readonly profiles: Pick<Profiles, 'get' | 'keepOffered'>
  readonly sendable: SendableProfiles
  readonly judge: Judge
  /** Who signs what goes to iPads. */
  readonly signer: (organisationId: string) => Promise<Signer>
  /** The iPad's own certificate, to encrypt for. */
  readonly recipient: (organisationId: string, deviceId: string) => Promise<X509Certificate | undefined>
  readonly clock: Clock
  readonly randomBytes: RandomBytes
}

/** Configuration profiles, as roll-outs bring them: filled in for the iPad, encrypted when need be, signed. */
export function createRolledProfile(deps: RolledProfileDeps): RolledContent {
  const { profiles, sendable, judge, signer, recipient, clock, randomBytes } = deps

  async function ready(
    organisationId: string,
    { version, profile }: { readonly version: ProfileVersion; readonly profile: PlistDictionary },
  ): Promise<RolledVersion> {
    const signedBy = await signer(organisationId)
    // By what counts as a secret today: the version may have been saved when fewer keys did.
    const isEncrypted = holdsSecrets(profile)
    // Without values of the iPad and without secrets everybody gets the same bytes, which are signed once.
    const same = new Map<string, CommandWanted>()
    return {
      number: version.number,
      footing: footingOf(profile),
      onlyOnes: onlyOnesIn(profile),
      markFor: ({ values }) => markOf(version, values),
      hindrance: ({ device, values }) => cannotHave(profile, device) ?? lacks(version, values),
      async unavailableOn(actor, ipads) {
        const facts = ipads.flatMap(device => ipadFactsOf(device) ?? [])
        const findings = await judge(actor, profile, { ipads: facts, told: [] })
        return findings.filter(({ severity }) => severity === 'unavailable')
      },
      async command({ device, values }) {
        const mark = markOf(version, values)
        const known = same.get(mark)
        if (known) return known
        const prepared = prepare(
          { ...profile, PayloadUUID: mark, PayloadDisplayName: shownName(profile, version) },
          {
            values,
            signer: signedBy,
            now: clock.now(),
            randomBytes,
            recipient: isEncrypted ? await recipient(organisationId, device.id) : undefined,
          },
        )
        if ('code' in prepared) return prepared
        if (prepared.bytes.length > mostSentBytes) return { code: 'too-large' }
        const command = {
          requestType: 'InstallProfile',
          parameters: { Payload: Buffer.from(prepared.bytes).toString('base64') },
          ...(prepared.encryptedFor && { madeFor: prepared.encryptedFor }),
        }
        if (!prepared.encryptedFor && version.variables.length === 0) same.set(mark, command)
        return command
      },
    }
  }

  return {
    kind: 'profile',
    requestTypes: ['InstallProfile', 'RemoveProfile'],

    async about(organisationId, id) {
      const { profile, versions } = await profiles.get(systemActor(organisationId), id)
      const newest = versions.find(({ approval }) => approval !== undefined)
      const { name, identifier, retired } = profile
      const since = newest?.approval?.at
      return {
        id,
        name,
        identifier,
        ...(newest && { newestApproved: newest.number }),
        ...(since && { newestSince: since }),
        ...(retired && { isRetired: true }),
      }
    },

    async version(organisationId, id, number) {
      const found = await sendable.open(organisationId, id, number)
      if (found.version.approval === undefined)
        throw new DomainError(
          'conflict',
          'content-not-approved',
          'Only an approved version can be rolled out. Let another person approve it first.',
        )
      return ready(organisationId, found)
    },

    anyVersion: async (organisationId, id, number) =>
      ready(organisationId, await sendable.open(organisationId, id, number)),

    keepOffered: (organisationId, id) => profiles.keepOffered(organisationId, id),
    removal: identifier => ({ requestType: 'RemoveProfile', parameters: { Identifier: identifier } }),
    proof: { requestType: 'ProfileList', parameters: {} },
    seenIn: result =>
      new Map(profilesOf(result).map(({ identifier, uuid }) => [identifier, { mark: uuid.toUpperCase() }])),
    refusalIn: () => undefined,
  }
}

/** The name in the settings of the iPad, with the version, so that whoever holds it can say which it has (R07). */
function shownName(profile: PlistDictionary, { number }: Pick<ProfileVersion, 'number'>): string {
  const { PayloadDisplayName: name, PayloadIdentifier: identifier } = profile
  const own = [name, identifier].find(each => typeof each === 'string' && each.trim() !== '') as string
  return `${own}, version ${number}`
}

type Preparation = Parameters<typeof prepareProfile>[1]

/** The profile as it travels, or why it cannot be made for its iPad. */
export function prepare(profile: PlistDictionary, preparation: Preparation) {
  try {
    const prepared = prepareProfile(profile, preparation)
    if (prepared.outcome === 'ready') return prepared
    if (prepared.outcome === 'missing') return { code: 'value-missing', missing: prepared.missing } as const
  } catch (error) {
    if (error instanceof PlistValueError) return { code: 'unwritable' } as const
    if (!(error instanceof CmsError)) throw error
  }
  return { code: 'no-certificate' } as const
}

function lacks({ variables }: ProfileVersion, values: VariableValues): Hindrance | undefined {
  const missing = variables.filter(isVariable).filter(name => (values[name] ?? '').trim() === '')
  return missing.length > 0 ? { code: 'value-missing', missing } : undefined
}

/**
 * Why this iPad would refuse the profile or a whole part of it; `not-told-yet` when that hangs on whether it is
 * supervised, and it has not said. Of one that has told nothing nothing is said.
 */
function cannotHave(
  profile: PlistDictionary,
  device: Pick<Device, 'information' | 'ownership'>,
): Hindrance | undefined {
  const told = factsSoFar(device)
  if (told === undefined) return undefined
  const content = profile['PayloadContent']
  let isAsked = false
  for (const payload of isList(content) ? content : []) {
    const entry = isDictionary(payload) ? entryFor(payload) : undefined
    if (!entry) continue
    const on = inherit({}, entry)
    const why = unavailability(on, told.facts)
    if (why) return hindranceOf(why)
    isAsked ||= on.supervised === true && told.isSupervised === undefined
  }
  return isAsked ? { code: 'not-told-yet' } : undefined
}

function hindranceOf(why: NonNullable<ReturnType<typeof unavailability>>): Hindrance {
  switch (why.reason) {
    case 'too-old':
      return { code: 'too-old', since: why.since }
    case 'removed':
      return { code: 'removed-by-apple' }
    case 'not-supervised':
      return { code: 'not-supervised' }
    case 'user-enrolment':
      return { code: 'personal-ipad' }
    case 'device-enrolment':
    case 'shared-ipad':
    case 'not-shared-ipad':
      return { code: 'not-for-this-ipad' }
  }
}
