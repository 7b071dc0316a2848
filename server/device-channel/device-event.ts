import { type AuditEntry } from '../audit/audit.ts'
import { lockAsked } from '../commands/command.ts'
import { type Actor } from '../staff/actor.ts'

/** Something an iPad did that other parts of the product react to. */
export interface DeviceEvent {
  readonly id: string
  readonly organisationId: string
  readonly deviceId: string
  readonly at: Date
  /** `renewed`: it has another identity from now on. */
  readonly kind: 'authenticated' | 'enrolled' | 'renewed' | 'checked-out' | 'command-finished'
  readonly commandId?: string
  readonly requestType?: string
  readonly outcome?: CommandOutcome
}

/** How a command ended. */
export type CommandOutcome = 'acknowledged' | 'failed' | 'cancelled' | 'expired'

/** What the rules of other slices say of an event; its id is added when it is saved. */
export type NewDeviceEvent = Omit<DeviceEvent, 'id'>

/**
 * What the log says of an event: that an iPad came or left, and that it was locked, unlocked or erased or refused to be.
 * Everything else that iPads answer is no deed that somebody must answer for.
 */
export function auditOf(event: NewDeviceEvent): { actor: Actor; entry: AuditEntry } | undefined {
  const { kind, organisationId, deviceId, commandId, requestType = '', outcome } = event
  const actor: Actor = { kind: 'device', id: deviceId, name: 'iPad', organisationId, roles: [] }
  const on = { kind: 'device', id: deviceId }
  if (kind === 'enrolled' || kind === 'checked-out')
    return { actor, entry: { action: `devices.${kind}`, on } }
  const itself = outcome === 'acknowledged' || outcome === 'failed'
  if (kind !== 'command-finished' || !itself || lockAsked(requestType) === undefined) return undefined
  const action = outcome === 'acknowledged' ? 'devices.obeyed' : 'devices.refused'
  return { actor, entry: { action, on, after: { commandId, requestType } } }
}

/** Reacts to an event. Hears of it at least once, so hearing it again must change nothing. */
export type DeviceEventHandler = (event: DeviceEvent) => Promise<void>

export interface DeviceEventStore {
  insert(event: DeviceEvent, pendingFor: readonly string[]): Promise<void>
  /** Events that somebody has not handled, oldest first, older than `before`. */
  pending(before: Date, limit: number): Promise<{ event: DeviceEvent; pendingFor: readonly string[] }[]>
  /** Forgets the event when `left` is empty, else writes down who is still to hear of it. */
  handled(event: DeviceEvent, left: readonly string[]): Promise<void>
}
