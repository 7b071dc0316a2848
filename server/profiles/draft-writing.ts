import { catalogue } from '../../profiles/catalogue/catalogue.ts'
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
import { type Clock } from '../clock.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { accountOf, type Actor } from '../staff/actor.ts'
import { checkDraftVersion, draftAlone, draftContent, type ProfileDraft, type WholeDraft } from './draft.ts'
import { type DraftStore } from './draft-store.ts'
import { moments } from './moments.ts'
import { editedBytes, openFile } from './profile-content.ts'
import { onceEach } from './profile.ts'

export interface DraftWritingDeps {
  readonly drafts: DraftStore
  readonly clock: Clock
  readonly newId: NewId
}

export interface Written {
  readonly draft: ProfileDraft
  /** Pieces that could not be read; the rest is saved. */
  readonly faults: readonly FieldFault[]
}

/** Which version of the draft somebody saw when they changed it. */
export interface Seen {
  readonly version: number
}

/** What people write in a draft: of the profile, part by part, or as XML. */
export function createDraftWriting(
  { drafts, clock, newId }: DraftWritingDeps,
  find: (actor: Actor, id: string) => Promise<WholeDraft>,
) {
  const newUuid = () => newId().toUpperCase()

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
    const { profile, faults = [] } = to(draftContent(whole))
    const next: WholeDraft = {
      ...whole,
      version: version + 1,
      changedAt: now,
      changedBy: accountOf(actor),
      writtenBy: onceEach([...whole.writtenBy, accountOf(actor)]),
      bytes: editedBytes(profile, now),
    }
    if (!(await drafts.replace(next, version))) checkDraftVersion({ ...whole, version: -1 }, version)
    return { draft: draftAlone(next), faults }
  }

  return {
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
  }
}

/** @throws {DomainError} not-found `part-unknown` */
function partAt(profile: PlistDictionary, index: number): PlistDictionary {
  const part = partsOf(profile)[index]
  if (part === undefined) throw new DomainError('not-found', 'part-unknown', 'The profile has no such part.')
  return part
}
