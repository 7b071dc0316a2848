import { X509Certificate } from 'node:crypto'
import { isDictionary, isList, type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { readPlist } from '../../profiles/plist/read-plist.ts'
import { verifySignedData } from '../../profiles/cms/verify-signed-data.ts'
import { nameAttribute, type NamePart } from '../../mdm/certificates/distinguished-name.ts'
import { type InstalledProfile } from './ipad-state.ts'
import { installedProfile } from './installed-profile.ts'
import { SimulationError } from './simulation-error.ts'

/** What an iPad takes from an enrolment profile. */
interface EnrolmentProfile {
  readonly scep: ScepSettings
  readonly mdm: MdmSettings
  /** As the list of profiles shows it afterwards. */
  readonly installed: InstalledProfile
  /** Who signed it, as the iPad would show under the profile's name. */
  readonly signedBy: X509Certificate
}

export interface ScepSettings {
  readonly url: string
  /** What goes along as `message` of GetCACert. */
  readonly name: string | undefined
  readonly challenge: string | undefined
  readonly subject: readonly NamePart[]
  /** Bits. */
  readonly keySize: number
  /** SHA-1 of the authority's certificate, which GetCACert must give. */
  readonly authorityFingerprint: Uint8Array | undefined
}

export interface MdmSettings {
  readonly topic: string
  readonly serverUrl: string
  readonly checkInUrl: string
  readonly signMessage: boolean
  readonly checkOutWhenRemoved: boolean
}

const limits = { bytes: 1_000_000, values: 10_000 }

/**
 * Opens a signed enrolment profile as an iPad does: the signature must hold, and what signed it must come with its
 * issuer. Throws `SimulationError` for a profile that no iPad could enrol with, `CmsError` for a bad signature.
 */
export function readEnrolmentProfile(signed: Uint8Array): EnrolmentProfile {
  const { content, certificate, certificates } = verifySignedData(signed)
  if (!certificates.some(issuer => issued(new X509Certificate(issuer), certificate)))
    throw new SimulationError('The profile comes without the issuer of its signer.')
  const profile = readPlist(content, limits)
  if (!isDictionary(profile)) throw new SimulationError('The profile is no dictionary.')
  const mdm = payloadOf(profile, 'com.apple.mdm')
  const scep = payloadOf(profile, 'com.apple.security.scep')
  if (text(mdm, 'IdentityCertificateUUID') !== text(scep, 'PayloadUUID'))
    throw new SimulationError('The MDM payload names another identity than the SCEP payload makes.')
  return {
    scep: scepSettings(scep),
    mdm: mdmSettings(mdm),
    installed: { ...installedProfile(profile), managed: true },
    signedBy: certificate,
  }
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

function payloadOf(profile: PlistDictionary, type: string): PlistDictionary {
  const payloads = profile['PayloadContent']
  const found = isList(payloads)
    ? payloads.filter(isDictionary).find(payload => payload['PayloadType'] === type)
    : undefined
  if (!found) throw new SimulationError(`The profile has no payload ${type}.`)
  return found
}

function scepSettings(payload: PlistDictionary): ScepSettings {
  const content = payload['PayloadContent']
  if (!isDictionary(content)) throw new SimulationError('The SCEP payload has no content.')
  if (content['Key Type'] !== undefined && content['Key Type'] !== 'RSA')
    throw new SimulationError('An iPad makes only RSA keys for SCEP.')
  const keySize = content['Keysize'] ?? 1024
  return {
    url: text(content, 'URL'),
    name: optionalText(content, 'Name'),
    challenge: optionalText(content, 'Challenge'),
    subject: subjectOf(content),
    keySize: Number(keySize),
    authorityFingerprint:
      content['CAFingerprint'] instanceof Uint8Array ? content['CAFingerprint'] : undefined,
  }
}

const shortNames: Readonly<Record<string, NamePart[0]>> = {
  CN: 'commonName',
  C: 'country',
  O: 'organization',
  OU: 'organizationalUnit',
  ...Object.fromEntries(Object.entries(nameAttribute).map(([name, oid]) => [oid, name])),
}

/** Apple nests a subject three deep: the name, its parts, and the pairs of a part. Other nesting is refused. */
function subjectOf(content: PlistDictionary): NamePart[] {
  const subject = content['Subject'] ?? []
  if (!isList(subject)) throw new SimulationError('The subject is no list.')
  return subject.flatMap(part => {
    if (!isList(part)) throw new SimulationError('A part of the subject is no list.')
    return part.map(pair => {
      const [type, value] = isList(pair) ? pair : []
      const name = typeof type === 'string' ? shortNames[type] : undefined
      if (!name || typeof value !== 'string')
        throw new SimulationError('The subject is not nested as Apple wants it.')
      return [name, value] as const
    })
  })
}

function mdmSettings(payload: PlistDictionary): MdmSettings {
  const serverUrl = text(payload, 'ServerURL')
  return {
    topic: text(payload, 'Topic'),
    serverUrl,
    checkInUrl: optionalText(payload, 'CheckInURL') ?? serverUrl,
    signMessage: payload['SignMessage'] === true,
    checkOutWhenRemoved: payload['CheckOutWhenRemoved'] === true,
  }
}

function text(dictionary: PlistDictionary, key: string): string {
  const value = optionalText(dictionary, key)
  if (value === undefined) throw new SimulationError(`${key} is missing in the profile.`)
  return value
}

function optionalText(dictionary: PlistDictionary, key: string): string | undefined {
  const value = dictionary[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}
