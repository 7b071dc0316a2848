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
  /** When its receiver said that there is nothing there any more, and it was turned off; until somebody saves it. */
  readonly goneAt?: Date
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

/**
 * Ports of the web: its own two, and those that any program may open but no well-known other service answers on. A
 * webhook to port 22 or 25 would knock at another service in the name of the municipality.
 */
function isWebPort(port: string): boolean {
  const number = Number(port)
  return port === '' || number === 80 || (number >= 1024 && !otherServices.has(number))
}

/** Above 1023 and refused by browsers too: file shares, telephony, X11, mail of printers, chat. */
const otherServices = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10_080,
])

/** @throws {DomainError} invalid `webhook-url`, `webhook-fragment`, `webhook-port` */
export function checkUrl(text: string, { privateAllowed }: UrlRules): void {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const encrypted = url?.protocol === 'https:' || (privateAllowed && url?.protocol === 'http:')
  const isBare = url?.username === '' && url.password === ''
  if (!url || !encrypted || !isBare || (!privateAllowed && isPrivateHost(url.hostname))) {
    throw wrongUrl(
      'webhook-url',
      'Give an internet address that starts with https:// and contains no user name or password.',
    )
  }
  if (text.includes('#')) {
    throw wrongUrl(
      'webhook-fragment',
      'Leave out # and what follows it: that part of an address is never sent.',
    )
  }
  if (!isWebPort(url.port)) {
    throw wrongUrl(
      'webhook-port',
      `Port ${url.port} belongs to another service. Give the port of a web server.`,
    )
  }
}

const wrongUrl = (code: string, message: string) =>
  new DomainError('invalid', code, message, [{ path: 'url', message }])
