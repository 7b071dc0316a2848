import {
  isDictionary,
  isList,
  type PlistDictionary,
  type PlistValue,
} from '../../profiles/plist/plist-value.ts'
import { type InstalledPayload, type InstalledProfile } from './ipad-state.ts'

/** What an iPad remembers of a profile that it installed by hand; one that came as a command is `managed`. */
export function installedProfile(profile: PlistDictionary): InstalledProfile {
  const payloads = profile['PayloadContent']
  return {
    ...named(profile),
    organization: text(profile['PayloadOrganization']),
    removalDisallowed: profile['PayloadRemovalDisallowed'] === true,
    managed: false,
    payloads: isList(payloads)
      ? payloads
          .filter(isDictionary)
          .map(payload => ({ ...named(payload), type: text(payload['PayloadType']) }))
      : [],
  }
}

function named(payload: PlistDictionary): Omit<InstalledPayload, 'type'> {
  return {
    identifier: text(payload['PayloadIdentifier']),
    uuid: text(payload['PayloadUUID']),
    displayName: text(payload['PayloadDisplayName']),
    description: text(payload['PayloadDescription']),
  }
}

const text = (value: PlistValue | undefined): string => (typeof value === 'string' ? value : '')
