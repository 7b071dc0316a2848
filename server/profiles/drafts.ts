import { catalogue } from '../../profiles/catalogue/catalogue.ts'
import { type IpadFacts } from '../../profiles/catalogue/availability.ts'
import { keepSecretsOfProfile } from '../../profiles/editor/keep-secrets.ts'
import {
  describedPart,
  newPart,
  partsOf,
  readPart,
  readProfile,
  withParts,
} from '../../profiles/editor/parts.ts'
import { type FieldFault, type SentFields } from '../../profiles/editor/read-fields.ts'
import { withRows, type RowDeed } from '../../profiles/editor/rows.ts'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { maskSecrets } from '../../profiles/secrets.ts'
import { type Finding } from '../../profiles/validation/finding.ts'
import { type VariableValues } from '../../profiles/variables.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { answerableId, type Actor } from '../staff/actor.ts'
import {
  checkDraftVersion,
  draftAlone,
  emptyProfile,
  mustBeginWith,
  type ProfileDraft,
  type WholeDraft,
} from './draft.ts'
import { type DraftStore } from './draft-store.ts'
import { type Fleet } from './fleet.ts'
import { type Judge } from './judging.ts'
import { moments } from './moments.ts'
import { mustFindProfile, mustFindVersion } from './known-profiles.ts'
import { editedBytes, openFile } from './profile-content.ts'
import { identifierTaken, onceEach, type ProfileVersion } from './profile.ts'
import { type ProfileStore } from './profile-store.ts'
import { type Profiles } from './profiles.ts'

export interface DraftsDeps {
  readonly drafts: DraftStore
  readonly versions: Pick<ProfileStore, 'find' | 'findVersion' | 'withIdentifier'>
  readonly profiles: Pick<Profiles, 'create' | 'save'>
  readonly fleet: Pick<Fleet, 'ipads' | 'example'>
  readonly organisations: Pick<Organisations, 'get'>
  readonly judge: Judge
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
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

export interface Written {
  readonly draft: ProfileDraft
  /** Pieces that could not be read; the rest is saved. */
  readonly faults: readonly FieldFault[]
}

/** Which version of the draft somebody saw when they changed it. */
interface Seen {
  readonly version: number
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

  // It was ours to write, so no signature can have expired.
  const contentOf = ({ bytes, changedAt }: WholeDraft): PlistDictionary => openFile(bytes, changedAt).profile

  const by = (actor: Actor) => ({ id: answerableId(actor), name: actor.name })

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
      changedBy: by(actor),
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

  /** Changes the content of the draft that somebody saw at a version. */
  async function change(
    actor: Actor,
    id: string,
    { version }: Seen,
    to: (profile: PlistDictionary) => { profile: PlistDictionary; faults?: readonly FieldFault[] },
  ): Promise<Written> {
    const whole = await find(actor, id)
    checkDraftVersion(whole, version)
    const now = clock.now()
    const { profile, faults = [] } = to(contentOf(whole))
    const next: WholeDraft = {
      ...whole,
      version: version + 1,
      changedAt: now,
      changedBy: by(actor),
      writtenBy: onceEach([...whole.writtenBy, by(actor)]),
      bytes: editedBytes(profile, now),
    }
    if (!(await drafts.replace(next, version))) checkDraftVersion({ ...whole, version: -1 }, version)
    return { draft: draftAlone(next), faults }
  }

  /** Within a transaction. @throws {DomainError} conflict `draft-stale` when it was changed since, or is gone */
  async function removeAt(whole: WholeDraft, version: number): Promise<void> {
    if (!(await drafts.remove(whole, version))) checkDraftVersion({ ...whole, version: -1 }, version)
  }

  /** @throws {DomainError} not-found `part-unknown` */
  function partAt(profile: PlistDictionary, index: number): PlistDictionary {
    const part = partsOf(profile)[index]
    if (part === undefined)
      throw new DomainError('not-found', 'part-unknown', 'The profile has no such part.')
    return part
  }

  return {
    /** The last changed first. */
    list: (actor: Actor): Promise<ProfileDraft[]> => drafts.all(actor.organisationId),

    /**
     * The draft with what is found in it on the organisation's iPads.
     * @throws {DomainError} not-found `draft-unknown`
     */
    async open(actor: Actor, id: string): Promise<OpenDraft> {
      const whole = await find(actor, id)
      const profile = contentOf(whole)
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
      return start(actor, { id: newId(), name, writtenBy: [by(actor)] }, profile)
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
     * @throws {DomainError} not-found `draft-unknown`; conflict `draft-stale`; invalid `profile-…`; also of the others
     */
    writeProfile: (actor: Actor, id: string, { version, sent }: Seen & { readonly sent: SentFields }) =>
      change(actor, id, { version }, profile => {
        const { dictionary, faults } = readProfile(profile, sent, moments)
        return { profile: dictionary, faults }
      }),

    /** A further part, the entry at `entry` of the catalogue; returns its number. */
    async addPart(
      actor: Actor,
      id: string,
      { version, entry, language }: Seen & { readonly entry: number; readonly language: 'sv' | 'en' },
    ): Promise<Written & { readonly index: number }> {
      const chosen = catalogue[entry]
      if (chosen === undefined)
        throw new DomainError('not-found', 'part-unknown', 'The catalogue has no such part.')
      let index = 0
      const written = await change(actor, id, { version }, profile => {
        const parts = partsOf(profile)
        index = parts.length
        const title = chosen.title[language === 'sv' ? 0 : 1]
        return { profile: withParts(profile, [...parts, newPart(chosen, profile, { title, newUuid })]) }
      })
      return { ...written, index }
    },

    /** The part at `index` with what was sent for its fields, and a row more or less if `row` says so. */
    writePart: (
      actor: Actor,
      id: string,
      {
        version,
        index,
        sent,
        row,
      }: Seen & {
        readonly index: number
        readonly sent: SentFields
        readonly row?: RowDeed | undefined
      },
    ) =>
      change(actor, id, { version }, profile => {
        const { dictionary, faults } = readPart(partAt(profile, index), sent, moments)
        const part = row === undefined ? dictionary : withRows(dictionary, describedPart(dictionary), row)
        return { profile: withParts(profile, partsOf(profile).with(index, part)), faults }
      }),

    removePart: (actor: Actor, id: string, { version, index }: Seen & { readonly index: number }) =>
      change(actor, id, { version }, profile => {
        partAt(profile, index)
        return { profile: withParts(profile, partsOf(profile).toSpliced(index, 1)) }
      }),

    /** The whole profile as XML; masks in it stand for the secrets that were there. */
    writeXml: (actor: Actor, id: string, { version, xml }: Seen & { readonly xml: string }) =>
      change(actor, id, { version }, profile => {
        const typed = openFile(Buffer.from(xml, 'utf8'), clock.now()).profile
        const { value, lost } = keepSecretsOfProfile(typed, profile)
        if (lost.length > 0)
          throw new DomainError(
            'invalid',
            'secret-lost',
            'There are dots for a hidden value where there was none before, or where it would be visible. Type the value itself.',
          )
        return { profile: value }
      }),

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
        changedBy: by(actor),
        writtenBy: onceEach([...whole.writtenBy, by(actor)]),
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
      const profile = { ...contentOf(whole), PayloadUUID: newUuid() }
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
