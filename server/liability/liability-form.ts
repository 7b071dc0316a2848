import { createHash } from 'node:crypto'
import { type Language, type Prices } from '../organisations/organisation.ts'
import { type TermsKind } from './liability-terms.ts'
import { type Signature } from './signature.ts'

/** What one signature covers, as it was when it was given. Kept for ever as it is. */
export interface LiabilityForm {
  readonly id: string
  readonly organisationId: string
  /** Names the attempt to sign; the same attempt sent again is the same form. */
  readonly attemptId: string
  readonly loanIds: readonly string[]
  /** Where it is found; it follows somebody whose two rows become one. The name they signed with is on the paper. */
  readonly personId: string
  readonly termsId: string
  readonly termsNumber: number
  readonly termsSha256: string
  readonly language: Language
  readonly signature: Signature
  readonly identityCheck: IdentityCheck
  readonly devices: readonly SignedDevice[]
  readonly accessories: readonly string[]
  /** The member of staff who saw it signed. */
  readonly staff: { readonly id: string; readonly name: string }
  readonly station?: string
  readonly signedAt: Date
  /** `2026-000123`, unique in the organisation. */
  readonly receiptNumber: string
  /** SHA-256 of the words on the receipt; printed on it. */
  readonly recordSha256: string
  /** Of the file itself, byte for byte. */
  readonly pdfSha256: string
  /** The hand-out was undone: the paper is kept and binds nobody. */
  readonly voided?: Voided
}

export interface Voided {
  readonly at: Date
  readonly by: { readonly id: string; readonly name: string }
  readonly reason: string
}

export interface SignedDevice {
  readonly id: string
  readonly assetTag: string
  readonly serialNumber: string
  readonly model: string
  readonly theftMark?: string
}

export const identityChecks = ['known', 'id-shown'] as const
/** The desk knows the person, or has seen an identity document. */
export type IdentityCheck = (typeof identityChecks)[number]

/** All that a receipt prints; nothing else goes into its hash. */
export interface SignedRecord {
  readonly receiptNumber: string
  readonly organisation: { readonly name: string; readonly number: string }
  readonly language: Language
  readonly borrower: { readonly name: string; readonly email: string }
  readonly bodies: readonly string[]
  readonly devices: readonly SignedDevice[]
  readonly accessories: readonly string[]
  readonly dueOn?: string
  readonly terms: {
    readonly number: number
    readonly kind: TermsKind
    readonly title: string
    readonly body: string
    readonly sha256: string
  }
  /** What the equipment costs, as it was shown with the terms; missing where there are no prices. */
  readonly prices?: Prices
  readonly signature: Signature
  readonly identityCheck: IdentityCheck
  readonly staffName: string
  readonly station?: string
  readonly signedAt: Date
}

/** SHA-256 in hexadecimal of a record, whatever the order its fields were written in. */
export function sha256OfRecord(record: object): string {
  return createHash('sha256').update(canonical(record)).digest('hex')
}

function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  const sorted = fields.toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${sorted.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`
}

/** `2026-000123`. */
export function receiptNumber(year: number, count: number): string {
  return `${year}-${String(count).padStart(6, '0')}`
}
