import { type X509Certificate } from 'node:crypto'
import { deviceSerialOf } from '../../mdm/certificates/authority.ts'
import { publicKeyFingerprint } from '../../mdm/certificates/certificate-signing-request.ts'
import { type TokenUpdate } from '../../mdm/check-in.ts'
import { type DeviceSignature } from '../../mdm/device-identity.ts'
import { type SecretBox } from '../certificates/secret-box.ts'
import { type Transaction } from '../database/transaction.ts'
import { type DeviceEvent } from '../device-channel/device-event.ts'
import { type DeviceEvents } from '../device-channel/device-events.ts'
import { type Devices } from '../devices/devices.ts'
import { type NewId } from '../ids.ts'
import { certificatesAfterTokenUpdate, renewalDueAt, type Enrolment } from './enrolment.ts'
import { createAuthenticating } from './authenticating.ts'
import { secretsOfEnrolment, type EnrolmentStore } from './enrolment-store.ts'
import { EnrolmentRefusal } from './enrolment-refusal.ts'
import { type ScepChallengeStore } from './scep-challenge-store.ts'

export interface EnrolmentsDeps {
  readonly enrolments: EnrolmentStore
  readonly challenges: Pick<ScepChallengeStore, 'findByKey'>
  readonly devices: Pick<
    Devices,
    'bySerial' | 'setManagement' | 'setLock' | 'applyInformation' | 'forgetFormerLife'
  >
  readonly queue: {
    clear(
      enrolment: Pick<Enrolment, 'id' | 'organisationId'>,
      now: Date,
      erase: 'decide' | 'keep',
    ): Promise<DeviceEvent[]>
    eraseSent(enrolment: Pick<Enrolment, 'organisationId' | 'deviceId' | 'id'>): Promise<boolean>
  }
  readonly events: DeviceEvents
  readonly secrets: SecretBox
  readonly transaction: Transaction
  readonly newId: NewId
}

export type Enrolments = ReturnType<typeof createEnrolments>

/** iPads coming under management, staying there and leaving, as their check-ins tell it. */
export function createEnrolments(deps: EnrolmentsDeps) {
  const { enrolments, challenges, devices, queue, events, secrets, transaction } = deps

  async function tell(told: readonly DeviceEvent[]): Promise<void> {
    for (const event of told) await events.deliver(event)
  }

  return {
    authenticate: createAuthenticating(deps),

    /**
     * The iPad can be pushed from now on. What the message leaves out stays as it was; older identities are no longer
     * accepted. The first one after Authenticate completes the enrolment, which `completed` says.
     */
    async tokenUpdate(
      enrolment: Enrolment,
      { fingerprint, certificate }: DeviceSignature,
      said: TokenUpdate,
      now: Date,
    ): Promise<{ completed: boolean }> {
      const { organisationId, deviceId, id } = enrolment
      const { completed, told } = await transaction(async () => {
        // As it is by now: the same message may come twice at once, and a new Authenticate in between.
        const known = await enrolments.find(organisationId, id)
        if (!known?.current || known.state === 'checked-out')
          throw new EnrolmentRefusal('The certificate was replaced')
        const first = known.state !== 'enrolled'
        const isRenewed =
          !first && known.certificate !== undefined && known.certificate !== textOf(certificate)
        await enrolments.change(organisationId, id, {
          set: {
            state: 'enrolled',
            topic: said.topic,
            token: Buffer.from(said.token).toString('hex'),
            tokenState: 'live',
            certificate: textOf(certificate),
            certificateFingerprints: certificatesAfterTokenUpdate(known.certificateFingerprints, fingerprint),
            ...(first && { enrolledAt: now }),
            // What waits was perhaps pushed for in vain, with the token of before.
            ...(known.waiting && { wakeAt: now, wakeAttempts: 0 }),
            ...(said.pushMagic !== undefined && { pushMagic: said.pushMagic }),
            ...(said.unlockToken && {
              unlockToken: secrets.sealSecret(said.unlockToken, placeOf('unlock', id)),
            }),
            ...(said.awaitingConfiguration !== undefined && {
              awaitingConfiguration: said.awaitingConfiguration,
            }),
          },
        })
        const about = { organisationId, deviceId, at: now }
        if (isRenewed) return { completed: false, told: [await events.record({ ...about, kind: 'renewed' })] }
        if (!first) return { completed: false, told: [] }
        await devices.setManagement(organisationId, deviceId, 'enrolled')
        return { completed: true, told: [await events.record({ ...about, kind: 'enrolled' })] }
      })
      await tell(told)
      return { completed }
    },

    /** The iPad has removed its management. Its queue ends, but for an erase: people decide about that. */
    async checkOut(enrolment: Enrolment, now: Date): Promise<void> {
      if (enrolment.state === 'checked-out') return
      const { organisationId, deviceId, id } = enrolment
      const told = await transaction(async () => {
        const cleared = await queue.clear(enrolment, now, 'keep')
        await enrolments.change(organisationId, id, {
          set: { state: 'checked-out', endedAt: now, tokenState: 'dead', waiting: false },
          emptied: [...secretsOfEnrolment, 'wakeAt'],
        })
        await devices.setManagement(organisationId, deviceId, 'unenrolled')
        return [...cleared, await events.record({ organisationId, deviceId, at: now, kind: 'checked-out' })]
      })
      await tell(told)
    },

    /** Keeps the bootstrap token sealed; without one, forgets the one there was. */
    async setBootstrapToken({ organisationId, id }: Enrolment, token: Uint8Array | undefined): Promise<void> {
      await enrolments.change(
        organisationId,
        id,
        token
          ? { set: { bootstrapToken: secrets.sealSecret(token, placeOf('bootstrap', id)) } }
          : { emptied: ['bootstrapToken'] },
      )
    },

    bootstrapTokenOf: ({ id, bootstrapToken }: Enrolment): Uint8Array | undefined =>
      bootstrapToken === undefined ? undefined : secrets.openSecret(bootstrapToken, placeOf('bootstrap', id)),

    unlockTokenOf: ({ id, unlockToken }: Enrolment): Uint8Array | undefined =>
      unlockToken === undefined ? undefined : secrets.openSecret(unlockToken, placeOf('unlock', id)),

    /** Whether a certificate may be renewed: only while it is the identity of an iPad under management. */
    async mayRenew({ certificateFingerprint }: { certificateFingerprint: string }): Promise<boolean> {
      const enrolment = await enrolments.findByCertificate(certificateFingerprint)
      return enrolment?.current === true && enrolment.state === 'enrolled'
    },

    /**
     * The enrolment that a signed message belongs to: the certificate decides, and the id in the message must agree.
     * A certificate that was renewed by SCEP alone came without an Authenticate; it is taken over here.
     * Throws `EnrolmentRefusal`.
     */
    async bySignature(signature: DeviceSignature, udid: string, now: Date): Promise<Enrolment> {
      const found =
        (await enrolments.findByCertificate(signature.fingerprint)) ??
        (await renewedAlone(signature, udid, now))
      if (!found) throw new EnrolmentRefusal('The certificate belongs to no enrolment')
      if (!found.current || found.udid !== udid)
        throw new EnrolmentRefusal('The certificate is for another iPad')
      if (found.certificate !== undefined || found.state !== 'enrolled') return found
      // It enrolled before certificates were kept.
      const set = { certificate: textOf(signature.certificate) }
      return (await enrolments.change(found.organisationId, found.id, { set })) ?? found
    },
  }

  /**
   * A certificate whose key no challenge was used for comes from a RenewalReq, signed with the old one; the same goes
   * for the key that the enrolment has already. Any other key was let in by a link, and must authenticate first.
   */
  async function renewedAlone(
    { certificate, fingerprint }: DeviceSignature,
    udid: string,
    now: Date,
  ): Promise<Enrolment | undefined> {
    const serialNumber = deviceSerialOf(certificate)
    const device = serialNumber === undefined ? undefined : await devices.bySerial(serialNumber)
    const current = device && (await enrolments.currentOf(device.organisationId, device.id))
    if (current?.udid !== udid || current.state !== 'enrolled') return undefined
    const keyFingerprint = publicKeyFingerprint(certificate.publicKey)
    const isKnownKey = keyFingerprint === current.keyFingerprint
    if (!isKnownKey && (await challenges.findByKey(keyFingerprint))) return undefined
    const certificateFingerprints = [...current.certificateFingerprints, fingerprint]
    const set = {
      certificateFingerprints,
      keyFingerprint,
      certificate: textOf(certificate),
      renewalDueAt: renewalDueAt(certificate.validToDate),
    }
    const { organisationId, deviceId, id } = current
    const { changed, event } = await transaction(async () => ({
      changed: await enrolments.change(organisationId, id, { set }),
      event: await events.record({ organisationId, deviceId, at: now, kind: 'renewed' }),
    }))
    await events.deliver(event)
    return changed
  }
}

const textOf = ({ raw }: X509Certificate): string => raw.toString('base64')

function placeOf(what: 'unlock' | 'bootstrap', enrolmentId: string): string {
  return `${what}/${enrolmentId}`
}
