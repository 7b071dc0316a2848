import { type Language } from '../organisations/organisation.ts'
import { type Logo } from '../organisations/logo.ts'
import { type SignedDevice, type SignedRecord } from './liability-form.ts'
import { type conditionWords } from './receipt-words.ts'

/** Sets papers as PDF/A-2b; the same order gives the same bytes. */
export interface Press {
  set(order: PaperOrder): Promise<Buffer>
  /** What is being set is given up. */
  stop(): Promise<void>
}

/** All that a paper needs, so that it can be set elsewhere. */
export type PaperOrder = { readonly letterhead: Letterhead | undefined } & (
  | { readonly kind: 'signed'; readonly record: SignedRecord }
  | { readonly kind: 'returned'; readonly record: ReturnRecord }
)

/** What a paper takes from whose it is. */
export interface Letterhead {
  /** `#rrggbb`, dark enough for white text on it; empty for none. */
  readonly colour: string
  readonly logo?: Logo & { readonly bytes: Uint8Array }
}

/** What a receipt for a returned iPad prints. */
export interface ReturnRecord {
  readonly receiptNumber: string
  readonly organisation: { readonly name: string; readonly number: string }
  readonly language: Language
  readonly borrower: { readonly name: string }
  readonly device: SignedDevice
  readonly handedOutAt?: Date
  readonly returnedAt: Date
  readonly condition: keyof typeof conditionWords
  readonly accessories: readonly string[]
  readonly missing: readonly string[]
  readonly note?: string
  readonly staffName: string
}
