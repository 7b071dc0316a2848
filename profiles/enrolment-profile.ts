import { createHash } from 'node:crypto'
import { type PlistDictionary } from './plist/plist-value.ts'
import { writePlist } from './plist/write-plist.ts'

/** Everything in the profile with which an iPad asks to be managed. */
interface EnrolmentProfile {
  /** Shown to the person who installs it. */
  readonly organisationName: string
  readonly serialNumber: string
  /** Public base address without a trailing slash. */
  readonly serverUrl: string
  /** Of the push certificate; can never change for an enrolled iPad. */
  readonly topic: string
  /** One-time secret for the identity certificate. */
  readonly challenge: string
  /** DER of the root and of the authority that issues identities. */
  readonly root: Uint8Array
  readonly issuing: Uint8Array
  /** Five fresh UUIDs: of the profile and of its four payloads. */
  readonly uuids: readonly [string, string, string, string, string]
}

/** The identifier never changes: installing the profile again replaces it, which is how identities are renewed. */
export const enrolmentProfileIdentifier = 'se.ornkoll.enrolment'

/** All rights that exist for an iPad (Apple, com.apple.mdm, AccessRights: bits 1 to 4096). */
const allRights = 8191

/** Signing (1) and encryption (4). */
const signAndEncrypt = 5

/**
 * The enrolment profile in XML, unsigned: trust in our authority, an identity by SCEP, and management by this server
 * (Apple, com.apple.security.scep and com.apple.mdm). The addresses carry no query: some clients drop it.
 */
export function enrolmentProfile(wanted: EnrolmentProfile): Uint8Array {
  const [profileUuid, rootUuid, issuingUuid, identityUuid, managementUuid] = wanted.uuids
  return writePlist({
    ...payload('Configuration', '', profileUuid, `Örnkoll – ${wanted.organisationName}`),
    PayloadOrganization: wanted.organisationName,
    PayloadDescription: `${wanted.organisationName} manages this iPad.`,
    PayloadScope: 'System',
    PayloadContent: [
      {
        ...payload('com.apple.security.root', 'root', rootUuid, 'Örnkoll root'),
        PayloadContent: wanted.root,
      },
      {
        ...payload('com.apple.security.pkcs1', 'issuing', issuingUuid, 'Örnkoll devices'),
        PayloadContent: wanted.issuing,
      },
      {
        ...payload('com.apple.security.scep', 'identity', identityUuid, 'Identity of this iPad'),
        PayloadContent: scep(wanted),
      },
      {
        ...payload('com.apple.mdm', 'management', managementUuid, 'Management'),
        IdentityCertificateUUID: identityUuid,
        Topic: wanted.topic,
        ServerURL: `${wanted.serverUrl}/mdm/connect`,
        CheckInURL: `${wanted.serverUrl}/mdm/checkin`,
        SignMessage: true,
        CheckOutWhenRemoved: true,
        AccessRights: allRights,
        // The first can never be added later, so it stands here although the channels of users get no commands yet.
        ServerCapabilities: ['com.apple.mdm.per-user-connections', 'com.apple.mdm.bootstraptoken'],
      },
    ],
  })
}

function payload(type: string, part: string, uuid: string, name: string): PlistDictionary {
  return {
    PayloadType: type,
    PayloadVersion: 1,
    PayloadIdentifier: part ? `${enrolmentProfileIdentifier}.${part}` : enrolmentProfileIdentifier,
    PayloadUUID: uuid,
    PayloadDisplayName: name,
  }
}

function scep({
  serverUrl,
  challenge,
  serialNumber,
  organisationName,
  issuing,
}: EnrolmentProfile): PlistDictionary {
  return {
    URL: `${serverUrl}/scep`,
    Name: 'Örnkoll',
    // Names within sets within the sequence: with one level less, iOS fails without saying why.
    Subject: [[['O', organisationName]], [['CN', `Device ${serialNumber}`]]],
    Challenge: challenge,
    'Key Type': 'RSA',
    Keysize: 2048,
    'Key Usage': signAndEncrypt,
    Retries: 3,
    RetryDelay: 10,
    CAFingerprint: createHash('sha1').update(issuing).digest(),
  }
}
