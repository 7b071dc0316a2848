import { DomainError } from '../domain-error.ts'
import { type Lifecycle } from '../devices/device.ts'
import { type Actor } from '../staff/actor.ts'
import { type IncidentTask } from './incident-task.ts'
import { type Step } from './timeline.ts'

/** Something bad that happened to one iPad, from the report to the decision. Never deleted. */
export interface Incident {
  readonly id: string
  readonly organisationId: string
  /** What people call it, `2026-0001`; unique within the organisation. */
  readonly number: string
  readonly kind: IncidentKind
  readonly deviceId: string
  /** The loan that was open when it happened; it stays open, with its liability, until the incident is closed. */
  readonly loanId?: string
  readonly personId?: string
  readonly state: IncidentState
  /** Held while a second report of the same must find this one; the store lets one incident have it. */
  readonly claim?: string
  readonly reportedAt: Date
  readonly reportedBy: Doer
  readonly reportedVia: ReportedVia
  readonly description: string
  readonly happenedAt?: Date
  readonly placeText?: string
  /** As the police writes it; `policeNumberRaw` is what somebody typed. */
  readonly policeNumber?: string
  readonly policeNumberRaw?: string
  readonly lostModeWords?: LostModeWords
  /** Since when the iPad is known to be in lost mode. */
  readonly lockedAt?: Date
  readonly confirmedAt?: Date
  readonly wipe?: Wipe
  readonly recoveredAt?: Date
  readonly decision?: Liability
  /** Set while it is with the second line; a case without it is the first line's. */
  readonly escalated?: { readonly by: Doer; readonly at: Date; readonly reason: string }
  /** Who works with it now. */
  readonly taken?: { readonly by: Doer; readonly at: Date }
  readonly replacement?: { readonly deviceId: string; readonly at: Date; readonly by: Doer }
  readonly closedAt?: Date
  /** What the product does with the iPad because of it, oldest first. */
  readonly tasks: readonly IncidentTask[]
  /** What happened, in the order it became known. It never holds a position. */
  readonly timeline: readonly Step[]
  readonly version: number
}

export const incidentKinds = ['theft', 'loss', 'damage', 'fault'] as const
export type IncidentKind = (typeof incidentKinds)[number]

/** Who told us. The police's web form is not for everybody, so the way in matters to them. */
export const reportWays = ['organisation', 'borrower', 'phone'] as const
export type ReportedVia = (typeof reportWays)[number]

export const incidentStates = [
  'reported',
  'confirmed',
  'lost-mode',
  'wipe-requested',
  'wipe-approved',
  'wiped',
  'recovered',
  'decided',
  'closed',
] as const
export type IncidentState = (typeof incidentStates)[number]

/** Somebody as they were called on that day. */
export type Doer = Pick<Actor, 'kind' | 'id' | 'name'>

/** The text on the screen in lost mode. Apple needs at least one of the two. */
export interface LostModeWords {
  readonly message?: string
  readonly phone?: string
}

interface Wipe {
  readonly requestedBy: Doer
  readonly requestedAt: Date
  readonly reason: string
  /** The person who asked has checked whether documents exist on the iPad only (workflow W7). */
  readonly papersChecked: boolean
  /** Missing when the organisation lets one person decide. */
  readonly approvalId?: string
  readonly approvedBy?: Doer
  readonly approvedAt?: Date
  readonly erasedAt?: Date
  /** Where the incident goes back to when nothing comes of it. */
  readonly stateBefore: IncidentState
}

export const outcomes = ['charge', 'no-charge', 'warranty'] as const
export type Outcome = (typeof outcomes)[number]

export interface Liability {
  readonly outcome: Outcome
  /** What the borrower is charged, integer öre. */
  readonly amountOre?: number
  readonly reason: string
  readonly by: Doer
  readonly at: Date
}

/** The moves of a case. A request that fails leads back; an iPad may turn up at any time. */
const incidentMoves = {
  reported: ['confirmed', 'lost-mode', 'wipe-requested', 'recovered', 'decided', 'closed'],
  confirmed: ['lost-mode', 'wipe-requested', 'recovered', 'decided', 'closed'],
  'lost-mode': ['wipe-requested', 'recovered', 'decided', 'closed'],
  'wipe-requested': ['wipe-approved', 'reported', 'confirmed', 'lost-mode', 'wiped', 'recovered'],
  'wipe-approved': ['wiped', 'reported', 'confirmed', 'lost-mode', 'recovered', 'decided', 'closed'],
  // It was locked again after it came back to life, and may be asked to erase once more.
  wiped: ['wipe-requested', 'recovered', 'decided', 'closed'],
  recovered: ['decided', 'closed'],
  decided: ['recovered', 'closed'],
  closed: ['recovered'],
} as const satisfies Record<IncidentState, readonly IncidentState[]>

/** @throws {DomainError} conflict `incident-transition` */
export function checkMove(from: IncidentState, to: IncidentState): void {
  if ((incidentMoves[from] as readonly IncidentState[]).includes(to)) return
  throw new DomainError('conflict', 'incident-transition', `A case that is ${from} cannot become ${to}.`)
}

export function doerOf({ kind, id, name }: Actor): Doer {
  return { kind, id, name }
}

/** Kinds where the iPad itself is away, so that it is locked and looked for. */
export function isMissingKind(kind: IncidentKind): boolean {
  return kind === 'theft' || kind === 'loss'
}

/** Whether the iPad is away as far as this incident knows: also long after the case is closed. */
export function isStillMissing({ kind, recoveredAt }: Pick<Incident, 'kind' | 'recoveredAt'>): boolean {
  return isMissingKind(kind) && recoveredAt === undefined
}

/** Whether the iPad is erased now: it holds nothing to lock or erase until it enrols again, and then it is locked. */
export function isErased({ wipe, timeline }: Pick<Incident, 'wipe' | 'timeline'>): boolean {
  const erasedAt = wipe?.erasedAt?.getTime()
  if (erasedAt === undefined) return false
  return !timeline.some(({ what, at }) => what === 'enrolled-again' && at.getTime() >= erasedAt)
}

export function isClosed({ state }: Pick<Incident, 'state'>): boolean {
  return state === 'closed'
}

/** Positions may be fetched and kept only for an open case of an iPad that is still away. */
export function mayBeLocated(incident: Pick<Incident, 'kind' | 'recoveredAt' | 'state'>): boolean {
  return isStillMissing(incident) && !isClosed(incident)
}

/** The one claim of all theft and loss reports of an iPad, and the one of all its damages and faults. */
export function claimOf(kind: IncidentKind, deviceId: string): string {
  return `${isMissingKind(kind) ? 'missing' : 'broken'}:${deviceId}`
}

/** The lifecycle that a report brings the iPad to; a fault alone changes nothing. */
export const lifecycleOfKind = {
  theft: 'stolen',
  loss: 'lost',
  damage: 'broken',
  fault: undefined,
} as const satisfies Record<IncidentKind, Lifecycle | undefined>

/** `year` and a number that counts from 1 within it. */
export function caseNumber(year: number, count: number): string {
  return `${String(year)}-${String(count).padStart(4, '0')}`
}

/** The incident without some of what it has. */
export function without<Field extends keyof Incident>(
  incident: Incident,
  ...fields: readonly Field[]
): Omit<Incident, Field> {
  const kept = Object.entries(incident).filter(([field]) => !(fields as readonly string[]).includes(field))
  return Object.fromEntries(kept) as unknown as Omit<Incident, Field>
}
