import { type AuditEntry } from '../audit/audit.ts'
import { type DeviceEvent } from '../device-channel/device-event.ts'
import { DomainError } from '../domain-error.ts'
import { isPrivateHost } from '../http/private-address.ts'
import { type Trouble } from './circuit.ts'

/** An address of another program that is told what happens in an organisation. */
export interface Webhook {
  readonly id: string
  readonly organisationId: string
  readonly url: string
  /** What it wants to hear of. */
  readonly events: readonly EventType[]
  readonly active: boolean
  readonly createdAt: Date
  /** Sealed; the receiver checks signatures with it. */
  readonly sealedSecret: string
  /** The previous secret, which signs too until the receiver has had time to change. */
  readonly former?: { readonly sealedSecret: string; readonly until: Date }
  /** Set while the receiver takes nothing. */
  readonly trouble?: Trouble
  readonly version: number
}

export const eventTypes = [
  'device.enrolled',
  'device.checked-out',
  'device.locked',
  'device.unlocked',
  'device.wiped',
  'command.finished',
  'incident.reported',
  'incident.recovered',
  'incident.closed',
  'loan.signed',
  'loan.returned',
] as const
export type EventType = (typeof eventTypes)[number]

/** What is sent: what happened to which thing. Ids alone: whoever may know more reads it through the API. */
export interface WebhookEvent {
  readonly id: string
  readonly type: EventType | 'test'
  readonly at: Date
  readonly organisationId: string
  readonly subject: { readonly kind: string; readonly id: string }
  readonly commandId?: string
  readonly requestType?: string
  readonly outcome?: string
}

export type Happening = Pick<WebhookEvent, 'subject' | 'commandId' | 'requestType' | 'outcome'> & {
  readonly type: EventType
}

const byAction: Readonly<Record<string, EventType>> = {
  'devices.enrolled': 'device.enrolled',
  'devices.checked-out': 'device.checked-out',
  'incidents.report': 'incident.reported',
  'incidents.recover': 'incident.recovered',
  'incidents.close': 'incident.closed',
  'loans.sign': 'loan.signed',
  'loans.return': 'loan.returned',
}
const obeyed: Readonly<Record<string, EventType>> = {
  EnableLostMode: 'device.locked',
  DisableLostMode: 'device.unlocked',
  EraseDevice: 'device.wiped',
}

/** What an entry of the audit log is to other programs; undefined when it is nothing to them. */
export function happeningOf({ action, on, after }: AuditEntry): Happening | undefined {
  const { commandId, requestType } = (action === 'devices.obeyed' ? after : undefined) ?? {}
  const subject = { kind: on.kind, id: on.id }
  if (typeof requestType === 'string') {
    const type = obeyed[requestType]
    return type && { type, subject, requestType, ...(typeof commandId === 'string' && { commandId }) }
  }
  const type = byAction[action]
  return type && { type, subject }
}

/** The end of a command, whatever it was; undefined for other events. */
export function commandHappening(event: DeviceEvent): Happening | undefined {
  const { kind, deviceId, commandId, requestType, outcome } = event
  if (kind !== 'command-finished' || commandId === undefined) return undefined
  const told = { ...(requestType !== undefined && { requestType }), ...(outcome && { outcome }) }
  return { type: 'command.finished', subject: { kind: 'device', id: deviceId }, commandId, ...told }
}

export interface UrlRules {
  /** Unencrypted addresses and those of the own network are taken. */
  readonly privateAllowed: boolean
}

/** @throws {DomainError} invalid `webhook-url` */
export function checkUrl(text: string, { privateAllowed }: UrlRules): void {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const encrypted = url?.protocol === 'https:' || (privateAllowed && url?.protocol === 'http:')
  if (url && encrypted && url.username === '' && url.password === '') {
    if (privateAllowed || !isPrivateHost(url.hostname)) return
  }
  const message = 'Give an internet address that starts with https:// and contains no user name or password.'
  throw new DomainError('invalid', 'webhook-url', message, [{ path: 'url', message }])
}
