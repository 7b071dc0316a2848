import { type Plugin, type Request, type ResponseObject, type ResponseToolkit } from '@hapi/hapi'
import { maxCheckInBytes } from '../../mdm/check-in.ts'
import { maxReportBytes } from '../../mdm/command-report.ts'
import { SignatureError } from '../../mdm/device-identity.ts'
import { MessageError } from '../../mdm/message-error.ts'
import { DomainError } from '../domain-error.ts'
import { EnrolmentRefusal } from '../enrolment/enrolment-refusal.ts'
import { type CheckInAnswer, type DeviceChannel, type DeviceMessage } from './device-channel.ts'

/** Told of a message that was refused: why, never what it said. */
type NoteRefusal = (what: {
  readonly event: 'device-message-refused'
  readonly path: string
  readonly reason: string
}) => void

/**
 * `PUT /mdm/checkin` and `PUT /mdm/connect`. Success is exactly 200, with no body when there is no command; what is
 * wrong with the message is 400; everything else is our fault and 500, so that the iPad tries again. Never 401 or 403:
 * they make it leave.
 */
export function deviceChannelRoutes(channel: DeviceChannel, note: NoteRefusal): Plugin<void> {
  const raw = (maxBytes: number) => ({ parse: false, output: 'data', maxBytes, timeout: 30_000 }) as const
  return {
    name: 'device-channel',
    register(server) {
      server.route([
        {
          method: 'PUT',
          path: '/mdm/checkin',
          options: { payload: raw(maxCheckInBytes) },
          handler: (request, h) =>
            answering(request, h, note, async message => checkedIn(h, await channel.checkIn(message))),
        },
        {
          method: 'PUT',
          path: '/mdm/connect',
          options: { payload: raw(maxReportBytes) },
          handler: (request, h) =>
            answering(request, h, note, async message => {
              const command = await channel.connect(message)
              return command ? plist(h, command) : h.response().code(200)
            }),
        },
      ])
    },
  }
}

async function answering(
  request: Request,
  h: ResponseToolkit,
  note: NoteRefusal,
  work: (message: DeviceMessage) => Promise<ResponseObject>,
): Promise<ResponseObject> {
  try {
    return await work(messageOf(request))
  } catch (error) {
    if (isRefused(error)) {
      note({ event: 'device-message-refused', path: request.route.path, reason: error.message })
      return h.response(`${error.message}\n`).code(400).type('text/plain')
    }
    // A refusal made for people is no answer for an iPad: here it means that something on our side does not fit.
    if (error instanceof DomainError) throw new Error(`A check-in met ${error.code}`, { cause: error })
    throw error
  }
}

function isRefused(error: unknown): error is SignatureError | MessageError | EnrolmentRefusal {
  return error instanceof SignatureError || error instanceof MessageError || error instanceof EnrolmentRefusal
}

function messageOf(request: Request): DeviceMessage {
  const header: unknown = request.headers['mdm-signature']
  return {
    signature: typeof header === 'string' ? header : undefined,
    body: Buffer.isBuffer(request.payload) ? request.payload : Buffer.alloc(0),
  }
}

function checkedIn(h: ResponseToolkit, answer: CheckInAnswer): ResponseObject {
  switch (answer.type) {
    case 'empty':
      return h.response().code(answer.status)
    case 'plist':
      return plist(h, answer.body)
    case 'json':
      return h.response(answer.json).code(200)
  }
}

function plist(h: ResponseToolkit, body: Uint8Array): ResponseObject {
  return h.response(Buffer.from(body)).code(200).type('application/xml')
}
