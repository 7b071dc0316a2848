import { type Signer } from '../../profiles/cms/sign-data.ts'
import { enrolmentProfile } from '../../profiles/enrolment-profile.ts'
import { signProfile } from '../../profiles/sign-profile.ts'
import { challengeHash, newChallengeSecret } from '../../mdm/scep/challenge.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Device } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId, type RandomBytes } from '../ids.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { hashOfSecret, newSecret } from '../staff/secret.ts'
import { challengeMinutes, linkHours, type EnrolmentLinkStore } from './enrolment-link.ts'
import { type Enrolment, type IssuePurpose } from './enrolment.ts'
import { type ScepChallengeStore } from './scep-challenge-store.ts'

interface EnrollingDeps {
  readonly links: EnrolmentLinkStore
  readonly challenges: ScepChallengeStore
  readonly devices: Pick<Devices, 'get' | 'setManagement'>
  readonly organisations: Pick<Organisations, 'byId'>
  readonly currentEnrolmentOf: (organisationId: string, deviceId: string) => Promise<Enrolment | undefined>
  /** DER of the certificates that the iPad is to trust. */
  readonly trust: { readonly root: Uint8Array; readonly issuing: Uint8Array }
  readonly profileSigner: Signer
  /** Of the push certificate in use. */
  readonly pushTopic: () => Promise<string>
  readonly publicUrl: string
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
  readonly randomBytes: RandomBytes
}

export type Enrolling = ReturnType<typeof createEnrolling>

const renewalDays = 7

/** Inviting iPads: links for QR codes, and the signed profiles behind them. */
export function createEnrolling(deps: EnrollingDeps) {
  const { links, challenges, devices, organisations, audit, transaction, clock, newId, randomBytes } = deps

  /** A signed profile with a fresh one-time challenge for exactly this iPad. */
  async function profileFor(
    device: Pick<Device, 'id' | 'organisationId' | 'serialNumber'>,
    issue: { purpose: IssuePurpose; enrolmentId?: string; expiresAt: Date },
    topic: string,
  ): Promise<Uint8Array> {
    const { organisationId, serialNumber } = device
    const challenge = newChallengeSecret(randomBytes)
    const { name: organisationName } = await organisations.byId(organisationId)
    await challenges.insert({
      ...issue,
      secretHash: challengeHash(challenge),
      organisationId,
      deviceId: device.id,
      serialNumber,
    })
    const xml = enrolmentProfile({
      ...deps.trust,
      organisationName,
      serialNumber,
      serverUrl: deps.publicUrl,
      topic,
      challenge,
      uuids: [newId(), newId(), newId(), newId(), newId()],
    })
    return signProfile(xml, deps.profileSigner, clock.now())
  }

  return {
    /**
     * An address that gives this iPad its enrolment profile, for 24 hours. Only the address holds the secret: it is
     * shown now and can never be shown again.
     * @throws {DomainError} not-found `device-unknown`
     */
    async link(actor: Actor, deviceId: string): Promise<{ url: string; expiresAt: Date }> {
      const token = newSecret(randomBytes)
      const createdAt = clock.now()
      const expiresAt = new Date(createdAt.getTime() + linkHours * 3_600_000)
      await transaction(async () => {
        const device = await devices.get(actor, deviceId)
        const { id, organisationId } = device
        await links.insert({ id: hashOfSecret(token), organisationId, deviceId: id, createdAt, expiresAt })
        if (device.management === 'none' || device.management === 'unenrolled')
          await devices.setManagement(organisationId, id, 'pending')
        await audit.record(actor, {
          action: 'enrolment.link',
          on: { kind: 'device', id },
          after: { expiresAt: expiresAt.toISOString() },
        })
      })
      return { url: `${deps.publicUrl}/enroll/${token}`, expiresAt }
    },

    /**
     * The signed enrolment profile behind a link. Fetching it again gives another challenge, so a lost answer does no
     * harm; the iPad it is for is always the same.
     * @throws {DomainError} not-found `enrolment-link-unknown`, `enrolment-link-expired`
     */
    async profileOfLink(token: string): Promise<Uint8Array> {
      const now = clock.now()
      const link = await links.findByHash(hashOfSecret(token))
      if (!link)
        throw new DomainError(
          'not-found',
          'enrolment-link-unknown',
          'This enrolment link is not known. Create a new one.',
        )
      if (now >= link.expiresAt)
        throw new DomainError(
          'not-found',
          'enrolment-link-expired',
          'This enrolment link has expired. Create a new one.',
        )
      const device = await devices.get(systemActor(link.organisationId), link.deviceId)
      await links.markFetched(link, now)
      const expiresAt = new Date(now.getTime() + challengeMinutes * 60_000)
      return profileFor(device, { purpose: 'enrolment', expiresAt }, await deps.pushTopic())
    },

    /**
     * The profile that renews the identity of an enrolled iPad when it is installed over management. It keeps the topic
     * that the iPad was enrolled with, since that can never change.
     * @throws {DomainError} not-found `device-unknown`; conflict `device-unenrolled`
     */
    async renewalProfile(organisationId: string, deviceId: string): Promise<Uint8Array> {
      const device = await devices.get(systemActor(organisationId), deviceId)
      const enrolment = await deps.currentEnrolmentOf(organisationId, deviceId)
      if (enrolment?.state !== 'enrolled')
        throw new DomainError(
          'conflict',
          'device-unenrolled',
          'This iPad is not enrolled, so nothing can be sent to it. Enrol it first.',
        )
      const expiresAt = new Date(clock.now().getTime() + renewalDays * 86_400_000)
      return profileFor(device, { purpose: 'renewal', enrolmentId: enrolment.id, expiresAt }, enrolment.topic)
    },
  }
}
