import { isDictionary, type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { readPlist } from '../../profiles/plist/read-plist.ts'
import { writePlist } from '../../profiles/plist/write-plist.ts'
import { type Signer } from '../../profiles/cms/sign-data.ts'
import { type ReceivedCommand } from './answers/answer.ts'
import { type MdmSettings } from './enrolment-profile.ts'
import { mdmSignature, type SignatureStyle } from './mdm-signature.ts'
import { SimulationError } from './simulation-error.ts'
import { type Transport, type TransportAnswer } from './transport.ts'

/** The two addresses of the server, as an enrolled iPad uses them. */
export interface DeviceChannel {
  /** The answer's body. Throws `SimulationError` unless it is 200. */
  checkIn(message: PlistDictionary): Promise<Uint8Array>
  /** The answer of a declarative check-in, 404 included: it means something there. */
  declare(message: PlistDictionary): Promise<TransportAnswer>
  /** Polls or reports; the next command, or undefined when there is none. */
  connect(message: PlistDictionary): Promise<ReceivedCommand | undefined>
}

interface DeviceChannelPorts {
  readonly transport: Transport
  readonly identity: Signer
  readonly signatures: SignatureStyle
  readonly now: () => Date
  /** The server has told the iPad to give up its management (401, or 403 in Apple's form). */
  readonly onUnenrolled: () => void
}

const commandLimits = { bytes: 4_000_000, values: 100_000 }

/** Speaks as the iPad with `identity`, each message signed as the profile asks. */
export function createDeviceChannel(mdm: MdmSettings, ports: DeviceChannelPorts): DeviceChannel {
  const { transport, identity, signatures, now, onUnenrolled } = ports

  async function put(url: string, message: PlistDictionary, contentType: string): Promise<TransportAnswer> {
    const body = writePlist(message)
    const answer = await transport.put(url, body, {
      'content-type': contentType,
      ...(mdm.signMessage && { 'mdm-signature': mdmSignature(body, identity, signatures, now()) }),
    })
    if (answer.status === 401 || (answer.status === 403 && namesUnrecognised(answer))) onUnenrolled()
    return answer
  }

  const declare = (message: PlistDictionary) =>
    put(mdm.checkInUrl, message, 'application/x-apple-aspen-mdm-checkin')

  return {
    declare,
    checkIn: async message => accepted(await declare(message), message).body,
    async connect(message) {
      const answer = await put(mdm.serverUrl, message, 'application/x-apple-aspen-mdm; charset=UTF-8')
      const { body } = accepted(answer, message)
      return body.length === 0 ? undefined : readCommand(body)
    },
  }
}

/** iPads take exactly 200 for success. */
function accepted(answer: TransportAnswer, message: PlistDictionary): TransportAnswer {
  if (answer.status === 200) return answer
  const { MessageType, Status } = message
  const what = typeof MessageType === 'string' ? MessageType : typeof Status === 'string' ? Status : ''
  const words = Buffer.from(answer.body).toString('utf8').slice(0, 200)
  throw new SimulationError(`${what} was answered ${answer.status}: ${words}`)
}

/** Apple's code of iPadOS 17 and later for "this device is not managed here". */
function namesUnrecognised({ body }: TransportAnswer): boolean {
  return Buffer.from(body).includes('com.apple.unrecognized.device')
}

function readCommand(body: Uint8Array): ReceivedCommand {
  const message = readPlist(body, commandLimits)
  const command = isDictionary(message) ? message['Command'] : undefined
  const uuid = isDictionary(message) ? message['CommandUUID'] : undefined
  if (!isDictionary(command) || typeof uuid !== 'string')
    throw new SimulationError('The server sent something that is no command.')
  const { RequestType, ...parameters } = command
  if (typeof RequestType !== 'string') throw new SimulationError('The command has no request type.')
  return { uuid, requestType: RequestType, parameters }
}
