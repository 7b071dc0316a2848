import { type PlistDictionary } from '../profiles/plist/plist-value.ts'
import { channelOf, type ChannelId } from './enrolment-id.ts'
import { MessageError } from './message-error.ts'
import { optionalData, optionalFlag, optionalText, readMessage, text } from './plist-fields.ts'

/** Bytes that a check-in may have. */
export const maxCheckInBytes = 262_144

export interface Authenticate {
  readonly type: 'Authenticate'
  readonly channel: ChannelId
  readonly topic: string
  readonly serialNumber?: string
  readonly deviceName?: string
  readonly modelName?: string
  readonly model?: string
  readonly productName?: string
  readonly osVersion?: string
  readonly buildVersion?: string
  readonly imei?: string
}

export interface TokenUpdate {
  readonly type: 'TokenUpdate'
  readonly channel: ChannelId
  readonly topic: string
  /** Where pushes go; any length. */
  readonly token: Uint8Array
  /** Absent fields say nothing: what was told before stays. */
  readonly pushMagic?: string
  readonly unlockToken?: Uint8Array
  readonly awaitingConfiguration?: boolean
}

interface DeclarativeManagement {
  readonly type: 'DeclarativeManagement'
  readonly channel: ChannelId
  readonly endpoint: string
  readonly data?: Uint8Array
}

export type CheckIn =
  | Authenticate
  | TokenUpdate
  | DeclarativeManagement
  | { readonly type: 'CheckOut'; readonly channel: ChannelId }
  /** Without a token: the stored one is to be forgotten. */
  | { readonly type: 'SetBootstrapToken'; readonly channel: ChannelId; readonly bootstrapToken?: Uint8Array }
  | { readonly type: 'GetBootstrapToken'; readonly channel: ChannelId }
  | { readonly type: 'UserAuthenticate'; readonly channel: ChannelId }
  | { readonly type: 'GetToken'; readonly channel: ChannelId; readonly service: string }

/** A check-in message of a device (Apple, "Check-in"). Keys we do not know are passed over. Throws `MessageError`. */
export function readCheckIn(body: Uint8Array): CheckIn {
  const message = readMessage(body, { bytes: maxCheckInBytes, values: 5_000 })
  const type = text(message, 'MessageType')
  const reader = Object.hasOwn(readers, type) ? readers[type as CheckIn['type']] : undefined
  if (!reader) throw new MessageError('message-type', 'This message type is not known')
  return reader(message, channelOf(message))
}

const readers: Readonly<Record<CheckIn['type'], (message: PlistDictionary, channel: ChannelId) => CheckIn>> =
  {
    Authenticate: (message, channel) => ({
      type: 'Authenticate',
      channel,
      topic: text(message, 'Topic'),
      ...given({
        serialNumber: optionalText(message, 'SerialNumber'),
        deviceName: optionalText(message, 'DeviceName'),
        modelName: optionalText(message, 'ModelName'),
        model: optionalText(message, 'Model'),
        productName: optionalText(message, 'ProductName'),
        osVersion: optionalText(message, 'OSVersion'),
        buildVersion: optionalText(message, 'BuildVersion'),
        imei: optionalText(message, 'IMEI'),
      }),
    }),
    TokenUpdate: (message, channel) => {
      const token = optionalData(message, 'Token')
      if (!token) throw new MessageError('form', 'Token is missing')
      return {
        type: 'TokenUpdate',
        channel,
        topic: text(message, 'Topic'),
        token,
        ...given({
          pushMagic: optionalText(message, 'PushMagic'),
          unlockToken: optionalData(message, 'UnlockToken'),
          awaitingConfiguration: optionalFlag(message, 'AwaitingConfiguration'),
        }),
      }
    },
    CheckOut: (_, channel) => ({ type: 'CheckOut', channel }),
    SetBootstrapToken: (message, channel) => ({
      type: 'SetBootstrapToken',
      channel,
      ...given({ bootstrapToken: optionalData(message, 'BootstrapToken') }),
    }),
    GetBootstrapToken: (_, channel) => ({ type: 'GetBootstrapToken', channel }),
    UserAuthenticate: (_, channel) => ({ type: 'UserAuthenticate', channel }),
    GetToken: (message, channel) => ({
      type: 'GetToken',
      channel,
      service: optionalText(message, 'TokenServiceType') ?? '',
    }),
    DeclarativeManagement: (message, channel) => ({
      type: 'DeclarativeManagement',
      channel,
      endpoint: text(message, 'Endpoint'),
      ...given({ data: optionalData(message, 'Data') }),
    }),
  }

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** `values` without those that are undefined. */
function given<T extends Readonly<Record<string, unknown>>>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>
}
