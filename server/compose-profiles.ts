import { rootCertificates } from 'node:tls'
import { type Plugin } from '@hapi/hapi'
import { type Audit } from './audit/audit.ts'
import { type Certificates } from './certificates/open-certificates.ts'
import { type Database } from './database/database.ts'
import { type Devices } from './devices/devices.ts'
import { createMongoPolicyStore } from './policies/mongo-policy-store.ts'
import { createPolicies } from './policies/policies.ts'
import { policyRoutes } from './policies/policy-routes.ts'
import { draftRoutes } from './profiles/draft-routes.ts'
import { createDrafts } from './profiles/drafts.ts'
import { createFleet, type FleetDeps } from './profiles/fleet.ts'
import { createJudge } from './profiles/judging.ts'
import { createSoundProfiles } from './profiles/sound-profile.ts'
import { createMongoDraftStore } from './profiles/mongo-draft-store.ts'
import { createMongoProfileStore } from './profiles/mongo-profile-store.ts'
import { profileRoutes } from './profiles/profile-routes.ts'
import { createProfiles } from './profiles/profiles.ts'
import { type ProfileUse } from './profiles/shelving.ts'
import { createSendableProfiles } from './profiles/sendable-profiles.ts'
import { createMongoSigningStore } from './signing/mongo-signing-store.ts'
import { createSigning } from './signing/signing.ts'
import { signingJobs } from './signing/signing-jobs.ts'
import { signingRoutes } from './signing/signing-routes.ts'
import { type MayBeOneOf } from './staff/opened.ts'
import { type Ports } from './start.ts'

interface ProfileNeeds extends Database {
  readonly publicUrl: string
  readonly ports: Pick<Ports, 'clock' | 'newId'>
  readonly certificates: Pick<Certificates, 'sealSecret' | 'openSecret' | 'profileSigner'>
  readonly audit: Audit
  readonly fleet: Omit<FleetDeps, 'clock'> & { readonly devices: Pick<Devices, 'get'> }
  readonly mayBeOneOf: MayBeOneOf
  /** Where a profile is assigned, and on how many iPads it is by that. */
  readonly assignedUse: (organisationId: string, profileId: string) => Promise<ProfileUse>
}

/** The part of `compose` that is about what stands on iPads: security policies and configuration profiles. */
export function composeProfiles({
  publicUrl,
  ports,
  certificates,
  tables,
  transaction,
  audit,
  fleet,
  assignedUse,
  mayBeOneOf,
}: ProfileNeeds) {
  const { clock, newId } = ports
  const shared = { audit, transaction, clock, newId }
  const policies = createPolicies({ policies: createMongoPolicyStore(tables), mayBeOneOf, ...shared })
  const signing = createSigning({
    store: createMongoSigningStore(tables),
    own: certificates.profileSigner,
    secrets: certificates,
    audit,
    transaction,
    clock,
    publicRoots: rootCertificates,
  })
  const versions = createMongoProfileStore(tables, certificates)
  const ownFleet = createFleet({ ...fleet, clock })
  const judge = createJudge({ fleet: ownFleet, profiles: versions, publicUrl, clock })
  const profiles = createProfiles({
    profiles: versions,
    policies,
    mayBeOneOf,
    judge,
    async useOf(actor, { id, identifier }) {
      const { assignments, ipads } = await assignedUse(actor.organisationId, id)
      // Somebody may have put it there by hand.
      return { assignments, ipads: Math.max(ipads, await ownFleet.having(actor, identifier)) }
    },
    signerFor: signing.signerFor,
    ...shared,
  })
  const drafts = createDrafts({
    drafts: createMongoDraftStore(tables, certificates),
    versions,
    profiles,
    judge,
    ...shared,
    fleet: ownFleet,
    organisations: fleet.organisations,
  })
  const staffPlugins: Plugin<void>[] = [
    policyRoutes(policies),
    profileRoutes(profiles),
    draftRoutes(drafts),
    signingRoutes(signing),
  ]
  return {
    policies,
    profiles,
    drafts,
    signing,
    staffPlugins,
    jobs: signingJobs(signing),
    judge,
    sendable: createSendableProfiles(versions),
    soundProfile: createSoundProfiles({ judge, devices: fleet.devices, clock }),
  }
}
