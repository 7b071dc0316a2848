import { type ProfileDraft, type WholeDraft } from './draft.ts'

export interface DraftStore {
  find(organisationId: string, id: string): Promise<WholeDraft | undefined>
  /** The last changed first, without content. */
  all(organisationId: string): Promise<ProfileDraft[]>
  /** @throws {DomainError} conflict `draft-there` when there is a draft with this id */
  insert(draft: WholeDraft): Promise<void>
  /** Replaces the draft that has version `from`; false when it has another by now, or is gone. */
  replace(draft: WholeDraft, from: number): Promise<boolean>
  /** Removes the draft that has version `from`; false when it has another by now, or is gone. */
  remove(draft: ProfileDraft, from: number): Promise<boolean>
}
