import { type Merge } from './merge.ts'

export interface MergeStore {
  /** Replaces an earlier merge of the same `goneId`; redirects to that person then go to `keptId`. */
  insert(merge: Merge): Promise<void>
  /** Who each of these has become, of those who have become somebody. */
  keptOf(organisationId: string, goneIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Everybody who has become this person. */
  goneInto(organisationId: string, keptId: string): Promise<string[]>
  /** Who had these addresses once, by address. */
  byFormerEmails(organisationId: string, emails: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** The address belongs to somebody else from now on. */
  forgetEmail(organisationId: string, email: string): Promise<void>

  /** Looked at, and two people. Saying it twice is fine. */
  keepApart(organisationId: string, one: string, other: string): Promise<void>
  /** The pairs that are kept apart, each as `pairKey` makes it. */
  apart(organisationId: string): Promise<ReadonlySet<string>>
  /** Everybody who was kept apart from `from` is kept apart from `to`. */
  moveApart(organisationId: string, from: string, to: string): Promise<void>
}
