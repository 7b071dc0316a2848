import { randomBytes, randomUUID } from 'node:crypto'
import { type Signer } from '../../profiles/cms/sign-data.ts'
import { createDeviceChannel, type DeviceChannel } from './device-channel.ts'
import { readEnrolmentProfile, type MdmSettings } from './enrolment-profile.ts'
import { type Hardware } from './hardware.ts'
import { type IdentityKeys } from './identity-keys.ts'
import { type InstalledProfile } from './ipad-state.ts'
import { type SignatureStyle } from './mdm-signature.ts'
import { authenticate, tokenUpdate, type PushSecrets } from './messages.ts'
import { requestIdentity } from './scep-identity.ts'
import { type Transport } from './transport.ts'

interface JoiningPorts {
  readonly hardware: Hardware
  readonly deviceName: string
  readonly awaitingConfiguration: boolean
  readonly transport: Transport
  readonly keys: IdentityKeys
  readonly signatures: SignatureStyle
  readonly now: () => Date
  readonly onUnenrolled: () => void
}

/** An iPad's side of one enrolment: each has its own certificate, push token, magic and unlock token. */
export interface Joined {
  readonly mdm: MdmSettings
  readonly channel: DeviceChannel
  readonly secrets: PushSecrets
  readonly installed: InstalledProfile
  /** What it proves itself with, and what is encrypted for it is opened with. */
  readonly identity: Signer
}

const unlockTokenBytes = 1_200

/**
 * Follows an enrolment link to its end: signed profile, certificate by SCEP, Authenticate, TokenUpdate.
 * @throws {SimulationError} when the server does not let it
 */
export async function joinManagement(link: string, ports: JoiningPorts): Promise<Joined> {
  const { hardware, transport, now } = ports
  const { scep, mdm, installed } = readEnrolmentProfile((await transport.get(link)).body)
  const key = await ports.keys(scep.keySize)
  const identity = await requestIdentity(scep, key, { transport, now, randomBytes })
  const channel = createDeviceChannel(mdm, { ...ports, identity })
  const secrets = {
    token: randomBytes(32),
    magic: randomUUID().toUpperCase(),
    unlockToken: randomBytes(unlockTokenBytes),
  }
  await channel.checkIn(authenticate(hardware, ports.deviceName, mdm.topic))
  await channel.checkIn(tokenUpdate(hardware, mdm.topic, secrets, ports.awaitingConfiguration))
  return { mdm, channel, secrets, installed, identity }
}
