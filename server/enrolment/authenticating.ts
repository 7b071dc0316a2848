import { deviceSerialOf } from '../../mdm/certificates/authority.ts'
import { publicKeyFingerprint } from '../../mdm/certificates/certificate-signing-request.ts'
import { type Authenticate } from '../../mdm/check-in.ts'
import { type DeviceSignature } from '../../mdm/device-identity.ts'
import { type DeviceEvent } from '../device-channel/device-event.ts'
import { lockMoves, normalSerial, type Device, type Lock } from '../devices/device.ts'
import { meaningOfAuthenticate, renewalDueAt, type Enrolment } from './enrolment.ts'
import { EnrolmentRefusal } from './enrolment-refusal.ts'
import { secretsOfEnrolment } from './enrolment-store.ts'
import { type EnrolmentsDeps } from './enrolments.ts'

/**
 * The iPad wants to enrol, or has renewed its identity. A new enrolment ends the previous one with its queue; a renewal
 * and a repetition clear nothing. Throws `EnrolmentRefusal`.
 */
export function createAuthenticating(deps: Omit<EnrolmentsDeps, 'secrets'>) {
  const { enrolments, challenges, devices, queue, events, transaction, newId } = deps

  async function deviceOf({ certificate }: DeviceSignature, said: Authenticate): Promise<Device> {
    const serialNumber = deviceSerialOf(certificate)
    if (serialNumber === undefined) throw new EnrolmentRefusal('The certificate names no iPad')
    if (said.serialNumber !== undefined && normalSerial(said.serialNumber) !== normalSerial(serialNumber))
      throw new EnrolmentRefusal('The certificate is for another iPad')
    const device = await devices.bySerial(serialNumber)
    if (!device) throw new EnrolmentRefusal('No organisation has this iPad')
    return device
  }

  /** An old identity cannot start a new life: its enrolment was replaced by one with a newer certificate. */
  async function refuseSpent(fingerprint: string, device: Device): Promise<Enrolment | undefined> {
    const known = await enrolments.findByCertificate(fingerprint)
    if (!known) return undefined
    if (known.deviceId !== device.id) throw new EnrolmentRefusal('The certificate is for another iPad')
    if (known.state === 'replaced') throw new EnrolmentRefusal('The certificate was replaced')
    return known
  }

  async function begin(
    device: Device,
    signature: DeviceSignature,
    { said, known, previous, now }: Beginning,
  ): Promise<DeviceEvent[]> {
    const { organisationId, id: deviceId } = device
    const told = previous ? await queue.clear(previous, now, 'decide') : []
    const fresh = {
      organisationId,
      deviceId,
      udid: said.channel.device,
      state: 'authenticated',
      current: true,
      keyFingerprint: publicKeyFingerprint(signature.certificate.publicKey),
      topic: said.topic,
      tokenState: 'none',
      awaitingConfiguration: false,
      authenticatedAt: now,
      waiting: false,
      wakeAttempts: 0,
      renewalDueAt: renewalDueAt(signature.certificate.validToDate),
    } as const
    if (previous && previous.id !== known?.id) {
      const set = {
        state: 'replaced',
        current: false,
        endedAt: now,
        waiting: false,
        tokenState: 'dead',
      } as const
      await enrolments.change(organisationId, previous.id, {
        set,
        emptied: [...secretsOfEnrolment, 'wakeAt'],
      })
    }
    if (known) {
      const emptied = [...secretsOfEnrolment, 'wakeAt', 'enrolledAt', 'endedAt'] as const
      await enrolments.change(organisationId, known.id, { set: fresh, emptied })
    } else {
      const certificateFingerprints = [signature.fingerprint]
      await enrolments.insert({ ...fresh, id: newId(), certificateFingerprints, sequence: 0 })
    }
    await devices.setManagement(organisationId, deviceId, 'pending')
    for (const lock of wayToOpen(device.lock)) await devices.setLock(organisationId, deviceId, lock)
    const event = await events.record({ organisationId, deviceId, at: now, kind: 'authenticated' })
    return [...told, event]
  }

  return async function authenticate(
    signature: DeviceSignature,
    said: Authenticate,
    now: Date,
  ): Promise<void> {
    const told = await transaction(async () => {
      const device = await deviceOf(signature, said)
      const known = await refuseSpent(signature.fingerprint, device)
      const previous = await enrolments.currentOf(device.organisationId, device.id)
      const keyFingerprint = publicKeyFingerprint(signature.certificate.publicKey)
      const issued = await challenges.findByKey(keyFingerprint)
      const eraseSent = previous ? await queue.eraseSent(previous) : false
      const { fingerprint } = signature
      const meaning = meaningOfAuthenticate({ previous, fingerprint, issued, eraseSent })
      if (meaning === 'new') await devices.forgetFormerLife(device.organisationId, device.id)
      await devices.applyInformation(device.organisationId, device.id, { ...toldBy(said), reportedAt: now })
      if (meaning === 'repeated') return []
      if (meaning === 'renewal' && previous) {
        const certificateFingerprints = [...previous.certificateFingerprints, fingerprint]
        const set = {
          certificateFingerprints,
          keyFingerprint,
          renewalDueAt: renewalDueAt(signature.certificate.validToDate),
        }
        await enrolments.change(previous.organisationId, previous.id, { set })
        return []
      }
      return begin(device, signature, { said, known, previous, now })
    })
    for (const event of told) await events.deliver(event)
  }
}

interface Beginning {
  readonly said: Authenticate
  /** The enrolment that had the same certificate. */
  readonly known: Enrolment | undefined
  readonly previous: Enrolment | undefined
  readonly now: Date
}

/** An iPad that starts over is in no lost mode, whatever it was in: the steps from there to `open`. */
function wayToOpen(lock: Lock): readonly Lock[] {
  if (lock === 'open') return []
  const direct: readonly Lock[] = lockMoves[lock]
  return direct.includes('open') ? ['open'] : ['unlock-pending', 'open']
}

function toldBy({
  deviceName,
  modelName,
  productName,
  osVersion,
  buildVersion,
  model,
  imei,
  channel,
}: Authenticate) {
  return {
    udid: channel.device,
    ...(deviceName !== undefined && { deviceName }),
    ...(modelName !== undefined && { modelName }),
    ...(productName !== undefined && { productName }),
    ...(osVersion !== undefined && { osVersion }),
    ...(buildVersion !== undefined && { buildVersion }),
    ...(model !== undefined && { modelNumber: model }),
    ...(imei !== undefined && { imei: imei.replace(/\s+/g, '') }),
  }
}
