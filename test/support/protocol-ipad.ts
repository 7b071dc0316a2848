import { randomBytes, type KeyObject } from 'node:crypto'
import { type Signer } from '../../profiles/cms/sign-data.ts'
import { verifySignedData } from '../../profiles/cms/verify-signed-data.ts'
import { type PlistDictionary, type PlistValue } from '../../profiles/plist/plist-value.ts'
import { isDictionary } from '../../profiles/plist/plist-value.ts'
import { readPlist } from '../../profiles/plist/read-plist.ts'
import { writePlist } from '../../profiles/plist/write-plist.ts'
import { mdmSignature, type SignatureStyle } from '../../scripts/simulate/mdm-signature.ts'
import { requestIdentity } from '../../scripts/simulate/scep-identity.ts'
import { createTransport } from '../../scripts/simulate/transport.ts'
import { type ApiClient } from './api-client.ts'
import { rsaKey } from './keys.ts'

interface DeviceAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: Buffer
}

/** What the server handed out; undefined when there was nothing to do. */
interface HandedOut {
  readonly uuid: string
  readonly requestType: string
  readonly command: PlistDictionary
}

/** An iPad without a will of its own: it says exactly what a test wants it to say, signed. */
export interface ProtocolIpad {
  readonly deviceId: string
  readonly serialNumber: string
  readonly udid: string
  readonly token: Buffer
  readonly topic: string
  identity: Signer
  checkIn(message: Record<string, PlistValue>, how?: Partial<HowSaid>): Promise<DeviceAnswer>
  connect(message: Record<string, PlistValue>, how?: Partial<HowSaid>): Promise<DeviceAnswer>
  authenticate(how?: Partial<HowSaid>): Promise<DeviceAnswer>
  tokenUpdate(fields?: Record<string, PlistValue>, how?: Partial<HowSaid>): Promise<DeviceAnswer>
  /** Asks for work. Throws for anything but 200. */
  idle(): Promise<HandedOut | undefined>
  /** Reports on a command and gets the next. Throws for anything but 200. */
  report(uuid: string, status: string, fields?: Record<string, PlistValue>): Promise<HandedOut | undefined>
  /** A new identity from a link. */
  newIdentity(key?: KeyObject): Promise<Signer>
}

interface HowSaid {
  readonly identity: Signer
  readonly style: SignatureStyle
  /** Sent instead of the signature that is right. */
  readonly header: string | undefined
  readonly contentType: string | undefined
  readonly channel: Record<string, PlistValue>
}

interface ProtocolIpadOptions {
  readonly serialNumber: string
  readonly udid?: string
  readonly pushMagic?: string
  /** Whose it is written as; the organisation's when nothing is said. */
  readonly ownership?: 'organisation' | 'personal' | undefined
}

const impatient = () => undefined
const transport = createTransport({
  signal: new AbortController().signal,
  wait: () => Promise.resolve(),
  retryAfterMs: impatient,
})
const now = () => new Date(Date.now())
let made = 0

/** A registered device with an identity from a real link, that has not said anything yet. */
export async function aProtocolIpad(
  url: string,
  desk: ApiClient,
  {
    serialNumber,
    udid = `00008120-${serialNumber}`,
    pushMagic = `MAGIC-${serialNumber}`,
    ownership,
  }: ProtocolIpadOptions,
): Promise<ProtocolIpad> {
  const registered = await desk.post<{ id: string }>('/api/v1/devices', { serialNumber, ownership })
  if (registered.status !== 201) throw new Error(`No device: ${JSON.stringify(registered.body)}`)
  const deviceId = registered.body.id
  const token = randomBytes(32)
  let topic = ''

  async function newIdentity(key = rsaKey(`identity ${made++ % 4}`)): Promise<Signer> {
    const { body } = await desk.post<{ url: string }>(`/api/v1/devices/${deviceId}/enrolment-link`)
    const profile = await (await fetch(body.url)).arrayBuffer()
    const { management, scep } = openProfile(new Uint8Array(profile))
    topic = textOf(management['Topic'])
    const settings = {
      url: textOf(scep['URL']),
      name: undefined,
      challenge: textOf(scep['Challenge']),
      subject: [['commonName', 'iPad']] as const,
      keySize: 2048,
      authorityFingerprint: undefined,
    }
    return requestIdentity(settings, key, { transport, now, randomBytes })
  }

  async function put(
    path: string,
    message: Record<string, PlistValue>,
    how: Partial<HowSaid>,
  ): Promise<DeviceAnswer> {
    const body = writePlist({ UDID: udid, ...how.channel, ...message })
    const identity = how.identity ?? ipad.identity
    const signature =
      'header' in how ? how.header : mdmSignature(body, identity, how.style ?? 'attributes', now())
    return putRaw(url, path, body, { signature, contentType: how.contentType })
  }

  async function ask(message: Record<string, PlistValue>): Promise<HandedOut | undefined> {
    const { status, body } = await ipad.connect(message)
    if (status !== 200) throw new Error(`The server answered ${status}: ${body.toString('utf8')}`)
    return body.length === 0 ? undefined : handedOut(body)
  }

  const ipad: ProtocolIpad = {
    deviceId,
    serialNumber,
    udid,
    token,
    get topic() {
      return topic
    },
    identity: await newIdentity(),
    newIdentity,
    checkIn: (message, how = {}) => put('/mdm/checkin', message, { contentType: checkInType, ...how }),
    connect: (message, how = {}) => put('/mdm/connect', message, how),
    authenticate: how =>
      ipad.checkIn(
        {
          MessageType: 'Authenticate',
          Topic: topic,
          SerialNumber: serialNumber,
          DeviceName: 'iPad',
          Model: 'MXN93KN/A',
          ModelName: 'iPad',
          ProductName: 'iPad13,18',
          OSVersion: '18.1',
          BuildVersion: '22B83',
        },
        how,
      ),
    tokenUpdate: (fields = {}, how = {}) =>
      ipad.checkIn(
        { MessageType: 'TokenUpdate', Topic: topic, Token: token, PushMagic: pushMagic, ...fields },
        how,
      ),
    idle: () => ask({ Status: 'Idle' }),
    report: (uuid, status, fields = {}) => ask({ CommandUUID: uuid, Status: status, ...fields }),
  }
  return ipad
}

/** An iPad that has enrolled. */
export async function anEnrolledIpad(
  url: string,
  desk: ApiClient,
  options: ProtocolIpadOptions,
): Promise<ProtocolIpad> {
  const ipad = await aProtocolIpad(url, desk, options)
  for (const { status, body } of [await ipad.authenticate(), await ipad.tokenUpdate()])
    if (status !== 200) throw new Error(`Enrolment answered ${status}: ${body.toString('utf8')}`)
  return ipad
}

/** The parts of a signed enrolment profile that a device lives by. */
export function openProfile(signed: Uint8Array): {
  profile: PlistDictionary
  management: PlistDictionary
  scep: PlistDictionary
} {
  const profile = readPlist(verifySignedData(signed).content, { bytes: 1_000_000, values: 1000 })
  if (!isDictionary(profile)) throw new Error('The profile is no dictionary')
  const payloads = (profile['PayloadContent'] as readonly PlistValue[]).filter(isDictionary)
  const payload = (type: string) => payloads.find(each => each['PayloadType'] === type) ?? {}
  const scep = payload('com.apple.security.scep')['PayloadContent']
  return { profile, management: payload('com.apple.mdm'), scep: isDictionary(scep) ? scep : {} }
}

const checkInType = 'application/x-apple-aspen-mdm-checkin'

/** Bytes as they are to the device door. */
export async function putRaw(
  url: string,
  path: string,
  body: Uint8Array,
  { signature, contentType }: { signature?: string | undefined; contentType?: string | undefined } = {},
): Promise<DeviceAnswer> {
  const response = await fetch(new URL(path, url), {
    method: 'PUT',
    headers: {
      ...(signature !== undefined && { 'mdm-signature': signature }),
      ...(contentType !== undefined && { 'content-type': contentType }),
    },
    body: Buffer.from(body),
  })
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: Buffer.from(await response.arrayBuffer()),
  }
}

function handedOut(body: Buffer): HandedOut {
  const value = readPlist(body, { bytes: 4_000_000, values: 100_000 })
  if (!isDictionary(value) || !isDictionary(value['Command'])) throw new Error('This is no command')
  return {
    uuid: textOf(value['CommandUUID']),
    requestType: textOf(value['Command']['RequestType']),
    command: value['Command'],
  }
}

function textOf(value: PlistValue | undefined): string {
  if (typeof value !== 'string') throw new Error('This is no text')
  return value
}

/** Sends a command by the API and gives its UUID. */
export async function send(
  desk: ApiClient,
  deviceId: string,
  requestType: string,
  parameters: Record<string, unknown> = {},
): Promise<string> {
  const { status, body } = await desk.post<{ commandUUID: string }>(`/api/v1/devices/${deviceId}/commands`, {
    requestType,
    ...parameters,
  })
  if (status !== 202) throw new Error(`The command was answered ${status}: ${JSON.stringify(body)}`)
  return body.commandUUID
}
