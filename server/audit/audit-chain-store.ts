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
  /** Events by their sequence, those after `sequence`. */
  inOrder(organisationId: string, sequence: number, limit: number): Promise<LinkedEvent[]>
}
