import { type IpadFacts } from '../../profiles/catalogue/availability.ts'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { maskSecrets } from '../../profiles/secrets.ts'
import { type Finding } from '../../profiles/validation/finding.ts'
import { type VariableValues } from '../../profiles/variables.ts'
import { type Audit } from '../audit/audit.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { accountOf, type Actor } from '../staff/actor.ts'
import {
  checkDraftVersion,
  draftAlone,
  draftContent,
  emptyProfile,
  mustBeginWith,
  type ProfileDraft,
  type WholeDraft,
} from './draft.ts'
import { createDraftWriting, type DraftWritingDeps, type Seen } from './draft-writing.ts'
import { type Fleet } from './fleet.ts'
import { type Judge } from './judging.ts'
import { mustFindProfile, mustFindVersion } from './known-profiles.ts'
import { editedBytes, openFile } from './profile-content.ts'
import { identifierTaken, onceEach, type ProfileVersion } from './profile.ts'
import { type ProfileStore } from './profile-store.ts'
import { type Profiles } from './profiles.ts'

export interface DraftsDeps extends DraftWritingDeps {
  readonly versions: Pick<ProfileStore, 'find' | 'findVersion' | 'withIdentifier'>
  readonly profiles: Pick<Profiles, 'create' | 'save'>
  readonly fleet: Pick<Fleet, 'ipads' | 'example'>
  readonly organisations: Pick<Organisations, 'get'>
  readonly judge: Judge
  readonly audit: Audit
  readonly transaction: Transaction
}

export type Drafts = ReturnType<typeof createDrafts>

/** A draft as its editor sees it. */
export interface OpenDraft {
  readonly draft: ProfileDraft
  /** Secrets masked. */
  readonly profile: PlistDictionary
  readonly findings: readonly Finding[]
  readonly ipads: readonly IpadFacts[]
  /** The newest version of its profile, where it was saved after the one that the draft was made from. */
  readonly overtakenBy?: number
}

/** Drafts of profiles: begun, changed part by part, and saved as a version. */
export function createDrafts(deps: DraftsDeps) {
  const { drafts, versions, profiles, fleet, organisations, judge } = deps
  const { audit, transaction, clock, newId } = deps
  const newUuid = () => newId().toUpperCase()

  /** @throws {DomainError} not-found `draft-unknown` */
  async function find(actor: Actor, id: string): Promise<WholeDraft> {
    const found = await drafts.find(actor.organisationId, id)
    if (found === undefined)
      throw new DomainError(
        'not-found',
        'draft-unknown',
        'There is no such draft. Perhaps it has been saved as a version.',
      )
    return found
  }

  /** Number of the newest version of the profile that the draft is of; undefined for a new profile. */
  const latestOf = async ({ organisationId, of }: ProfileDraft): Promise<number | undefined> =>
    of && (await versions.find(organisationId, of.profileId))?.latest

  async function start(
    actor: Actor,
    begun: Pick<ProfileDraft, 'id' | 'name' | 'of' | 'writtenBy'>,
    profile: PlistDictionary,
  ): Promise<ProfileDraft> {
    const now = clock.now()
    const whole: WholeDraft = {
      ...begun,
      organisationId: actor.organisationId,
      version: 1,
      startedAt: now,
      changedAt: now,
      changedBy: accountOf(actor),
      bytes: editedBytes(profile, now),
    }
    await transaction(async () => {
      await drafts.insert(whole)
      await audit.record(actor, {
        action: 'profiles.draft-begin',
        on: { kind: 'profile', id: whole.id },
        ...(begun.of && { after: { number: begun.of.number } }),
      })
    })
    return draftAlone(whole)
  }

  /** Within a transaction. @throws {DomainError} conflict `draft-stale` when it was changed since, or is gone */
  async function removeAt(whole: WholeDraft, version: number): Promise<void> {
    if (!(await drafts.remove(whole, version))) checkDraftVersion({ ...whole, version: -1 }, version)
  }

  return {
    ...createDraftWriting(deps, find),

    /** The last changed first. */
    list: (actor: Actor): Promise<ProfileDraft[]> => drafts.all(actor.organisationId),

    /**
     * The draft with what is found in it on the organisation's iPads.
     * @throws {DomainError} not-found `draft-unknown`
     */
    async open(actor: Actor, id: string): Promise<OpenDraft> {
      const whole = await find(actor, id)
      const profile = draftContent(whole)
      const ipads = await fleet.ipads(actor)
      const findings = await judge(actor, profile)
      const latest = await latestOf(whole)
      const isOvertaken = latest !== undefined && latest !== whole.of?.number
      return {
        draft: draftAlone(whole),
        profile: maskSecrets(profile),
        findings,
        ipads,
        ...(isOvertaken && { overtakenBy: latest }),
      }
    },

    /** What variables stand for on one of the organisation's iPads. */
    example: (actor: Actor): Promise<VariableValues | undefined> => fleet.example(actor),

    /** A draft of a new profile without parts. @throws {DomainError} conflict `identifier-taken` */
    async begin(
      actor: Actor,
      { name, identifier }: { readonly name: string; readonly identifier: string },
    ): Promise<ProfileDraft> {
      const holder = await versions.withIdentifier(actor.organisationId, identifier)
      if (holder) throw identifierTaken(holder.name)
      const { name: organisationName } = await organisations.get(actor)
      const profile = emptyProfile({ name, identifier, organisationName, uuid: newUuid() })
      return start(actor, { id: newId(), name, writtenBy: [accountOf(actor)] }, profile)
    },

    /**
     * The draft of a profile: the one there is, or a new one made from version `number`.
     * @throws {DomainError} not-found `profile-unknown`, `version-unknown`; conflict `draft-exists` when there is one of
     * another version than the one that is named
     */
    async edit(actor: Actor, profileId: string, number?: number): Promise<ProfileDraft> {
      const there = await drafts.find(actor.organisationId, profileId)
      if (there !== undefined) {
        mustBeginWith(there, number)
        return draftAlone(there)
      }
      const profile = await mustFindProfile(versions, actor, profileId)
      const from = await mustFindVersion(versions, actor, { id: profileId, number: number ?? profile.latest })
      const content = openFile(from.bytes, from.savedAt).profile
      const of = { profileId, number: profile.latest, from: from.number }
      return start(actor, { id: profileId, name: profile.name, of, writtenBy: unapproved(from) }, content)
    },

    /**
     * The draft as it is, to be saved after a version that somebody saved meanwhile and that it takes nothing over from.
     * @throws {DomainError} not-found `draft-unknown`; conflict `draft-stale`
     */
    async putOnTop(actor: Actor, id: string, { version }: Seen): Promise<ProfileDraft> {
      const whole = await find(actor, id)
      checkDraftVersion(whole, version)
      const number = await latestOf(whole)
      if (whole.of === undefined || number === undefined || number === whole.of.number)
        return draftAlone(whole)
      const next: WholeDraft = {
        ...whole,
        of: { ...whole.of, number },
        version: version + 1,
        changedAt: clock.now(),
        changedBy: accountOf(actor),
        writtenBy: onceEach([...whole.writtenBy, accountOf(actor)]),
      }
      await transaction(async () => {
        if (!(await drafts.replace(next, version))) checkDraftVersion({ ...whole, version: -1 }, version)
        await audit.record(actor, {
          action: 'profiles.draft-on-top',
          on: { kind: 'profile', id },
          after: { number },
        })
      })
      return draftAlone(next)
    },

    /**
     * The draft saved as a version, after which it is gone.
     * @throws {DomainError} conflict `draft-stale`, `stale`, `identifier-taken`, `identifier-changed`
     */
    async save(
      actor: Actor,
      id: string,
      { version, note }: Seen & { readonly note?: string | undefined },
    ): Promise<{ readonly profileId: string; readonly number: number }> {
      const whole = await find(actor, id)
      checkDraftVersion(whole, version)
      const profile = { ...draftContent(whole), PayloadUUID: newUuid() }
      const content = { from: 'editor', profile } as const
      const saving = { content, note, writers: whole.writtenBy }
      return transaction(async () => {
        await removeAt(whole, version)
        const saved =
          whole.of === undefined ? await profiles.create(actor, { name: whole.name, ...saving }) : undefined
        const number =
          whole.of === undefined
            ? 1
            : (await profiles.save(actor, whole.of.profileId, { basedOn: whole.of.number, ...saving })).number
        return { profileId: saved?.profile.id ?? whole.of?.profileId ?? '', number }
      })
    },

    /** @throws {DomainError} not-found `draft-unknown`; conflict `draft-stale` */
    async discard(actor: Actor, id: string, { version }: Seen): Promise<void> {
      const whole = await find(actor, id)
      checkDraftVersion(whole, version)
      await transaction(async () => {
        await removeAt(whole, version)
        await audit.record(actor, { action: 'profiles.draft-discard', on: { kind: 'profile', id } })
      })
    },
  }
}

/** Who wrote the version, unless somebody else has approved what they wrote. */
const unapproved = ({ approval, writtenBy }: Pick<ProfileVersion, 'approval' | 'writtenBy'>) =>
  approval === undefined ? writtenBy : []
