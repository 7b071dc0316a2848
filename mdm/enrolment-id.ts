import { type PlistDictionary } from '../profiles/plist/plist-value.ts'
import { MessageError } from './message-error.ts'
import { optionalText } from './plist-fields.ts'

/** Which channel of which iPad a message came through. Both ids are opaque: never split, never change their case. */
export interface ChannelId {
  /** UDID, or EnrollmentID where the iPad belongs to its user. */
  readonly device: string
  /** Set on the channel of one user; commands for the iPad itself never go there. */
  readonly user?: string
}

/** What every user of a Shared iPad sends as UserID (Apple, TokenUpdate): only the short name tells them apart. */
const sharedUserId = 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'

/** The channel a message names. Throws `MessageError` when it names no device. */
export function channelOf(message: PlistDictionary): ChannelId {
  const device = optionalText(message, 'UDID') ?? optionalText(message, 'EnrollmentID')
  if (device === undefined) throw new MessageError('form', 'UDID is missing')
  const user = userOf(message)
  return user === undefined ? { device } : { device, user }
}

function userOf(message: PlistDictionary): string | undefined {
  const user = optionalText(message, 'EnrollmentUserID') ?? optionalText(message, 'UserID')
  return user === sharedUserId ? (optionalText(message, 'UserShortName') ?? user) : user
}
