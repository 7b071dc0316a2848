import { type ToldInformation } from '../../mdm/commands/results.ts'
import { DomainError } from '../domain-error.ts'

/** One iPad of an organisation, from the order to the end. */
export interface Device {
  readonly id: string
  readonly organisationId: string
  /** Apple's serial number in capitals; unique in the whole installation. */
  readonly serialNumber: string
  /** The organisation's own mark on the back; unique within it. */
  readonly assetTag: string
  /** Engraved or chemical theft mark, as a finder or the police would read it. */
  readonly theftMark?: string
  readonly model: string
  readonly origin: DeviceOrigin
  readonly ownership: DeviceOwnership
  readonly purchase?: Purchase
  /** Day `YYYY-MM-DD`. */
  readonly warrantyEndsOn?: string
  readonly lifecycle: Lifecycle
  readonly management: Management
  readonly lock: Lock
  readonly lastSeenAt?: Date
  readonly information?: DeviceInformation
  readonly createdAt: Date
  /** Grows with each change that a person makes to the written fields; not with what the iPad reports. */
  readonly version: number
}

export const deviceOrigins = ['new', 'reconfigured'] as const
export type DeviceOrigin = (typeof deviceOrigins)[number]

/** Whose the iPad is: ours, another organisation's that we work with, or the borrower's own (requirement R16). */
export const deviceOwnerships = ['organisation', 'partner', 'personal'] as const
export type DeviceOwnership = (typeof deviceOwnerships)[number]

/**
 * A borrower's own iPad is never erased (requirement R16): the management on it can be removed, and with it what we put
 * there.
 * @throws {DomainError} conflict `personal-ipad`
 */
export function mustBeErasable({ ownership }: Pick<Device, 'ownership'>): void {
  if (ownership !== 'personal') return
  throw new DomainError(
    'conflict',
    'personal-ipad',
    'This iPad is the borrower’s own and is never wiped. Remove management instead.',
  )
}

export interface Purchase {
  /** Day `YYYY-MM-DD`. */
  readonly on: string
  /** Integer öre, VAT not included. */
  readonly priceOre: number
  readonly supplier?: string
}

/** What the iPad itself has reported; any field may be missing. */
export interface DeviceInformation extends ToldInformation {
  readonly passcodePresent?: boolean
  readonly passcodeCompliant?: boolean
  readonly hardwareEncrypted?: boolean
  /** When it told of its passcode and encryption. */
  readonly securityReportedAt?: Date
  readonly reportedAt?: Date
  readonly apps?: readonly InstalledApp[]
  readonly appsReportedAt?: Date
  /** The apps that came by management, and those that it tried to bring. */
  readonly managedApps?: readonly ManagedApp[]
  readonly managedAppsReportedAt?: Date
  readonly profiles?: readonly InstalledProfile[]
  readonly profilesReportedAt?: Date
}

interface InstalledApp {
  readonly identifier: string
  readonly name: string
  readonly version: string
  readonly bytes?: number
}

export interface ManagedApp {
  readonly identifier: string
  /** In Apple's words (ManagedApplicationList), such as `Managed`, `Prompting` or `UserRejected`. */
  readonly state: string
}

export interface InstalledProfile {
  readonly identifier: string
  readonly uuid: string
  readonly name: string
  readonly managed: boolean
  /** What is in it, as PayloadType; missing where the iPad did not tell of every part. */
  readonly types?: readonly string[]
}

export const lifecycles = [
  'ordered',
  'in-stock',
  'prepared',
  'reserved',
  'on-loan',
  'returned',
  'lost',
  'stolen',
  'broken',
  'in-repair',
  'recovered',
  'replaced',
  'retired',
  'handed-over',
] as const
export type Lifecycle = (typeof lifecycles)[number]

export const managements = ['none', 'pending', 'enrolled', 'unenrolled'] as const
export type Management = (typeof managements)[number]

export const locks = ['open', 'lost-mode-pending', 'lost', 'unlock-pending', 'wipe-pending', 'wiped'] as const
export type Lock = (typeof locks)[number]

const trouble = ['lost', 'stolen', 'broken', 'in-repair'] as const

/** Where an iPad may go from each place in its life. What is not listed is refused. */
export const lifecycleMoves = {
  ordered: ['in-stock'],
  'in-stock': ['prepared', ...trouble, 'retired', 'handed-over'],
  prepared: ['reserved', 'in-stock', ...trouble, 'retired', 'handed-over'],
  // A reservation that comes to nothing gives the iPad back.
  reserved: ['on-loan', 'prepared', ...trouble],
  'on-loan': ['returned', ...trouble],
  returned: ['in-stock', ...trouble, 'retired', 'handed-over'],
  // What was called lost may prove to be stolen, and the other way round.
  lost: ['stolen', 'recovered', 'replaced', 'retired', 'handed-over'],
  stolen: ['lost', 'recovered', 'replaced', 'retired', 'handed-over'],
  broken: ['in-repair', 'recovered', 'replaced', 'retired', 'handed-over'],
  'in-repair': ['broken', 'recovered', 'replaced', 'retired', 'handed-over'],
  // Its loan went on all the time, so it goes back to its holder or to the shelf.
  recovered: ['on-loan', 'returned', 'in-stock', ...trouble, 'retired', 'handed-over'],
  replaced: ['recovered', 'retired'],
  retired: [],
  'handed-over': [],
} as const satisfies Record<Lifecycle, readonly Lifecycle[]>

/** Loans and cases bring these about; a hand on them would leave the two in disagreement. */
const movedByOthers: readonly Lifecycle[] = ['reserved', 'on-loan', 'returned', 'stolen', 'lost', 'replaced']
/** Somebody holds it, or is about to: it comes back by its loan, or by a case. */
const heldByLoan: readonly Lifecycle[] = ['reserved', 'on-loan']

/** Where a person may move an iPad by hand from where it is. */
export function movesByHand(from: Lifecycle): readonly Lifecycle[] {
  if (heldByLoan.includes(from)) return []
  return (lifecycleMoves[from] as readonly Lifecycle[]).filter(to => !movedByOthers.includes(to))
}

/** @throws {DomainError} conflict `lifecycle-transition`; `lifecycle-by-hand` for what a loan or a case does by itself */
export function checkMoveByHand(from: Lifecycle, to: Lifecycle): void {
  checkLifecycle(from, to)
  if (movesByHand(from).includes(to)) return
  throw new DomainError(
    'conflict',
    'lifecycle-by-hand',
    `An iPad that is ${from} becomes ${to} by its loan or its case, not by hand.`,
  )
}

/** Enrolment as the device channel sees it; an iPad may enrol without having been asked to. */
const managementMoves = {
  none: ['pending', 'enrolled'],
  pending: ['none', 'enrolled', 'unenrolled'],
  // An erased iPad that starts over authenticates before it is enrolled again.
  enrolled: ['unenrolled', 'pending'],
  unenrolled: ['pending', 'enrolled'],
} as const satisfies Record<Management, readonly Management[]>

export const lockMoves = {
  open: ['lost-mode-pending', 'wipe-pending'],
  'lost-mode-pending': ['lost', 'open', 'unlock-pending', 'wipe-pending'],
  lost: ['unlock-pending', 'wipe-pending'],
  'unlock-pending': ['open', 'lost', 'lost-mode-pending', 'wipe-pending'],
  // The erase was answered with an error, or a person took it back.
  'wipe-pending': ['wiped', 'open', 'lost-mode-pending', 'lost'],
  // It enrolled again: with lost mode once more when it is still missing.
  wiped: ['open', 'lost-mode-pending'],
} as const satisfies Record<Lock, readonly Lock[]>

/** Lifecycles of iPads that are gone for good: they take no part in lending. */
export function isGone(lifecycle: Lifecycle): boolean {
  return lifecycle === 'retired' || lifecycle === 'handed-over' || lifecycle === 'replaced'
}

/**
 * Whether anything that is sent to the iPad comes to it: it is managed, and has not been erased since. What is erased
 * tells nobody that it left; it is managed again when it enrols.
 */
export function isReachable({ management, lock }: Pick<Device, 'management' | 'lock'>): boolean {
  return management === 'enrolled' && lock !== 'wiped'
}

/** @throws {DomainError} conflict `lifecycle-transition` */
export function checkLifecycle(from: Lifecycle, to: Lifecycle): void {
  if (!(lifecycleMoves[from] as readonly Lifecycle[]).includes(to)) refuse('lifecycle', from, to)
}

/** @throws {DomainError} conflict `management-transition` */
export function checkManagement(from: Management, to: Management): void {
  if (!(managementMoves[from] as readonly Management[]).includes(to)) refuse('management', from, to)
}

/** @throws {DomainError} conflict `lock-transition` */
export function checkLock(from: Lock, to: Lock): void {
  if (!(lockMoves[from] as readonly Lock[]).includes(to)) refuse('lock', from, to)
}

function refuse(what: 'lifecycle' | 'management' | 'lock', from: string, to: string): never {
  throw new DomainError('conflict', `${what}-transition`, `An iPad that is ${from} cannot become ${to}.`)
}

/** A serial number as it is stored: capitals, without the blanks that scanners and people add. */
export function normalSerial(text: string): string {
  return text.replace(/\s+/g, '').toUpperCase()
}

/** Apple's serial numbers: 8–14 capitals and digits (older ones 11–12, newer ones random 10). */
export const serialPattern = /^[A-Z0-9]{8,14}$/
