import { decryptEnveloped } from '../../../profiles/cms/enveloped-data.ts'
import { type Signer } from '../../../profiles/cms/sign-data.ts'
import { CmsError } from '../../../profiles/cms/cms-error.ts'
import { verifySignedData } from '../../../profiles/cms/verify-signed-data.ts'
import { PlistError } from '../../../profiles/plist/plist-error.ts'
import { isDictionary, type PlistDictionary } from '../../../profiles/plist/plist-value.ts'
import { readPlist } from '../../../profiles/plist/read-plist.ts'
import { installedProfile } from '../installed-profile.ts'
import { type InstalledPayload, type InstalledProfile } from '../ipad-state.ts'
import { done, malformed, refused, refusedCommand, textOf, told, type Answering } from './answer.ts'

const limits = { bytes: 1_000_000, values: 50_000 }

export const profileList: Answering = ({ parameters }, { state }) => {
  const managedOnly = parameters['ManagedOnly'] === true
  const shown = state.profiles.filter(profile => profile.managed || !managedOnly)
  return told({ ProfileList: shown.map(listed) })
}

function listed(profile: InstalledProfile): PlistDictionary {
  return {
    ...named(profile),
    PayloadOrganization: profile.organization,
    PayloadRemovalDisallowed: profile.removalDisallowed,
    PayloadVersion: 1,
    HasRemovalPasscode: false,
    IsEncrypted: false,
    IsManaged: profile.managed,
    PayloadContent: profile.payloads.map(payload => ({
      ...named(payload),
      PayloadType: payload.type,
      PayloadVersion: 1,
    })),
  }
}

function named(payload: Omit<InstalledPayload, 'type'>): PlistDictionary {
  return {
    PayloadIdentifier: payload.identifier,
    PayloadUUID: payload.uuid,
    PayloadDisplayName: payload.displayName,
    PayloadDescription: payload.description,
  }
}

/** A profile with the identifier of an installed one takes its place, as on a real iPad. */
export const installProfile: Answering = ({ parameters }, { state, identity }) => {
  const payload = parameters['Payload']
  if (!(payload instanceof Uint8Array)) return malformed
  const read = readProfile(payload, identity)
  if (!read) return refused('MCProfileErrorDomain', 1000, 'The profile is invalid.')
  const installed = { ...read, managed: true }
  const others = state.profiles.filter(({ identifier }) => identifier !== installed.identifier)
  return done({ ...state, profiles: [...others, installed] })
}

function readProfile(bytes: Uint8Array, identity: Signer): InstalledProfile | undefined {
  try {
    // A signed profile is DER, which no XML begins with.
    const xml = bytes[0] === 0x30 ? verifySignedData(bytes).content : bytes
    const profile = readPlist(xml, limits)
    if (!isDictionary(profile) || profile['PayloadType'] !== 'Configuration') return undefined
    const installed = installedProfile(opened(profile, identity))
    return installed.identifier === '' || installed.uuid === '' ? undefined : installed
  } catch (error) {
    if (error instanceof PlistError || error instanceof CmsError) return undefined
    throw error
  }
}

/** The profile with the parts that were encrypted for this iPad. Throws `CmsError` when they were for another. */
function opened(profile: PlistDictionary, { certificate, key }: Signer): PlistDictionary {
  const sealed = profile['EncryptedPayloadContent']
  if (!(sealed instanceof Uint8Array)) return profile
  const { content } = decryptEnveloped(sealed, { certificate, key, singleDes: 'refused' })
  return { ...profile, PayloadContent: readPlist(content, limits) }
}

export const removeProfile: Answering = ({ parameters }, { state }) => {
  const identifier = textOf(parameters, 'Identifier')
  if (identifier === undefined) return malformed
  const found = state.profiles.find(profile => profile.identifier === identifier)
  if (!found?.managed) return refusedCommand(12013, 'The profile is not managed by this server.')
  return done({ ...state, profiles: state.profiles.filter(profile => profile !== found) })
}
