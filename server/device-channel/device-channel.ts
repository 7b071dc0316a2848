import { type X509Certificate } from 'node:crypto'
import { readCheckIn, type CheckIn } from '../../mdm/check-in.ts'
import { readCommandReport } from '../../mdm/command-report.ts'
import { answerDeclarative } from '../../mdm/declarative-management.ts'
import { isIssuedBy, isValidAt, verifyMdmSignature, type DeviceSignature } from '../../mdm/device-identity.ts'
import { writePlist } from '../../profiles/plist/write-plist.ts'
import { type Clock } from '../clock.ts'
import { type CommandTurns } from '../commands/command-turns.ts'
import { EnrolmentRefusal } from '../enrolment/enrolment-refusal.ts'
import { type Enrolment } from '../enrolment/enrolment.ts'
import { type Enrolments } from '../enrolment/enrolments.ts'
import { type Sightings } from './sightings.ts'

interface DeviceChannelDeps {
  /** The authority that issued the identities of our iPads. */
  readonly issuing: X509Certificate
  readonly enrolments: Enrolments
  readonly turns: CommandTurns
  readonly sightings: Pick<Sightings, 'saw'>
  readonly wake: (enrolmentIds: readonly string[]) => void
  readonly clock: Clock
}

/** A message as it came: the bytes are what was signed. */
export interface DeviceMessage {
  readonly signature: string | undefined
  readonly body: Uint8Array
}

export type CheckInAnswer =
  | { readonly status: 200; readonly type: 'empty' }
  | { readonly status: 200; readonly type: 'plist'; readonly body: Uint8Array }
  | { readonly status: 200; readonly type: 'json'; readonly json: object }
  /** 404: the declaration is not there. 410: we do not manage this user. */
  | { readonly status: 404 | 410; readonly type: 'empty' }

export type DeviceChannel = ReturnType<typeof createDeviceChannel>

const hasLeft = 'The iPad has checked out'

const empty: CheckInAnswer = { status: 200, type: 'empty' }

/** A clock that was set by hand may be wrong by hours right after Setup Assistant; a certificate lasts two years. */
const validityToleranceMinutes = 24 * 60

/**
 * What iPads say and hear. Throws `SignatureError`, `MessageError` and `EnrolmentRefusal` for messages that are
 * answered with 400; anything else thrown is our fault and the iPad asks again later.
 */
export function createDeviceChannel({
  issuing,
  enrolments,
  turns,
  sightings,
  wake,
  clock,
}: DeviceChannelDeps) {
  function verify({ signature, body }: DeviceMessage, now: Date): DeviceSignature {
    const verified = verifyMdmSignature(signature, body)
    if (!isIssuedBy(verified.certificate, issuing)) throw new EnrolmentRefusal('The certificate is not ours')
    if (!isValidAt(verified.certificate, now, validityToleranceMinutes))
      throw new EnrolmentRefusal('The certificate has expired')
    return verified
  }

  async function known(signature: DeviceSignature, udid: string, now: Date): Promise<Enrolment> {
    const enrolment = await enrolments.bySignature(signature, udid, clock.now())
    sightings.saw(enrolment.organisationId, enrolment.deviceId, now)
    return enrolment
  }

  async function answer(said: CheckIn, signature: DeviceSignature, now: Date): Promise<CheckInAnswer> {
    if (said.type === 'Authenticate') {
      if (said.channel.user === undefined) await enrolments.authenticate(signature, said, now)
      return empty
    }
    const enrolment = await known(signature, said.channel.device, now)
    // Only saying once more that it has left; to come back it authenticates.
    if (enrolment.state === 'checked-out' && said.type !== 'CheckOut') throw new EnrolmentRefusal(hasLeft)
    if (said.type === 'UserAuthenticate') return { status: 410, type: 'empty' }
    // The channel of a user has its own token, which must not take the place of the iPad's.
    if (said.channel.user !== undefined && said.type !== 'DeclarativeManagement') return empty
    switch (said.type) {
      case 'TokenUpdate':
        await enrolments.tokenUpdate(enrolment, signature, said, now)
        if (enrolment.waiting) wake([enrolment.id])
        return empty
      case 'CheckOut':
        await enrolments.checkOut(enrolment, now)
        return empty
      case 'SetBootstrapToken':
        await enrolments.setBootstrapToken(enrolment, said.bootstrapToken)
        return empty
      case 'GetBootstrapToken':
        return bootstrapAnswer(enrolments.bootstrapTokenOf(enrolment))
      case 'GetToken':
        throw new EnrolmentRefusal('This server hands out no tokens of that kind')
      case 'DeclarativeManagement': {
        const declared = answerDeclarative(said.endpoint)
        if (declared.status === 404) return { status: 404, type: 'empty' }
        return declared.json ? { status: 200, type: 'json', json: declared.json } : empty
      }
    }
  }

  return {
    async checkIn(message: DeviceMessage): Promise<CheckInAnswer> {
      const now = clock.now()
      const signature = verify(message, now)
      return answer(readCheckIn(message.body), signature, now)
    },

    /** The property list of the next command, or undefined when there is nothing to do. */
    async connect(message: DeviceMessage): Promise<Uint8Array | undefined> {
      const now = clock.now()
      const signature = verify(message, now)
      const said = readCommandReport(message.body)
      const enrolment = await known(signature, said.channel.device, now)
      if (enrolment.state === 'checked-out') throw new EnrolmentRefusal(hasLeft)
      if (said.channel.user !== undefined) return undefined
      if (said.status === 'Idle') return turns.next(enrolment, { kind: 'idle' }, now)
      return turns.next(enrolment, await turns.report(enrolment, said, now), now)
    },
  }
}

/** Without a token the answer is empty, never an error (Apple, GetBootstrapToken). */
function bootstrapAnswer(token: Uint8Array | undefined): CheckInAnswer {
  return token ? { status: 200, type: 'plist', body: writePlist({ BootstrapToken: token }) } : empty
}
