/** A committee, council, company or subsidiary that people hold mandates in and that bears costs. */
export interface Body {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly type: BodyType
  readonly costCentre: string
  /** Days `YYYY-MM-DD`; `endsOn` is the last day. A body that ended keeps its past statements. */
  readonly startsOn: string
  readonly endsOn?: string
  readonly version: number
}

export const bodyTypes = ['committee', 'council', 'company', 'subsidiary'] as const
export type BodyType = (typeof bodyTypes)[number]

/** Whether the period holds `day` (`YYYY-MM-DD`); both ends count. */
export function isCurrent(
  period: { readonly startsOn: string; readonly endsOn?: string },
  day: string,
): boolean {
  return period.startsOn <= day && (period.endsOn === undefined || day <= period.endsOn)
}
