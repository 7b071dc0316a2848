import { type OrderKind } from '../http/list-order.ts'

/** Cases are in order of one of these, and of their numbers where they are equal. */
export const incidentSorts = ['reportedAt', 'number', 'closedAt'] as const
export type IncidentSort = (typeof incidentSorts)[number]
export const kindOfIncidentSort = (sort: IncidentSort): OrderKind => (sort === 'number' ? 'text' : 'time')
