import { type Finding, isRefused } from '../../profiles/validation/finding.ts'
import { DomainError } from '../domain-error.ts'
import { superseded, type Decision, type SecurityPolicy } from '../policies/policy.ts'
import { accountOf, answerableId, type Actor } from '../staff/actor.ts'

/** A configuration profile of the organisation; what it says stands in its versions. */
export interface Profile {
  readonly id: string
  readonly organisationId: string
  /** As staff call it. */
  readonly name: string
  /** PayloadIdentifier: by it an iPad knows which profile a new version replaces, so it never changes. */
  readonly identifier: string
  /** Number of the newest version. */
  readonly latest: number
  /** Since it was retired, and by whom: it is offered nowhere, until somebody takes it back. */
  readonly retired?: { readonly at: Date; readonly by: Person }
}

/** An account, and what it was called then. */
export interface Person {
  readonly id: string
  readonly name: string
}

/** One wording of a profile. Never changed; only its approval is added, once. */
export interface ProfileVersion {
  readonly id: string
  readonly organisationId: string
  readonly profileId: string
  /** 1, 2, 3 … in the profile. */
  readonly number: number
  readonly origin: 'template' | 'file' | 'editor'
  /** PayloadDisplayName, when there is one. */
  readonly displayName?: string
  /** Payload types in it, in order, once each. */
  readonly types: readonly string[]
  /** Of types that stand for several things: which of them, as the catalogue calls it. */
  readonly variants?: readonly string[]
  /** Variables it needs of a person or iPad. */
  readonly variables: readonly string[]
  readonly hasSecrets: boolean
  /** SHA-256 of the bytes as they came or were written, hex. */
  readonly sha256: string
  readonly size: number
  /** Of a signed file: who had signed it. */
  readonly signer?: string
  /** What was found when it was saved. */
  readonly findings: readonly Finding[]
  readonly note?: string
  readonly savedAt: Date
  readonly savedBy: Person
  /** Everybody who had a hand in it since the last approved version, once each; none of them approves it. */
  readonly writtenBy: readonly Person[]
  readonly approval?: ProfileApproval
}

/** Somebody else's yes, under a version of the security policy (R10). */
export interface ProfileApproval extends Decision {
  readonly policyId: string
  readonly policyNumber: number
}

/** Whether the account had a hand in the version. */
export const isWriter = (
  { savedBy, writtenBy }: Pick<ProfileVersion, 'savedBy' | 'writtenBy'>,
  accountId: string,
) => [savedBy, ...writtenBy].some(({ id }) => id === accountId)

/** The people once each, in the order they come in. */
export const onceEach = (people: readonly Person[]): Person[] => [
  ...new Map(people.map(person => [person.id, person])).values(),
]

/**
 * The approval of `version` by `actor` under `policy`.
 * @throws {DomainError} conflict `version-approved`, `profile-refused` with what is found now, `policy-draft`,
 * `policy-superseded`; forbidden `own-version`
 */
export function approvalOf(
  version: ProfileVersion,
  {
    policy,
    inForce,
    findings,
  }: {
    readonly policy: SecurityPolicy
    /** Number of the newest approved policy. */
    readonly inForce: number | undefined
    readonly findings: readonly Finding[]
  },
  actor: Actor,
  now: Date,
): ProfileApproval {
  if (version.approval !== undefined)
    throw new DomainError('conflict', 'version-approved', 'This version has already been approved.')
  if (isWriter(version, answerableId(actor)))
    throw new DomainError(
      'forbidden',
      'own-version',
      'Another person must approve what you have written or saved.',
    )
  if (policy.approval === undefined)
    throw new DomainError(
      'conflict',
      'policy-draft',
      'The security policy is only a draft; approve it first.',
    )
  if (policy.number !== inForce) throw superseded()
  if (isRefused(findings))
    throw new DomainError(
      'conflict',
      'profile-refused',
      'The profile has errors that would harm iPads. Correct them first.',
    )
  return {
    policyId: policy.id,
    policyNumber: policy.number,
    at: now,
    by: accountOf(actor),
  }
}

/**
 * The refusal of an identifier that a profile has already: conflict `identifier-taken`.
 * @param name of that profile; unknown when it came in the same moment
 */
export function identifierTaken(name?: string): DomainError {
  const message = 'Another profile has this identifier. On an iPad one would replace the other.'
  const field = { path: '', code: 'identifier-taken', message }
  const fields = name === undefined ? [] : [{ ...field, values: { name } }]
  return new DomainError('conflict', 'identifier-taken', message, fields)
}

/** @throws {DomainError} conflict `stale` when the profile has a newer version than the one that was edited */
export function nextNumber(profile: Profile, basedOn: number): number {
  if (profile.latest !== basedOn)
    throw new DomainError('conflict', 'stale', 'Somebody saved a version meanwhile. Look at it first.')
  return profile.latest + 1
}

/**
 * Letter by letter, as iPads compare them.
 * @throws {DomainError} conflict `identifier-changed`: iPads would keep the old profile beside the new one
 */
export function checkIdentifier(profile: Profile, identifier: string): void {
  if (identifier === profile.identifier) return
  throw new DomainError(
    'conflict',
    'identifier-changed',
    `The identifier must stay ${profile.identifier}, or iPads keep the old profile as well as the new one.`,
  )
}

/** @throws {DomainError} conflict `profile-retired` */
export function mustBeOffered({ retired }: Pick<Profile, 'retired'>): void {
  if (!retired) return
  throw new DomainError(
    'conflict',
    'profile-retired',
    'This profile is retired. First bring it back into use.',
  )
}
