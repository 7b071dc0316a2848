import {
  isDictionary,
  isList,
  WholeReal,
  type PlistDictionary,
  type PlistValue,
} from '../profiles/plist/plist-value.ts'
import { channelOf, type ChannelId } from './enrolment-id.ts'
import { MessageError } from './message-error.ts'
import { readMessage, text } from './plist-fields.ts'

/** Bytes that an answer to a command may have: a list of all apps with their sizes stays below. */
export const maxReportBytes = 4_194_304

type FinalStatus = 'Acknowledged' | 'Error' | 'CommandFormatError'
export type ReportStatus = FinalStatus | 'NotNow'

/** One reason of an error, outermost first. */
export interface ErrorLink {
  readonly code: number
  readonly domain: string
  /** The device's own words, in English where it gives them. */
  readonly description: string
}

/** What JSON can hold: dates as ISO text, bytes as base64, integers beyond 2^53 as text. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

export type CommandReport =
  /** The device asks for work. */
  | { readonly status: 'Idle'; readonly channel: ChannelId }
  | {
      readonly status: ReportStatus
      readonly channel: ChannelId
      readonly commandUuid: string
      readonly errorChain: readonly ErrorLink[]
      /** Everything the device reported besides the envelope, under Apple's names. */
      readonly response: JsonObject
    }

const envelope = new Set([
  'Status',
  'UDID',
  'EnrollmentID',
  'UserID',
  'UserShortName',
  'UserLongName',
  'EnrollmentUserID',
  'NotOnConsole',
  'CommandUUID',
  'ErrorChain',
])

const statuses = ['Acknowledged', 'Error', 'CommandFormatError', 'NotNow'] as const

/** A message of a device to the command address (Apple, "Commands and Queries"). Throws `MessageError`. */
export function readCommandReport(body: Uint8Array): CommandReport {
  const message = readMessage(body, { bytes: maxReportBytes, values: 200_000 })
  const channel = channelOf(message)
  const said = text(message, 'Status')
  if (said === 'Idle') return { status: 'Idle', channel }
  const status = statuses.find(each => each === said)
  if (!status) throw new MessageError('status', 'This status is not known')
  return {
    status,
    channel,
    commandUuid: text(message, 'CommandUUID'),
    errorChain: errorChainOf(message['ErrorChain']),
    response: jsonObject(message, envelope),
  }
}

/** Lenient: whatever a device sends as error is an error, also with half of its fields. */
function errorChainOf(value: PlistValue | undefined): ErrorLink[] {
  if (!isList(value)) return []
  return value.filter(isDictionary).map(link => {
    const { ErrorCode, ErrorDomain, USEnglishDescription, LocalizedDescription } = link
    return {
      code: typeof ErrorCode === 'number' ? ErrorCode : 0,
      domain: stringOr(ErrorDomain, ''),
      description: stringOr(USEnglishDescription, stringOr(LocalizedDescription, '')),
    }
  })
}

function stringOr(value: PlistValue | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

function jsonObject(dictionary: PlistDictionary, left: ReadonlySet<string> = new Set()): JsonObject {
  return Object.fromEntries(
    Object.entries(dictionary)
      .filter(([key]) => !left.has(key))
      .map(([key, value]) => [key, jsonOf(value)]),
  )
}

function jsonOf(value: PlistValue): JsonValue {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object') return value
  if (value instanceof WholeReal) return value.value
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return isList(value) ? value.map(jsonOf) : jsonObject(value)
}
