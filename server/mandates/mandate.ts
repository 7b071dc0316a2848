/** A person's seat in a body, from a day to a day. */
export interface Mandate {
  readonly id: string
  readonly organisationId: string
  readonly personId: string
  readonly bodyId: string
  readonly role: MandateRole
  /** Days `YYYY-MM-DD`; `endsOn` is the last day. */
  readonly startsOn: string
  readonly endsOn?: string
  /** Weight when costs are split per mandate: an integer, 0 for a seat that costs nothing. */
  readonly costWeight: number
  readonly version: number
}

export const mandateRoles = ['member', 'substitute', 'chair', 'vice-chair'] as const
export type MandateRole = (typeof mandateRoles)[number]
