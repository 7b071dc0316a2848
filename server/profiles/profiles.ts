import { ownAccount } from '../approvals/approval.ts'
import { compareProfiles, type Difference } from '../../profiles/compare-profiles.ts'
import { canonicalProfile } from '../../profiles/canonical-profile.ts'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { type Signer } from '../../profiles/cms/sign-data.ts'
import { signProfile } from '../../profiles/sign-profile.ts'
import { holdsSecrets, maskSecrets } from '../../profiles/secrets.ts'
import { type Finding, isRefused } from '../../profiles/validation/finding.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { type Policies } from '../policies/policies.ts'
import { accountOf, type Actor } from '../staff/actor.ts'
import { type MayBeOneOf } from '../staff/opened.ts'
import { type Judge } from './judging.ts'
import { createLargeFiles } from './large-files.ts'
import {
  approvalOf,
  checkIdentifier,
  mustBeOffered,
  nextNumber,
  onceEach,
  type Person,
  type Profile,
  type ProfileVersion,
} from './profile.ts'
import {
  mustBeWritable,
  openFile,
  readContent,
  type ProfileContent,
  type ReadContent,
} from './profile-content.ts'
import { mustFindProfile, mustFindVersion } from './known-profiles.ts'
import { createShelving, type ShelvingDeps } from './shelving.ts'
import { versionAlone, type WholeVersion } from './profile-store.ts'

interface ProfilesDeps extends ShelvingDeps {
  readonly policies: Pick<Policies, 'get' | 'inForce'>
  readonly mayBeOneOf: MayBeOneOf
  readonly judge: Judge
  /** What signs the profiles of an organisation. */
  readonly signerFor: (organisationId: string) => Promise<Signer>
  readonly newId: NewId
}

export type Profiles = ReturnType<typeof createProfiles>

/** How a version is taken out. */
export interface TakingOut {
  /** Why secrets are revealed; without it they are masked. */
  readonly reason?: string | undefined
  readonly signed?: boolean | undefined
}

/** What a version is made of. */
interface Saving {
  readonly content: ProfileContent
  readonly note?: string | undefined
  /** Who wrote it, beside the one who saves it. */
  readonly writers?: readonly Person[]
}

interface Checked {
  readonly findings: readonly Finding[]
  /** Whether it could not be approved as it is. */
  readonly refused: boolean
  readonly variables: readonly string[]
}

/** Profiles and their versions: saved, checked, compared, approved, taken out. */
export function createProfiles(deps: ProfilesDeps) {
  const { profiles, policies, judge, signerFor, audit, transaction, clock, newId } = deps
  const inTurnIfLarge = createLargeFiles()

  /** Whether a writer of the version may be the same person as this actor, at another account. */
  const isOwnAccount = (
    actor: Actor,
    { savedBy, writtenBy }: Pick<ProfileVersion, 'savedBy' | 'writtenBy'>,
  ) =>
    deps.mayBeOneOf(
      actor,
      onceEach([savedBy, ...writtenBy]).map(({ id }) => id),
    )

  const find = (actor: Actor, id: string) => mustFindProfile(profiles, actor, id)
  const whole = (actor: Actor, id: string, number: number) => mustFindVersion(profiles, actor, { id, number })

  /** What a saved version says. Its signature was judged when it came, so it is read as of that day. */
  const openVersion = ({ bytes, savedAt }: WholeVersion): PlistDictionary => openFile(bytes, savedAt).profile

  async function versionOf(
    actor: Actor,
    profile: Profile,
    { bytes, said, profile: content }: ReadContent,
    { note, writers = [] }: Saving,
  ): Promise<WholeVersion> {
    const savedBy = accountOf(actor)
    return {
      ...said,
      id: newId(),
      organisationId: actor.organisationId,
      profileId: profile.id,
      number: profile.latest,
      findings: await judge(actor, content),
      ...(note !== undefined && { note }),
      savedAt: clock.now(),
      savedBy,
      writtenBy: onceEach([...writers, savedBy]),
      bytes,
    }
  }

  async function insert(actor: Actor, version: WholeVersion): Promise<ProfileVersion> {
    await profiles.insertVersion(version)
    const { number, sha256, origin, types } = version
    await audit.record(actor, {
      action: 'profiles.save',
      on: { kind: 'profile', id: version.profileId },
      after: { number, sha256, origin, types },
    })
    return versionAlone(version)
  }

  return {
    ...createShelving(deps),

    /** The profiles on offer with their newest versions, by name; or the retired ones. */
    async list(
      actor: Actor,
      { retired = false }: { readonly retired?: boolean } = {},
    ): Promise<{ profile: Profile; newest: ProfileVersion }[]> {
      const newest = new Map(
        (await profiles.newest(actor.organisationId)).map(each => [each.profileId, each]),
      )
      return (await profiles.all(actor.organisationId)).flatMap(profile => {
        const version = newest.get(profile.id)
        const isAskedFor = (profile.retired !== undefined) === retired
        return version === undefined || !isAskedFor ? [] : [{ profile, newest: version }]
      })
    },

    /** Profiles on offer whose newest approved version cites a policy that another has replaced, by name. */
    async underFormerPolicy(actor: Actor): Promise<{ profile: Profile; version: ProfileVersion }[]> {
      const inForce = await policies.inForce(actor)
      const newest = new Map<string, ProfileVersion>()
      for (const version of await profiles.approved(actor.organisationId)) {
        const known = newest.get(version.profileId)
        if (known === undefined || known.number < version.number) newest.set(version.profileId, version)
      }
      return (await profiles.all(actor.organisationId)).flatMap(profile => {
        const version = newest.get(profile.id)
        const isFormer = version?.approval && version.approval.policyNumber < (inForce?.number ?? 0)
        return version && isFormer && !profile.retired ? [{ profile, version }] : []
      })
    },

    /**
     * A profile with all its versions, newest first.
     * @throws {DomainError} not-found `profile-unknown`
     */
    async get(actor: Actor, id: string): Promise<{ profile: Profile; versions: ProfileVersion[] }> {
      const profile = await find(actor, id)
      return { profile, versions: await profiles.versions(actor.organisationId, id) }
    },

    /**
     * What would be found in this content on the organisation's iPads; nothing is saved.
     * @throws {DomainError} as `readContent`
     */
    check(actor: Actor, content: ProfileContent): Promise<Checked> {
      return inTurnIfLarge(content, async () => {
        const read = readContent(content, clock.now(), newId)
        const findings = await judge(actor, read.profile)
        return { findings, refused: isRefused(findings), variables: read.said.variables }
      })
    },

    /**
     * A new profile with its first version. Faults are kept with it, and stand in the way of its approval.
     * @throws {DomainError} as `readContent`; conflict `identifier-taken`
     */
    create(
      actor: Actor,
      { name, ...saving }: Saving & { readonly name: string },
    ): Promise<{ profile: Profile; version: ProfileVersion }> {
      return inTurnIfLarge(saving.content, async () => {
        const read = readContent(saving.content, clock.now(), newId)
        const profile: Profile = {
          id: newId(),
          organisationId: actor.organisationId,
          name: name.trim(),
          identifier: read.identifier,
          latest: 1,
        }
        const version = await versionOf(actor, profile, read, saving)
        return transaction(async () => {
          await profiles.insert(profile)
          return { profile, version: await insert(actor, version) }
        })
      })
    },

    /**
     * A further version of a profile, made from version `basedOn`.
     * @throws {DomainError} as `readContent`; not-found `profile-unknown`; conflict `stale`, `identifier-changed`,
     * `profile-retired`
     */
    async save(
      actor: Actor,
      id: string,
      { basedOn, ...saving }: Saving & { readonly basedOn: number },
    ): Promise<ProfileVersion> {
      const profile = await find(actor, id)
      mustBeOffered(profile)
      const latest = nextNumber(profile, basedOn)
      return inTurnIfLarge(saving.content, async () => {
        const read = readContent(saving.content, clock.now(), newId)
        checkIdentifier(profile, read.identifier)
        const base = await profiles.findVersion(actor.organisationId, id, basedOn)
        // What nobody has approved yet comes along with those who wrote it, in a file as in a draft.
        const earlier = base && base.approval === undefined ? [...base.writtenBy, base.savedBy] : []
        const writers = [...earlier, ...(saving.writers ?? [])]
        const version = await versionOf(actor, { ...profile, latest }, read, { ...saving, writers })
        return transaction(async () => {
          if (!(await profiles.advance(actor.organisationId, id, basedOn)))
            nextNumber({ ...profile, latest }, basedOn)
          return insert(actor, version)
        })
      })
    },

    /**
     * A version as people may see it: secrets masked.
     * @throws {DomainError} not-found `version-unknown`
     */
    async read(
      actor: Actor,
      id: string,
      number: number,
    ): Promise<{ version: ProfileVersion; profile: PlistDictionary; xml: Uint8Array }> {
      const version = await whole(actor, id, number)
      const profile = maskSecrets(openVersion(version))
      mustBeWritable(profile)
      return { version: versionAlone(version), profile, xml: canonicalProfile(profile) }
    },

    /**
     * The file of a version: the very bytes that were saved when it holds no secrets, or when a reason is given to
     * reveal them; else with the secrets masked. `signed`: what it says, signed by us. Each is logged.
     * @throws {DomainError} not-found `version-unknown`; conflict `signed-without-secrets`
     */
    async takeOut(
      actor: Actor,
      id: string,
      number: number,
      { reason, signed = false }: TakingOut,
    ): Promise<{ bytes: Uint8Array; fileName: string; masked: boolean }> {
      const profile = await find(actor, id)
      const version = await whole(actor, id, number)
      const fileName = `${profile.identifier.replace(/[^A-Za-z0-9.-]/g, '_')}-${number}.mobileconfig`
      // By what is known of secrets today, which may be more than when it was saved.
      const hasSecrets = version.hasSecrets || holdsSecrets(openVersion(version))
      const masked = hasSecrets && reason === undefined
      if (masked && signed) throw signedWithoutSecrets()
      if (masked) mustBeWritable(openVersion(version))
      const bytes = masked
        ? canonicalProfile(maskSecrets(openVersion(version)))
        : signed
          ? openFile(version.bytes, version.savedAt).xml
          : version.bytes
      const signer = signed ? await signerFor(actor.organisationId) : undefined
      await transaction(() =>
        audit.record(actor, {
          action: hasSecrets && !masked ? 'profiles.reveal' : 'profiles.export',
          on: { kind: 'profile', id },
          ...(reason !== undefined && { reason }),
          after: { number, signed },
        }),
      )
      return { bytes: signer ? signProfile(bytes, signer, clock.now()) : bytes, fileName, masked }
    },

    /**
     * What differs between two versions of a profile; secrets are told to differ, not shown.
     * @throws {DomainError} not-found `version-unknown`
     */
    async compare(actor: Actor, id: string, from: number, to: number): Promise<Difference[]> {
      const [before, after] = await Promise.all([whole(actor, id, from), whole(actor, id, to)])
      return compareProfiles(openVersion(before), openVersion(after))
    },

    isOwnAccount,

    /**
     * The version with its approval under the security policy in force, checked anew against today's iPads.
     * @throws {DomainError} not-found `profile-unknown`, `version-unknown`, `policy-unknown`; conflict `profile-retired`,
     * `version-approved`, `profile-refused`, `policy-draft`, `policy-superseded`; forbidden `own-version`,
     * `approval-own-account`
     */
    async approve(actor: Actor, id: string, number: number, policyId: string): Promise<ProfileVersion> {
      mustBeOffered(await find(actor, id))
      const version = await whole(actor, id, number)
      const policy = await policies.get(actor, policyId)
      mustBeWritable(openVersion(version))
      const findings = await judge(actor, openVersion(version))
      const inForce = (await policies.inForce(actor))?.number
      const approval = approvalOf(version, { policy, inForce, findings }, actor, clock.now())
      if (await isOwnAccount(actor, version)) {
        // The attempt itself is worth knowing, although it changed nothing.
        await audit.record(actor, {
          action: 'profiles.own-account-approval-refused',
          on: { kind: 'profile', id },
        })
        throw ownAccount()
      }
      await transaction(async () => {
        if (!(await profiles.approve(actor.organisationId, version.id, approval)))
          throw new DomainError('conflict', 'version-approved', 'This version has already been approved.')
        await audit.record(actor, {
          action: 'profiles.approve',
          on: { kind: 'profile', id },
          after: { number, policyNumber: policy.number, sha256: version.sha256 },
        })
      })
      return versionAlone({ ...version, approval })
    },
  }
}

/** Signed by us it would be trusted, and give every iPad a wrong password. */
function signedWithoutSecrets(): DomainError {
  const message = 'A signed file holds the hidden values too. Say why you need them, or take it unsigned.'
  return new DomainError('conflict', 'signed-without-secrets', message)
}
