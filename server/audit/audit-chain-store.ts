import { type AuditEvent } from './audit.ts'
import { type Head, type Link, type LinkedEvent } from './audit-chain.ts'

/** The log as a chain. Events get their link once; nothing else of them is ever written again. */
export interface AuditChainStore {
  /** Events without a place, oldest first. */
  unsealed(organisationId: string, limit: number): Promise<AuditEvent[]>
  /** The newest link; `emptyHead` before the first. */
  head(organisationId: string): Promise<Head>
  /**
   * Writes the links of events that follow `head`; false, and nothing is written, when the chain has moved on. Called
   * inside a transaction.
   */
  seal(
    organisationId: string,
    head: Head,
    links: readonly (Link & { readonly id: string })[],
  ): Promise<boolean>
  /** Events by their sequence, both ends included. */
  inOrder(
    organisationId: string,
    range: { readonly from: number; readonly to: number; readonly limit: number },
  ): Promise<LinkedEvent[]>
  /** Events that claim a place which is none from 1 to `to`; what they claim need not be a number. */
  outside(organisationId: string, to: number, limit: number): Promise<LinkedEvent[]>
}
