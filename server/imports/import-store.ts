import { type ImportKind } from './import-plan.ts'
import { type Delimiter, type Encoding } from './reading.ts'

/** A file that somebody looks at before it is taken in. It and its contents go away after a day. */
export interface Upload {
  readonly id: string
  readonly organisationId: string
  readonly kind: ImportKind
  readonly fileName: string
  readonly bytes: Buffer
  readonly sha256: string
  readonly encoding: Encoding
  readonly delimiter: Delimiter
  /** The mark of what the preview said it would do: see `planMark`. */
  readonly plan: string
  readonly state: 'previewed' | 'committed'
  readonly expiresAt: Date
}

export interface ImportStore {
  find(organisationId: string, kind: ImportKind, id: string): Promise<Upload | undefined>
  insert(upload: Upload): Promise<void>
  /** False when it is committed already. */
  commit(organisationId: string, id: string): Promise<boolean>
}
