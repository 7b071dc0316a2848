import { fitsAction, rightForAction } from '../commands/device-action.ts'
import { movesByHand, type Device, type DeviceOwnership, type Lifecycle } from '../devices/device.ts'
import { isMissing, whyOwnershipStays } from '../devices/ownership.ts'
import { type DeviceFilter } from '../devices/device-search.ts'
import { because, type Reason } from '../reason.ts'
import { type WhyTwo as TooMany } from '../rollouts/tally.ts'
import { answerableId, type Actor } from '../staff/actor.ts'
import { type Right } from '../staff/rights.ts'

/** What can be done with many iPads at once. An erase is not among them: it belongs to a case of its own. */
export const bulkActions = [
  'refresh',
  'restart',
  'lock',
  'lost-mode',
  'end-lost-mode',
  'move',
  'edit',
] as const
export type BulkAction = (typeof bulkActions)[number]

/** Where many iPads may be moved by hand; loans and cases move the rest. */
export const bulkMoves = ['in-stock', 'prepared', 'broken', 'in-repair', 'retired', 'handed-over'] as const
export type BulkMove = (typeof bulkMoves)[number]

export interface BulkInput {
  readonly action: BulkAction
  readonly reason: string
  /** Of a move. */
  readonly to?: BulkMove | undefined
  /** Of a lock and of lost mode; the organisation's own words where lost mode has none. */
  readonly message?: string | undefined
  readonly phoneNumber?: string | undefined
  /** Of an edit; `null` empties it. */
  readonly warrantyEndsOn?: string | null | undefined
  readonly ownership?: DeviceOwnership | undefined
}

/** Which iPads: these, or all that the list would show with this filter. */
export interface BulkSelection {
  readonly deviceIds?: readonly string[] | undefined
  readonly filter?: DeviceFilter | undefined
}

/** The right that an action needs; a move or an edit is done in our own books, the rest on the iPad. */
export function rightForBulk(action: BulkAction): Right {
  return action === 'move' || action === 'edit' ? 'devices.write' : rightForAction(action)
}

/** An iPad that is retired or handed over is gone for good. */
export function isDisposal(to: Lifecycle | undefined): to is 'retired' | 'handed-over' {
  return to === 'retired' || to === 'handed-over'
}

/** One word for what is done, for lists and requests. */
export function variantOf({ action, to }: Pick<BulkInput, 'action' | 'to'>): string {
  return action === 'move' && to ? `move-${to}` : action
}

/** Whether a person should first prove who they are: the deed locks others out, or cannot be undone. */
export function isDangerous({ action, to }: Pick<BulkInput, 'action' | 'to'>): boolean {
  return action === 'lost-mode' || (action === 'move' && isDisposal(to))
}

/** Why the action cannot be done with the iPad as it is; undefined when it can. */
export function bulkRefusal(
  { action, to, ownership }: Pick<BulkInput, 'action' | 'to' | 'ownership'>,
  device: Pick<Device, 'lifecycle' | 'management' | 'lock' | 'ownership'>,
): Reason | undefined {
  switch (action) {
    case 'refresh':
    case 'restart':
      return unreachable(device)
    case 'lock':
    case 'lost-mode':
      return (
        unreachable(device) ??
        (fitsAction(action, device) ? undefined : because('bulk-locked', 'Already locked or wiped.'))
      )
    case 'end-lost-mode':
      return (
        unreachable(device) ??
        (isMissing(device)
          ? because('bulk-missing', 'Lost or stolen: its lost mode ends in its case.')
          : undefined) ??
        (fitsAction(action, device) ? undefined : because('bulk-not-locked', 'Not in lost mode.'))
      )
    case 'move':
      return to && misplaced(device.lifecycle, to)
    case 'edit':
      return whyOwnershipStays(device, ownership)
  }
}

function unreachable({ management }: Pick<Device, 'management'>): Reason | undefined {
  if (management === 'enrolled') return undefined
  return because('bulk-unenrolled', 'Not enrolled, so nothing can be sent to it.')
}

function misplaced(from: Lifecycle, to: BulkMove): Reason | undefined {
  if (from === to) return because('bulk-there-already', 'Already in this state.')
  if (movesByHand(from).includes(to)) return undefined
  return because('bulk-move', 'The state cannot be changed from {from} to {to}.', { from, to })
}

/**
 * Whether what one person does alone in a day is added up: deeds that lock somebody out, stop their work or move iPads.
 * Asking for the state and correcting a field may be done to every iPad in parts.
 */
export function addsUp(action: BulkAction): boolean {
  return action !== 'refresh' && action !== 'edit'
}

/** Under what a person's deeds on many iPads are added up, apart from their roll-outs. */
export const bulkTallyOf = (actor: Pick<Actor, 'id' | 'behind'>): string => `bulk ${answerableId(actor)}`

/** Why a second person has to agree; undefined when nobody has to. */
export type WhyTwo = TooMany | 'disposal'

export function whyTwo(
  { action, to }: Pick<BulkInput, 'action' | 'to'>,
  tooMany: TooMany | undefined,
  settings: { readonly disposalNeedsTwo: boolean },
): WhyTwo | undefined {
  if (action === 'move' && isDisposal(to) && settings.disposalNeedsTwo) return 'disposal'
  return tooMany
}

/** The kind of approval for each. */
export const approvalKindFor = {
  'over-limit': 'bulk-action',
  'over-day-limit': 'bulk-action',
  disposal: 'disposal',
} as const satisfies Record<WhyTwo, string>
